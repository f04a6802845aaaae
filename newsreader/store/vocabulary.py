"""Dictionary coding: each distinct value of a column once, a small number in the rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Vocabulary(Generic[T]):
    """Values in order of first sight. Code 0 is the empty value."""

    def __init__(self, empty: T) -> None:
        self.values: list[T] = [empty]
        self._codes: dict[T, int] = {empty: 0}

    def code(self, value: T) -> int:
        """The code of *value*, a new one when it was never seen."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.values)
            self.values.append(value)
        return code

    def codes(self, values: Iterable[T]) -> list[int]:
        """The code of each of *values*."""
        return list(map(self.code, values))

    def mapped(self, codes: Sequence[int], values: Sequence[T]) -> array[int]:
        """*codes* that mean *values* as codes of this vocabulary, with new ones where they must."""
        ours = self.codes(values)
        return array("i", map(ours.__getitem__, codes))
