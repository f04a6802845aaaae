"""Whole words in folded text."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsreader.query.ast import Text
from newsreader.text.fold import is_unspaced


def finder(text: Text) -> Callable[[str], object] | None:
    """A check whether a folded text that has ``text.text`` in it has it as whole words.

    None when having it is enough: in scripts without spaces, and for mere punctuation.
    """
    pattern = whole_words(text)
    return None if pattern is None else pattern.search


def whole_words(text: Text) -> re.Pattern[str] | None:
    """What matches ``text.text`` as whole words in a folded text, None as for :func:`finder`."""
    needle = text.text
    if is_unspaced(needle):
        return None
    word = re.escape(needle)
    # The start is checked after the match: a pattern that begins with plain characters is
    # searched for many times faster than one that begins with a condition.
    start = rf"(?<!\w{word})" if _is_of_word(needle[0]) else ""
    end = r"(?!\w)" if _is_of_word(needle[-1]) and not text.prefix else ""
    if not start and not end:
        return None
    return re.compile(word + start + end)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"
