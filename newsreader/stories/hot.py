"""How much an article matters now: four parts from 0 to 1, and the score they come to.

What has no end, such as heat, saturates as the frequency of a term does in BM25 (Robertson and
Zaragoza, "The probabilistic relevance framework", 2009), so that the first steps count most.
``docs/hot.md`` tells why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.floating[Any]])

TOP: Final = 1_000
"""The highest score."""
UNKNOWN_QUALITY: Final = 0.4
"""What an unknown quality counts: a little less than the middle."""
UNKNOWN_HEAT: Final = 0.2
"""What an unknown heat counts: as much as a heat of 15."""
LATELY: Final = 3
"""Half-lives before the newest article in which a provider's articles are counted."""
_WARM: Final = 60
"""The heat that counts half."""
_OTHERS: Final = 3
"""So many other articles that tell the story count half."""
_FLOOD: Final = 5
"""More articles lately than these make a provider's count less."""
_DAMPING: Final = 0.25


def quality_part(quality: int | None) -> float:
    """What a quality from 0 to 100 counts."""
    return UNKNOWN_QUALITY if quality is None else min(100, max(0, quality)) / 100


def heat_part(heat: int | None) -> float:
    """What a heat, which has no end, counts."""
    return UNKNOWN_HEAT if heat is None else max(0, heat) / (max(0, heat) + _WARM)


def coverage_part(coverage: int) -> float:
    """What a story that so many articles tell counts."""
    return (coverage - 1) / (coverage - 1 + _OTHERS)


def freshness_part(age: Number, half_life: float) -> Number:
    """What an article counts that is *age* seconds older than the newest one, or many of them."""
    return 0.5 ** (age / half_life)  # type: ignore[no-any-return]


def damping(lately: int) -> float:
    """What the articles count by of a provider that had so many of them *lately*."""
    return 1.0 if lately <= _FLOOD else (_FLOOD / lately) ** _DAMPING
