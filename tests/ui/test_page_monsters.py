"""Articles of any size, read in the app: the first screen costs a screen, whatever the length."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from driver import Reader, reading
from rich.cells import cell_len

from newsreader.model import Article, Related
from newsreader.ui import page_view
from newsreader.ui.article_view import ArticleView
from newsreader.ui.ink import InkView

URL = "https://a.example/1"
HEIGHT = 40
MARKED = "Some *emphasis*, `code`, and [a link](https://b.example/) among the words. "


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pilot waits until nothing happens: let little happen by itself."""
    monkeypatch.setattr(page_view, "_REST", 0.4)


def row(cell: str, columns: int = 2000) -> str:
    return f"|{cell}" * columns + "|\n"


MONSTERS: dict[str, dict[str, Any]] = {
    "one line of 5 MB": {"body": "words in a line " * 312_500},
    "one word of 5 MB": {"body": "x" * 5_000_000},
    "one line of 5 MB, marked up": {"body": MARKED * 68_000},
    "200,000 lines": {"body": "".join(f"line {n}\n" for n in range(200_000))},
    "200,000 items": {"body": "".join(f"- item {n}\n" for n in range(200_000))},
    "200,000 lines of code": {"body": "```\n" + "x = 1\n" * 200_000},
    "20,000 paragraphs": {"body": f"{MARKED * 3}\n\n" * 20_000},
    "2,000 columns": {"body": row("a") + row("-") + row("b") * 300},
    "100,000 rows": {"body": "|a|b|\n|-|-|\n" + "|c|d|\n" * 100_000},
    "1 MB of brackets": {"body": "[" * 1_000_000},
    "5 MB of HTML": {
        "body": f"<p>{'words <b>in</b> it ' * 9}</p>\n" * 30_000,
        "body_is_html": True,
    },
    "1 MB of empty HTML": {"body": "<div>" * 200_000, "body_is_html": True},
    "10,000 topics": {"topics": tuple(f"topic {n}" for n in range(10_000))},
    "a title of 100 kB": {"title": "words of a title " * 6_000},
    "an excerpt of 1 MB": {"excerpt": "words of an excerpt " * 50_000},
    "5,000 related": {
        "related": tuple(
            Related(title=f"Story {n}", excerpt="So it goes. " * 9, original_url=f"{URL}/{n}")
            for n in range(5_000)
        )
    },
}
FINISHED = ("one word of 5 MB", "200,000 lines of code", "2,000 columns", "5,000 related")
"""Those that are read to the end, which takes a second, not ten."""


def monster(name: str) -> Article:
    given: dict[str, Any] = {"title": "Of monsters", **MONSTERS[name]}
    return Article(id=name, original_url=URL, **given)


def texts(view: ArticleView) -> list[str]:
    """What the pane shows."""
    top = view.scroll_offset.y
    return ["".join(text for text, _ in view.line(top + n)) for n in range(view.size.height)]


async def shown(reader: Reader, article: Article) -> ArticleView:
    view = reader.main.article_pane
    view.focus()
    view.show(article)
    await reader.pilot.pause()
    return view


def is_at_work(view: ArticleView) -> bool:
    """Whether there is more of the page to lay out."""
    return view._work is not None


async def finish(reader: Reader, view: ArticleView) -> None:
    """Do at once what is done when there is time."""
    for _ in range(10_000):
        if view._work is None:
            break
        view._page.work(0.5)
        view._go_on()
    await reader.pilot.pause()


@pytest.mark.parametrize("name", MONSTERS)
async def test_a_monster_is_read_like_any_article(seeds: Path, name: str) -> None:
    async with reading(seeds, size=(150, HEIGHT)) as reader:
        view = reader.main.article_pane
        view.focus()
        if view._work is not None:
            view._work.stop()
        view.show(monster(name))
        # The length of what was made before the first frame has nothing to do with the article's.
        assert view._page.lines_made < 12 * HEIGHT
        await reader.pilot.pause()
        assert any("Of monsters" in line or "words of a title" in line for line in texts(view))
        for key in ("down", "pagedown", "pagedown", "pageup", "up"):
            before = view._page.lines_made if view._work is None else 0
            await reader.pilot.press(key)
            assert before == 0 or view._page.lines_made - before < 12 * HEIGHT
        await reader.pilot.press("G")
        if name in FINISHED:
            await finish(reader, view)
        if view.virtual_size.height > HEIGHT:
            assert view.at_end
            assert any(line.strip() for line in texts(view))
        if name in FINISHED:
            assert view._work is None
            assert view.virtual_size.height == view._page.height
        await reader.pilot.press("g")
        assert view.scroll_offset.y == 0
        assert any("Of monsters" in line or "words of a title" in line for line in texts(view))


