"""The articles of a library that have the most in common with one, over all time, and why.

Compared are the terms that stories were found from: those of each article that say the most, with
their weights. First those that have the article's most telling terms are looked up, and of these
the most promising ones are compared in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from newsreader.library.stories_before import term_number
from newsreader.library.story_index import vector_at
from newsreader.model.table import NO_CODE, UNKNOWN_TIME
from newsreader.store.sections import Sections
from newsreader.store.shelf import Shelf
from newsreader.stories.links import LEAST, WINDOW
from newsreader.stories.terms import WORD, terms_of
from newsreader.text.fold import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

MOST: Final = 5
"""Articles that are named."""
_LOOKED_UP: Final = 10
"""Terms of the article by which others are found."""
_COMPARED: Final = 40
_SHOWN: Final = 3
"""Terms that say why."""


class Similar(NamedTuple):
    """An article by its row, how much it has in common with another, and what.

    ``terms`` are the words of the other's texts that say the most of both.
    """

    row: int
    score: float
    terms: tuple[str, ...]
    is_of_story: bool = False
    is_of_provider_and_week: bool = False

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons, in words."""
        reasons = (
            (bool(self.terms), f"shares {', '.join(self.terms)}"),
            (self.is_of_story, "same story"),
            (self.is_of_provider_and_week, "same provider and week"),
        )
        return tuple(text for holds, text in reasons if holds)


def similar_to(columns: Shelf, told: Sections, row: int, most: int = MOST) -> list[Similar]:
    """The articles that have the most in common with that of *row*, of copies only one.

    *told* is what the stories of *columns* were found from.
    """
    if len(told.array("terms.ends")) != len(columns):
        return []
    own = vector_at(told, row)
    common = {other: _common(own, vector_at(told, other)) for other in _near(columns, told, row)}
    scores = sorted((-sum(each.values()), other) for other, each in common.items())
    found = [(other, -score) for score, other in scores if -score >= LEAST]
    shown = _as_written(columns, row)
    return [
        _explained(columns, row, other, score, common[other], shown)
        for other, score in _without_copies(columns, row, found)[:most]
    ]


def _common(own: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    """What each term that two articles have in common adds to their cosine."""
    return {term: weight * other[term] for term, weight in own.items() if term in other}


def _near(columns: Shelf, told: Sections, row: int) -> list[int]:
    """The rows that may have the most in common with *row*."""
    own = vector_at(told, row)
    best = sorted(own, key=lambda term: (-own[term], term))[:_LOOKED_UP]
    ends, terms, weights = (np.asarray(told.array(name)) for name in _VECTORS)
    scores = np.zeros(len(columns), np.float32)
    for term in best:
        places = np.flatnonzero(terms == term)
        rows = np.searchsorted(ends, places, "right")
        scores[rows] += np.float32(own[term]) * weights[places]
    scores[row] = 0
    if columns.gone is not None:
        scores[np.asarray(columns.gone) != 0] = 0
    found = np.flatnonzero(scores)
    if len(found) > _COMPARED:
        found = found[np.argpartition(scores[found], -_COMPARED)[-_COMPARED:]]
    return sorted(found.tolist())


_VECTORS: Final = ("terms.ends", "terms", "weights")


def _without_copies(
    columns: Shelf, row: int, found: Sequence[tuple[int, float]]
) -> list[tuple[int, float]]:
    """*found* without copies of *row*, and of each other."""
    copies = columns.copies
    met, left = {copies[row]} - {NO_CODE}, []
    for other, score in found:
        if copies[other] not in met:
            left.append((other, score))
            met.update({copies[other]} - {NO_CODE})
    return left


def _as_written(columns: Shelf, row: int) -> dict[int, str]:
    """The terms of an article as it writes them."""
    segment, inner = columns.place(row)
    shown: dict[int, str] = {}
    for word in WORD.findall(f"{segment.titles[inner]} {segment.text('excerpt', inner)}"):
        for term in terms_of(fold(word)):
            shown.setdefault(term_number(term), word)
    return shown


def _explained(
    columns: Shelf,
    row: int,
    other: int,
    score: float,
    common: Mapping[int, float],
    shown: Mapping[int, str],
) -> Similar:
    best = sorted(common, key=lambda term: (-common[term], term))[:_SHOWN]
    story, provider, published = columns.story, columns.provider, columns.published
    is_dated = UNKNOWN_TIME not in (published[row], published[other])
    return Similar(
        other,
        round(score, 3),
        tuple(dict.fromkeys(shown[term] for term in best if term in shown)),
        story[row] == story[other] != NO_CODE,
        provider[row] == provider[other] != NO_CODE
        and is_dated
        and abs(published[row] - published[other]) <= WINDOW,
    )
