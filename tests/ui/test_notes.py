"""What is said of a reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.library.library import Library
from newsreader.library.reading import Reading
from newsreader.ui.notes import activity


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (0, "reading 200 of 1,000,200"),
        (200_000, "reading 200 of 1,000,200, 200,000/s, 5 s left"),
        (2_500, "reading 200 of 1,000,200, 2,500/s, 7 min left"),
        (100, "reading 200 of 1,000,200, 100/s, 2 h 47 min left"),
    ],
)
def test_it_says_how_fast_and_how_long_still(tmp_path: Path, rate: int, said: str) -> None:
    reading = Reading(Library([tmp_path]))
    assert activity(reading) == "reading"
    reading.done, reading.total = 200, 1_000_200
    reading.pace.note(0, 200 - 2 * rate, reading.total)
    reading.pace.note(2, 200, reading.total)
    assert activity(reading) == said
    reading.done = reading.total
    assert activity(reading) == "indexing words"
    reading.is_over = True
    assert activity(reading) == ""
