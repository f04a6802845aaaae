"""Bars over time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.query.spread import Bar, bars_of

FIRST, LAST = -55_000_000_000, 240_000_000_000  # the years 227 and 9575


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def counted(bars: Sequence[Bar], times: list[int]) -> int:
    return sum(bisect_left(times, bar.high) - bisect_left(times, bar.low) for bar in bars)


@pytest.mark.parametrize(
    ("dates", "starts"),
    [
        ([], []),
        (["2020-07-01"], ["2020-07-01"]),
        (["2020-07-01", "2020-07-03"], ["2020-07-01", "2020-07-02", "2020-07-03"]),
        (["2020-07-01", "2020-07-20"], ["2020-06-29", "2020-07-06", "2020-07-13", "2020-07-20"]),
        (["2020-07-01", "2020-09-03"], ["2020-07", "2020-08", "2020-09"]),
        (["9999-12-21", "9999-12-30"], ["9999-12-20", "9999-12-27"]),
        (["2020-01-01", "2020-12-03"], ["2020-01", "2020-04", "2020-07", "2020-10"]),
        (["2017-05-01", "2020-12-03"], ["2017", "2018", "2019", "2020"]),
        (["1994-05-01", "2020-12-03"], ["1990", "2000", "2010", "2020"]),
    ],
)
def test_bars_are_of_the_calendar(dates: list[str], starts: list[str]) -> None:
    assert [bar.start for bar in bars_of(sorted(map(at, dates)), 5)] == starts


def test_a_bar_says_its_last_day_month_or_year() -> None:
    bars = bars_of([at("2020-01-01"), at("2020-12-03")], 5)
    assert [bar.end for bar in bars] == ["2020-03", "2020-06", "2020-09", "2020-12"]


def test_a_few_far_away_do_not_stretch_the_axis() -> None:
    times = sorted(
        [at("0002-01-01"), at("9000-01-01"), *range(at("2020-01-01"), at("2020-03-01"), 9_000)]
    )
    bars = bars_of(times, 8)
    assert (bars[0].start, bars[0].end) == ("", "2020-01")
    assert (bars[-1].start, bars[-1].end) == ("2020-02", "")
    assert counted(bars, times) == len(times)


@given(st.lists(st.integers(FIRST, LAST), max_size=30), st.integers(22, 30))
def test_every_article_is_in_one_bar(times: list[int], most: int) -> None:
    times.sort()
    bars = bars_of(times, most)
    assert len(bars) <= most
    assert counted(bars, times) == len(times)
    assert all(one.high == other.low for one, other in pairwise(bars))
