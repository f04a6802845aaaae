"""Marks find their article again, and never another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import NOW
from marks.devices import opened, starred, write_article

from newsreader.library.library import Library
from newsreader.model import Article

TEXT = "A long enough text that no other article would have by chance, as it happens."


def find(library: Library, title: str) -> Article:
    (found,) = [article for article in library.snapshot if article.title == title]
    return found


URL = "https://example.org/story"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"url": URL, "title": "One"}, {"url": f"{URL}?utm_source=x", "title": "One"}),
        ({"url": URL, "title": "One"}, {"url": URL, "title": "One, corrected", "body": "New."}),
        ({"url": URL, "title": "One", "body": TEXT}, {"title": "One", "body": TEXT}),
        ({"title": "One", "body": TEXT}, {"url": URL, "title": "One", "body": TEXT}),
        ({"title": "One", "body": TEXT}, {"title": "One", "body": TEXT + " And more."}),
        ({"title": "One", "body": TEXT}, {"title": "Another title", "body": TEXT}),
    ],
)
def test_an_edit_keeps_the_marks(
    tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    file = tmp_path / "news" / "a.md"
    write_article(file, **before)
    with opened(tmp_path, "news") as library:
        library.act("star", [find(library, before["title"]).id])
        assert starred(library) == {before["title"]}
    write_article(file, **after)
    for with_index in (True, False):
        with opened(tmp_path, "news", with_index=with_index) as library:
            assert starred(library) == {after["title"]}


@pytest.mark.parametrize("url", ["", URL])
def test_a_move_and_another_source_keep_the_marks(tmp_path: Path, url: str) -> None:
    file = tmp_path / "news" / "a.md"
    write_article(file, title="One", url=url, body=TEXT)
    with opened(tmp_path, "news") as library:
        library.act("star", [find(library, "One").id])
    (tmp_path / "news" / "deeper").mkdir()
    moved = file.rename(tmp_path / "news" / "deeper" / "b.md")
    with opened(tmp_path, "news") as library:
        assert starred(library) == {"One"}
    write_article(tmp_path / "other" / "c.md", title="One", url=url, body=TEXT)
    moved.unlink()
    with opened(tmp_path, "news", "other") as library:
        assert starred(library) == {"One"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Monday", "date": "2024-01-01"}, {"title": "Tuesday", "date": "2024-01-02"}),
        ({"title": "Notes", "body": "Short."}, {"title": "Others", "body": "Also short."}),
        ({"title": "Notes", "date": "2024-01-01"}, {"title": "Notes", "date": "2024-01-02"}),
    ],
)
def test_another_article_at_the_same_path_is_another(
    tmp_path: Path, one: dict[str, str], other: dict[str, str]
) -> None:
    file = tmp_path / "news" / "today.md"
    write_article(file, **one)
    with opened(tmp_path, "news") as library:
        library.act("star", [find(library, one["title"]).id])
    file.unlink()
    write_article(file, **other)
    with opened(tmp_path, "news") as library:
        (article,) = library.snapshot
        # The path is the id of what has no address; it alone proves nothing.
        assert library.marks(article.id).starred is None


@pytest.mark.parametrize("first", ["a.md", "z.md"])
def test_two_articles_at_one_address_are_two(tmp_path: Path, first: str) -> None:
    write_article(tmp_path / "news" / "m.md", title="One", url=URL, body=TEXT)
    with opened(tmp_path, "news") as library:
        library.act("star", [find(library, "One").id])
    write_article(tmp_path / "news" / first, title="Another one", url=URL, body="Quite different.")
    for _ in range(2):
        with opened(tmp_path, "news") as library:
            assert starred(library) == {"One"}
            library.act("star", [find(library, "Another one").id])
            assert starred(library) == {"One", "Another one"}
            library.act("unstar", [find(library, "Another one").id])
            assert starred(library) == {"One"}


def test_two_files_of_one_article_share_their_marks(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        write_article(tmp_path / "news" / name, title="One", url=URL, body=TEXT)
        write_article(tmp_path / "news" / f"bare-{name}", title="Bare", body=TEXT)
    with opened(tmp_path, "news") as library:
        for title in ("One", "Bare"):
            first, second = (each.id for each in library.snapshot if each.title == title)
            record = library.act("star", [second])
            assert record is not None
            assert library.marks(first).starred
            assert library.answer("is:starred", now=NOW).view.position(first) is not None


def test_what_is_met_first_is_noted_once(tmp_path: Path) -> None:
    write_article(tmp_path / "news" / "a.md", title="One", url=URL)
    with opened(tmp_path, "news") as library:
        assert library.book is not None
        (article,) = library.snapshot
        library.book.see([article.id])
        first = library.marks(article.id).seen
        assert first
        library.book.keep()
        library.book.see([article.id])
        assert library.book.pending == 0
        assert library.undo() is None
    with opened(tmp_path, "news") as library:
        assert library.marks(article.id).seen == first
