"""One converter for each kind of front matter value: the one place where types are made.

Of YAML all scalars come as text, quoted or not; of TOML and JSON as their parsers made them.

A converter returns our value, or raises :class:`WrongValueError` with what it had expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from newsreader.text.dates import instant
from newsreader.text.sanitize import clean_line, plain

_NUMBER = re.compile(r"[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_LONGEST_NUMBER = 40
_LARGEST = 10**9
_LONGEST_DATE = 100
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
        return plain(_shown(value))
    raise WrongValueError("a text was expected")


def _shown(value: object) -> str:
    try:
        return str(value)
    except ValueError:  # of a number with thousands of digits
        return "a number of thousands of digits"


def plain_value(value: Any) -> str:
    """A short, safe rendering of any front matter value, for messages."""
    if isinstance(value, str):
        text = to_text(value[:200])
    elif isinstance(value, Mapping | list | tuple):
        text = "a list" if isinstance(value, list | tuple) else "a mapping"
    else:
        text = to_text(_shown(value))
    return text if len(text) <= 60 else f"{text[:59]}…"


def to_date(value: Any) -> datetime | None:
    """An instant in UTC; None for an empty value."""
    if value is None or value == "":
        return None
    found = None
    if not isinstance(value, str):
        found = instant(value)
    elif len(value) <= _LONGEST_DATE:
        found = _date_of_text(str(value))
    if found is None:
        raise WrongValueError(f"{plain_value(value)} is no date that can be understood")
    return found


def _date_of_text(text: str) -> datetime | None:
    try:
        if (found := instant(text)) is not None:
            return found
        from newsreader.sources.scalars import timestamp

        return instant(timestamp(text.strip()))
    except (ValueError, LookupError, AttributeError):  # of the parsers, on odd text
        return None


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
    if isinstance(value, str):
        value = _number_of_text(value.strip())
    if isinstance(value, float) and math.isfinite(value) and abs(value) <= _LARGEST:
        return round(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
        return value
    raise WrongValueError("a whole number was expected")


def _number_of_text(text: str) -> float | str:
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return text
    try:
        return float(text.replace("_", ""))
    except ValueError:
        return text


def to_heat(value: Any) -> int | None:
    """A number in which -1 means unknown."""
    number = to_number(value)
    return None if number == -1 else number


def to_flag(value: Any) -> bool | None:
    """True, false, or None for an empty value."""
    if value is None or isinstance(value, bool):
        return value
    word = _shown(value).strip().lower() if isinstance(value, str | int) else ""
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
        elif isinstance(item, str) and (name_of_text != "url" or "/" in item or "." in item):
            found.append({name_of_text: item})
        elif item is not None:
            raise WrongValueError("a list of mappings was expected")
    return tuple(found)
