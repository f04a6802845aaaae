"""The links of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newsreader.text.blocks import Block, Spans

MOST_LINKS = 1_000
_MOST_TEXT = 2_000_000
"""Links that are listed, and characters in which they are looked for."""


class Target(NamedTuple):
    """Where a link leads, and the text it is on."""

    text: str
    url: str


def links_in(body: str, *, is_html: bool) -> list[Target]:
    """The links and pictures of *body*, each address once, of the first :data:`MOST_LINKS`."""
    found: dict[str, Target] = {}
    for blocks in _pieces(body[:_MOST_TEXT], is_html=is_html):
        for target in _targets(blocks):
            if target.url and not target.url.startswith("#"):
                found.setdefault(target.url, target)
        if len(found) >= MOST_LINKS:
            break
    return list(found.values())[:MOST_LINKS]


def _pieces(body: str, *, is_html: bool) -> Iterator[Iterable[Block]]:
    """The blocks of *body*, piece by piece."""
    from newsreader.text import html, markdown
    from newsreader.text.chunks import Kind, markdown_chunks
    from newsreader.text.html_chunks import html_chunks

    if is_html:
        for chunk in html_chunks(body):
            if chunk.kind is Kind.HTML:
                yield html.parse(chunk.text)
        return
    references = markdown.references_of(body)
    for chunk in markdown_chunks(body):
        if chunk.kind is Kind.MARKDOWN:
            yield markdown.parse(chunk.text, references)


def _targets(blocks: Iterable[Block]) -> Iterator[Target]:
    from newsreader.text import blocks as kinds

    for block in blocks:
        match block:
            case kinds.Paragraph(spans) | kinds.Heading(_, spans) | kinds.Caption(spans, _):
                yield from _in_line(spans)
            case kinds.ListItem(_, _, inner) | kinds.Quote(inner):
                yield from _targets(inner)
            case kinds.Definition(term, inner):
                yield from _in_line(term)
                yield from _targets(inner)
            case kinds.Table(header, rows, _):
                for row in (header, *rows):
                    for cell in row:
                        yield from _in_line(cell)
            case kinds.Figure(alt, url, title, link):
                yield Target(alt or title or "image", link or url)
            case _:
                pass


def _in_line(spans: Spans) -> Iterator[Target]:
    """The links in *spans*; one that changes its style on the way is one link."""
    text, url = "", ""
    for span in spans:
        if span.url != url:
            if url:
                yield Target(text, url)
            text, url = "", span.url
        text += span.text
    if url:
        yield Target(text, url)
