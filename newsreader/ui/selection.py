"""The articles that the reader has selected: ids to keep, rows of the snapshot to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from newsreader.model import Article
from newsreader.store.store import EMPTY_VIEW, View

Pieces = Callable[[int, int], Iterable[Sequence[int]]]


def _no_pieces(_first: int, _last: int) -> Iterable[Sequence[int]]:
    return ()


class Selection:
    """Selected articles of a view.

    A refresh of the same answer keeps all of them, and those that are out of it for a while.
    Another question keeps what it finds as well: nothing that is out of sight is acted upon.
    """

    def __init__(self) -> None:
        self._view: View = EMPTY_VIEW
        self._rows: set[int] = set()
        self._absent: set[str] = set()
        self._base: set[int] | None = None
        self._counts: Counter[int] = Counter()
        self._start = self._first = self._last = 0
        self._pieces: Pieces = _no_pieces

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, position: int) -> bool:
        return self._view.rows[position] in self._rows

    @property
    def is_range(self) -> bool:
        """Whether a range is being selected."""
        return self._base is not None

    @property
    def articles(self) -> list[Article]:
        """The selected articles, in the order of the view."""
        article = self._view.snapshot.columns.article
        return [article(row) for row in self._view.rows if row in self._rows]

    @property
    def ids(self) -> list[str]:
        """Their ids, in the same order."""
        columns = self._view.snapshot.columns
        return [columns.id(row) for row in self._view.rows if row in self._rows]

    def count(self, positions: Sequence[int]) -> int:
        """How many of *positions* are selected."""
        return len(self._rows.intersection(map(self._view.rows.__getitem__, positions)))

    def follow(self, view: View, *, is_same_question: bool) -> None:
        """Go on with another answer. A range that was begun ends."""
        old, self._view = self._view, view
        self._base = None
        if not self._rows and not self._absent:
            return
        names = self._absent.union(map(old.snapshot.columns.id, self._rows))
        shown = set(view.rows)
        self._rows, self._absent = set(), set()
        for name in names:
            row = view.snapshot.row(name)
            if row is not None and row in shown:
                self._rows.add(row)
            elif is_same_question:
                self._absent.add(name)

    def toggle(self, positions: Sequence[int]) -> None:
        """Select *positions*, or none of them when all are."""
        rows = {self._view.rows[position] for position in positions}
        if rows <= self._rows:
            self._rows -= rows
        else:
            self._rows |= rows

    def toggle_all(self) -> None:
        """Select everything, or nothing when everything is."""
        self._base = None
        rows = set(self._view.rows)
        self._rows = set() if rows <= self._rows else rows

    def begin_range(self, stop: int, pieces: Pieces) -> None:
        """Select from *stop* on. *pieces* gives the positions from one stop to another."""
        self._base, self._counts = set(self._rows), Counter()
        self._start = self._first = stop
        self._last = stop - 1
        self._pieces = pieces
        self.stretch(stop)

    def stretch(self, stop: int) -> None:
        """Let the range reach to *stop*; what it costs is the way there."""
        first, last = min(self._start, stop), max(self._start, stop)
        self._count(first, self._first - 1, 1)
        self._count(self._last + 1, last, 1)
        self._count(self._first, first - 1, -1)
        self._count(last + 1, self._last, -1)
        self._first, self._last = first, last

    def _count(self, first: int, last: int, step: int) -> None:
        """Bring stops into the range or take them out. An article may stand at several of them."""
        if first > last or self._base is None:
            return
        for positions in self._pieces(first, last):
            for row in map(self._view.rows.__getitem__, positions):
                self._counts[row] += step
                if self._counts[row]:
                    self._rows.add(row)
                elif row not in self._base:
                    self._rows.discard(row)

    def end_range(self) -> None:
        """What is selected stays so when the cursor moves on."""
        self._base = None

    def clear(self) -> bool:
        """Select nothing. Whether anything was selected."""
        had_any = bool(self._rows) or self.is_range
        self._rows, self._absent, self._base = set(), set(), None
        return had_any
