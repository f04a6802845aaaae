"""Which articles may tell one story, and how surely: from 0 for nothing in common.

Two articles are compared when they have a telling term in common and were published within
:data:`WINDOW` of each other. What they have in common is the cosine of their terms, which counts
less the longer the time between them (Yang, Pierce and Carbonell, "A study of retrospective and
on-line event detection", 1998). Listing each other, or the same third article, adds to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from math import e
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.floating[Any]])

DAY: Final = 86_400
WINDOW: Final = 7 * DAY
"""Seconds between two articles at the most."""
LEAST: Final = 0.1
"""What two articles have in common at the least."""
_STEADY: Final = DAY // 2
"""Within so many seconds the time between two articles does not matter."""
_FADES: Final = 6 * DAY
_LISTED: Final = 0.15
_SHARED: Final = 0.2
MOST_LATELY: Final = 64
"""Of the articles with a term, so many of the last ones are compared."""


class Link(NamedTuple):
    """Two articles, by their places, and how surely they tell one story."""

    first: int
    second: int
    score: float


def score_of(common: Number, apart: Any, tie: Number) -> Number:
    """How surely two articles tell one story, or those of many pairs.

    *common* is the cosine of their terms, *apart* the seconds between them, and *tie* what is
    added when one lists the other, or both the same.
    """
    return (common + tie) * e ** ((_STEADY - apart) * (apart > _STEADY) / _FADES)  # type: ignore[no-any-return]


class Ties:
    """Who lists whom, of articles that are met in the order of their dates."""

    def __init__(self) -> None:
        self._with_address: dict[int, deque[int]] = {}
        self._listing: dict[int, deque[int]] = {}

    def meet(
        self, place: int, addresses: Collection[int], listed: Collection[int]
    ) -> dict[int, float]:
        """What ties the article at *place* to others that were met, by their places.

        It has some *addresses*, and lists articles with some others.
        """
        found: dict[int, float] = {}
        related = set(listed)
        for value, index, some in (
            (_SHARED, self._listing, related),
            (_LISTED, self._with_address, related),
            (_LISTED, self._listing, addresses),
        ):
            for address in some:
                for other in index.get(address, ()):
                    found[other] = value
        for index, some in ((self._with_address, addresses), (self._listing, related)):
            for address in some:
                index.setdefault(address, deque(maxlen=MOST_LATELY)).append(place)
        return found
