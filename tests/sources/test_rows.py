"""The row of an article: what lists, filters and searches need of it."""

from __future__ import annotations

from datetime import UTC, datetime

from newsreader.model import Article, Image, Provider, Related
from newsreader.model.row import Row
from newsreader.model.table import Flag
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
