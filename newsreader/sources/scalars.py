"""What unquoted YAML text stands for: null, a truth value, a number, a date, or just text.

The rules are those of PyYAML's safe loader, so that what we write back is what that would load;
whatever makes it raise stays text.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from newsreader.sources.nodes import Plain

MAX_LENGTH = 128
"""Longer text is always text: no number that long is meant as one."""

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_FLAGS = {
    spelled: value
    for word, value in (
        ("yes", True), ("no", False), ("true", True), ("false", False), ("on", True), ("off", False)
    )
    for spelled in (word, word.capitalize(), word.upper())
}  # fmt: skip
_FIRST = frozenset("-+.0123456789~nNyYtTfFoO")
_INTEGER = re.compile(
    r"[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
)
_FLOAT = re.compile(
    r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?"
    r"(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?)?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def plain(text: str) -> str | None:
    """*text* as an unquoted YAML scalar: None for null, a :class:`Plain` where it means more."""
    if not text:
        return None
    if text[0] not in _FIRST or len(text) > MAX_LENGTH:
        return text
    return _plain(text)


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str | None:
    if text in _NULLS:
        return None
    try:
        value = _value(text)
    except (ValueError, OverflowError):
        return text
    return text if value is None else Plain(text, value)


def _value(text: str) -> Any:
    if text in _FLAGS:
        return _FLAGS[text]
    if text[0] not in "-+.0123456789":
        return None
    if _FLOAT.fullmatch(text):
        return _float(text.replace("_", "").lower())
    if _INTEGER.fullmatch(text):
        return _integer(text.replace("_", ""))
    if len(text) == 10 and not _DAY.fullmatch(text):
        return None
    return timestamp(text)


def _integer(text: str) -> int:
    sign = -1 if text[0] == "-" else 1
    digits = text.lstrip("+-")
    if digits == "0":
        return 0
    if digits[:2] in ("0b", "0x"):
        return sign * int(digits, 0)
    if digits[0] == "0":
        return sign * int(digits, 8)
    return int(sign * _sixties(digits, int))


def _float(text: str) -> float:
    sign = -1 if text[0] == "-" else 1
    digits = text.lstrip("+-")
    if digits in (".inf", ".nan"):
        return sign * float(digits[1:])
    return float(sign * _sixties(digits, float))


def _sixties(digits: str, number: Any) -> Any:
    total = number(0)
    for part in digits.split(":"):
        total = total * 60 + number(part)
    return total


def timestamp(text: str) -> date | None:
    """The date, or the date and time, that *text* is in YAML's form, which is wider than ISO's.

    Raises:
        ValueError: when it has the form of one, and there is no such day or time.
    """
    match = _TIMESTAMP.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zulu, sign, zone_hour, zone_minute = (
        match.groups()
    )
    if hour is None:
        return date(int(year), int(month), int(day))
    zone: timezone | None = UTC if zulu else None
    if sign:
        offset = timedelta(hours=int(zone_hour), minutes=int(zone_minute or 0))
        zone = timezone(-offset if sign == "-" else offset)
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    clock = (int(hour), int(minute), int(second), microsecond)
    return datetime(int(year), int(month), int(day), *clock, tzinfo=zone)
