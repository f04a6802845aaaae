"""How much each article of a library matters now, and why."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newsreader.config.settings import HotWeights
from newsreader.model.table import FEW, NO_CODE, UNKNOWN, UNKNOWN_TIME
from newsreader.stories.hot import (
    LATELY,
    TOP,
    UNKNOWN_HEAT,
    UNKNOWN_QUALITY,
    coverage_part,
    damping,
    freshness_part,
    heat_part,
    quality_part,
)
from newsreader.text.counted import counted
from newsreader.text.dates import lasting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsreader.store.shelf import Shelf
    from newsreader.store.story_columns import StoryColumns

    Array = NDArray[Any]

_HOUR = 3_600


class Reason(NamedTuple):
    """One part of a score: what it is, from 0 to 1, what it weighs, and the points it makes."""

    name: str
    value: float
    weight: float
    points: float
    text: str


class Why(NamedTuple):
    """A score from 0 to 1,000 with its reasons.

    ``damping`` is what all of them are multiplied by, as ``flood`` says.
    """

    score: int
    reasons: tuple[Reason, ...]
    damping: float = 1.0
    flood: str = ""


class Hotness:
    """The scores of the articles of *columns*, which tell *stories*, at a time in seconds."""

    def __init__(
        self, columns: Shelf, stories: StoryColumns, weights: HotWeights, now: int
    ) -> None:
        self._columns = columns
        self._coverage = stories.coverage
        self._weights = weights
        self._half_life = weights.half_life * _HOUR
        rows, published = columns.newest_first, columns.published
        # The rows stand newest first, and those without a date last.
        newest = published[rows[0]] if rows else UNKNOWN_TIME
        self._newest = 0 if newest == UNKNOWN_TIME else min(now, newest)
        since = self._newest - LATELY * self._half_life
        late = bisect_right(rows, -since, key=lambda row: -published[row])
        self._lately = Counter(map(columns.provider.__getitem__, rows[:late]))
        # Of nobody knows whom nobody can say that they flood.
        del self._lately[NO_CODE]

    def scores(self) -> Sequence[int]:
        """The score of each row."""
        if len(self._columns) > FEW:
            return self._many()
        return array("i", map(self._score, range(len(self._columns))))

    def _score(self, row: int) -> int:
        columns = self._columns
        return self._rounded(
            quality_part(_known(columns.quality[row])),
            heat_part(_known(columns.heat[row])),
            coverage_part(self._coverage[row]),
            freshness_part(self._age(row), self._half_life),
            damping(self._lately[columns.provider[row]]),
        )

    def _rounded(self, *values: float) -> int:
        return int(self._mean(*values) + 0.5)

    def _mean(self, quality: Any, heat: Any, coverage: Any, freshness: Any, damped: Any) -> Any:
        weights = self._weights
        total = weights.quality + weights.heat + weights.coverage + weights.freshness
        points = (
            quality * weights.quality
            + heat * weights.heat
            + coverage * weights.coverage
            + freshness * weights.freshness
        )
        return TOP * points / total * damped

    def _age(self, row: int) -> float:
        return float(max(0, self._newest - self._columns.published[row]))

    def _many(self) -> Sequence[int]:
        """The same for all rows at once."""
        import numpy as np

        columns = self._columns
        ages = np.maximum(0, self._newest - np.asarray(columns.published)).astype(np.float64)
        found = self._mean(
            _each(columns.quality, lambda value: quality_part(_known(value))),
            _each(columns.heat, lambda value: heat_part(_known(value))),
            _each(self._coverage, coverage_part),
            freshness_part(ages, self._half_life),
            _each(columns.provider, lambda code: damping(self._lately[code])),
        )
        scores: memoryview = (found + 0.5).astype(np.int32).data
        return scores

    def why(self, row: int) -> Why:
        """The score of one row, and what it comes from."""
        columns, weights = self._columns, self._weights
        quality, heat = _known(columns.quality[row]), _known(columns.heat[row])
        provider = columns.provider[row]
        lately = self._lately[provider]
        damped = damping(lately)
        parts = (
            ("quality", quality_part(quality), weights.quality, _quality(quality)),
            ("heat", heat_part(heat), weights.heat, _heat(heat)),
            (
                "coverage",
                coverage_part(self._coverage[row]),
                weights.coverage,
                _coverage(self._coverage[row]),
            ),
            (
                "freshness",
                freshness_part(self._age(row), self._half_life),
                weights.freshness,
                self._freshness(row),
            ),
        )
        total = sum(weight for _, _, weight, _ in parts)
        reasons = tuple(
            Reason(name, value, weight, TOP * value * weight / total, text)
            for name, value, weight, text in parts
        )
        label = columns.providers[provider].label
        flood = f"{label} has {counted(lately, 'article')} lately" if damped < 1 else ""
        return Why(self._score(row), reasons, damped, flood)

    def _freshness(self, row: int) -> str:
        if self._columns.published[row] == UNKNOWN_TIME:
            return "without a date, which counts as old"
        age = self._age(row)
        before = lasting(age)
        return f"{before} older than the newest article" if before else "the newest"


def _known(value: int) -> int | None:
    return None if value == UNKNOWN else value


def _each(column: Sequence[int], part: Callable[[int], float]) -> Array:
    """What *part* gives for each value of a column that has few different ones."""
    import numpy as np

    values, places = np.unique(np.asarray(column), return_inverse=True)
    return np.array(list(map(part, values.tolist())), np.float64)[places]


def _quality(quality: int | None) -> str:
    if quality is None:
        return f"unknown, which counts {UNKNOWN_QUALITY}"
    return f"quality {quality}"


def _heat(heat: int | None) -> str:
    return f"unknown, which counts {UNKNOWN_HEAT}" if heat is None else f"heat {heat}"


def _coverage(coverage: int) -> str:
    if coverage == 1:
        return "no other article tells the story"
    return f"{counted(coverage, 'article')} tell the story"
