"""Text that looks like markup is shown as it is given, wherever it is shown, and does nothing."""

from __future__ import annotations

import random
from pathlib import Path

from terminal.hostile import ATTACKS, MARKUP, escaped
from terminal.piloted import piloted, squeezed
from textual.widgets import Input

from newsreader.config.settings import Settings
from newsreader.text.sanitize import clean_line
from newsreader.ui.lines_view import LinesView

COUNT = 250
ALPHABET = "[[[]]]@=/\\$'\"" + "".join(sorted({*"redboldclickquitlink"}))
ARTICLE = """---
title: {0}
excerpt: {1}
provider:
  name: {2}
topics:
  - {3}
related:
  - title: {4}
---
# {5}

{6}
"""


def strings(seed: int, count: int = COUNT) -> list[str]:
    chance = random.Random(seed)
    drawn = ["".join(chance.choices(ALPHABET, k=chance.randint(1, 14))) for _ in range(count)]
    known = [clean_line(ATTACKS[name]) for name in MARKUP]
    return [each for each in (*known, *drawn) if each]


def write(folder: Path, seed: int) -> list[list[str]]:
    columns = [strings(seed + number) for number in range(7)]
    rows = [[f"{n}x{text}" for text in row] for n, row in enumerate(zip(*columns, strict=True))]
    for number, row in enumerate(rows):
        values = [*map(escaped, row[:5]), *(each.replace("\\", "") for each in row[5:])]
        (folder / f"{number}.md").write_text(ARTICLE.format(*values))
    return rows


async def test_the_list_and_the_article(tmp_path: Path) -> None:
    rows = write(tmp_path, 1)
    size = (200, len(rows) + 20)
    async with piloted(tmp_path, size=size, settings=Settings(density="compact")) as reader:
        await reader.press("right_parenthesis", "left_parenthesis")
        shown = reader.text_of(reader.main.list_pane)
        reader.assert_no_action()
        for title, *_ in rows:
            assert squeezed(title) in shown
        await reader.press("right_parenthesis")
        by_title = {row[0]: row for row in rows}
        for number, article in enumerate(reader.main.list_pane.view):
            if number % 10 == 0:
                reader.main.article_pane.show(article)
                await reader.pilot.pause()
                pane = reader.text_of(reader.main.article_pane)
                for text in by_title[article.title][:5]:
                    assert squeezed(text) in pane
                reader.assert_no_action()
        assert reader.opened == []


async def test_toasts(tmp_path: Path) -> None:
    async with piloted(tmp_path) as reader:
        for text in strings(3, 12):
            url = f"https://e.org/{squeezed(text)}"
            reader.main._opener.copy(url)
            await reader.pilot.pause()
            (toast,) = reader.app.screen.query("Toast")
            while not reader.text_of(toast):
                await reader.pilot.pause(0.01)
            assert url in reader.text_of(toast)
            reader.assert_no_action()
            reader.app.clear_notifications()
            await reader.pilot.pause()


async def test_problems(tmp_path: Path) -> None:
    names = sorted({squeezed(each).replace("/", "") for each in strings(4, 60)} - {""})
    for name in names:
        (tmp_path / f"a{name}.md").write_bytes(b"")
    async with piloted(tmp_path, size=(200, 400)) as reader:
        await reader.press("ctrl+e")
        shown = reader.text_of(reader.app.screen.query_one(LinesView))
        for name in names:
            assert f"a{name}.md" in shown
        reader.assert_no_action()


async def test_the_query_its_terms_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    async with piloted(tmp_path) as reader:
        for text in strings(5, 40):
            reader.main.query_text = text
            await reader.pilot.pause()
            assert squeezed(text) in reader.lines[0]
            answer = reader.main.answer
            assert answer is not None
            if answer.query.text == text:
                assert all(squeezed(t.text) in reader.lines[1] for t in answer.query.terms)
            reader.assert_no_action()


async def test_the_palette(tmp_path: Path) -> None:
    async with piloted(tmp_path) as reader:
        await reader.press("colon")
        for text in strings(6, 5):
            box = reader.app.screen.query_one(Input)
            box.value = text
            await reader.settle()
            assert squeezed(text) in "".join(reader.lines)
            metas = [str(value) for style in reader.styles for value in style.meta.values()]
            assert not [value for value in metas if "quit" in value]
        assert reader.app.is_running
