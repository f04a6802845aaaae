"""The rows of a table by what they have, as bits of numbers: counting them takes no time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

from newsreader.query.leaves import Rows

K = TypeVar("K", bound=Hashable)

_DENSE = 64
"""A value that at least one row in so many has is kept as bits, any other as a list of rows."""
_DIGITS = bytes.maketrans(b"\0\1", b"01")


class Picked:
    """Some of the first *size* rows of a table, each once, ready to be counted."""

    def __init__(self, rows: Rows, size: int) -> None:
        self.rows = rows
        self.size = size

    @cached_property
    def mask(self) -> bytes:
        """A byte a row: 1 for those picked."""
        mask = bytearray(self.size)
        for row in self.rows:
            mask[row] = 1
        return bytes(mask)

    @cached_property
    def bits(self) -> int:
        """A bit a row, the first row the highest one."""
        return _bits(self.mask)


class RowSets(Generic[K]):
    """The rows that have each value; a row may have several values, or none.

    *values_of* gives the values of a row, each once.
    """

    def __init__(self, size: int, values_of: Callable[[int], Iterable[K]]) -> None:
        rows_of: dict[K, list[int]] = defaultdict(list)
        for row in range(size):
            for value in values_of(row):
                rows_of[value].append(row)
        self._size = size
        self._values_of = values_of
        self.whole: Mapping[K, int] = {value: len(rows) for value, rows in rows_of.items()}
        """How many rows have each value."""
        self._bits: dict[K, int] = {}
        self._few: dict[K, Sequence[int]] = {}
        for value, rows in rows_of.items():
            if len(rows) * _DENSE >= size:
                self._bits[value] = Picked(rows, size).bits
            else:
                self._few[value] = rows

    def counts(self, picked: Picked) -> Mapping[K, int]:
        """How many of the rows *picked* have each value; what none has may be left out."""
        rows = picked.rows
        if len(rows) == self._size:
            return self.whole
        if len(rows) * _DENSE < self._size:
            counts: dict[K, int] = defaultdict(int)
            for value in chain.from_iterable(map(self._values_of, rows)):
                counts[value] += 1
            return counts
        bits, has = picked.bits, picked.mask.__getitem__
        found = {value: (bits & each).bit_count() for value, each in self._bits.items()}
        found.update((value, sum(map(has, few))) for value, few in self._few.items())
        return found


class MaskSets(Generic[K]):
    """The same for what is a column of bytes: for each value a byte a row, 1 for those that have
    it.
    """

    def __init__(self, masks: Mapping[K, bytes]) -> None:
        self._masks = masks
        self._bits: dict[K, int] = {}
        self.whole: Mapping[K, int] = {value: mask.count(1) for value, mask in masks.items()}

    def counts(self, picked: Picked) -> Mapping[K, int]:
        """How many of the rows *picked* have each value."""
        rows, size = picked.rows, picked.size
        if len(rows) == size:
            return self.whole
        if len(rows) * _DENSE < size:
            return {value: sum(map(mask.__getitem__, rows)) for value, mask in self._masks.items()}
        if not self._bits:
            self._bits = {value: _bits(mask) for value, mask in self._masks.items()}
        return {value: (picked.bits & bits).bit_count() for value, bits in self._bits.items()}


def _bits(mask: bytes) -> int:
    """A bit a byte, the first one the highest."""
    return int(mask.translate(_DIGITS) or b"0", 2)
