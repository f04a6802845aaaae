"""Folding text for search: case, accents and typographic variants made equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
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
UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff"
    "\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


_ASCII = bytes(range(128))
_FEW = 24
"""Different characters beyond ASCII up to which a text is folded one of them after another."""


def fold(text: str) -> str:
    """*text* as the search sees it: no case, no accents, plain quotes and dashes, single spaces.

    Unicode's compatibility decomposition (NFKD) with the marks dropped, then case
    folding. Folding twice equals folding once.
    """
    folded = text.lower() if text.isascii() else _fold_foreign(text)[0]
    return " ".join(folded.split())


def fold_lines(lines: Iterable[str]) -> list[str]:
    """:func:`fold` of each of *lines*, whose words are one space apart as ``clean_line`` has them.

    All at once, which is several times faster.
    """
    text = "\n".join(lines)
    if text.isascii():
        return text.lower().split("\n")
    text, has_gaps = _fold_foreign(text)
    folded = text.split("\n")
    return [" ".join(line.split()) for line in folded] if has_gaps else folded


def _fold_foreign(text: str) -> tuple[str, bool]:
    """*text* folded but for its white space, and whether that may be any other than before."""
    # Folding knows no context: each character can be folded by itself, and what it becomes is
    # folded already. Bytes have a lower case for ASCII only.
    data = text.encode("utf-8", "surrogatepass").lower()
    foreign = set(data.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    text = data.decode("utf-8", "surrogatepass")
    if len(foreign) > _FEW:
        return _fold_at_once(text), True
    has_gaps = False
    for char in foreign:
        folded = _fold_char(char)
        has_gaps = has_gaps or not folded or " " in folded
        text = text.replace(char, folded)
    return text, has_gaps


def _fold_at_once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    text = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Case folding may compose anew (U+0345, U+1E9E), hence the second pass.
    text = unicodedata.normalize("NFKD", text.casefold())
    if not text.isascii():
        text = "".join(char for char in text if not unicodedata.combining(char))
        text = text.translate(_TYPOGRAPHY)
    return text


def fold_but_case(text: str) -> str:
    """:func:`fold` of *text*, but with capitals as they are."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


_fold_char = lru_cache(maxsize=4_096)(_fold_at_once)


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """:func:`fold` of *text*, and for each of its characters the place of the one it comes from."""
    if text.isascii() and " ".join(text.split()) == text:
        return text.lower(), range(len(text))
    alone = {char: char if char.isspace() else _fold_char(char) for char in set(text)}
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


def is_unspaced(text: str) -> bool:
    """Whether *text* has a script that puts no spaces between words (Han, kana, Thai ...)."""
    return not text.isascii() and re.search(UNSPACED, text) is not None
