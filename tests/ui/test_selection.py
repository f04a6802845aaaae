"""Walks with several articles selected."""

from __future__ import annotations

from pathlib import Path

import pytest
from driver import Reader, reading, shown
from test_groups import place

TITLES = [f"Title {number:02}" for number in range(14)]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    for number, title in enumerate(TITLES):
        url = "" if number == 13 else f"\nwebUrl: https://x.org/{number}"
        header = f"title: {title}{url}\nprovider:\n  name: P{number % 3}"
        (tmp_path / f"{number}.md").write_text(f"---\n{header}\n---\nText.\n")
    return tmp_path


def selected(reader: Reader) -> list[int]:
    selection = reader.main.list_pane._selection
    return [int(article.title[-2:]) for article in selection.articles] if selection else []


def url(*numbers: int) -> list[str]:
    return [f"https://x.org/{number}" for number in numbers]


async def test_x_selects_and_goes_on(news: Path) -> None:
    async with reading(news) as reader:
        before = next(line for line in reader.lines if TITLES[1] in line)
        await reader.press("x", "j", "x")
        assert selected(reader) == [0, 2]
        assert place(reader) == TITLES[3]
        assert shown(reader.lines, "14 of 14 · 2 selected")
        assert shown(reader.lines, " ✓ Title 00")
        assert before == next(line for line in reader.lines if TITLES[1] in line)
        await reader.press("k", "x")
        assert selected(reader) == [0]
        await reader.press("escape")
        assert selected(reader) == []
        assert not shown(reader.lines, "selected")
        assert not shown(reader.lines, "✓")


async def test_escape_clears_the_selection_before_the_query(news: Path) -> None:
    async with reading(news, query="title:title") as reader:
        await reader.press("x", "escape")
        assert reader.main.query_text == "title:title"
        await reader.press("V", "escape", "j")
        assert (selected(reader), reader.main.query_text) == ([], "title:title")
        await reader.press("escape")
        assert reader.main.query_text == ""


async def test_a_range_follows_the_cursor_until_it_ends(news: Path) -> None:
    async with reading(news) as reader:
        await reader.press("x", "j", "j", "V", "j", "j")
        assert selected(reader) == [0, 3, 4, 5]
        await reader.press("k", "k", "k")
        assert selected(reader) == [0, 2, 3]
        await reader.press("V", "G")
        assert selected(reader) == [0, 2, 3]
        await reader.press("V", "k", "x", "g")
        assert selected(reader) == [0, 2, 3, 12, 13]


async def test_all_or_nothing(news: Path) -> None:
    async with reading(news, size=(60, 20)) as reader:
        await reader.press("x", "ctrl+a")
        assert selected(reader) == list(range(14))
        assert shown(reader.lines, "14 selected")
        await reader.press("ctrl+a")
        assert selected(reader) == []


async def test_a_heading_stands_for_its_group(news: Path) -> None:
    async with reading(news, query="group:provider sort:title") as reader:
        await reader.press("x")
        assert selected(reader) == [0, 3, 6, 9, 12]
        assert place(reader) == "▾ P1"
        assert shown(reader.lines, "▾ P0  5  ✓")
        await reader.press("j", "x", "k", "k", "k", "k", "x")
        assert selected(reader) == [0, 1, 3, 6, 12]
        assert shown(reader.lines, "▾ P0  5  ✓4")
        await reader.press("escape", "j", "minus", "V", "j")
        assert selected(reader) == [1, 2, 4, 5, 7, 8, 10, 11, 13]


async def test_a_range_over_an_open_heading_holds_what_is_between(news: Path) -> None:
    async with reading(news, query="group:provider sort:title") as reader:
        await reader.press(*"jjjj", "V", *"jjjj")
        assert place(reader) == "Title 04"
        assert selected(reader) == [1, 4, 9, 12]


async def test_the_selection_outlives_reading_again(news: Path) -> None:
    async with reading(news) as reader:
        await reader.press("x", "x", "x")
        gone = (news / "1.md").read_text()
        (news / "1.md").unlink()
        await reader.press("r")
        assert selected(reader) == [0, 2]
        assert shown(reader.lines, "2 selected")
        (news / "1.md").write_text(gone)
        await reader.press("r")
        assert selected(reader) == [0, 1, 2]


async def test_another_query_keeps_what_it_finds(news: Path) -> None:
    async with reading(news) as reader:
        await reader.press("x", "x", "x", "x")
        reader.main.query_text = "provider:p0"
        await reader.settle()
        assert selected(reader) == [0, 3]
        assert shown(reader.lines, "2 selected")
        await reader.press("B", "G", "enter")
        assert selected(reader) == [0, 3]
        await reader.press("C")
        assert sorted(selected(reader)) == [0, 3]


async def test_verbs_act_on_the_selection(news: Path) -> None:
    async with reading(news) as reader:
        await reader.press("j", "x", "x", "x", "g", "y")
        assert reader.app.clipboard.splitlines() == url(1, 2, 3)
        assert shown(reader.toasts, "3 addresses copied")
        await reader.press("o")
        assert reader.opened == [("browser", each) for each in url(1, 2, 3)]
        assert "Opened 3 addresses in the browser." in reader.toasts
        await reader.press("enter", "o")
        assert reader.opened[3:] == [("browser", url(0)[0])]


async def test_verbs_act_on_the_group_of_a_heading(news: Path) -> None:
    async with reading(news, query="group:provider sort:title") as reader:
        await reader.press("y")
        assert reader.app.clipboard.splitlines() == url(0, 3, 6, 9, 12)
        await reader.press("o", "j", "y")
        assert len(reader.opened) == 5
        assert reader.app.clipboard.splitlines() == url(0)


async def test_many_are_opened_only_when_the_reader_says_so_again(news: Path) -> None:
    async with reading(news) as reader:
        await reader.press("ctrl+a", "o")
        assert reader.opened == []
        assert shown(reader.lines, "Open 14 addresses in the browser?")
        await reader.press("enter")
        assert reader.opened == []
        await reader.press("o", "k", "enter")
        assert [argv[1] for argv in reader.opened] == url(*range(13))
        assert "1 address could not be opened: There is no address to open." in reader.toasts
        await reader.press("y")
        assert shown(reader.toasts, "13 addresses copied")


async def test_without_an_address_there_is_nothing_to_open(news: Path) -> None:
    async with reading(news) as reader:
        await reader.press("G", "x", "o", "y")
        assert reader.opened == []
        assert reader.toasts == [
            "This story has no address to open.",
            "This story has no address to copy.",
        ]


async def test_one_of_the_four_addresses_of_each(news: Path) -> None:
    async with reading(news) as reader:
        await reader.press("x", "x")
        reader.main.action_open_kind("WEB")
        await reader.settle()
        assert [argv[1] for argv in reader.opened] == url(0, 1)
        reader.main.action_open_kind("AMP")
        assert len(reader.opened) == 2


async def test_a_range_over_topics_keeps_what_stands_in_it_twice(tmp_path: Path) -> None:
    for number, topics in enumerate(("[a, b]", "[b]", "[a]")):
        header = f"title: Title {number:02}\ntopics: {topics}"
        (tmp_path / f"{number}.md").write_text(f"---\n{header}\n---\n")
    async with reading(tmp_path, query="group:topic sort:title") as reader:
        await reader.press("j", "V", *"jjjj")
        assert selected(reader) == [0, 1, 2]
        await reader.press("k", "k", "k")
        assert selected(reader) == [0, 2]
        await reader.press("k", "k")
        assert selected(reader) == [0]
