"""The search box: what it offers, what it says, and what it remembers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from driver import Reader, reading, shown
from textual import events

from newsreader.config.history import History
from newsreader.config.paths import history_file
from newsreader.query import FacetValue
from newsreader.query.complete import Sources, complete
from newsreader.ui.completion import CompletionList
from newsreader.ui.search_box import SearchBox


def box(reader: Reader) -> SearchBox:
    return reader.main.query_one(SearchBox)


def rows(reader: Reader) -> list[str]:
    """What is offered, row by row."""
    offers = reader.main.query_one(CompletionList)
    if not offers.display:
        return []
    region = offers.region
    lines = reader.lines[region.y : region.bottom]
    return [" ".join(line[region.x : region.right].split()) for line in lines]


async def test_nothing_of_it_is_there_before_the_box_is_opened(seeds: Path) -> None:
    async with reading(seeds) as reader:
        assert not reader.main.query(SearchBox)
        assert not reader.main.query(CompletionList)
        await reader.press("slash")
        assert rows(reader) == []
    code = "import sys, newsreader.ui.app\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = ("ui.completion", "query.complete", "query.in_words", "config.history")
    assert not {f"newsreader.{name}" for name in names} & set(done.stdout.split())


async def test_tab_completes_a_field_and_its_value(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("-prov")
        assert rows(reader) == ["provider: who published it"]
        await reader.press("tab")
        assert box(reader).value == "-provider:"
        assert rows(reader)[0] == "CNBC cnbc.com 1"
        await reader.type("go")
        assert rows(reader) == ["Governing governing.com 1"]
        await reader.press("tab")
        assert reader.main.query_text == "-provider:governing.com"
        assert reader.focus == "search"
        assert rows(reader) == []
        assert len(reader.titles) == 4
        await reader.press("tab")
        assert reader.focus != "search"


async def test_tab_right_after_a_letter_takes_what_belongs_to_it(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        for char in "top":
            reader.app.post_message(events.Key(char, char))
        reader.app.post_message(events.Key("tab", None))
        for char in "comp":
            reader.app.post_message(events.Key(char, char))
        reader.app.post_message(events.Key("tab", None))
        await reader.settle()
        assert reader.main.query_text == 'topic:"Computer Vision"'
        assert box(reader).value == reader.main.query_text


async def test_the_arrows_choose_and_enter_or_tab_takes(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("topic:")
        assert rows(reader) == ["AI 5", "Computer Vision 5"]
        await reader.press("down", "down")
        assert rows(reader)[1] == "▌Computer Vision 5"
        await reader.press("up")
        assert rows(reader)[0] == "▌AI 5"
        await reader.press("down", "enter")
        assert (reader.main.query_text, reader.focus) == ('topic:"Computer Vision"', "search")
        await reader.press("enter")
        assert reader.focus == "list"


async def test_enter_keeps_what_was_typed_when_nothing_was_chosen(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("topic:a")
        assert rows(reader) == ["AI 5"]
        await reader.press("enter")
        assert reader.focus == "list"
        assert not reader.main.query_one(CompletionList).display


async def test_the_mouse_takes_a_candidate(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("topic:")
        await reader.pilot.click("#offers", offset=(3, 1))
        await reader.settle()
        assert (reader.main.query_text, reader.focus) == ('topic:"Computer Vision"', "search")
        await reader.type(" is:pub")
        await reader.pilot.click("#offers", offset=(3, 0))
        await reader.settle()
        assert reader.main.query_text.endswith(" is:published")


async def test_escape_closes_what_is_offered_and_then_restores(seeds: Path) -> None:
    async with reading(seeds, query="detroit") as reader:
        await reader.press("slash", "end")
        await reader.type(" topic:")
        assert rows(reader)
        await reader.press("escape")
        assert rows(reader) == []
        assert reader.focus == "search"
        await reader.press("escape")
        assert (reader.main.query_text, reader.focus) == ("detroit", "list")
        assert len(reader.titles) == 3
        await reader.press("slash")
        await reader.type("zzz")
        await reader.press("escape")
        assert (reader.main.query_text, len(reader.titles)) == ("detroit", 3)


async def test_moving_the_cursor_closes_what_is_offered(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("topic:")
        await reader.press("home")
        assert rows(reader) == []
        assert box(reader).cursor_position == 0


async def test_shift_tab_leaves_backwards(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("topic:")
        await reader.press("shift+tab")
        assert reader.focus == "article"
        assert not reader.main.query_one(CompletionList).display


async def test_the_query_is_told_in_words_while_it_is_typed(seeds: Path) -> None:
    async with reading(seeds) as reader:
        top = reader.main.list_pane.region.y
        await reader.press("slash")
        assert shown(reader.lines, "everything, the newest first")
        await reader.type("detroit quality>=60")
        words = "articles with “detroit”, of quality 60 or more"
        assert shown(reader.lines, words)
        assert not shown(reader.lines, "detroit ×")
        assert reader.main.list_pane.region.y == top
        await reader.type(" top")
        await reader.press("tab")
        assert shown(reader.lines, "^ topic: needs a value")
        assert reader.main.list_pane.region.y == top
        await reader.press("escape", *["backspace"] * 7, "enter")
        assert not shown(reader.lines, words)
        assert shown(reader.lines, "detroit ×", "quality>=60 ×")


async def test_up_brings_back_what_was_kept(seeds: Path) -> None:
    async with reading(seeds) as reader:
        for query in ("detroit", "police", "cnet"):
            await reader.press("slash")
            await reader.type(query)
            await reader.press("enter")
        assert History(history_file()).queries == ("detroit", "police", "cnet")
        await reader.press("C", "slash")
        await reader.type("zz")
        await reader.press("up")
        assert reader.main.query_text == "cnet"
        await reader.press("up", "up", "up")
        assert box(reader).value == "detroit"
        await reader.press("down", "down", "down")
        assert box(reader).value == "zz"
        await reader.press("down")
        assert box(reader).value == "zz"
    async with reading(seeds) as reader:
        await reader.press("slash", "up", "enter")
        assert reader.main.query_text == "cnet"


async def test_a_history_that_cannot_be_written_is_no_error(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("cnet")
        await reader.press("enter")
        assert reader.focus == "list"
        assert reader.toasts == []


async def test_names_from_files_are_only_text(tmp_path: Path) -> None:
    names = [
        "[bold]x[/]",
        "東京の顔認証 東京の顔認証 東京の顔認証 東京の顔認証 東京の顔認証",
        "a\\u0301" * 60,
    ]
    names = [name.replace("\\u0301", "\u0301") for name in names]
    topics = "".join(f"- '{name}'\n" for name in names)
    (tmp_path / "a.md").write_text(f"---\ntitle: a\ntopics:\n{topics}---\n")
    for size in ((20, 8), (40, 6), (80, 24)):
        async with reading(tmp_path, size=size) as reader:
            await reader.press("slash")
            await reader.type("topic:")
            offers = reader.main.query_one(CompletionList)
            assert offers.region.x >= 0
            assert offers.region.right <= size[0]
            assert offers.region.bottom <= size[1]
            assert any("[bold]" in row or "東京" in row for row in rows(reader))
            await reader.press("down", "down", "tab")
            assert reader.app.is_running


async def test_what_is_offered_fits_the_rest_of_the_query(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("lansing ")
        await reader.type("pro")
        await reader.press("tab")
        assert rows(reader)[0] == "CNBC cnbc.com 1"
        assert len(rows(reader)) == 1


def test_completing_takes_no_time() -> None:
    topics = tuple(FacetValue(f"Topic {number}", f"Topic {number}", 1) for number in range(5_000))
    sources = Sources({"topic": topics})
    complete("topic:zzz", 9, sources)
    started = process_time()
    for _ in range(20):
        complete("detroit quality>=60 topic:zzz", 29, sources)
    assert (process_time() - started) / 20 < 0.02
