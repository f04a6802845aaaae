"""What the dates of a query mean at a given time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final

from newsreader.query.ast import Dates, Edge
from newsreader.text.dates import Span, before_now, calendar_span, local

_DAYS_AGO: Final = {"today": 0, "yesterday": 1}
ANY_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""For what does not depend on the day, only on all being seen from the same one."""


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
    span = calendar_span(text)
    if span is not None or not text.isascii() or not any(map(str.isalpha, text)):
        return span
    from newsreader.query.phrases import phrase_span

    return phrase_span(text, now)


def is_duration(text: str) -> bool:
    """Whether *text* is an age such as ``7d``."""
    return before_now(text, ANY_DAY) is not None


def is_age(text: str) -> bool:
    """Whether *text* is an age, ``today`` or ``yesterday``."""
    return text.lower() in _DAYS_AGO or is_duration(text)


def is_iso(text: str) -> bool:
    """Whether *text* is the beginning of an ISO 8601 date."""
    return calendar_span(text) is not None


def bounds(dates: Dates, now: datetime) -> tuple[int | None, int | None]:
    """The first second within *dates* and the first one after, since 1970; None is no limit."""
    return _second(dates.low, now), _second(dates.high, now)


def _second(edge: Edge | None, now: datetime) -> int | None:
    span = resolve(edge.text, now) if edge else None
    if edge is None or span is None:
        return None
    return ceil((span.end if edge.after else span.start).timestamp())
