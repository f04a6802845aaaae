"""Full text on the screen: asked for by key, shown in place, while every key answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from conftest import Write
from driver import Reader, reading, shown

from newsreader.config.settings import Settings
from newsreader.fetching.asking import Outcome, Request
from newsreader.fetching.helper import Helper
from newsreader.model import Article

TEXT = "<h2>Over the strait</h2><p>Eleven passengers and a dog crossed.</p>"
GOOD = Outcome("https://www.news.example/ferry", "The ferry", TEXT, 9)


class Web:
    """The web as tests want it: it answers when it may."""

    def __init__(self) -> None:
        self.outcome = GOOD
        self.may_answer = Event()
        self.asked: list[Request] = []

    def fetch(self, request: Request) -> Outcome:
        self.asked.append(request)
        assert self.may_answer.wait(10)
        return self.outcome


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    web = Web()
    monkeypatch.setattr(Helper, "fetch", lambda _, request: web.fetch(request))
    yield web
    web.may_answer.set()


@pytest.fixture
def folder(write: Write) -> Path:
    excerpt = "excerpt: A ferry crosses again."
    for name in ("ferry", "train"):
        url = f"originalUrl: https://news.example/{name}"
        write(f"news/{name}.md", f"title: The {name}\n{url}\n{excerpt}")
    return write(
        "news/train.md", f"title: The train\nrelated: [{{title: The bus}}]\n{excerpt}"
    ).parent


def told(reader: Reader, *words: str) -> bool:
    return shown(reader.lines, *words)


async def test_the_page_is_fetched_while_keys_answer(
    folder: Path, tmp_path: Path, web: Web
) -> None:
    pages = tmp_path / "pages"
    async with reading(folder, pages_folder=pages, query="ferry") as reader:
        await reader.press("d")
        assert told(reader, "Fetching the page …")
        await reader.press("C")
        assert len(reader.titles) == 2
        await reader.press("/", "f", "e", "enter")
        web.may_answer.set()
        await reader.until(lambda: told(reader, "Eleven passengers and a dog crossed."))
        assert told(reader, "A ferry crosses again.")
        assert told(reader, "Full text from news.example, fetched on")
        assert not web.asked[0].robots
        await reader.press("/", "space", *"dog", "enter")
        await reader.until(lambda: reader.titles == ["The ferry"])
    async with reading(folder, pages_folder=pages, query="dog") as reader:
        assert told(reader, "Eleven passengers and a dog crossed.")


async def test_trouble_is_said_and_the_excerpt_stays(
    folder: Path, tmp_path: Path, web: Web
) -> None:
    web.outcome = Outcome(trouble="The page is for subscribers.")
    web.may_answer.set()
    async with reading(folder, pages_folder=tmp_path / "pages", query="ferry") as reader:
        await reader.press("d")
        await reader.until(lambda: told(reader, "The page is for subscribers."))
        assert told(reader, "A ferry crosses again.")


async def test_where_nothing_can_be_fetched(folder: Path, tmp_path: Path, web: Web) -> None:
    async with reading(folder) as reader:
        await reader.press("d")
        assert reader.toasts == ["There is no place to keep pages."]
    async with reading(folder, pages_folder=tmp_path / "pages", query="train") as reader:
        await reader.press("enter", "]", "enter", "d")
        assert isinstance(reader.main.article_pane.piece, Article) is False
        assert reader.toasts == [
            "Full text is for the articles of the library; o opens this story."
        ]
    assert web.asked == []


async def test_a_setting_fetches_what_is_opened(folder: Path, tmp_path: Path, web: Web) -> None:
    web.may_answer.set()
    settings = Settings(fetch_from=("news.example",))
    pages = tmp_path / "pages"
    async with reading(folder, pages_folder=pages, settings=settings, query="ferry") as reader:
        assert web.asked == []
        await reader.press("enter")
        await reader.until(lambda: told(reader, "Eleven passengers and a dog crossed."))
        await reader.press("escape", "enter")
        assert [request.robots for request in web.asked] == [True]


async def test_leaving_waits_for_no_page(folder: Path, tmp_path: Path, web: Web) -> None:
    async with reading(folder, pages_folder=tmp_path / "pages", query="ferry") as reader:
        await reader.press("d")
        await reader.until(lambda: bool(web.asked))
        await reader.press("Q")
