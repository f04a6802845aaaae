"""Marking in the app: from key to screen to disk, and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from driver import Reader, reading, shown

from newsreader.config.last_place import LastPlace, last_place, remember_place
from newsreader.config.paths import MarkPlaces
from newsreader.config.settings import Settings
from newsreader.model import Article
from newsreader.ui import main_screen
from newsreader.ui.saved_screen import SavedFiles

NEWEST = "All Cases of Mistaken Facial Recognition Arrests"
APPROVES = "Detroit Approves Police Use"


@asynccontextmanager
async def marking(home: Path, *paths: Path, **options: Any) -> AsyncIterator[Reader]:
    places = MarkPlaces(home / "marks", home / "state", home / "index.db")
    async with reading(*paths, mark_places=places, **options) as reader:
        yield reader


def row(reader: Reader, title: str) -> str:
    return next(line[26:80] for line in reader.lines if title[:20] in line[26:80])


async def test_marks_are_shown_kept_and_there_again(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds) as reader:
        assert "●" in row(reader, NEWEST)
        assert shown(reader.lines, "5 of 5", "5 unread")
        await reader.press("s")
        assert "★" in row(reader, NEWEST)
        await reader.press("m", "j", "b")
        assert "●" not in row(reader, NEWEST)
        assert "◷" in row(reader, APPROVES)
        assert shown(reader.lines, "5 of 5", "4 unread")
        assert shown(reader.lines, "starred", "1")
    async with marking(tmp_path, seeds) as reader:
        assert "★" in row(reader, NEWEST)
        assert "●" not in row(reader, NEWEST)
        assert shown(reader.lines, "5 of 5", "4 unread")
        await reader.press("u")
        assert reader.toasts == ["Undone: 1 article kept for later."]
        assert "◷" not in row(reader, APPROVES)
        await reader.press("u", "u")
        assert "★" not in row(reader, NEWEST)
        assert shown(reader.lines, "5 of 5", "5 unread")
        await reader.press("u")
        assert reader.toasts[-1] == "There is nothing to undo."
        await reader.press("ctrl+r")
        assert "★" in row(reader, NEWEST)


async def test_the_counts_of_saved_searches_follow_marks(tmp_path: Path, seeds: Path) -> None:
    files = SavedFiles(tmp_path / "searches.toml", tmp_path / "looked.json")
    files.searches.write_text('[[search]]\nname = "To do"\nquery = "is:unread"\n')
    async with marking(tmp_path, seeds, saved_files=files) as reader:
        assert shown(reader.lines, "To do", " 5 ")
        await reader.press("m")
        assert shown(reader.lines, "To do", " 4 ")
        await reader.press("u")
        assert shown(reader.lines, "To do", " 5 ")


async def test_everything_listed_is_marked_and_taken_back(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds) as reader:
        await reader.press("slash")
        await reader.type("detroit")
        await reader.press("enter", "A")
        assert reader.toasts == ["3 articles marked read.  u undoes it."]
        assert len(reader.titles) == 3
        await reader.press("escape")
        assert shown(reader.lines, "5 of 5", "2 unread")
        await reader.press("u")
        assert shown(reader.lines, "5 of 5", "5 unread")


async def test_a_row_stays_when_it_stops_matching(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds) as reader:
        await reader.press("2")
        assert reader.main.query_text == "is:unread"
        await reader.press("j", "m")
        assert len(reader.titles) == 5
        assert reader.main.list_pane.current is not None
        assert reader.main.list_pane.current.title.startswith(APPROVES)
        await reader.press("1", "2")
        assert len(reader.titles) == 4
        await reader.press("3")
        assert reader.main.query_text == "is:starred"
        assert reader.titles == []
        await reader.press("1")
        assert reader.main.query_text == ""


async def test_space_reads_on_to_the_next_unread(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds, size=(150, 200)) as reader:
        await reader.press("j", "m", "k", "space")
        assert "●" not in row(reader, NEWEST)
        current = reader.main.list_pane.current
        assert current is not None
        assert current.title.startswith("Detroit Renews")
        await reader.press("p")
        assert reader.toasts == ["There is nothing unread further up."]
        await reader.press("n")
        assert reader.main.list_pane.current is not None
        assert reader.main.list_pane.current.title.startswith("The growing fight")


async def test_staying_in_an_article_reads_it_and_scrolling_does_not(
    tmp_path: Path, seeds: Path
) -> None:
    settings = Settings(read_after=0.05)
    async with marking(tmp_path, seeds, settings=settings) as reader:
        await reader.press("j", "j", "k", "k")
        await reader.pilot.pause(0.2)
        assert shown(reader.lines, "5 of 5", "5 unread")
        await reader.press("enter")
        await reader.until(lambda: shown(reader.lines, "5 of 5", "4 unread"))
    async with marking(tmp_path / "never", seeds, settings=Settings(read_after=0)) as reader:
        await reader.press("enter")
        await reader.pilot.pause(0.2)
        assert shown(reader.lines, "5 of 5", "5 unread")


async def test_tags_and_notes(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds) as reader:
        await reader.press("t")
        await reader.type("To-Read #city")
        await reader.press("enter")
        assert shown(reader.lines, "#city", "#to-read")
        await reader.press("t")
        await reader.type("-city")
        await reader.press("enter")
        assert not shown(reader.lines, "#city")
        await reader.press("e")
        await reader.type("Ask Ann")
        await reader.press("enter")
        assert shown(reader.lines, "Ask Ann")
        await reader.press("slash")
        await reader.type("note:ann #to-read")
        await reader.press("enter")
        assert len(reader.titles) == 1


async def test_a_note_is_edited_in_the_editor(
    tmp_path: Path, seeds: Path, monkeypatch: Any
) -> None:
    def edit(launch: Any) -> None:
        path = Path(launch.argv[-1])
        path.write_text(path.read_text() + "two\nlines\x1b[31m")

    monkeypatch.setenv("EDITOR", "/bin/true")
    async with marking(tmp_path, seeds, run_here=edit) as reader:
        await reader.press("E")
        assert shown(reader.lines, "two")
        article = reader.main.list_pane.current
        assert article is not None
        assert reader.main.library.marks(article.id).note == "two\nlines"


async def test_no_verb_is_silent_on_a_story_that_is_not_there(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds) as reader:
        await reader.press("j", "enter", "j", "j", "enter")
        assert not isinstance(reader.main.article_pane.piece, Article)
        for number, key in enumerate("msbteE", 1):
            await reader.press(key)
            assert reader.toasts == ["This story is not in the library."] * number


async def test_opening_in_a_browser_is_noted(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds) as reader:
        await reader.press("o")
        assert len(reader.opened) == 1
        await reader.press("slash")
        await reader.type("is:opened is:read")
        await reader.press("enter")
        assert len(reader.titles) == 1


async def test_an_article_opens_where_one_left_it(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds, size=(100, 14)) as reader:
        await reader.press("enter", "space", "space")
        top = reader.main.article_pane.scroll_offset.y
        assert top > 3
        await reader.press("h", "j", "k")
        await reader.pilot.pause()
        assert reader.main.article_pane.scroll_offset.y == top
        await reader.press("Q")
    async with marking(tmp_path, seeds, size=(100, 14)) as reader:
        await reader.pilot.pause()
        assert reader.main.article_pane.scroll_offset.y == top


async def test_what_cannot_be_kept_is_told_and_quitting_warns(
    tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # When each article was met first is noted later than this takes, however long that is.
    monkeypatch.setattr(main_screen, "_SETTLED", 3600)
    async with marking(tmp_path, seeds) as reader:
        (tmp_path / "marks").write_text("in the way")
        await reader.press("s")
        assert "★" in row(reader, NEWEST)
        assert shown(reader.lines, "! 1 mark not saved:")
        await reader.press("Q")
        assert reader.app.is_running
        assert "1 mark is not saved" in reader.toasts[-1]
        (tmp_path / "marks").unlink()
        await reader.press("j", "s")
        book = reader.main.library.book
        assert book is not None
        await reader.until(lambda: not book.pending and "not saved" not in reader.lines[-1])


async def test_another_instance_is_followed(tmp_path: Path, seeds: Path) -> None:
    async with marking(tmp_path, seeds) as reader:
        await reader.press("b")
        async with marking(tmp_path, seeds) as other:
            await other.press("s")
            assert "★" in row(other, NEWEST)
        await reader.until(lambda: "★" in row(reader, NEWEST))


async def test_newsreader_reopens_where_it_was_left(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.md").write_text(f"---\ntitle: Title {number:02}\n---\n")
    async with marking(tmp_path / "home", tmp_path, query="sort:-title", size=(100, 20)) as reader:
        await reader.press(*"jjjjjjjjjjjj")
        offset = reader.main.list_pane.cursor_offset
        await reader.press("Q")
        place = reader.app.last_place
    assert place is not None
    assert place.query == "sort:-title"
    file = tmp_path / "state" / "place.txt"
    remember_place(file, [tmp_path], place)
    assert last_place(file, [tmp_path / "elsewhere"]) == LastPlace()
    place = last_place(file, [tmp_path])
    async with marking(tmp_path / "home", tmp_path, place=place, size=(100, 20)) as reader:
        await reader.pilot.pause()
        assert reader.main.query_text == "sort:-title"
        assert reader.main.list_pane.current is not None
        assert reader.main.list_pane.current.title == "Title 17"
        assert reader.main.list_pane.cursor_offset == offset
    for damage in (b"", b"[]", b"a\nb\nc\nd", b"\xff" * 10, b"x\n" * 50_000):
        file.write_bytes(damage)
        assert last_place(file, [tmp_path]) == LastPlace()


async def test_a_verb_in_the_palette_acts_on_what_a_query_finds(
    tmp_path: Path, seeds: Path
) -> None:
    async with marking(tmp_path, seeds) as reader:
        offer = reader.main.verb_on_query("star detroit")
        assert offer is not None
        assert offer[0] == "star: 3 articles"
        assert reader.main.verb_on_query("read") is None
        assert reader.main.verb_on_query("detroit star") is None
        mistaken = reader.main.verb_on_query("read qualty>5")
        assert mistaken is not None
        assert "qualty" in mistaken[0]
        await reader.press("colon")
        await reader.type("tag city detroit")
        await reader.until(lambda: shown(reader.lines, "tag city: 3 articles"))
        await reader.press("enter")
        await reader.until(lambda: bool(reader.toasts))
        assert reader.toasts[-1].startswith("3 articles tagged city")
