"""How many of some rows have each value of a field."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from newsreader.model.lists import Codes
from newsreader.model.table import FEW
from newsreader.query.leaves import Rows, having_code, listing_code
from newsreader.query.table import UNKNOWN, Lists

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_PIECE = 1 << 16
"""Values that are counted at once: few enough to stay in the caches, and to need little room."""


class Picked:
    """Some of the *size* rows of a table, each once, ready to be counted."""

    def __init__(self, rows: Rows, size: int) -> None:
        self.rows = rows
        self.size = size

    @property
    def are_few(self) -> bool:
        """Whether it is quicker to go through them."""
        return len(self.rows) <= FEW

    @property
    def are_all(self) -> bool:
        """Whether there are no others."""
        return len(self.rows) == self.size

    @cached_property
    def array(self) -> NDArray[np.intp]:
        """The rows for numpy, ascending: what is read one after another is read sooner."""
        import numpy as np

        return np.flatnonzero(self.mask)

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """A boolean a row: whether it is picked."""
        import numpy as np

        mask = np.zeros(self.size, np.bool_)
        mask[np.asarray(self.rows, np.intp)] = True
        return mask

    def of(self, column: Sequence[int]) -> NDArray[Any]:
        """The values of a *column* in these rows."""
        import numpy as np

        values = np.asarray(column)
        return values if self.are_all else values.take(self.array)

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

    values = picked.of(column)
    found: dict[int, int] = {}
    if int(values.min()) == UNKNOWN:
        known = values.take(np.flatnonzero(values != UNKNOWN))
        found[UNKNOWN] = len(values) - len(known)
        values = known
    if not len(values):
        return found
    least, most = int(values.min()), int(values.max())
    if most - least > 10 * len(values):
        several, counts = np.unique(values, return_counts=True)
        found.update(zip(several.tolist(), counts.tolist(), strict=True))
        return found
    counts = _counts(values, least, most)
    several = np.flatnonzero(counts)
    found.update(zip((several + least).tolist(), counts[several].tolist(), strict=True))
    return found


def _counts(values: NDArray[Any], least: int, most: int) -> NDArray[np.intp]:
    """How many of *values* there are of each from *least* to *most*."""
    import numpy as np

    counts = np.zeros(most - least + 1, np.intp)
    for first in range(0, len(values), _PIECE):
        piece = values[first : first + _PIECE].astype(np.intp)
        counts += np.bincount(piece - least, minlength=len(counts))
    return counts


def tally_lists(lists: Lists, picked: Picked) -> Mapping[int, int]:
    """How many of the rows *picked* list each code."""
    if picked.are_few:
        return Counter(chain.from_iterable(map(lists.__getitem__, picked.rows)))
    import numpy as np

    codes = np.asarray(lists.codes)
    if not picked.are_all:
        lengths = np.diff(np.asarray(lists.ends), prepend=0)
        codes = codes.take(np.flatnonzero(np.repeat(picked.mask, lengths)))
    counts = _counts(codes, 0, int(codes.max()) if len(codes) else 0)
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


def places_among(starts: Sequence[int], column: Sequence[int]) -> Sequence[int]:
    """For each value of a *column* how many of *starts*, ascending, it is not below."""
    if len(column) <= FEW:
        return [bisect_right(starts, value) for value in column]
    import numpy as np

    values = np.asarray(column)
    places = np.empty(len(values), np.min_scalar_type(len(starts)))
    for first in range(0, len(values), _PIECE):
        piece = slice(first, first + _PIECE)
        places[piece] = np.searchsorted(np.asarray(starts), values[piece], side="right")
    return places.data


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
