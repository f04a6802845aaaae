"""Stories in the app: found by themselves, shown as coverage, walked through, marked as one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, Write
from driver import Reader, reading, shown

from newsreader.config.paths import MarkPlaces
from newsreader.config.settings import Settings
from newsreader.library import story_finding
from newsreader.library.coverage import Coverage, Telling, coverage_of
from newsreader.library.library import Library
from newsreader.model import Related
from newsreader.ui import main_screen
from newsreader.ui.cells import Line, line_len
from newsreader.ui.coverage_lines import (
    Look,
    entries_of,
    entry_lines,
    head_lines,
    height_of,
    time_line,
)
from newsreader.ui.coverage_view import CoverageView
from newsreader.ui.glyphs import ASCII, UNICODE


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories are looked for without a delay."""
    monkeypatch.setattr(story_finding, "_QUIET", 0.01)
    monkeypatch.setattr(main_screen, "_SETTLED", 0.01)


@pytest.mark.usefixtures("at_once")
async def test_an_answer_about_stories_follows_what_is_found(seeds: Path) -> None:
    async with reading(seeds, is_live=True) as reader:
        await reader.until(lambda: reader.main.library.knows_stories)
        await reader.type("/coverage>=2")
        await reader.press("enter")
        assert len(reader.titles) == 2


@asynccontextmanager
async def following(home: Path, *paths: Path, **options: Any) -> AsyncIterator[Reader]:
    places = MarkPlaces(home / "marks", home / "state", home / "index.db")
    async with reading(*paths, mark_places=places, **options) as reader:
        yield reader


def current(reader: Reader) -> str:
    entry = reader.app.screen.query_one(CoverageView).current
    assert entry is not None
    return entry.piece.title


async def test_the_coverage_is_a_time_line_one_can_walk_and_read(
    tmp_path: Path, seeds: Path
) -> None:
    async with following(tmp_path, seeds) as reader:
        await reader.press("j", "c")
        assert shown(reader.lines, "6 pieces · 5 providers · 29 Sep – 1 Oct 2020")
        assert shown(reader.lines, "2 in the library", "4 not in the library")
        assert shown(reader.lines, "first", "expected to vote")
        assert current(reader).startswith("Detroit Approves")
        await reader.press("g")
        assert current(reader).startswith("Detroit council set")
        entry = reader.app.screen.query_one(CoverageView).current
        await reader.press("o")
        assert [url for _, url in reader.opened] == [entry and entry.piece.url]
        await reader.press("r")
        assert current(reader).startswith("Detroit council set")
        await reader.press("k", "enter")
        assert reader.focus == "article"
        assert shown(reader.lines, "not in the library")
        await reader.press("backspace", "c", "g", "j", "j", "enter")
        assert reader.main.article_pane.piece is reader.main.list_pane.current
        assert shown(reader.lines, "Wall Street Journal · 30 September 2020")
        await reader.press("c", "escape")
        assert reader.focus == "article"


async def test_a_story_is_marked_as_one_and_unmarked(tmp_path: Path, seeds: Path) -> None:
    async with following(tmp_path, seeds) as reader:
        await reader.press("j", "c", "m", "s")
        assert reader.toasts[0].startswith("2 articles marked read.")
        assert sum("★" in line for line in reader.lines) == 2
        assert not any("●  Detroit" in line for line in reader.lines)
        await reader.press("u", "u")
        assert not shown(reader.lines, "★")
        assert sum("●  Detroit" in line for line in reader.lines) == 2
        await reader.press("b", "q")
        assert reader.main.library.answer("is:later", now=NOW).view.rows


async def test_an_article_alone_says_so(tmp_path: Path, write: Write) -> None:
    write("a.md", "title: Alone in the world")
    async with following(tmp_path / "home", tmp_path, size=(40, 12)) as reader:
        await reader.press("c")
        assert shown(reader.lines, "1 piece")
        assert shown(reader.lines, "Nobody else in the library")
        await reader.press("j", "k", "x", "r", "pagedown", "G", "q")
        assert reader.focus == "list"


async def test_copies_unfold(tmp_path: Path, write: Write) -> None:
    for number in range(3):
        write(
            f"{number}.md",
            "title: Agency approves new pill against migraine\n"
            f"date: 2024-03-0{number + 1}\nprovider: {{name: P{number}}}\n",
        )
    async with following(tmp_path / "home", tmp_path) as reader:
        await reader.press("G", "c")
        assert shown(reader.lines, "×3")
        assert not shown(reader.lines, "P2")
        await reader.press("x", "G")
        assert shown(reader.lines, "P2")
        await reader.press("h")
        assert not shown(reader.lines, "P2")


