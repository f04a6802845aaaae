"""What the dates of a query mean at a given time."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from newsreader.query.ast import Dates, Edge
from newsreader.text.dates import Span, before_now, calendar_span, local

_DAYS_AGO: Final = {"today": 0, "yesterday": 1}


def resolve(text: str, now: datetime) -> Span | None:
    """The span that *text* names, in local time; None when it names none.

    A duration before *now* is an instant: a span without length.
    """
    days_ago = _DAYS_AGO.get(text.lower())
    if days_ago is not None:
        return calendar_span((local(now).date() - timedelta(days=days_ago)).isoformat())
    instant = before_now(text, now)
    if instant is not None:
        return Span(instant, instant)
    return calendar_span(text)


def is_duration(text: str) -> bool:
    """Whether *text*, known to be a date, is an age such as ``7d``."""
    return text[-1] in "hdwmyHDWMY" and text.lower() not in _DAYS_AGO


def is_relative(text: str) -> bool:
    """Whether what *text* names, known to be a date, depends on the time of day."""
    return is_duration(text) or text.lower() in _DAYS_AGO


def bounds(dates: Dates, now: datetime) -> tuple[int | None, int | None]:
    """The first second within *dates* and the first one after, since 1970; None is no limit."""
    return _second(dates.low, now), _second(dates.high, now)


def _second(edge: Edge | None, now: datetime) -> int | None:
    span = resolve(edge.text, now) if edge else None
    if edge is None or span is None:
        return None
    return ceil((span.end if edge.after else span.start).timestamp())
