"""Dates in words, as the spans of the calendar that people mean by them: ``last monday``."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from newsreader.text.dates import (
    MONTHS,
    WEEKDAYS,
    Span,
    add_months,
    before_now,
    calendar_span,
    local,
)

MAX_LENGTH = 60
"""Characters. A longer text is no date."""

_DAYS = tuple(map(str.lower, WEEKDAYS))
_UNITS = {"hour": "h", "day": "d", "week": "w", "month": "m", "year": "y"}
_AGO = re.compile(r"(an?|\d{1,4}) (hour|day|week|month|year)s? ago")
_LAST_FEW = re.compile(r"(?:last|past) (\d{1,4}) (hour|day|week|month|year)s?")
_UNIT = re.compile(r"(this|last|past) (week|month|year)")
_WEEKDAY = re.compile(rf"(?:(this|last|on) )?({'|'.join(_DAYS)})")
_MONTH = re.compile(rf"(?:(this|last|in) )?({'|'.join(MONTHS)})(?: (\d{{4}}))?", re.IGNORECASE)


def phrase_span(text: str, now: datetime) -> Span | None:
    """The span that the English words *text* name, seen from *now*; None when they name none.

    Weeks begin on Monday. What is not a span by itself (``1 July 2020``) is a day.
    """
    if len(text) > MAX_LENGTH:
        return None
    words = " ".join(text.lower().split())
    try:
        return _known(words, now) or _day_by_library(words, now)
    except (ValueError, OverflowError):
        return None


def _known(words: str, now: datetime) -> Span | None:
    today = local(now).date()
    if match := _AGO.fullmatch(words):
        count = match[1] if match[1].isdigit() else "1"
        moment = before_now(f"{count}{_UNITS[match[2]]}", now)
        if moment is None:
            return None
        if match[2] == "hour":
            return Span(moment, moment)
        return _days(local(moment).date(), 1)
    if match := _LAST_FEW.fullmatch(words):
        moment = before_now(f"{match[1]}{_UNITS[match[2]]}", now)
        return None if moment is None else Span(moment, now)
    if match := _UNIT.fullmatch(words):
        return _unit(match[2], today, back=match[1] != "this")
    if match := _WEEKDAY.fullmatch(words):
        back = (today.weekday() - _DAYS.index(match[2])) % 7
        return _days(today - timedelta(days=back or (7 if match[1] == "last" else 0)), 1)
    if match := _MONTH.fullmatch(words):
        return _month(match, today)
    return None


def _unit(unit: str, today: date, *, back: bool) -> Span | None:
    if unit == "week":
        return _days(today - timedelta(days=today.weekday() + 7 * back), 7)
    if unit == "year":
        return calendar_span(f"{today.year - back:04}")
    first = datetime(today.year, today.month, 1)  # noqa: DTZ001 - only its month is used
    return calendar_span(f"{add_months(first, -back):%Y-%m}")


def _month(match: re.Match[str], today: date) -> Span | None:
    month = [name.lower() for name in MONTHS].index(match[2]) + 1
    is_later = month > today.month or (month == today.month and match[1] == "last")
    year = int(match[3]) if match[3] else today.year - is_later
    return calendar_span(f"{year:04}-{month:02}")


def _days(first: date, count: int) -> Span | None:
    start, last = (
        calendar_span(day.isoformat()) for day in (first, first + timedelta(days=count - 1))
    )
    return Span(start.start, last.end) if start and last else None


def _day_by_library(words: str, now: datetime) -> Span | None:
    if not any(map(str.isdigit, words)):
        return None
    import dateparser  # a tenth of a second, for the few who write dates so

    here = local(now)
    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": here.replace(tzinfo=None),
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return None if found is None else _days(found.date(), 1)
