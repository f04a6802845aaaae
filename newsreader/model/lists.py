"""Many short lists of small numbers in one array."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import overload


class Codes(Sequence[tuple[int, ...]]):
    """Lists of small numbers, one after another in one array; ``ends`` says where each one ends."""

    __slots__ = ("codes", "ends")

    def __init__(self, ends: Sequence[int], codes: Sequence[int]) -> None:
        self.ends = ends
        self.codes = codes

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> Codes:
        """The same as *lists*."""
        some = list(lists)
        flat = array("i", [code for each in some for code in each])
        return cls(array("i", accumulate(map(len, some))), flat)

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> tuple[int, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[int, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[int, ...] | Sequence[tuple[int, ...]]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        start = self.ends[place - 1] if place else 0
        return tuple(self.codes[start : self.ends[place]])
