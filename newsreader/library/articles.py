"""The articles of a library: read from their files, kept in an index, and found by name."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from threading import Lock
from time import time
from typing import NamedTuple

from newsreader.library.full_text import FullTexts
from newsreader.library.identity import article_id
from newsreader.library.ingest import Ingest, Progress
from newsreader.library.known_files import KnownFiles
from newsreader.library.loading import Loader
from newsreader.model import (
    Article,
    ArticleNotFoundError,
    ChangeSet,
    ConfigError,
    Issue,
    Piece,
    Severity,
)
from newsreader.model.row import Row
from newsreader.model.table import Flag
from newsreader.sources.folder import exists
from newsreader.store.shelving import FolderShelving, Memory
from newsreader.store.store import Snapshot, Store, View
from newsreader.text.amp import with_own_pages
from newsreader.text.sanitize import clean_line
from newsreader.text.urls import canonical

_LEAST_ID = 4
_HAS_TEXT = bytes(bool(flags & int(Flag.FULL_TEXT)) for flags in range(256))
"""By the flags of a row, whether it has the text of a page."""


class IndexStatus(NamedTuple):
    """Where an index is, how many articles and bytes it has, and when it was written last."""

    folder: Path = Path()
    articles: int = 0
    size: int = 0
    written_at: float = 0.0


class Articles:
    """The articles below *roots*, of which those that were read before are there at once.

    What was read is kept in *index_folder*, if one is given. One thread at a time may iterate
    :meth:`ingest`; everything else may be called from any thread at any time.
    """

    def __init__(self, roots: Sequence[Path], index_folder: Path | None = None) -> None:
        self.roots = tuple(roots)
        self._issues: tuple[Issue, ...] = ()
        self._folder_issues: tuple[Issue, ...] = ()
        self._shelving = _shelving(index_folder, self.roots)
        self.full_texts = FullTexts()
        self._loader = Loader(self.full_texts)
        self._store = Store(self._loader, self._shelving)
        self._files: KnownFiles | None = None
        self._read_at: float | None = None
        self._reading = Lock()
        self.trouble = ""
        """Why changes on disk may come late, in a sentence; empty when they do not."""
        self._restore()

    @property
    def snapshot(self) -> Snapshot:
        """All articles as they stand."""
        return self._store.snapshot

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was wrong with the files at the last reading, and with following changes."""
        if not self.trouble:
            return self._issues
        roots = clean_line(", ".join(map(str, self.roots)))
        return (*self._issues, Issue(roots, self.trouble, Severity.WARNING))

    @property
    def has_any_root(self) -> bool:
        """Whether at least one of the paths to open is there."""
        return any(map(exists, self.roots))

    def report(self, issue: Issue) -> None:
        """Add a problem to those of the last reading."""
        self._issues += (issue,)

    # Reading

    def ingest(self, paths: Collection[Path] | None = None) -> Iterator[Progress]:
        """Read the sources, and again for what has changed; apply each batch before it is told.

        With *paths*, only those files and folders are looked at. One thread at a time reads.
        """
        with self._reading:
            self._issues = ()
            self._read_at, read_at, was_read = None, time(), self._read_at is not None
            files = self._known_files()
            has_changes = False
            ingest = Ingest(self.roots, files, lambda: self.snapshot, paths)
            for progress in ingest.run():
                self._issues += progress.issues
                if progress.changes:
                    has_changes = True
                    self.apply(self.full_texts.in_changes(progress.changes))
                yield progress
            if paths is None:
                self._folder_issues = ingest.folder_issues
                self._take_in(self._with_other_texts())
                while self._store.settle():
                    files.save({}, (), self.snapshot.edition)
                    yield progress._replace(changes=ChangeSet(), issues=())
            else:
                self._issues = (*self._folder_issues, *self._issues)
            self._report_shelving()
            if not was_read or not has_changes:
                self._read_at = read_at

    def sources(self) -> Sequence[Path] | None:
        """All files that the articles come from at the next start; None when that is not known.

        That is the index, if what was read is in it.

        Raises:
            OSError: when a folder cannot be read.
        """
        shelving = self._shelving
        if isinstance(shelving, FolderShelving):
            return [shelving.manifest] if shelving.has(self.snapshot.columns.sections) else None
        if self._read_at is None:
            return None
        from newsreader.library.depends import unchanged_below

        return unchanged_below(self.roots, self._read_at)

    def apply(self, changes: ChangeSet) -> None:
        """Bring *changes* into the store."""
        self._store.apply(changes)

    def load(self) -> None:
        """Read everything."""
        for _ in self.ingest():
            pass

    def know_full_text(self, ids: Iterable[str]) -> None:
        """Have the text of their pages, if it is kept, in the articles, and find these by it."""
        wanted = list(ids)
        for each in wanted:
            self._loader.forget(each)
        with self._reading:
            self._take_in(wanted)

    def _take_in(self, ids: Iterable[str]) -> None:
        rows = tuple(self._without_lost_text(row) for row in map(self._entry, ids) if row)
        if rows:
            self.apply(self.full_texts.in_changes(ChangeSet(updated=rows)))
            self._known_files().save({}, (), self.snapshot.edition)

    def _without_lost_text(self, row: Row) -> Row:
        """*row*; as its file has it when the text of a page that it has is not kept any more."""
        if not row.flags & Flag.FULL_TEXT or self.full_texts.has_of(row):
            return row
        from newsreader.sources.row_reading import read_row

        found = read_row(row.file or row.path, source=row.source, name=row.path).row
        if found is None or found.content != row.content:
            return row
        return found._replace(id=row.id, key="")

    def _with_other_texts(self) -> list[str]:
        """The articles whose page another program has fetched, or removed."""
        if not self.full_texts.can_fetch:
            return []
        columns, kept = self.snapshot.columns, self.full_texts.kept_keys()
        fetched = (row for key in kept for row in self._rows_of_text(key))
        new = [row for row in fetched if not columns.flags[row] & Flag.FULL_TEXT]
        lost = (
            row for row in self._rows_with_text() if columns.keys("addresses", row)[0] not in kept
        )
        return list(map(columns.id, (*new, *lost)))

    def _rows_of_text(self, key: int) -> Iterator[int]:
        """The rows of the articles whose first address has that number."""
        columns = self.snapshot.columns
        found = columns.rows_with_address_key(key)
        return (row for row in found if columns.keys("addresses", row)[0] == key)

    def _rows_with_text(self) -> Iterator[int]:
        """The rows of the articles that have the text of their page."""
        columns = self.snapshot.columns
        # A million flags are looked through by C.
        has_text = bytes(columns.flags).translate(_HAS_TEXT)
        row = has_text.find(1)
        while row >= 0:
            if columns.gone is None or not columns.gone[row]:
                yield row
            row = has_text.find(1, row + 1)

    def ids_of_texts(self, keys: Iterable[int]) -> list[str]:
        """The articles whose texts are kept by the numbers *keys*, or would be."""
        rows = (row for key in keys for row in self._rows_of_text(key))
        return list(map(self.snapshot.columns.id, rows))

    # The index

    def _restore(self) -> None:
        """Begin with what was read before."""
        shelving = self._shelving
        if isinstance(shelving, FolderShelving):
            opened = shelving.open()
            if opened is not None:
                self._store.restore(opened, shelving.renamed(opened))

    @property
    def is_restored(self) -> bool:
        """Whether there are articles that were read before."""
        return self.snapshot.edition > 0

    def forget(self) -> None:
        """Forget what was read before: the next reading reads everything.

        Raises:
            ConfigError: when another program is using the index.
        """
        files, shelving = self._known_files(), self._shelving
        if isinstance(shelving, FolderShelving):
            if not shelving.is_owner:
                raise ConfigError("Another newsreader is using the index.")
            files.clear()
            shelving.clear()
            self._store = Store(self._loader, shelving)

    @property
    def is_kept(self) -> bool:
        """Whether the next start will have what was read."""
        shelving = self._shelving
        return isinstance(shelving, FolderShelving) and shelving.has(self.snapshot.columns.sections)

    def index_status(self) -> IndexStatus:
        """What there is of the index."""
        shelving = self._shelving
        if not isinstance(shelving, FolderShelving):
            return IndexStatus()
        size, written_at = shelving.extent()
        return IndexStatus(shelving.folder, len(self.snapshot), size, written_at)

    def _known_files(self) -> KnownFiles:
        if self._files is None:
            shelving = self._shelving
            if isinstance(shelving, FolderShelving):
                is_owner = shelving.own()
                path = shelving.folder / "files.db"
                self._files = KnownFiles(path, is_owner=is_owner, report=self.report)
                if self._files.edition > self.snapshot.edition or not self.is_restored:
                    self._files.clear()
            else:
                self._files = KnownFiles(report=self.report)
        return self._files

    def _report_shelving(self) -> None:
        shelving = self._shelving
        if isinstance(shelving, FolderShelving) and shelving.failure is not None:
            reason = shelving.failure.strerror or str(shelving.failure)
            self.report(Issue(str(shelving.folder), f"the index cannot be kept: {reason}"))

    def close(self) -> None:
        """Let go of the index."""
        if self._files is not None:
            self._files.close()
            self._files = None
        if isinstance(self._shelving, FolderShelving):
            self._shelving.release()

    def _entry(self, article_id: str) -> Row | None:
        snapshot = self.snapshot
        row = snapshot.row(article_id)
        return None if row is None else snapshot.columns.entry(row)

    # Finding

    def at_hand(self, view: View, position: int) -> Article | None:
        """The article at *position* of *view* if it was read lately; no file is looked at."""
        return self._loader.kept(view.snapshot.columns, view.rows[position])

    def by_url(self, url: str) -> Article | None:
        """The article that has *url* as any of its addresses, or the page of an AMP version."""
        return self._with_any_of([canonical(url)])

    def counterpart(self, piece: Piece) -> Article | None:
        """The whole article of the library that *piece* stands for, if it is there."""
        if isinstance(piece, Article):
            return self.snapshot.article(piece.id)
        return self._with_any_of(canonical(link.url) for link in piece.links)

    def _with_any_of(self, addresses: Iterable[str | None]) -> Article | None:
        columns = self.snapshot.columns
        found = (columns.rows_with_address(each) for each in with_own_pages(addresses))
        return next(map(columns.article, chain.from_iterable(found)), None)

    def find(self, name: str) -> Article:
        """The article with an id (or the start of one), a URL, or a file name.

        Raises:
            ArticleNotFoundError: when there is none, or several ids start so.
        """
        snapshot = self.snapshot
        exact = snapshot.article(name) or self.by_url(name)
        if exact is not None:
            return exact
        if len(name) >= _LEAST_ID:
            starting = [each for each in snapshot.ids() if each.startswith(name)]
            if len(starting) > 1:
                count = len(starting)
                raise ArticleNotFoundError(f"{count} articles have ids that start with {name}.")
            for each in starting:
                return self.find(each)
        columns = snapshot.columns
        path = Path(name)
        for row in columns.newest_first:
            other = Path(columns.text("path", row))
            if path in (other, Path(other.name)):
                return columns.article(row)
        raise ArticleNotFoundError(f"There is no article {name}.")


def _shelving(folder: Path | None, roots: Sequence[Path]) -> Memory:
    if folder is None:
        return Memory()
    sources = {str(root): os.path.abspath(root) for root in roots}  # noqa: PTH100
    name = article_id("\n".join(sorted(sources.values())))
    return FolderShelving(folder / name, sources)
