"""The row of an article: what lists, filters and searches need of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from newsreader.model import Article, Image, Provider, Related
from newsreader.model.row import Row
from newsreader.model.table import Flag
from newsreader.sources.article import read_article
from newsreader.sources.reading import read_with_status
from newsreader.sources.row_reading import read_row
from newsreader.sources.rows import row_of
from newsreader.text.urls import address_key


def test_a_row_has_all_that_is_listed_and_searched() -> None:
    article = Article(
        id="1",
        source="news",
        path="news/a.md",
        title="Über\nall",
        excerpt="Two\nlines",
        published_at=datetime(2020, 7, 1, 12, 9, tzinfo=UTC),
        original_url="http://Example.com/a/?utm_source=x",
        amp_url="https://amp.example.com/a",
        quality=89,
        is_published=False,
        secured="x",
        body="Body",
        provider=Provider(name="CNET", domain="cnet.com"),
        topics=("AI", ""),
        images=(Image(),),
        related=(Related(title="Café", web_url="https://x.org/1"), Related()),
        category="news",
        type="article",
    )
    row = row_of(article)
    assert row._replace(names=()) == Row(
        id="1",
        source="news",
        path="news/a.md",
        title="Über\nall",
        excerpt="Two\nlines",
        published=1593605340,
        quality=89,
        related=2,
        images=1,
        flags=Flag.UNPUBLISHED | Flag.SECURED | Flag.BODY | Flag.AMP,
        category="news",
        type="article",
        provider="CNET",
        domain="cnet.com",
        topics=("AI", ""),
        addresses=(
            address_key("https://example.com/a"),
            address_key("https://amp.example.com/a"),
        ),
        related_addresses=(address_key("https://x.org/1"),),
        key="https://example.com/a",
        text="uber all\ntwo lines\nbody\nai\ncnet\ncnet.com\ncafe",
    )
    assert row.names


def test_an_empty_article_has_an_empty_line_for_each_text() -> None:
    row = row_of(Article(path="/news/a.md"))
    assert (row.title, row.key, row.text) == ("a.md", "/news/a.md", "a.md\n\n")


def test_a_file_is_read_to_its_row_with_its_status(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    contents: set[int] = set()
    for text in ("---\ntitle: A\n---\nBody", "---\ntitle: A\ndate: some day\n---\n", "+++\nx"):
        path.write_text(text)
        article, issues = read_article(path, source=str(tmp_path), name="a.md")
        reading = read_row(path, source=str(tmp_path), name="a.md")
        assert (reading.row is None) is (article is None)
        if reading.row is not None and article is not None:
            expected = row_of(article)._replace(file=str(path), content=reading.row.content)
            assert reading.row == expected
            contents.add(reading.row.content)
        assert reading.issues == issues
        status = path.stat()
        assert reading.status == (status.st_size, status.st_mtime_ns, status.st_ino)
        assert read_with_status(path) == (text.encode(), reading.status)
    assert len(contents) == 2


def test_a_file_that_cannot_be_read_has_neither_row_nor_status(tmp_path: Path) -> None:
    reading = read_row(tmp_path / "no.md")
    assert (reading.row, reading.status) == (None, None)
    assert reading.issues == read_article(tmp_path / "no.md").issues
