"""Instants out of anything, spans of the calendar, ages."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text import dates

NOON = datetime(2020, 7, 1, 12, 9, tzinfo=UTC)
anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters()),
    st.text("0123456789-:+TZ. ", max_size=30),
    st.binary(),
    st.datetimes(),
    st.datetimes(timezones=st.timezones()),
    st.dates(),
    st.lists(st.integers()),
    st.dictionaries(st.text(), st.integers()),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (NOON, NOON),
        (NOON.replace(tzinfo=None), NOON),
        (datetime(2020, 7, 1, 14, 9, tzinfo=timezone(timedelta(hours=2))), NOON),
        (date(2020, 7, 1), datetime(2020, 7, 1, tzinfo=UTC)),
        ("2020-07-01T12:09:00Z", NOON),
        ("2020-07-01T12:09:00z", NOON),
        (" 2020-07-01 12:09:00 ", NOON),
        ("2020-07-01T14:09:00+02:00", NOON),
        ("2020-07-01 14:09:00 +0200", NOON),
        ("20200701T120900Z", NOON),
        ("2020-07-01", datetime(2020, 7, 1, tzinfo=UTC)),
        ("Wed, 01 Jul 2020 12:09:00 GMT", NOON),
        ("Wed, 01 Jul 2020 08:09:00 -0400", NOON),
        (1593605340, NOON),
        (1593605340000, NOON),
        ("1593605340", NOON),
        ("1593605340000", NOON),
    ],
)
def test_understood(value: object, expected: datetime) -> None:
    found = dates.instant(value)
    assert found == expected
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            " ",
            "yesterday",
            "2020-13-45",
            "2020-02-30",
            "0000-01-01",
            "2020-07-01T12:09:00+99:00",
        ),
        *("9" * 5000, "٢٠٢٠-٠٧-٠١", None, True, False, 0, -1, 10**30, 1.5, math.nan, math.inf),
        *(b"2020-07-01", [], {}, object(), "Wed, 99 Jul 2020 12:09:00 GMT"),
        *(
            datetime.min.replace(tzinfo=UTC),
            datetime.max.replace(tzinfo=UTC),
            date.min,
            "0001-01-01T00:00:00+14:00",
        ),
    ],
)
def test_means_none(value: object) -> None:
    assert dates.instant(value) is None


@given(anything)
def test_instant_never_raises(value: object) -> None:
    found = dates.instant(value)
    if found is not None:
        assert found.tzinfo is UTC
        assert dates.instant(dates.iso(found)) == found
        assert dates.full(found)
        assert dates.relative(found, NOON)
        assert dates.short(found, NOON)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
        ("2020-12", "2020-12-01T00:00:00Z", "2021-01-01T00:00:00Z"),
        ("2020-02-28", "2020-02-28T00:00:00Z", "2020-02-29T00:00:00Z"),
        ("2020-07-01T12", "2020-07-01T12:00:00Z", "2020-07-01T13:00:00Z"),
        ("2020-07-01 12:09", "2020-07-01T12:09:00Z", "2020-07-01T12:10:00Z"),
        ("2020-07-01t12:09:59z", "2020-07-01T12:09:59Z", "2020-07-01T12:10:00Z"),
        ("2020Z", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
    ],
)
def test_calendar_span(text: str, start: str, end: str) -> None:
    span = dates.calendar_span(text)
    assert span is not None
    assert (dates.iso(span.start), dates.iso(span.end)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "2020-",
        "2020-13",
        "2020-02-30",
        "2020-07-01T24",
        "9999",
        "0000",
        "x2020",
        "２０２０-00",
    ],
)
def test_no_calendar_span(text: str) -> None:
    assert dates.calendar_span(text) is None


@given(st.from_regex(r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}(:\d{2}(:\d{2})?)?)?)?)?Z?", fullmatch=True))
def test_a_span_has_a_length(text: str) -> None:
    span = dates.calendar_span(text)
    if span is not None:
        assert span.start < span.end
        assert span.start.tzinfo is not None


@given(st.text())
def test_calendar_span_never_raises(text: str) -> None:
    dates.calendar_span(text)
    dates.before_now(text, NOON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12h", "2020-07-01T00:09:00Z"),
        ("7d", "2020-06-24T12:09:00Z"),
        ("2W", "2020-06-17T12:09:00Z"),
        ("4m", "2020-03-01T12:09:00Z"),
        ("1y", "2019-07-01T12:09:00Z"),
        ("0d", "2020-07-01T12:09:00Z"),
    ],
)
def test_before_now(text: str, expected: str) -> None:
    found = dates.before_now(text, NOON)
    assert found is not None
    assert dates.iso(found) == expected


@pytest.mark.parametrize("text", ["", "d", "7", "7x", "-1d", "1.5d", "99999y", "99999m", "99999w"])
def test_no_duration(text: str) -> None:
    found = dates.before_now(text, NOON)
    assert found is None or found.year < 200


def test_months_end_on_their_last_day() -> None:
    assert dates.add_months(datetime(2020, 1, 31, tzinfo=UTC), 1).day == 29
    assert dates.add_months(datetime(2021, 3, 31, tzinfo=UTC), -1).day == 28
    with pytest.raises(ValueError, match="year"):
        dates.add_months(datetime(9999, 12, 1, tzinfo=UTC), 1)


@pytest.mark.parametrize(
    ("age", "short", "relative"),
    [
        (timedelta(seconds=5), "now", "just now"),
        (timedelta(minutes=5), "5m", "5 minutes ago"),
        (timedelta(hours=1), "1h", "1 hour ago"),
        (timedelta(days=2), "2d", "2 days ago"),
        (timedelta(days=8), "23 Jun 2020", "1 week ago"),
        (timedelta(days=800), "23 Apr 2018", "2 years ago"),
        (timedelta(days=-2), "3 Jul 2020", "in 2 days"),
    ],
)
def test_ages(age: timedelta, short: str, relative: str) -> None:
    assert dates.short(NOON - age, NOON) == short
    assert dates.relative(NOON - age, NOON) == relative


def test_for_display() -> None:
    assert dates.full(NOON) == "1 July 2020, 12:09"
    assert dates.day(NOON) == "1 Jul 2020"
    assert dates.iso(NOON) == "2020-07-01T12:09:00Z"
