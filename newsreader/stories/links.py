"""Which articles may tell one story, and how surely: from 0 for nothing in common.

Two articles are compared when they have a telling term in common and were published within
:data:`WINDOW` of each other. What they have in common is the cosine of their terms, which counts
less the longer the time between them (Yang, Pierce and Carbonell, "A study of retrospective and
on-line event detection", 1998). Listing each other, or the same third article, adds to it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from math import exp
from typing import Final, NamedTuple

from newsreader.stories.item import Item

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
_MOST_LATELY: Final = 64
"""Of the articles with a term, so many of the last ones are compared."""


class Link(NamedTuple):
    """Two articles, by their places, and how surely they tell one story."""

    first: int
    second: int
    score: float


def score_of(common: float, apart: int, tie: float = 0.0) -> float:
    """How surely two articles tell one story.

    *common* is the cosine of their terms, *apart* the seconds between them, and *tie* what is
    added when one lists the other, or both the same.
    """
    return (common + tie) * exp(-max(0, apart - _STEADY) / _FADES)


class Linker:
    """Compares each article with those that came shortly before it.

    Articles are to be met in the order of their dates; what came before the window is forgotten.
    """

    def __init__(self) -> None:
        self._with_term: dict[int, deque[tuple[int, float]]] = {}
        self._times: dict[int, int] = {}
        self._with_address: dict[int, deque[int]] = {}
        self._listing: dict[int, deque[int]] = {}
        self._tidied_at: int | None = None

    def meet(self, place: int, item: Item, vector: Mapping[int, float]) -> Iterator[Link]:
        """The links of *item*, which is known by its *place*, with those met before.

        The terms of *vector* are any numbers that stand for words.
        """
        now = item.published
        if now is None:
            return
        self._tidy(now)
        common: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            before = self._with_term.get(term)
            if before is None:
                before = self._with_term[term] = deque(maxlen=_MOST_LATELY)
            for other, other_weight in before:
                common[other] += weight * other_weight
            before.append((place, weight))
        self._times[place] = now
        ties = self._ties(place, item)
        likely = {other for other, value in common.items() if value > LEAST}
        for other in sorted(likely.union(ties)):
            then = self._times.get(other)
            if then is not None and now - then <= WINDOW:
                score = score_of(common[other], now - then, ties.get(other, 0.0))
                if score >= LEAST:
                    yield Link(other, place, score)

    def _ties(self, place: int, item: Item) -> dict[int, float]:
        """Who lists the article, is listed by it, or lists the same."""
        found: dict[int, float] = {}
        related = set(item.related_addresses)
        for value, index, addresses in (
            (_SHARED, self._listing, related),
            (_LISTED, self._with_address, related),
            (_LISTED, self._listing, item.addresses),
        ):
            for address in addresses:
                for other in index.get(address, ()):
                    found[other] = value
        for index, addresses in ((self._with_address, item.addresses), (self._listing, related)):
            for address in addresses:
                index.setdefault(address, deque(maxlen=_MOST_LATELY)).append(place)
        return found

    def _tidy(self, now: int) -> None:
        """Forget what came before the window, now and then."""
        if self._tidied_at is None:
            self._tidied_at = now
        if now - self._tidied_at > WINDOW:
            self._tidied_at = now
            times = self._times
            self._times = {place: then for place, then in times.items() if now - then <= WINDOW}
            terms = self._with_term.items()
            self._with_term = {
                term: before for term, before in terms if before[-1][0] in self._times
            }
            for index in (self._with_address, self._listing):
                old = [
                    address for address, before in index.items() if before[-1] not in self._times
                ]
                for each in old:
                    del index[each]
