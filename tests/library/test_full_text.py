"""Texts that were fetched: kept, put in the body's place, and found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest
from conftest import Write

from newsreader.fetching.asking import Outcome, Request
from newsreader.fetching.helper import Helper
from newsreader.fetching.pages import KeptPage, Pages
from newsreader.library.full_text import FullTexts, is_from, request_for
from newsreader.library.image_fetching import opens_with_images
from newsreader.library.library import Library
from newsreader.library.verifying import verify
from newsreader.model import Article, Image, Provider

HEADER = "title: The ferry\noriginalUrl: https://news.example/ferry\nampUrl: https://amp.example/f"
TEXT = "<h2>Over the strait</h2><p>Eleven passengers &amp; a <b>dog</b> crossed.</p>"


class Web:
    """A helper that has the page at once."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.asked: list[Request] = []

    def fetch(self, request: Request) -> Outcome:
        self.asked.append(request)
        return self.outcome


def helper(outcome: Outcome) -> Helper:
    return cast(Helper, Web(outcome))


GOOD = Outcome("https://www.news.example/ferry", "The ferry", TEXT, 7)


def library(tmp_path: Path, folder: Path) -> Library:
    found = Library([folder], index_folder=tmp_path / "index", pages_folder=tmp_path / "pages")
    found.load()
    return found


def test_a_page_is_shown_found_and_kept(tmp_path: Path, write: Write, now: datetime) -> None:
    folder = write("news/a.md", HEADER, "Only this.").parent
    first = library(tmp_path, folder)
    article = first.snapshot.columns.article(0)
    assert article is not None
    outcome = first.full_texts.fetch(article, helper(GOOD), request_for(article))
    assert outcome == GOOD
    first.know_full_text([article.id])

    def check(where: Library) -> None:
        for query in (
            "passengers",
            "body:dog",
            "has:fulltext",
            "body:/passengers &amp; a/",
            "has:body",
        ):
            assert len(where.answer(query, now=now).view) == 1, query
        assert len(where.answer("strong OR h2", now=now).view) == 0
        (shown,) = where.answer("", now=now).view
        assert (shown.body, shown.body_is_html) == (TEXT, True)
        assert where.full_texts.told(shown.id).startswith("Full text from news.example, fetched on")
        assert not [each for step in verify(where) for each in step.wrong]

    other = library(tmp_path, folder)
    check(first)
    check(other)
    other.close()
    first.close()
    again = library(tmp_path, folder)
    check(again)
    write("news/a.md", HEADER + "\nexcerpt: More.", "Only that.")
    again.load()
    check(again)
    assert len(again.answer("more", now=now).view) == 1
    again.close()


def test_what_another_program_fetched_is_found(tmp_path: Path, write: Write, now: datetime) -> None:
    folder = write("news/a.md", HEADER).parent
    first = library(tmp_path, folder)
    article = first.snapshot.columns.article(0)
    assert article is not None
    FullTexts(tmp_path / "pages").fetch(article, helper(GOOD), request_for(article))
    assert len(first.answer("passengers", now=now).view) == 0
    first.load()
    assert len(first.answer("passengers", now=now).view) == 1
    first.close()
    (tmp_path / "pages" / "notes.txt").write_text("not ours")
    again = library(tmp_path, folder)
    assert len(again.answer("passengers has:fulltext", now=now).view) == 1
    again.close()


def test_trouble_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    texts = FullTexts(tmp_path / "pages")
    article = Article(id="1", original_url="https://news.example/ferry", body="Short.")
    bad = Outcome(trouble="The page is gone (404).")
    assert texts.fetch(article, helper(bad), request_for(article)) == bad
    texts.tell("1", bad.trouble)
    assert (texts.of(article).body, texts.told("1")) == ("Short.", bad.trouble)
    texts.fetch(article, helper(GOOD), request_for(article))
    texts.fetch(article, helper(bad), request_for(article))
    assert texts.told("1") == bad.trouble
    assert texts.of(article).body == TEXT
    texts.forget_news()
    assert texts.told("1").startswith("Full text from")
    nowhere = Article(id="2")
    assert "no address" in texts.fetch(nowhere, helper(GOOD), request_for(nowhere)).trouble


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file")
    article = Article(id="1", original_url="https://news.example/ferry")
    texts = FullTexts(tmp_path / "pages")
    assert "cannot be kept" in texts.fetch(article, helper(GOOD), request_for(article)).trouble
    assert FullTexts().of(article) is article


@pytest.mark.parametrize("content", [b"", b"[]", b'{"url": 1}', b"\xff", b"[" * 100_000])
def test_a_damaged_page_is_none(tmp_path: Path, content: bytes) -> None:
    pages = Pages(tmp_path)
    pages.keep(7, KeptPage("https://x.example", 1.0, "T", "<p>x</p>"))
    assert Pages(tmp_path).get(7) == KeptPage("https://x.example", 1.0, "T", "<p>x</p>")
    assert pages.path(7).stat().st_mode & 0o777 == 0o600
    pages.path(7).write_bytes(content)
    assert pages.get(7) is None
    assert not pages.has(8)


def test_what_is_asked_for() -> None:
    urls: dict[str, Any] = {"original_url": "https://a.example", "cdn_amp_url": "https://c.example"}
    request = request_for(Article(**urls), robots=True)
    assert request[:3] == ("https://a.example", ("https://c.example",), True)


@pytest.mark.parametrize(
    ("name", "is_so"),
    [
        ("The Post", True),
        ("the post", True),
        ("Post", False),
        ("post.example", True),
        ("example", True),
    ],
)
def test_sources_that_may_be_fetched(name: str, is_so: bool) -> None:
    article = Article(original_url="https://www.post.example/a", provider=Provider(name="The Post"))
    assert is_from(article, (name,)) is is_so
    assert not is_from(article, ())


def test_images_of_chosen_sources() -> None:
    article = Article(original_url="https://post.example/a", images=(Image(title="A ferry"),))
    assert not opens_with_images(article, ("post.example",)), "there is none to fetch"
    article = replace(article, images=(Image(url="https://pictures.example/a.png"),))
    assert opens_with_images(article, ("post.example",))
    assert not opens_with_images(article, ("pictures.example",))
    assert not opens_with_images(article, ())
