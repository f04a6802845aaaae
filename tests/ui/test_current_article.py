"""The article under the cursor is read beside the screen, which never waits for a disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from driver import Reader, reading, shown
from test_walks import APPROVES, NEWEST, RENEWS

from newsreader.library import fetching
from newsreader.sources import article as article_module
from newsreader.ui import current_screen

LONG = 10.0


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Files are read only as long as it is set; nothing is read beforehand."""
    works = Event()
    works.set()
    read = article_module.read_article

    def slowly(*arguments: object, **more: object) -> object:
        assert works.wait(LONG)
        return read(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(article_module, "read_article", slowly)
    monkeypatch.setattr(fetching, "_PAUSE", LONG)
    yield works
    works.set()


def page(reader: Reader) -> str:
    piece = reader.main.article_pane.piece
    return piece.title if piece is not None else ""


async def test_the_page_before_stands_until_the_article_is_there(
    seeds: Path, disk: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current_screen, "_PATIENCE", LONG)
    async with reading(seeds) as reader:
        disk.clear()
        await reader.pilot.press("j", "j")
        assert page(reader) == NEWEST
        disk.set()
        await reader.settle()
        assert page(reader) == RENEWS
        assert shown(reader.lines, "RELATED")


async def test_what_is_known_of_an_article_stands_in_for_it(
    seeds: Path, disk: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current_screen, "_PATIENCE", 0.01)
    async with reading(seeds) as reader:
        disk.clear()
        await reader.pilot.press("j")
        await reader.until(lambda: page(reader) == APPROVES)
        piece = reader.main.article_pane.piece
        disk.set()
        await reader.settle()
        assert reader.main.article_pane.piece is not piece
        assert page(reader) == APPROVES


async def test_who_goes_into_an_article_is_never_in_the_one_before(
    seeds: Path, disk: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current_screen, "_PATIENCE", LONG)
    async with reading(seeds) as reader:
        disk.clear()
        await reader.pilot.press("j", "enter")
        assert page(reader) == APPROVES
        disk.set()
        await reader.settle()
        assert reader.main.article_pane.piece is reader.main.list_pane.current


async def test_those_that_a_key_leads_to_are_read_beforehand(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_PAUSE", 0.0)
    async with reading(seeds) as reader:
        view, library = reader.main.list_pane.view, reader.main.library
        await reader.until(lambda: library.at_hand(view, 1) is not None)
        await reader.until(lambda: library.at_hand(view, 4) is not None)
        monkeypatch.setattr(article_module, "read_article", None)
        await reader.press("j")
        assert page(reader) == APPROVES
