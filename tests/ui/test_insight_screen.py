"""The insight: pictures of what a query finds, each part of which leads to its articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Write
from driver import reading, shown
from hypothesis import given
from hypothesis import strategies as st

from newsreader.config.settings import Settings
from newsreader.query.insight import Insight, InsightStory, Part, Period
from newsreader.ui.cells import line_len
from newsreader.ui.columns import lettered, stacked
from newsreader.ui.glyphs import UNICODE
from newsreader.ui.inks import AT
from newsreader.ui.insight_lines import Look, sheet_of
from newsreader.ui.insight_screen import InsightScreen, InsightView
from newsreader.ui.sheet import lit

TOPICS = ("AI", "Privacy", "[b]Détente")


@pytest.fixture
def archive(write: Write, tmp_path: Path) -> Path:
    """Two years of articles, the more the later."""
    number = 0
    for month in range(24):
        for each in range(1 + month // 6):
            number += 1
            topics = TOPICS[: 1 + (number + each) % 3] if number % 5 else ()
            write(
                f"{number}.md",
                f"title: Article {number}\n"
                f"publishedDateTime: {2021 + month // 12}-{month % 12 + 1:02}-{5 + each:02}\n"
                f"topics: {[*topics]}\nquality: {number * 7 % 100}\nheat: {number % 40 - 1}\n"
                f"provider: {{name: 'Paper {number % 3}', domain: 'p{number % 3}.com'}}",
            )
    return tmp_path


PICTURES = {
    40: """\
  ⌕ everything  › insight  60 articles
  OVER TIME   by month
       4                   ████▁█
                           ▇▂▇█C▇
                     ██████▆█▆█▃▆
                     ██▆▄█████B██
               ██▂██▂██▅███▃▄▃██▃
               ▅██▅████▃███████▅█
         █▃██████▅██▅███████████A
         █▅██████████████████████
         ─────────────────────▲──
         Jan 2021    2022
  Oct 2022   4 articles
   A  AI 3     B  Privacy 3
   C  [b]Détente 1     ·  others 1
""",
    80: """\
  PROVIDERS   articles, mean quality
  Paper 0                         ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  20   ▇▇▁▁▁   50
  Paper 1                         ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  20   ▇▇▁▁▁   46
  Paper 2                         ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  20   ▇▇▁▁▁   48
  RISING AND FALLING   in 91 days to 8 Dec 2022
  Privacy                         ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  +1   7 › 8
  AI                              ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  −1  10 › 9
""",
    160: """\
  PROVIDERS   articles, mean quality                                               RISING AND FALLI
  Paper 0                         ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  20   ▇▇▁▁▁   50          Privacy
  Paper 1                         ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  20   ▇▇▁▁▁   46          AI
  Paper 2                         ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  20   ▇▇▁▁▁   48
