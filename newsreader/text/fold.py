"""Folding text for search: case, accents and typographic variants made equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_TYPOGRAPHY = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u2032": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u00ad": None,
        "\ufeff": None,
    }
)

# Scripts written without spaces between words: there a word may start anywhere.
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff"
    "\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SHORT = 4
"""Characters beyond ASCII in a row whose folding is remembered: most are alone, as an accent is."""


def fold(text: str) -> str:
    """*text* as the search sees it: no case, no accents, plain quotes and dashes, single spaces.

    Unicode's compatibility decomposition (NFKD) with the marks dropped, then case
    folding. Folding twice equals folding once.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    # Folding knows no context but for white space: ASCII needs no more than its lower case, which
    # the bytes have without touching what is folded already.
    folded = _FOREIGN.sub(_folded, text).encode("utf-8", "surrogatepass").lower()
    return " ".join(folded.decode("utf-8", "surrogatepass").split())


def fold_line(line: str) -> str:
    """:func:`fold` of one line whose words are a single space apart, as ``clean_line`` makes it."""
    return line.lower() if line.isascii() else fold(line)


def _folded(found: re.Match[str]) -> str:
    foreign = found[0]
    return _fold_short(foreign) if len(foreign) <= _SHORT else _fold_foreign(foreign)


def _fold_foreign(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    text = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Case folding may compose anew (U+0345, U+1E9E), hence the second pass.
    text = unicodedata.normalize("NFKD", text.casefold())
    if not text.isascii():
        text = "".join(char for char in text if not unicodedata.combining(char))
        text = text.translate(_TYPOGRAPHY)
    return text


_fold_short = lru_cache(maxsize=4_096)(_fold_foreign)


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """:func:`fold` of *text*, and for each of its characters the place of the one it comes from."""
    if text.isascii() and " ".join(text.split()) == text:
        return text.lower(), range(len(text))
    alone = {char: _fold_char(char) for char in set(text)}
    folded: list[str] = []
    places: list[int] = []
    gap = -1
    for place, char in enumerate(text):
        for part in alone[char]:
            if part.isspace():
                gap = place if gap < 0 else gap
                continue
            if gap >= 0 and folded:
                folded.append(" ")
                places.append(gap)
            gap = -1
            folded.append(part)
            places.append(place)
    return "".join(folded), places


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    # Between two letters white space stays.
    return char if char.isspace() else fold(f"x{char}x")[1:-1]


def is_unspaced(text: str) -> bool:
    """Whether *text* has a script that puts no spaces between words (Han, kana, Thai ...)."""
    return not text.isascii() and re.search(_UNSPACED, text) is not None
