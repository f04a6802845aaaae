"""The same article met twice: under one address, or word for word nearly the same.

Agencies' texts are printed by many with a word changed here and there. Two articles are copies of
one when hardly any of the words of their titles and of their excerpts differ (Broder, "On the
resemblance and containment of documents", 1997, with single words for shingles).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from newsreader.stories.terms import terms_of

LIKELY: Final = 0.6
"""What two articles have in common at the least to be looked at more closely."""
_SAME: Final = 0.8
_FEW_TERMS: Final = 3
"""Titles of fewer terms say the same of different things."""


def resemblance(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """How much of two sets is in both, from 0 to 1."""
    both = len(one | other)
    return len(one & other) / both if both else 1.0


def are_copies(titles: tuple[str, str], excerpts: tuple[str, str]) -> bool:
    """Whether two articles are nearly the same, by their folded *titles* and *excerpts*."""
    one, other = (frozenset(terms_of(title)) for title in titles)
    if min(len(one), len(other)) < _FEW_TERMS or resemblance(one, other) < _SAME:
        return False
    if not all(excerpts):
        return titles[0] == titles[1]
    return resemblance(*(frozenset(terms_of(excerpt)) for excerpt in excerpts)) >= _SAME
