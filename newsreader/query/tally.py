"""How many of some rows have each value of a field."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from newsreader.model.lists import Codes
from newsreader.model.table import FEW
from newsreader.query.leaves import Rows, having_code, listing_code
from newsreader.query.table import Lists

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Picked:
    """Some of the *size* rows of a table, each once, ready to be counted."""

    def __init__(self, rows: Rows, size: int) -> None:
        self.rows = rows
        self.size = size

    @property
    def are_few(self) -> bool:
        """Whether it is quicker to go through them."""
        return len(self.rows) <= FEW

    @cached_property
    def array(self) -> NDArray[np.int32]:
        """The rows for numpy."""
        import numpy as np

        return np.asarray(self.rows, np.int32)

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """A boolean a row: whether it is picked."""
        import numpy as np

        mask = np.zeros(self.size, np.bool_)
        mask[self.array] = True
        return mask

    def having(self, column: Sequence[int], codes: Collection[int], size: int) -> Picked:
        """Those with one of *codes*, of *size* there are, in a *column*."""
        if self.are_few:
            return self._only([row for row in self.rows if column[row] in codes])
        return self._only(self.array[having_code(column, codes, size)[self.array]].data)

    def listing(self, lists: Lists, codes: Collection[int], size: int) -> Picked:
        """Those that list any of *codes*, of *size* there are."""
        if self.are_few:
            return self._only([row for row in self.rows if not set(lists[row]).isdisjoint(codes)])
        return self._only(self.array[listing_code(lists, codes, size)[self.array]].data)

    def without(self, other: Picked) -> Picked:
        """Those that *other* has not picked."""
        if self.are_few:
            rows = set(other.rows)
            return self._only([row for row in self.rows if row not in rows])
        return self._only(self.array[~other.mask[self.array]].data)

    def within(self, column: Sequence[int], low: int, high: int) -> Picked:
        """Those with a value from *low* up to, but not including, *high* in a *column*."""
        if self.are_few:
            return self._only([row for row in self.rows if low <= column[row] < high])
        import numpy as np

        values = np.asarray(column)[self.array]
        return self._only(self.array[(values >= low) & (values < high)].data)

    def _only(self, rows: Rows) -> Picked:
        return Picked(rows, self.size)


def tally(column: Sequence[int], picked: Picked) -> Mapping[int, int]:
    """How many of the rows *picked* have each value of a *column*; none of what none has."""
    if picked.are_few:
        return Counter(map(column.__getitem__, picked.rows))
    import numpy as np

    values = np.asarray(column)[picked.array]
    least = int(values.min())
    if int(values.max()) - least > 10 * len(values):
        found, counts = np.unique(values, return_counts=True)
    else:
        counts = np.bincount(values.astype(np.int64) - least)
        found = np.flatnonzero(counts)
        counts, found = counts[found], found + least
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def tally_lists(lists: Lists, picked: Picked) -> Mapping[int, int]:
    """How many of the rows *picked* list each code."""
    if picked.are_few:
        return Counter(chain.from_iterable(map(lists.__getitem__, picked.rows)))
    import numpy as np

    codes = np.asarray(lists.codes)
    if len(picked.rows) < picked.size:
        lengths = np.diff(np.asarray(lists.ends), prepend=0)
        codes = codes[np.repeat(picked.mask, lengths)]
    counts = np.bincount(codes)
    found = np.flatnonzero(counts)
    return dict(zip(found.tolist(), counts[found].tolist(), strict=True))


def tally_sparse(values: Mapping[int, Iterable[int]], picked: Picked) -> Mapping[int, int]:
    """The same for values that few rows have."""
    if picked.are_few:
        return Counter(chain.from_iterable(values.get(row, ()) for row in picked.rows))
    mask = picked.mask
    return Counter(chain.from_iterable(some for row, some in values.items() if mask[row]))


def tally_flags(
    tests: Sequence[tuple[Sequence[int], Callable[[int], object]]], picked: Picked
) -> Mapping[int, int]:
    """How many pass each of *tests*, which are of a column of small numbers each, by its place."""
    found: dict[int, int] = {}
    columns: dict[int, Mapping[int, int]] = {}
    for place, (column, has) in enumerate(tests):
        if id(column) not in columns:
            columns[id(column)] = tally(column, picked)
        found[place] = sum(size for value, size in columns[id(column)].items() if has(value))
    return found


def tally_between(starts: Sequence[int], column: Sequence[int], picked: Picked) -> tuple[int, ...]:
    """How many of the rows *picked* are from each of *starts*, ascending, up to the next one.

    What is before the first one is unknown, and not counted.
    """
    counts = [0] * len(starts)
    if picked.are_few or not starts:
        for value in map(column.__getitem__, picked.rows):
            place = bisect_right(starts, value)
            if place:
                counts[place - 1] += 1
        return tuple(counts)
    import numpy as np

    places = np.searchsorted(starts, np.asarray(column)[picked.array], side="right")
    return tuple(np.bincount(places, minlength=len(starts) + 1)[1:].tolist())


def with_codes(lists: Lists, others: Sequence[int]) -> Lists:
    """*lists* with other codes in place of theirs, each once in a row."""
    if len(lists) <= FEW:
        rows = range(len(lists))
        return Codes.of([tuple({others[code] for code in lists[row]}) for row in rows])
    import numpy as np

    lengths = np.diff(np.asarray(lists.ends), prepend=0)
    rows_of = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    pairs = np.unique(rows_of * len(others) + np.asarray(others)[np.asarray(lists.codes)])
    found = np.bincount(pairs // len(others), minlength=len(lengths))
    return Codes(np.cumsum(found).data, (pairs % len(others)).data)