@pytest.mark.parametrize("density", ["roomy", "compact"])
async def test_a_heading_tells_of_its_story_and_verbs_on_it_act_on_all(
    tmp_path: Path, seeds: Path, density: str
) -> None:
    settings = Settings(density=density)
    async with following(tmp_path, seeds, query="group:story", settings=settings) as reader:
        await reader.press("j")
        assert shown(reader.lines, "Recognition Contract  2", "2 providers")
        for key, query in (("m", "is:read"), ("s", "is:starred"), ("b", "is:later")):
            await reader.press(key)
            assert len(reader.main.library.answer(query, now=NOW).view) == 2
        await reader.press("x")
        assert reader.main.list_pane.selected_count == 2
    async with following(tmp_path, seeds, query="group:story", size=(220, 30)) as reader:
        assert shown(reader.lines, "2 · 2 providers · 30 Sep – 1 Oct 2020")


@pytest.mark.usefixtures("at_once")
async def test_what_is_beside_an_article_is_shown_and_walked_through(
    tmp_path: Path, seeds: Path
) -> None:
    async with following(tmp_path, seeds, size=(150, 90), is_live=True) as reader:
        pane = reader.main.article_pane
        await reader.press("j", "enter", "]")
        assert pane.target is not None
        related = pane.target
        await reader.until(lambda: shown(reader.lines, "MORE ON THIS STORY", "1"))
        text = reader.text
        assert text.index("MORE ON THIS") < text.index("RELATED") < text.index("SIMILAR IN THE")
        assert shown(reader.lines, "shares Detroit, City")
        assert pane.target is related, "the cursor stays on its story"
        await reader.press("[")
        assert pane.target.title == "Detroit Renews Facial Recognition Contract"
        await reader.press("y")
        assert "wsj.com" in reader.toasts[-1]
        await reader.press("[")
        assert pane.piece is not None
        assert pane.piece.title.startswith("Detroit Renews")
        await reader.until(lambda: shown(reader.lines, "MORE ON THIS STORY", "1"))
        await reader.press("G", "]")
        assert pane.piece.title.startswith("Detroit Approves")
        await reader.press("backspace", "backspace")
        assert pane.depth == 0
        await reader.press("g", "]", "enter")
        assert pane.piece.title.startswith("Detroit Renews")


def _text(lines: Iterable[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


@pytest.mark.parametrize("width", [40, 80, 160])
def test_every_line_has_its_width(seeds: Path, width: int) -> None:
    library = Library([seeds])
    library.load()
    library.know_stories()
    for row in library.snapshot.columns.newest_first:
        found = coverage_of(library, library.snapshot.columns.id(row))
        assert found is not None
        for glyphs in (UNICODE, ASCII):
            look = Look(width, glyphs)
            lines = [*head_lines(found, look), *time_line(found, look)]
            for entry in entries_of(found, newest_first=True):
                each = entry_lines(entry, look)
                assert len(each) == height_of(entry, look)
                lines += each
            assert all(line_len(line) <= width for line in lines)
            assert glyphs is UNICODE or "●" not in "".join(_text(lines))


def test_the_picture_of_the_contract(seeds: Path) -> None:
    library = Library([seeds])
    library.load()
    library.know_stories()
    found = coverage_of(library, library.find("0b22").id)
    assert found is not None
    assert _text(time_line(found, Look(80, UNICODE))) == [
        "  ○           ○           ●                    ○          ◦                  •",
        "  ────────────────┬───────────────┬───────────────┬────────────────┬──────────",
        "                  30 Sep          12:00           1 Oct            12:00",
    ]


def _moment(*parts: int) -> datetime:
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def _at(*moments: datetime) -> Coverage:
    return Coverage(
        "", "T", tuple(Telling(Related(title="t", published_at=m)) for m in moments), ()
    )


@pytest.mark.parametrize(
    ("moments", "labels"),
    [
        ((_moment(2020, 1, 1, 8, 5), _moment(2020, 1, 1, 8, 25)), "1 Jan 2020, 08:05"),
        ((_moment(2020, 1, 1), _moment(2022, 6, 1)), "Jan 2022"),
        ((_moment(2, 1, 1), _moment(9999, 12, 31, 23)), "50"),
        ((_moment(9999, 12, 30), _moment(9999, 12, 31, 23)), "31 Dec"),
    ],
)
def test_any_span_of_time_has_an_axis(moments: tuple[datetime, ...], labels: str) -> None:
    found = _at(*moments)
    for width in (10, 40, 200):
        lines = time_line(found, Look(width, UNICODE))
        assert all(line_len(line) <= width for line in lines)
    assert labels in _text(lines)[-1]


def test_many_at_once_are_cut_above_each_other() -> None:
    found = _at(*[_moment(2020, 1, 1)] * 9, _moment(2020, 1, 9))
    assert [line[2:3] for line in _text(time_line(found, Look(40, UNICODE)))] == [*"⋯◦◦◦", "┬", "1"]
    assert [entry.gap for entry in entries_of(found)][-1] == "1 week later"
