"""Comparing many articles at once: what :mod:`newsreader.stories.links` says of two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from newsreader.stories.links import LEAST, MOST_LATELY, WINDOW, score_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_BATCH: Final = 256
_MOST_PAIRS: Final = 4_000_000
"""Pairs of which sums are kept at once."""


class Links(NamedTuple):
    """Pairs of articles, by their places, and how surely they tell one story."""

    first: Array
    second: Array
    score: Array


class Vectors(NamedTuple):
    """The terms of articles: ``sizes`` many of each, with their weights, all in a row."""

    sizes: Array
    terms: Array
    weights: Array


def links_of(
    times: Array, vectors: Vectors, ties: Sequence[Mapping[int, float]], begin: int = 0
) -> Iterator[Links]:
    """The links of the articles from the place *begin* on with those before them.

    They stand in the order of their *times*; *ties* are those of each.
    """
    compare = _Comparing(times, vectors, ties)
    while begin < len(times):
        end = min(len(times), begin + _BATCH, begin + compare.room(begin))
        yield compare.links(begin, end)
        begin = end


class _Comparing:
    """The articles with each term, one after another, as an index into one array."""

    def __init__(self, times: Array, vectors: Vectors, ties: Sequence[Mapping[int, float]]) -> None:
        self._times, self._ties = times, ties
        self._oldest = np.searchsorted(times, times - WINDOW)
        self._ends = np.concatenate(([0], np.cumsum(vectors.sizes)))
        self._place = np.repeat(np.arange(len(times)), vectors.sizes)
        self._weights = vectors.weights
        # Stable: the articles with one term stay in the order of their times.
        by_term = np.argsort(vectors.terms, kind="stable")
        everything = np.arange(len(by_term))
        self._at = np.empty_like(by_term)
        self._at[by_term] = everything
        grouped = vectors.terms[by_term]
        start_of_term = np.searchsorted(grouped, grouped)
        self._low = np.maximum(start_of_term, everything - MOST_LATELY)[self._at]
        self._others = self._place[by_term]
        self._other_weights = self._weights[by_term]

    def room(self, begin: int) -> int:
        """How many articles may be compared at once from *begin* on."""
        near = begin - int(self._oldest[begin])
        return max(1, _MOST_PAIRS // (near + _BATCH))

    def links(self, begin: int, end: int) -> Links:
        """The links of the articles from *begin* to *end*."""
        base = int(self._oldest[begin])
        width = end - base
        common = self._common(begin, end, base)
        tie = np.zeros(len(common))
        for place in range(begin, end):
            for other, value in self._ties[place].items():
                if other >= base:
                    tie[(place - begin) * width + other - base] = value
        pairs = np.flatnonzero((common > LEAST) | (tie > 0))
        second, first = pairs // width + begin, pairs % width + base
        apart = self._times[second] - self._times[first]
        score = score_of(common[pairs], apart, tie[pairs])
        good = (apart <= WINDOW) & (score >= LEAST)
        return Links(first[good], second[good], score[good])

    def _common(self, begin: int, end: int, base: int) -> Array:
        """The cosines of the articles with all from *base* to *end*, one after another."""
        start, stop = self._ends[begin], self._ends[end]
        low = self._low[start:stop]
        counts = self._at[start:stop] - low
        mine = np.repeat(np.arange(start, stop), counts)
        skipped = np.repeat(np.cumsum(counts) - counts, counts)
        theirs = np.repeat(low, counts) + np.arange(len(mine)) - skipped
        near = self._others[theirs] >= base
        mine, theirs = mine[near], theirs[near]
        width = end - base
        pair = (self._place[mine] - begin) * width + self._others[theirs] - base
        products = self._weights[mine] * self._other_weights[theirs]
        return np.bincount(pair, products, (end - begin) * width)
