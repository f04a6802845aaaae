"""The store: one writer applies change sets, any number of readers hold snapshots."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock

from newsreader.model import Article, ChangeSet
from newsreader.model.marks import NO_MARKS, Marks
from newsreader.store.columns import Columns


class Snapshot:
    """The whole store at one revision. Never changes; equal only to itself."""

    __slots__ = ("_row_by_id", "columns", "orders", "revision")

    def __init__(self, columns: Columns, row_by_id: Mapping[str, int], revision: int) -> None:
        self.columns = columns
        self.revision = revision
        self.orders: dict[object, Sequence[int]] = {}
        """All rows in orders that were asked for, to be kept by whoever made them."""
        self._row_by_id = row_by_id

    def __len__(self) -> int:
        return len(self.columns)

    def row(self, article_id: str) -> int | None:
        """The row of the article with that id."""
        return self._row_by_id.get(article_id)

    def article(self, article_id: str) -> Article | None:
        """The article with that id."""
        row = self.row(article_id)
        return None if row is None else self.columns.article(row)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.columns.articles)


class View:
    """An answer: article ids in order, of one snapshot. Never changes; equal only to itself."""

    __slots__ = ("rows", "snapshot")

    def __init__(self, snapshot: Snapshot, rows: Sequence[int]) -> None:
        self.snapshot = snapshot
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def article(self, position: int) -> Article:
        """The article at *position*."""
        return self.snapshot.columns.article(self.rows[position])

    def position(self, article_id: str) -> int | None:
        """Where the article with that id stands, or None when it is not in the view."""
        row = self.snapshot.row(article_id)
        if row is None:
            return None
        try:
            return self.rows.index(row)
        except ValueError:
            return None

    def __iter__(self) -> Iterator[Article]:
        return map(self.snapshot.columns.article, self.rows)


EMPTY_VIEW = View(Snapshot(Columns(), {}, 0), ())


def _no_marks(_: str) -> Marks:
    return NO_MARKS


class Store:
    """Articles in memory. Any thread may change them, one at a time, and none waits to read."""

    def __init__(self) -> None:
        self._writing = Lock()
        self._snapshot = Snapshot(Columns(), {}, 0)

    @property
    def snapshot(self) -> Snapshot:
        """The store as it stands, for any thread to keep as long as it likes."""
        return self._snapshot

    def apply(self, changes: ChangeSet, marks_of: Callable[[str], Marks] = _no_marks) -> int:
        """Bring *changes* in and return the new revision. Snapshots taken before stay as they are.

        *marks_of* tells what was done to the article with an id.

        An added article whose id is there counts as updated, and an updated one that is not
        there as added; removing what is not there does nothing.
        """
        with self._writing:
            return self._apply(changes, marks_of)

    def _apply(self, changes: ChangeSet, marks_of: Callable[[str], Marks]) -> int:
        old = self._snapshot
        arriving = {article.id: article for article in (*changes.added, *changes.updated)}
        leaving = set(changes.removed).union(arriving)
        gone = {row for row in map(old.row, leaving) if row is not None}
        if gone:
            columns = old.columns.copy(row for row in range(len(old)) if row not in gone)
            rows = {article.id: row for row, article in enumerate(columns.articles)}
        else:
            columns = old.columns.copy()
            rows = dict(old._row_by_id)
        for article in arriving.values():
            rows[article.id] = len(columns)
            columns.append(article, marks_of(article.id))
        return self._become(columns, rows)

    def mark(self, marks: Mapping[str, Marks]) -> int:
        """Take on what was done to the articles with some ids, and return the new revision."""
        with self._writing:
            old = self._snapshot
            rows = ((old.row(name), each) for name, each in marks.items())
            columns = old.columns.with_marks({row: each for row, each in rows if row is not None})
            return self._become(columns, old._row_by_id)

    def arrange(self, rows: Sequence[int]) -> int:
        """Put all *rows* in that order, and return the new revision."""
        with self._writing:
            columns = self._snapshot.columns.copy(rows)
            names = {each.id: row for row, each in enumerate(columns.articles)}
            return self._become(columns, names)

    def _become(self, columns: Columns, rows: Mapping[str, int]) -> int:
        self._snapshot = Snapshot(columns, rows, self._snapshot.revision + 1)
        return self._snapshot.revision
