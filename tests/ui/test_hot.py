"""What is hot and why, and copies, as a reader meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from driver import reading, shown
from rich.cells import cell_len

from newsreader.library.hotness import Reason, Why
from newsreader.ui.cells import line_len
from newsreader.ui.glyphs import ASCII, UNICODE
from newsreader.ui.why_dialog import why_lines


async def test_the_fourth_scope_is_what_is_hot(seeds: Path, tmp_path: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("4")
        assert reader.main.query_text == "sort:-hot"
        assert shown(reader.lines, "what matters now first")
        assert [line for line in reader.lines if "✦462" in line]
        assert reader.titles[1] == "Detroit Renews Facial Recognition Contract"
        await reader.press("2")
        assert reader.main.query_text == "is:unread"
        await reader.press("4", "D", ")")
        assert reader.main.query_text == "sort:-hot"
        assert [line for line in reader.lines if "✦302" in line]
        await reader.press("1")
        assert reader.main.query_text == ""
        assert not [line for line in reader.lines if "✦" in line]


async def test_a_dialog_tells_why(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("j", "j", "w")
        assert shown(reader.lines, "Why is this here?")
        assert shown(reader.lines, "Detroit Renews Facial Recognition Contract")
        assert shown(reader.lines, "✦302 of 1,000")
        assert shown(reader.lines, "coverage", "0.25 × 3", "68  2 articles tell the story")
        await reader.press("escape")
        assert not shown(reader.lines, "Why is this here?")


@pytest.mark.parametrize("width", [20, 44, 80])
def test_reasons_fit_any_width(width: int) -> None:
    reason = Reason("freshness", 0.72, 4.0, 262.0, "published 9 hours before the newest article")
    why = Why(500, (reason,), 0.6, "The Daily Example has 41 articles lately")
    for glyphs in (UNICODE, ASCII):
        lines = why_lines("A headline that is longer than twenty cells", why, width, glyphs)
        text = " ".join("".join(run for run, _ in line) for line in lines)
        assert "0.72" in text
        assert f"counts {glyphs.times} 0.60" in " ".join(text.split())
        if width > 40:
            assert all(line_len(line) <= width for line in lines)
    assert cell_len(UNICODE.hot) == 1
