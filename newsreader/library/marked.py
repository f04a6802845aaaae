"""The articles of a library with what the reader did to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

from newsreader.library.articles import Articles
from newsreader.library.ingest import Progress
from newsreader.model import ChangeSet, Issue
from newsreader.model.marks import NO_MARKS, Marks, Position
from newsreader.model.table import UNKNOWN_TIME
from newsreader.store.shelf import Shelf

if TYPE_CHECKING:
    from newsreader.config.paths import MarkPlaces
    from newsreader.library.mark_book import MarkBook
    from newsreader.marks.record import Record
    from newsreader.query import Order

_KNOWN_AT_ONCE = 200
"""Articles whose names are kept with the record of what is done to them; more wait a little."""
_FEW = 5_000
"""Fewer marked articles than these are looked up by all their names, more of them by ids alone."""
_SHARE = 4
"""One in so many articles is looked up by its name, rather than all being gone through."""


class MarkedArticles(Articles):
    """Articles, and their marks, which are kept at *mark_places*; without, nothing is marked."""

    def __init__(
        self,
        roots: Sequence[Path],
        index_folder: Path | None = None,
        mark_places: MarkPlaces | None = None,
    ) -> None:
        super().__init__(roots, index_folder)
        self._mark_places = mark_places
        self._book: MarkBook | None = None
        self._opening = Lock()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was wrong with the files at the last reading, and with the journal of marks."""
        issues = super().issues
        return issues if self._book is None else (*issues, *self._book.issues)

    def ingest(self, paths: Collection[Path] | None = None) -> Iterator[Progress]:
        """Read the sources, and again for what has changed; articles come with their marks."""
        self.know_marks()
        yield from super().ingest(paths)
        self._match()

    def apply(self, changes: ChangeSet) -> None:
        """Bring *changes* into the store, with their marks."""
        if self._book is None:
            super().apply(changes)
        else:
            self._book.recognise((*changes.added, *changes.updated))
            self._store.apply(changes, self._book.marks)

    def _match(self) -> None:
        """Let files of one article share their marks."""
        if self._book is None or self._files is None:
            return
        pairs = self._files.twins()
        for pair in pairs:
            first, second = map(self._entry, pair)
            if first is not None and second is not None:
                self._book.same(first, second)
        self.follow_marks(chain.from_iterable(pairs))

    def know_marks(self) -> None:
        """Bring in the marks, if there are any."""
        places = self._mark_places
        if places is not None and places.journal.is_dir():
            self._open_book()

    @property
    def book(self) -> MarkBook | None:
        """The marks, which are read now if they were not; None when nothing can be marked."""
        return self._open_book()

    def _open_book(self) -> MarkBook | None:
        if self._book is None and self._mark_places is not None:
            with self._opening:
                if self._book is None:
                    from newsreader.library.mark_book import MarkBook

                    book = MarkBook(self._mark_places)
                    book.open()
                    self._recognise(book)
        return self._book

    def _recognise(self, book: MarkBook) -> None:
        """Find the marks of all articles."""
        snapshot = self.snapshot
        columns, names = snapshot.columns, book.marked()
        rows: Iterable[int] = columns.newest_first
        if len(snapshot) > _SHARE * len(names):
            # When each was met first is in the columns.
            rows = {row for name in names for row in _named(columns, name)}
        rows = list(rows)
        book.recognise(map(columns.entry, rows))
        self._book = book
        self._match()
        self.follow_marks(map(columns.id, rows))

    @property
    def can_mark(self) -> bool:
        """Whether there is a place to keep marks."""
        return self._mark_places is not None

    @property
    def has_marks(self) -> bool:
        """Whether anything was ever marked."""
        return self._book is not None

    @property
    def unread_count(self) -> int | None:
        """How many of all articles are unread; None where nothing can be marked."""
        if not self.can_mark:
            return None
        from newsreader.query.leaves import meaning

        columns = self.snapshot.columns
        read = bytes(columns.marks).translate(meaning("is:read")).count(1)
        return columns.living - read

    @property
    def last_done_at(self) -> float:
        """When, in seconds since 1970, what :meth:`undo` takes back was done; 0 for nothing."""
        from newsreader.marks.clock import time_of

        record = self._book.last_done if self._book is not None else None
        return time_of(record.at) / 1000 if record is not None else 0.0

    def see(self) -> bool:
        """Note when those articles were met first that never were; whether there were any."""
        book = self.book
        columns = self.snapshot.columns
        added = columns.added
        rows = [row for row in columns.newest_first if added[row] == UNKNOWN_TIME]
        if book is None or not rows:
            return False
        ids = list(map(columns.id, rows))
        at = book.now()
        new = set(book.see(ids, at))
        before = [name for name in ids if name not in new]
        if before:
            self._follow(book, before)
        # There may be a million of them, of which nothing else is to be told.
        fresh = [row for row, name in zip(rows, ids, strict=True) if name in new]
        if not self._store.meet(columns, fresh, at // 1000):
            self._follow(book, new)
        self._store.keep()
        return True

    def note_position(self, article_id: str, position: Position) -> None:
        """Note where the reader is in a text."""
        if self._book is not None:
            self._book.set([article_id], {"position": tuple(position)})

    def marks(self, article_id: str) -> Marks:
        """What was done to an article."""
        return NO_MARKS if self._book is None else self._book.marks(article_id)

    def act(self, verb: str, ids: Iterable[str], given: str = "") -> Record | None:
        """Do what :data:`~newsreader.library.verbs.VERBS` has as *verb* to the articles.

        None when all are so already, or cannot be marked.

        Raises:
            ValueError: when the verb takes something and *given* is none.
        """
        from newsreader.library.verbs import VERBS, act

        book = self.book
        if book is None:
            return None
        chosen = list(ids)
        some = map(self._entry, chosen[:_KNOWN_AT_ONCE])
        articles = [row for row in some if row is not None]
        return self._followed(act(book, VERBS[verb], chosen, given, articles))

    def know_again(self, ids: Iterable[str]) -> None:
        """Write down the names of articles that were marked, if they are new.

        Raises:
            OSError: when that cannot be done.
        """
        if self._book is not None:
            self._book.know_again(row for row in map(self._entry, ids) if row is not None)

    def undo(self) -> Record | None:
        """Take back what was done last; None when there is nothing.

        Raises:
            OSError: when the journal cannot be read.
        """
        return self._followed(None if self.book is None else self.book.undo())

    def redo(self) -> Record | None:
        """Do again what was taken back last; None when there is nothing.

        Raises:
            OSError: when the journal cannot be read.
        """
        return self._followed(None if self.book is None else self.book.redo())

    def _followed(self, record: Record | None) -> Record | None:
        if record is not None and self._book is not None:
            self.follow_marks(self._book.names(record.keys))
        return record

    def follow_marks(self, names: Iterable[str]) -> bool:
        """Take on the marks of the articles that have any of *names*; whether there are any."""
        book = self._book
        if book is None:
            return False
        wanted, columns = list(names), self.snapshot.columns
        if len(wanted) < _FEW:
            rows = {row for name in wanted for row in columns.rows_with_name(name)}
            book.recognise(map(columns.entry, rows))
            wanted += map(columns.id, rows)
        return self._follow(book, wanted)

    def _follow(self, book: MarkBook, names: Collection[str]) -> bool:
        there = self.snapshot.rows_of(names)
        marks = {name: book.marks(name) for name in there}
        if marks:
            orders = self.snapshot.orders
            self._store.mark(marks)
            kept = self.snapshot.orders
            kept.update((order, rows) for order, rows in orders.items() if not is_of_marks(order))
        return bool(marks)


def is_of_marks(order: object) -> bool:
    """Whether marks say what comes first."""
    return any(key.field in ("read", "starred", "added") for key in cast("Order", order))


def _named(columns: Shelf, name: str) -> Iterator[int]:
    """The rows of the articles that have *name*, be it their id or another one."""
    row = columns.row(name)
    if row is not None:
        yield row
    yield from columns.rows_with_name(name)
