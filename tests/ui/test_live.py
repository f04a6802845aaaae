"""What changes on disk shows while one reads, and the reader's place never moves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from driver import reading, shown

from newsreader.library.library import Library


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(40):
        article(folder, number)
    return folder


def article(folder: Path, number: int, title: str = "") -> None:
    date = f"2020-01-{number % 28 + 1:02}T{number // 28:02}:00:00Z"
    header = f"title: {title or f'Title {number:02}'}\npublishedDateTime: {date}"
    (folder / f"{number:02}.md").write_text(f"---\n{header}\n---\nText {number}.\n")


async def test_a_change_shows_and_the_cursor_stays(news: Path) -> None:
    async with reading(news, is_live=True) as reader:
        pane = reader.main.list_pane
        await reader.press(*"jjjjj")
        before, offset = pane.current_id, pane.cursor_offset
        live = reader.main._live
        assert live is not None
        await reader.until(lambda: live._watch is not None and live._watch._ready.is_set())
        article(news, 90)
        await reader.until(lambda: len(reader.titles) == 41)
        for number in (91, 92, 93):
            article(news, number)
        await reader.until(lambda: len(reader.titles) == 44)
        assert (pane.current_id, pane.cursor_offset) == (before, offset)
        assert pane.current is not None
        name = Path(pane.current.path)
        name.write_text(name.read_text().replace("Text", "Other text"))
        await reader.until(lambda: shown(reader.lines, "Other text"))
        assert (pane.current_id, pane.cursor_offset) == (before, offset)
        (news / "90.md").unlink()
        (news / "deep").mkdir()
        (news / "91.md").rename(news / "deep/91.md")
        await reader.until(lambda: len(reader.titles) == 43 and "Title 90" not in reader.titles)
        name.write_text("+++\nbroken = [\n+++\n")
        await reader.until(lambda: shown(reader.lines, "1 problem"))
        assert len(reader.titles) == 43
        assert pane.current_id == before
        shutil.rmtree(news / "deep")
        await reader.until(lambda: len(reader.titles) == 42)
        assert shown(reader.lines, "1 problem")


async def test_a_start_shows_what_was_read_before_and_then_what_is_there(
    news: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    library = Library([news], index_folder=index)
    library.load()
    library.close()
    article(news, 90)
    (news / "00.md").unlink()
    async with reading(news, index_folder=index) as reader:
        assert len(reader.titles) == 40
        assert {"Title 90"} == set(reader.titles) - {f"Title {number:02}" for number in range(40)}
        await reader.press("slash", *"title 9")
        assert reader.titles
