"""Where one may cut a text without cutting a character as a person sees it."""

from __future__ import annotations

import unicodedata

SPACING_VOWELS = "\u0e33\u0eb3"
"""Letters that take a cell of their own and belong to the one before: Thai and Lao sara am."""
_JOINER = "\u200d"


def boundary(text: str, position: int) -> int:
    """The first place from *position* on where a cluster ends; *position* itself for most texts."""
    size = len(text)
    while position < size and (text[position - 1] == _JOINER or _extends(text[position])):
        position += 1
    if position < size and _is_indicator(text[position]) and _is_indicator(text[position - 1]):
        start = position
        while start and _is_indicator(text[start - 1]) and position - start < 1000:
            start -= 1
        position += (position - start) % 2
    return position


def _extends(char: str) -> bool:
    """Whether *char* belongs to the one before it."""
    if char < "\u0300":
        return False
    return (
        char == _JOINER
        or char in SPACING_VOWELS
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\u1160" <= char <= "\u11ff"
        or unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")
    )


def _is_indicator(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
