"""Saved searches with what they find: the file, the library, and when each was looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from newsreader.config.looked import Looked
from newsreader.config.searches import Deleted, SavedSearch, Searches
from newsreader.library.answer import SavedCount
from newsreader.library.library import Library
from newsreader.model import ConfigError, InvalidQueryError, Issue


class SavedSearches:
    """The saved searches of one file, read again whenever it changes.

    What changes them raises :class:`~newsreader.model.ConfigError` in one sentence.
    """

    def __init__(self, file: Path, looked_file: Path) -> None:
        self._searches = Searches(file)
        self._looked = Looked(looked_file)
        self._version: object = None
        self._queries: dict[str, str] = {}
        self._issues: tuple[Issue, ...] = ()
        self._counted: tuple[object, tuple[SavedCount, ...]] = (None, ())

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is wrong with the file or its entries."""
        return self._issues

    @property
    def queries(self) -> Mapping[str, str]:
        """The query of each name, in the order of the file."""
        version = self._file_version()
        if version != self._version:
            self._version = version
            try:
                loaded = self._searches.load()
            except ConfigError as error:
                self._issues = (Issue(str(self._searches.path), str(error)),)
            else:
                self._queries, self._issues = loaded.queries, loaded.issues
        return self._queries

    def _file_version(self) -> object:
        try:
            status = os.stat(self._searches.path)  # noqa: PTH116 - as often as a key is pressed
        except OSError:
            return ()
        return status.st_mtime_ns, status.st_size, status.st_ino

    def counts(self, library: Library, now: datetime) -> tuple[SavedCount, ...]:
        """What each finds in the whole *library*, and how many of that are new.

        New is what was published since the search was last looked at.
        """
        queries = self.queries
        key = (library.ruled(now), dict(queries), now.replace(second=0, microsecond=0))
        if key != self._counted[0]:
            counted = tuple(self._count(each, library, now) for each in queries)
            self._counted = (key, counted)
        return self._counted[1]

    def _count(self, name: str, library: Library, now: datetime) -> SavedCount:
        text = self._queries[name]
        try:
            snapshot, rows = library.found(library.parse(text), now)
        except InvalidQueryError:
            return SavedCount(name, text, None)
        looked = self._looked.at(name)
        fresh = 0
        if looked is not None:
            since = looked.timestamp()
            published = snapshot.columns.published
            fresh = sum(published[row] > since for row in rows)
        return SavedCount(name, text, len(rows), fresh)

    def look(self, name: str, now: datetime) -> None:
        """Note that the reader looks at what *name* finds."""
        self._looked.now(name, now)
        self._counted = (None, ())

    def save(self, name: str, query: str, now: datetime) -> SavedSearch | None:
        """Save *query* as *name*; what *name* was before, if anything."""
        before = self._searches.save(name, query)
        self.look(name, now)
        return before

    def rename(self, old: str, new: str) -> None:
        """Call the search *old* *new*."""
        self._searches.rename(old, new)

    def move(self, name: str, step: int) -> None:
        """Move a search down, or up if *step* is negative."""
        self._searches.move(name, step)

    def delete(self, name: str) -> Deleted:
        """Delete a search. What comes back undoes it."""
        return self._searches.delete(name)

    def restore(self, deleted: Deleted) -> None:
        """Put back what was deleted."""
        self._searches.restore(deleted)
