"""How fast something goes on."""

from __future__ import annotations

import pytest

from newsreader.library.pace import Pace


def test_of_nothing_it_says_nothing() -> None:
    pace = Pace()
    assert pace.rate is None
    pace.note(0, 10, 100)
    pace.note(0.1, 20, 100)
    assert pace.rate is None
    assert pace.seconds_left is None


def test_it_is_that_of_the_last_seconds() -> None:
    pace = Pace()
    for second in range(101):
        pace.note(second, 10 * second if second < 80 else 800 + 100 * (second - 80), 3_000)
    assert pace.rate == pytest.approx(100)
    assert pace.seconds_left == pytest.approx(2)


def test_what_stands_still_has_no_end() -> None:
    pace = Pace()
    pace.note(0, 5, 10)
    pace.note(3, 5, 10)
    assert pace.rate == 0
    assert pace.seconds_left is None
