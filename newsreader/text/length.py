"""How long a text is, in words and minutes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from newsreader.text.fold import UNSPACED

_SAMPLE = 20_000
"""Characters that are looked at; what follows is taken to be like them."""
_PACE = 230
"""Words a minute."""
_A_WORD = 2
"""Characters that make a word where none are spaced."""


class Length(NamedTuple):
    """Words, and the minutes to read them: at least one."""

    words: int
    minutes: int


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    # Compiled late: most articles of most libraries have no body.
    return (
        re.compile(r"<[^<>]{0,2000}>"),
        re.compile(r"\]\([^()\n]{0,2000}\)"),
        re.compile(UNSPACED),
        re.compile(r"\w[^\s\u2014]*"),
    )


@lru_cache(maxsize=2)
def minutes_of(text: str, *, is_html: bool) -> int:
    """The minutes to read a *text*, for who asks for the same one again and again."""
    return length_of(text, is_html=is_html).minutes


def length_of(text: str, *, is_html: bool) -> Length:
    """How long a Markdown or HTML *text* is; of a long one about how long."""
    tag, address, unspaced, word = _patterns()
    sample = text[:_SAMPLE]
    shown = tag.sub(" ", sample) if is_html else address.sub("]", sample)
    signs = 0
    if not shown.isascii():
        shown, signs = unspaced.subn(" ", shown)
    count = len(word.findall(shown)) + signs // _A_WORD
    if len(text) > _SAMPLE:
        count = round(count * len(text) / _SAMPLE / 100) * 100
    return Length(count, max(1, round(count / _PACE)))