""",
}
"""Parts of what stands on screens of some widths, one below another."""


@pytest.mark.parametrize("width", PICTURES)
async def test_it_is_drawn_at_any_width(archive: Path, width: int) -> None:
    async with reading(archive, size=(width, 60)) as reader:
        await reader.press("I", "h", "h")
        assert max(map(line_len, ([(line, "")] for line in reader.lines))) <= width
        texts = [line[:99].rstrip() for line in reader.lines if line.strip()]
        assert PICTURES[width] in "\n".join([*texts, ""])
        for heading in ("OVER TIME", "PROVIDERS", "RISING AND FALLING", "QUALITY", "HEAT"):
            assert shown(reader.lines, heading), heading


async def test_every_part_leads_to_its_articles(archive: Path) -> None:
    async with reading(archive, size=(120, 50)) as reader:
        reader.main.query_text = "quality>=10"
        await reader.press("I")
        assert shown(reader.lines, "quality>=10", "insight", "54 articles")
        await reader.press("h", "h", "enter")
        assert reader.main.query_text == "quality>=10 date:2022-10"
        assert (len(reader.titles), reader.focus) == (4, "list")
        await reader.press("I", "g", "j", "h", "h", "enter")
        assert reader.main.query_text == "quality>=10 date:2022-10-05 topic:AI"
        await reader.press("C", "I")
        y = next(y for y, line in enumerate(reader.lines) if "Paper 1" in line)
        await reader.pilot.click(offset=(5, y))
        await reader.settle()
        assert reader.main.query_text == "provider:p1.com"


async def test_keys_lead_through_all_pictures_and_back(archive: Path) -> None:
    async with reading(archive, size=(120, 50)) as reader:
        await reader.press("I")
        view = reader.app.screen.query_one(InsightView)
        seen = []
        for _ in range(6):
            seen.append(view.here)
            await reader.pilot.press("tab")
        assert seen == ["chart", "legend", "providers", "trends", "quality", "heat"]
        await reader.press("G", "k", "k", "g", "shift+tab", "j", "l", "escape")
        assert not isinstance(reader.app.screen, InsightScreen)
        assert reader.main.query_text == ""
        await reader.press("I", "q", "I", "I")
        assert not isinstance(reader.app.screen, InsightScreen)


async def test_another_width_and_other_glyphs(archive: Path) -> None:
    ascii_only = Settings(ascii=True, theme="ansi-dark")
    async with reading(archive, size=(120, 50), settings=ascii_only) as reader:
        await reader.press("I", "tab", "l")
        assert all(line.isascii() or "Détente" in line for line in reader.lines[:-1])
        assert shown(reader.lines, "AAA AAA")
        await reader.pilot.resize_terminal(40, 20)
        await reader.settle()
        assert max(map(len, reader.lines)) <= 40
        await reader.press("j", "G", "enter")
        assert reader.main.query_text == "heat:none"


async def test_few_and_none(seeds: Path, tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("I", "j", "tab", "enter", "g", "l")
        assert shown(reader.lines, "no articles to count")
    async with reading(seeds, size=(80, 40)) as reader:
        reader.main.query_text = "provider:cnet"
        await reader.settle()
        await reader.press("I")
        assert shown(reader.lines, "1 Jul 2020   1 article")
        assert not shown(reader.lines, "RISING")


def test_stories_are_listed_when_there_are_any() -> None:
    story = InsightStory("x", "A long story", 9, 6, "story:x")
    some = Part("0..9", 9, "quality<=9")
    sheet = sheet_of(Insight(9, "", qualities=(some,), stories=(story,)), Look(60, UNICODE))
    texts = ["".join(text for text, _ in line) for line in sheet.lines]
    assert any("A long story" in text and "9 pieces · 6 providers" in text for text in texts)
    assert sheet.stops[-1].query == "story:x"


@pytest.mark.parametrize(
    ("ends", "unit", "stretch"),
    [
        ([("", "")], "OVER TIME", "at any time"),
        ([("2020", "2020"), ("2021", "2021")], "by year", "2021"),
        ([("2010", "2019"), ("2020", "2029")], "by 10 years", "2020 to 2029"),
        ([("2019-11", "2020-01"), ("2020-02", "2020-04")], "by 3 months", "Feb to Apr 2020"),
        ([("", "2020-06-28"), ("2020-06-29", "2020-07-05")], "by week", "29 Jun to 5 Jul 2020"),
        ([("2020-06-29", "2020-06-29"), ("2020-06-30", "")], "by day", "from 30 Jun 2020"),
        ([("", "2020-06")], "by month", "until Jun 2020"),
    ],
)
def test_periods_are_told_in_words(ends: list[tuple[str, str]], unit: str, stretch: str) -> None:
    periods = tuple(Period(*each, 1, "", (Part("others", 1, ""),)) for each in ends)
    some = (Part("0..9", 9, "quality<=9"),)
    found = Insight(9, "", periods=periods, qualities=some)
    sheet = sheet_of(found, Look(60, UNICODE, period=len(ends) - 1))
    texts = ["".join(text for text, _ in line) for line in sheet.lines]
    assert texts[1].endswith(unit)
    assert f"  {stretch}   1 article" in texts


counts = st.lists(st.integers(0, 50), min_size=1, max_size=6)


@given(counts, st.integers(0, 80), st.integers(1, 9))
def test_a_column_is_as_high_as_it_counts(parts: list[int], more: int, height: int) -> None:
    total, roles = sum(parts), [f"tone{place}" for place in range(len(parts))]
    most = max(1, total + more)
    steps = max(1, round(total * height * 8 / most)) if total else 0
    column = stacked(parts, total, most, height, roles, UNICODE)
    assert len(column) == height
    assert sum(text != " " for text, _ in column) == -(-steps // 8)
    letters = [("ABCDEF"[place], role) for place, role in enumerate(roles)]
    whole = lettered(parts, total, most, height, letters)
    assert len(whole) == height
    assert sum(text != " " for text, _ in whole) == (
        max(1, round(total * height / most)) if total else 0
    )


@given(st.integers(0, 12), st.integers(1, 12))
def test_the_cursor_is_on_its_cells_and_takes_no_room(start: int, width: int) -> None:
    line = (("    ", "text"), ("a bcd", "title"))
    found = lit(line, start, width)
    assert "".join(text for text, _ in found).rstrip() == "    a bcd"
    cells = [role.startswith(AT) for text, role in found for _ in text]
    assert cells == [start <= x < start + width for x in range(max(9, start + width))]


def test_a_wide_character_is_not_cut_by_the_cursor() -> None:
    found = lit((("東京", "text"),), 1, 2)
    assert found == (("東", f"{AT}text"), ("京", "text"))
