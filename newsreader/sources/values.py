"""One converter for each kind of front matter value. Each takes what YAML, TOML or JSON made.

A converter returns our value, or raises :class:`WrongValueError` with what it had expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from newsreader.text.sanitize import clean_line, plain

_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?:\.0*)?\s*")
_LARGEST = 10**9
_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


class WrongValueError(Exception):
    """A value of the wrong kind; the message says what was expected."""


def to_text(value: Any) -> str:
    """One line of readable text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, bool | int | float | date):
        return plain(str(value))
    raise WrongValueError("a text was expected")


def to_url(value: Any) -> str:
    """An address as written, without control characters. It is checked when it is opened."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_line(value)
    raise WrongValueError("an address was expected")


def to_number(value: Any) -> int | None:
    """A whole number; None for an empty value."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and (match := _NUMBER.fullmatch(value)):
        return int(match[1])
    if isinstance(value, float) and math.isfinite(value) and abs(value) <= _LARGEST:
        return round(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
        return value
    raise WrongValueError("a whole number was expected")


def to_heat(value: Any) -> int | None:
    """A number in which -1 means unknown."""
    number = to_number(value)
    return None if number == -1 else number


def to_flag(value: Any) -> bool | None:
    """True, false, or None for an empty value."""
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise WrongValueError("true or false was expected")


def to_words(value: Any) -> tuple[str, ...]:
    """A list of texts, also when given as one text with commas. Empty and double ones dropped."""
    if value is None:
        return ()
    if isinstance(value, str):
        value = value.split(",")
    elif not isinstance(value, list | tuple):
        raise WrongValueError("a list was expected")
    return tuple(dict.fromkeys(word for word in map(to_text, value) if word))


def to_mappings(value: Any, name_of_text: str) -> tuple[Mapping[Any, Any], ...]:
    """A list of mappings; one mapping is a list of one, and a text stands for *name_of_text*."""
    if value is None:
        return ()
    items = list(value) if isinstance(value, list | tuple) else [value]
    found: list[Mapping[Any, Any]] = []
    for item in items:
        if isinstance(item, Mapping):
            found.append(item)
        elif isinstance(item, str):
            found.append({name_of_text: item})
        elif item is not None:
            raise WrongValueError("a list of mappings was expected")
    return tuple(found)