async def test_the_end_of_a_monster_is_there_at_last(seeds: Path) -> None:
    related = MONSTERS["5,000 related"]["related"]
    body = f"{MARKED * 3}\n\n" * 3_000 + "The last words.\n"
    article = Article(id="x", title="T", original_url=URL, body=body, related=related)
    async with reading(seeds, size=(150, HEIGHT)) as reader:
        view = await shown(reader, article)
        await reader.pilot.press("G")
        assert view.stop == 4_999
        assert any("Story 4999" in line for line in texts(view))
        await finish(reader, view)
        assert view.at_end
        assert any("Story 4999" in line for line in texts(view))
        assert isinstance(view.target, Related)
        assert view.target.title == "Story 4999"
        await reader.pilot.press("up", "up", "up")
        assert view.stop == 4_996
        await reader.pilot.press("g", "]")
        assert view.stop == 0
        assert any("Story 0" in line for line in texts(view))
        top = view.scroll_offset.y
        words = [line for y in range(top - 9, top) for line, _ in view.line(y)]
        view.scroll_to(y=top - 20, animate=False, immediate=True)
        assert any("The last words." in line for line in texts(view)), words


async def test_the_cursor_on_5000_related_stories(seeds: Path) -> None:
    async with reading(seeds, size=(150, HEIGHT)) as reader:
        view = await shown(reader, monster("5,000 related"))
        for number in range(30):
            await reader.pilot.press("]")
            assert view.stop == number
            current = [y for y in range(view.virtual_size.height) if view.is_cursor(y)]
            assert f"Story {number}" in "".join(text for text, _ in view.line(current[0]))
            top = view.scroll_offset.y
            assert top <= current[0]
            assert current[-1] < top + view.size.height
        view.stop = 2_500
        await reader.pilot.pause()
        assert any("Story 2500" in line for line in texts(view))
        await finish(reader, view)
        assert any("Story 2500" in line for line in texts(view))
        stop = view._page.stop(2_500)
        assert stop is not None
        await reader.pilot.press("enter")
        assert view.piece is not None
        assert view.piece.title == "Story 2500"
        await reader.pilot.press("backspace")
        assert view.stop == 2_500
        assert any("Story 2500" in line for line in texts(view))


async def test_what_one_reads_stays_when_the_terminal_changes(seeds: Path) -> None:
    body = "\n\n".join(f"Paragraph {n} {'of many words ' * 30}" for n in range(4_000))
    article = Article(id="x", title="T", original_url=URL, body=body)
    async with reading(seeds, size=(150, HEIGHT)) as reader:
        view = await shown(reader, article)
        await reader.pilot.press("pagedown", "pagedown", "pagedown")
        view.scroll_to(y=view.virtual_size.height // 4, animate=False, immediate=True)
        await reader.pilot.pause()
        number = next(line.split()[1] for line in texts(view) if "Paragraph" in line)
        for size in ((100, 40), (180, 30), (90, 50), (150, 40)):
            await reader.pilot.resize_terminal(*size)
            await reader.pilot.pause()
            near = [int(line.split()[1]) for line in texts(view) if "Paragraph" in line]
            assert any(abs(each - int(number)) <= 4 for each in near), (size, near, number)
            assert all(texts(view)[0:1])


async def test_nothing_moves_while_the_rest_is_laid_out(seeds: Path) -> None:
    async with reading(seeds, size=(150, HEIGHT)) as reader:
        view = await shown(reader, monster("20,000 paragraphs"))
        view.scroll_to(y=view.virtual_size.height // 2, animate=False, immediate=True)
        view._settle(1)
        before = texts(view)
        for _ in range(20):
            view._page.work(0.02)
            view._settle(1)
            assert texts(view) == before


async def test_what_is_no_longer_shown_is_no_longer_laid_out(seeds: Path) -> None:
    async with reading(seeds) as reader:
        view = await shown(reader, monster("20,000 paragraphs"))
        page = view._page
        assert is_at_work(view)
        view.show(Article(id="y", title="Another", original_url=URL, body="Short."))
        assert not is_at_work(view)
        made = page.lines_made
        await reader.pilot.pause(0.1)
        assert page.lines_made == made
        view.show(monster("5,000 related"))
        view.show(None)
        assert not is_at_work(view)


UGLY = (
    "日本語の見出しはとても長いので切らなければならない" * 6,
    "Emoji 👍🏽 👨‍👩‍👧‍👦 ❤️ 1️⃣ 🏳️‍🌈 " * 12,
    "🇩🇪🇫🇷🇯🇵🇧🇷" * 30,
    "e\u0301a\u0300o\u0302\u0323 " * 40,
    "مرحبا بالعالم שלום עולם " * 12,
    "ｆｕｌｌ ｗｉｄｔｈ क्षि กำ 각 " * 10,
    "x" * 400,
    "",
)


@pytest.mark.parametrize("width", range(20, 201, 36))
async def test_every_row_is_as_wide_as_its_box(seeds: Path, width: int) -> None:
    async with reading(seeds, size=(width, 30)) as reader:
        view = reader.main.article_pane
        reader.main.go_to("article")
        for title in UGLY:
            body = f"# {title}\n\n{title}\n\n- {title}\n\n| {title} | b |\n|-|-|\n| a | {title} |\n"
            related = (Related(title=title, original_url=URL), Related(excerpt=title))
            article = Article(
                id=title, title=title, excerpt=title, body=body, original_url=URL, related=related
            )
            view.show(article)
            await reader.pilot.pause()
            for pane in reader.main.query(InkView):
                for y in range(pane.size.height):
                    strip = pane.render_line(y)
                    assert strip.cell_length == pane.size.width
                    assert cell_len(strip.text) == pane.size.width
            for strip in reader.app.screen._compositor.render_strips():
                assert cell_len(strip.text) == width
