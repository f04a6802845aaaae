"""Instants, calendar spans and ages. Everything is time zone aware; files without a zone are UTC.

What a person types or reads is in the local zone of the system (set ``TZ`` to change it).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from newsreader.text.counted import counted

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
_LATEST = datetime(9999, 12, 30, tzinfo=UTC)
_EPOCH_SECONDS = range(100_000_000, 10_000_000_000)  # 1973 to 2286
_ISO_PREFIX = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2}))?)?)?)?)?(Z)?",
    re.IGNORECASE,
)
_FIRST_OF = (1, 1, 0, 0, 0)  # month, day, hour, minute, second
_DURATION = re.compile(r"(\d{1,5})([hdwmy])", re.IGNORECASE)
_OFFSET = re.compile(r"\s+(?=[+-]\d{2}:?\d{2}$)")


class Span(NamedTuple):
    """A stretch of time, its end excluded."""

    start: datetime
    end: datetime


def instant(value: object) -> datetime | None:
    """The instant that a front matter value means, in UTC, or None when it means none.

    Understands dates and times as YAML and TOML make them, ISO 8601 text, the date form of
    RFC 5322, and seconds or milliseconds since 1970.
    """
    try:
        found = _instant(value)
        if found is None:
            return None
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        found = found.astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def _instant(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if isinstance(value, int) and not isinstance(value, bool):
        return _since_epoch(value)
    if isinstance(value, str):
        text = value.strip()
        if text.isdecimal() and text.isascii() and len(text) in (9, 10, 12, 13):
            return _since_epoch(int(text))
        if text[:4].isdecimal():
            return datetime.fromisoformat(_OFFSET.sub("", text.upper()))  # 3.11 knows no "z"
        from email.utils import parsedate_to_datetime

        return parsedate_to_datetime(text)
    return None


def _since_epoch(number: int) -> datetime | None:
    if number in _EPOCH_SECONDS:
        return datetime.fromtimestamp(number, UTC)
    if number // 1000 in _EPOCH_SECONDS:
        return datetime.fromtimestamp(number // 1000, UTC)
    return None


def local(moment: datetime) -> datetime:
    """*moment* in the system's own time zone."""
    return moment.astimezone()


def calendar_span(text: str) -> Span | None:
    """The span that an ISO 8601 prefix names: ``2020``, ``2020-07``, ``2020-07-01T12:09`` ...

    Local time, unless the text ends in Z. None when *text* is no such prefix.
    """
    match = _ISO_PREFIX.fullmatch(text)
    if match is None:
        return None
    *digits, zulu = match.groups()
    numbers = [int(part) for part in digits if part is not None]
    try:
        year, month, day, hour, minute, second = (*numbers, *_FIRST_OF[len(numbers) - 1 :])
        start = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - zone below
        end = _next(start, len(numbers))
        if zulu:
            return Span(start.replace(tzinfo=UTC), end.replace(tzinfo=UTC))
        return Span(start.astimezone(), end.astimezone())
    except (ValueError, OverflowError):
        return None


def _next(start: datetime, precision: int) -> datetime:
    if precision == 1:
        return start.replace(year=start.year + 1)
    if precision == 2:
        return add_months(start, 1)
    unit = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))
    return start + unit[precision - 3]


def before_now(text: str, now: datetime) -> datetime | None:
    """The instant a duration ago: ``12h 7d 2w 3m 1y``, months and years by the calendar.

    None when *text* is no duration or reaches back before the year 1.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    count, unit = int(match[1]), match[2].lower()
    try:
        if unit in "my":
            return add_months(now, -count * (12 if unit == "y" else 1))
        hours = {"h": 1, "d": 24, "w": 168}[unit]
        return now - timedelta(hours=count * hours)
    except (ValueError, OverflowError):
        return None


def add_months(moment: datetime, count: int) -> datetime:
    """*moment* moved by whole months, on the last day of a month that is too short.

    Raises ValueError outside the years 1 to 9999.
    """
    year, month0 = divmod(moment.year * 12 + moment.month - 1 + count, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month0 + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month0 + 1)


def now() -> datetime:
    """The time, in the zone of this system."""
    return datetime.now().astimezone()


def local_at(seconds: int) -> datetime:
    """The instant of *seconds* since 1970 in local time."""
    return local(datetime.fromtimestamp(seconds, UTC))


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC: ``2020-07-01T12:09:00Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def short(moment: datetime, now: datetime) -> str:
    """For a column: ``5m``, ``3h``, ``2d`` within the last week, else ``1 Jul 2020``."""
    seconds = (now - moment).total_seconds()
    if 0 <= seconds < 7 * 86400:
        if seconds < 60:
            return "now"
        if seconds < 3600:
            return f"{int(seconds // 60)}m"
        if seconds < 86400:
            return f"{int(seconds // 3600)}h"
        return f"{int(seconds // 86400)}d"
    return day(moment)


def day(moment: datetime) -> str:
    """``1 Jul 2020``, local time."""
    here = local(moment)
    return f"{here.day} {MONTHS[here.month - 1][:3]} {here.year}"


def span(first: datetime, last: datetime) -> str:
    """From when to when, local time: ``29 Sep – 1 Oct 2020``, ``1 Oct 2020, 08:00–12:30``."""
    begin, end = day(first), day(last)
    if begin == end:
        times = (f"{local(moment):%H:%M}" for moment in (first, last))
        return f"{begin}, {'–'.join(dict.fromkeys(times))}"
    year = local(last).year
    return f"{begin.removesuffix(f' {year}')} – {end}"


def full(moment: datetime) -> str:
    """``1 July 2020, 12:09``, local time."""
    here = local(moment)
    return f"{here.day} {MONTHS[here.month - 1]} {here.year}, {here:%H:%M}"


def relative(moment: datetime, now: datetime) -> str:
    """``3 hours ago``, ``in 2 days``, ``6 years ago``."""
    seconds = (now - moment).total_seconds()
    amount = lasting(abs(seconds))
    if not amount:
        return "just now"
    return f"in {amount}" if seconds < 0 else f"{amount} ago"


def lasting(seconds: float) -> str:
    """How long that is: ``3 hours``, ``6 years``; empty for less than a minute."""
    for unit, size in (
        ("year", 365.25 * 86400),
        ("month", 30.44 * 86400),
        ("week", 7 * 86400),
        ("day", 86400),
        ("hour", 3600),
        ("minute", 60),
    ):
        count = int(seconds // size)
        if count:
            return counted(count, unit)
    return ""
