"""How articles spread over time, as bars that a query can ask for."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from newsreader.text.dates import Span, calendar_span, local_at

MOST_PERIODS: Final = 60
"""Bars of a chart as wide as the screen, at most."""
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MONTHS = (1, 2, 3, 6)
_SHARE = 100
"""One in so many articles may lie beyond the first and the last bar."""
_MANY = 50
"""Fewer articles than this are all within the bars."""
_LAST_DAY = date(9999, 12, 30).toordinal()
"""The last one that has a day after it."""


class Bar(NamedTuple):
    """A stretch of the calendar: its first and last day, month or year as a query says them.

    ``start`` is empty for a first bar that takes in all that is older, and ``end`` for a last
    one that takes in all that is newer. ``low`` and ``high`` are its limits in seconds since
    1970, the second one outside.
    """

    start: str
    end: str
    low: int
    high: int


def bars_of(times: Sequence[int], most: int) -> tuple[Bar, ...]:
    """At most *most* bars for *times*, seconds since 1970 in ascending order.

    Days when they are few, else weeks from Monday, whole months, or years. A few articles far from
    all others do not stretch the axis: they are counted in the first or the last bar.
    """
    if not times:
        return ()
    first, last = core(times)
    bars = list(_bars(local_at(first), local_at(last), most))
    if times[0] < bars[0].low:
        bars[0] = bars[0]._replace(start="", low=times[0])
    if times[-1] >= bars[-1].high:
        bars[-1] = bars[-1]._replace(end="", high=times[-1] + 1)
    return tuple(bars)


def core(times: Sequence[int]) -> tuple[int, int]:
    """The first and last time, without the few that stand apart."""
    few = len(times) // _SHARE + 1
    first, last = times[0], times[-1]
    if len(times) >= _MANY:
        near, far = times[few], times[-few - 1]
        if far - near < (last - first) // 4:
            return near, far
    return first, last


def _bars(first: datetime, last: datetime, most: int) -> Iterator[Bar]:
    days = (last.date() - first.date()).days + 1
    if days <= most:
        for number in range(days):
            day = (first.date() + timedelta(days=number)).isoformat()
            yield from _bar(day, day)
        return
    monday = first.date() - timedelta(days=first.weekday())
    weeks = range(monday.toordinal(), last.toordinal() + 1, 7)
    if len(weeks) <= most:
        for number in weeks:
            sunday = date.fromordinal(min(number + 6, _LAST_DAY))
            yield from _bar(date.fromordinal(number).isoformat(), sunday.isoformat())
        return
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    steps = (*_MONTHS, *(12 * years for years in _YEARS))
    step = next((step for step in steps if end // step - start // step < most), 12 * 1000)
    for number in range(start // step, end // step + 1):
        low, high = number * step, number * step + step - 1
        if step % 12:
            yield from _bar(_month(low), _month(high))
        else:
            yield from _bar(f"{max(1, low // 12):04}", f"{min(9998, high // 12):04}")


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _bar(start: str, end: str) -> Iterator[Bar]:
    first, last = calendar_span(start), calendar_span(end)
    if first is not None and last is not None:
        yield Bar(start, end, _seconds(first), _seconds(Span(last.end, last.end)))


def _seconds(span: Span) -> int:
    return int(span.start.timestamp())
