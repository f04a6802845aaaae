"""Finding in the text of an article."""

from __future__ import annotations

from pathlib import Path

from conftest import Write
from driver import Reader, reading, shown

from newsreader.model import Article
from newsreader.ui.cells import Line
from newsreader.ui.inks import HERE, MATCH
from newsreader.ui.page_find import Finder, content_of
from newsreader.ui.page_flow import Page
from newsreader.ui.page_parts import Drawn, Part, Rest, ready

LINES: list[Line] = [
    (("  ", "text"), ("The café of the old", "text")),
    (("  ", "text"), ("town is a Café.", "strong")),
    (),
    (("  ", "text"), ("▎ ", "track"), ("a caf", "text"), ("e too", "link")),
]


def places(finder: Finder) -> list[tuple[list[str], list[str]]]:
    """What is lit on each line, and what of it is the current match."""
    found = []
    for y in range(finder.page.height):
        text = "".join(text for text, _ in finder.page.line(y))
        lit, here = finder.on_line(y)
        found.append(([text[a:b] for a, b in lit], [text[a:b] for a, b in here]))
    return found


def finder(needle: str, *parts: Part, y: int = 0) -> Finder:
    page = Page(parts or [ready(LINES)])
    made = Finder(page, needle, y)
    while not made.is_over:
        made.work(1)
        page.work(1)
        page.reach(0, 5)
    made.work(1)
    return made


def test_a_text_is_found_as_a_search_would_find_it() -> None:
    found = finder("cafe")
    assert (found.number, found.total) == (1, 3)
    assert places(found) == [(["café"], ["café"]), (["Café"], []), ([], []), (["cafe"], [])]


def test_capitals_count_when_there_are_some() -> None:
    assert places(finder("Cafe"))[1] == (["Café"], ["Café"])
    assert finder("Cafe").total == 1
    assert finder("CAFE").total == 0


def test_it_goes_on_from_line_to_line() -> None:
    found = finder("old  town is")
    assert places(found)[:2] == [(["old"], ["old"]), (["town is"], ["town is"])]
    assert content_of([(("日本", "text"),), (("語", "text"),)]).text == "日本語"


def test_the_first_match_is_the_first_from_where_one_is() -> None:
    found = finder("cafe", y=1)
    assert found.number == 2
    found.step(1)
    found.step(1)
    assert (found.number, found.place(found.current or ("", 0))) == (1, 0)  # type: ignore[arg-type]
    found.step(-1)
    assert found.number == 3
    assert finder("old", y=2).number == 1
    assert finder("nowhere").number == finder(" ").total == 0


def test_parts_that_were_not_laid_out_are_searched_too() -> None:
    def part(number: int) -> Part:
        return Part(lambda: Drawn([((f"word {number}", "text"),)] * 3), 1, name=f"p{number}")

    left = [[part(2), part(3)], [part(4)], []]
    rest = Rest(lambda: Drawn([]), 2, take=lambda: left.pop(0), guess=lambda: 1)
    found = finder("word", part(0), part(1), rest, y=1)
    assert (found.number, found.total) == (4, 15)
    found.step(-1)
    assert found.current is not None
    assert found.place(found.current) == 2


async def lit(reader: Reader) -> tuple[list[str], list[str]]:
    """All matches that are lit, and the current one."""
    pane = reader.main.article_pane
    lines = [pane._shown_line(y) for y in range(pane.virtual_size.height)]
    runs = [run for line in lines for run in line]
    return (
        [text for text, role in runs if role == HERE or role.startswith(MATCH)],
        [text for text, role in runs if role == HERE],
    )


async def test_finding_from_key_to_key(write: Write) -> None:
    body = "\n\n".join(f"Line {n} of Ümlaut." if n % 20 == 3 else f"Line {n}." for n in range(99))
    write("a.md", "title: An article\nwebUrl: https://x.org", body)
    path = write("b.md", "title: Another\nwebUrl: https://x.org/2", "Umlaut").parent
    async with reading(path, query="sort:title") as reader:
        await reader.press("enter", "slash", *"umlaut")
        assert shown(reader.lines, "Find", "umlaut", "1 of 5")
        assert await lit(reader) == (["Ümlaut"] * 5, ["Ümlaut"])
        assert reader.main.query_text == "sort:title"
        await reader.press("down")
        assert shown(reader.lines, "2 of 5")
        assert shown(reader.lines, "Line 23 of Ümlaut")
        await reader.press("enter", "n", "n", "N")
        assert (reader.focus, reader.main.pane) == ("article", "article")
        assert shown(reader.lines, "3 of 5")
        await reader.press("slash", *"n?/F")
        assert shown(reader.lines, "n?/F", "not found")
        await reader.press("escape")
        assert await lit(reader) == ([], [])
        assert not shown(reader.lines, "Find")
        assert reader.focus == "article"
        await reader.press("F", *"none", "escape")
        assert reader.focus == "list"


def is_finding(reader: Reader) -> bool:
    return reader.main.article_pane.is_finding


async def test_finding_ends_with_its_article(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("enter", "slash", *"detroit", "enter")
        assert is_finding(reader)
        reader.main.article_pane.relayout()
        assert is_finding(reader)
        await reader.press("escape")
        assert (reader.focus, is_finding(reader)) == ("article", False)
        await reader.press("slash", "a", "enter", "J")
        assert not is_finding(reader)
        await reader.press("slash", "a", "enter", "tab")
        assert not is_finding(reader)


async def test_a_monster_is_searched_beside_reading_it(seeds: Path) -> None:
    body = "\n\n".join(f"Paragraph *{n}* " + "word " * 30 for n in range(3_000)) + "\n\nNeedle."
    async with reading(seeds) as reader:
        pane = reader.main.article_pane
        pane.show(Article(title="Long", body=body, original_url="https://x.org/long"))
        await reader.press("enter")
        pane.focus()
        pane.find("needle")
        await reader.until(lambda: pane.at_end)
        assert shown(reader.lines, "Needle.")
