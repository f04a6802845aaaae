"""What is hot and why, and copies, as a reader meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from driver import reading, shown
from rich.cells import cell_len

from newsreader.config.paths import MarkPlaces
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


def _write_copies(folder: Path) -> None:
    for number, name in enumerate(("The First Paper", "Other News", "Third Post")):
        (folder / f"{number}.md").write_text(
            "---\ntitle: Agency approves new pill against migraine\n"
            "excerpt: What is known of it.\n"
            f"publishedDateTime: 2023-08-0{number + 1}T08:00:00Z\n"
            f"webUrl: https://news.example/{number}\nprovider:\n  name: {name}\n---\n"
        )
    (folder / "x.md").write_text(
        "---\ntitle: A harbour is dredged\npublishedDateTime: 2023-07-01T08:00:00Z\n---\n"
    )


async def test_copies_are_counted_folded_named_and_marked_together(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    _write_copies(news)
    places = MarkPlaces(tmp_path / "marks", tmp_path / "state")
    async with reading(news, mark_places=places) as reader:
        await reader.press("=")
        assert reader.main.query_text == "-is:duplicate"
        assert len(reader.titles) == 2
        assert shown(reader.lines, "×3")
        await reader.press("=")
        assert reader.main.query_text == ""
        assert len(reader.titles) == 4
        assert shown(reader.lines, "ALSO AT 2")
        assert shown(reader.lines, "› The First Paper · 1 Aug 2023")
        await reader.press("s")
        assert reader.toasts[-1].startswith("1 article and 2 copies starred.")
        assert sum("★" in line[:40] for line in reader.lines) == 3
        await reader.press("enter", "]", "o")
        assert reader.opened[-1][-1] == "https://news.example/0"
        await reader.press("enter")
        assert shown(reader.lines, "The First Paper · 1 August 2023")
        await reader.press("backspace", "escape", "D", ")")
        assert shown(reader.lines, "×3")
