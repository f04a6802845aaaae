"""The text alone, and the measure of its lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Write
from driver import Reader, reading, shown

from newsreader.config.last_place import last_measure, remember_measure
from newsreader.config.settings import Settings, load
from newsreader.model import ConfigError


@pytest.fixture
def page(write: Write) -> Path:
    body = "word " * 460 + "\n\n" + "\n\n".join(f"Paragraph {n}." for n in range(40))
    return write("a.md", "title: An article\nwebUrl: https://x.org", body).parent


def widest(reader: Reader) -> int:
    """The longest line of the body."""
    return max(len(line.strip()) for line in reader.lines if line.count("word") > 2)


@pytest.mark.parametrize("width", [60, 100, 150])
async def test_the_text_alone(page: Path, width: int) -> None:
    async with reading(page, size=(width, 30)) as reader:
        before = reader.lines
        await reader.press("z")
        measure = min(69, width - 6)
        left = max(0, (width - 77) // 2) + 2
        text = next(line for line in reader.lines if "word word" in line)
        assert (len(text) - len(text.lstrip()), widest(reader) >= measure - 4) == (left, True)
        assert not shown(reader.lines, "1 of 1")
        assert not shown(reader.lines, "Search")
        assert shown(reader.lines, "540 words · 2 min")
        await reader.press("slash", *"paragraph 30", "enter")
        assert shown(reader.lines, "Paragraph 30.")
        assert shown(reader.lines, "1 of 1")
        await reader.press("escape")
        assert not shown(reader.lines, "1 of 1")
        await reader.press("escape")
        assert shown(reader.lines, "1 of 1") or width < 80
        assert reader.focus == "article"
        await reader.press("z", "z", "g", "h")
        assert reader.lines == before


async def test_going_elsewhere_shows_everything_again(page: Path) -> None:
    async with reading(page) as reader:
        for keys in (["tab"], ["F"], ["q"], ["h"]):
            await reader.press("z")
            assert not shown(reader.lines, "1 of 1")
            await reader.press(*keys)
            assert shown(reader.lines, "1 of 1")
            await reader.press("escape", "escape")


async def test_the_measure_is_set_by_keys_and_settings(page: Path) -> None:
    async with reading(page, settings=Settings(measure=40)) as reader:
        await reader.press("z")
        assert widest(reader) == 39
        await reader.press("plus", "plus")
        assert widest(reader) == 44
        await reader.press(*["minus"] * 9)
        assert reader.main.article_pane.measure == 20


async def test_the_measure_is_remembered(page: Path, tmp_path: Path) -> None:
    async with reading(page) as reader:
        await reader.press("z", "plus", "Q", "Q")
        assert reader.app.measure == 76
    file = tmp_path / "state" / "measure.txt"
    assert last_measure(file, 72) == 72
    remember_measure(file, 72, 76)
    assert last_measure(file, 72) == 76
    assert last_measure(file, 60) == 60, "the setting was changed since"
    for damage in (b"", b"76", b"76 72 1", b"1000 72", b"\xff", b"7" * 5_000):
        file.write_bytes(damage)
        assert last_measure(file, 72) == 72


def test_the_measure_of_the_settings_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("measure = 60")
    assert load(path).measure == 60
    for value in ("19", "201", "true", '"wide"'):
        path.write_text(f"measure = {value}")
        with pytest.raises(ConfigError, match="20 to 200"):
            load(path)


@pytest.mark.parametrize(("key", "count"), [("enter", 40), ("z", 40), ("z", 900)])
async def test_a_page_key_skips_no_line(write: Write, key: str, count: int) -> None:
    body = "\n\n".join(f"Line {n}.\\\n{'words ' * (n % 9)}\\\nEnd {n}." for n in range(count))
    folder = write("a.md", "title: T\nwebUrl: https://x.org", body).parent
    async with reading(folder, size=(100, 30)) as reader:
        await reader.press(key)
        pane = reader.main.article_pane

        def texts() -> list[str]:
            top = pane.scroll_offset.y
            lines = map(pane.line, range(top, top + pane.size.height))
            return ["".join(text for text, _ in line) for line in lines]

        before = texts()
        for step in range(8):
            top = pane.scroll_offset.y
            await reader.press("space" if step % 2 else "pagedown")
            if pane.at_end:
                assert pane.scroll_offset.y - top <= pane.size.height - 2
                break
            after = texts()
            assert after[:2] == before[-2:]
            before = after
        assert pane.at_end is (count < 900)
