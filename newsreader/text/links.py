"""The links of a text, and their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from newsreader.text.doubts import doubt_about
from newsreader.text.urls import absolute, plain_host

if TYPE_CHECKING:
    from newsreader.text.blocks import Block, Span, Spans

MOST_LINKS = 1_000
_MOST_TEXT = 2_000_000
"""Links that are listed, and characters in which they are looked for."""
LONGEST = 300
"""Characters of the text and of the address of a link that are shown at most."""
_SIGNS = ("](", "]:", "<")
"""What no text has a link without. Brackets that lead nowhere take long to be read."""
_BEFORE_HOST = re.compile(r"(?:https?://(?:www\.)?|mailto:)", re.IGNORECASE)


class Target(NamedTuple):
    """Where a link leads, and the text it is on, or that of the picture."""

    text: str
    url: str
    is_picture: bool = False


def links_in(body: str, *, is_html: bool) -> list[Target]:
    """The links of *body* and then its pictures, each address once, of the first
    :data:`MOST_LINKS`.
    """
    body = body[:_MOST_TEXT]
    if not any(sign in body for sign in _SIGNS):
        return []
    return _in_order(pieces_of(body, is_html=is_html))


def links_of(blocks: Iterable[Block]) -> list[Target]:
    """The links and pictures of *blocks*, as :func:`links_in` gives them."""
    return _in_order((blocks,))


def _in_order(pieces: Iterable[Iterable[Block]]) -> list[Target]:
    links: dict[str, Target] = {}
    pictures: dict[str, Target] = {}
    for blocks in pieces:
        for target in _targets(blocks):
            if target.url and not target.url.startswith("#"):
                (pictures if target.is_picture else links).setdefault(target.url, target)
        if len(links) >= MOST_LINKS:
            break
    return list((links | pictures | links).values())[:MOST_LINKS]


def numbered(addresses: Iterable[Target], found: Iterable[Target], base: str) -> list[Target]:
    """The *addresses* of an article and those *found* in its text, in the order of their numbers.

    Each address is there once, and as the page at *base* means it.
    """
    targets = {target.url: target for target in addresses}
    for target in found:
        if url := absolute(target.url, base):
            targets.setdefault(url, target._replace(url=url))
    return list(targets.values())


class Numbers:
    """The numbers of *targets*, counted from 1, by what is written in the text of *base*."""

    def __init__(self, targets: Iterable[Target], base: str) -> None:
        self._base = base
        self._numbers = {
            target.url: number for number, target in enumerate(targets, 1) if not target.is_picture
        }

    def add_to(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """*blocks* with the number of each link after its text."""
        return tuple(map(self._block, blocks)) if self._numbers else tuple(blocks)

    def _block(self, block: Block) -> Block:
        from newsreader.text import blocks as kinds

        match block:
            case kinds.Paragraph(spans) | kinds.Heading(_, spans) | kinds.Caption(spans, _):
                return replace(block, spans=self._spans(spans))
            case kinds.ListItem(_, _, inner) | kinds.Quote(inner):
                return replace(block, blocks=self.add_to(inner))
            case kinds.Definition(term, inner):
                return kinds.Definition(self._spans(term), self.add_to(inner))
            case kinds.Table(header, rows, _):
                return replace(block, header=self._row(header), rows=tuple(map(self._row, rows)))
            case _:
                return block

    def _row(self, cells: tuple[Spans, ...]) -> tuple[Spans, ...]:
        return tuple(map(self._spans, cells))

    def _spans(self, spans: Spans) -> Spans:
        if not any(span.url for span in spans):
            return spans
        shown: list[Span] = []
        for url, of_link in groupby(spans, key=lambda span: span.url):
            parts = list(of_link)
            number = self._numbers.get(absolute(url, self._base))
            if number is not None and not _is_address("".join(part.text for part in parts), url):
                last = parts.pop()
                text = last.text.rstrip()
                sign = last._replace(text=f"[{number}]", aside=True)
                rest = last._replace(text=last.text[len(text) :])
                parts += (last._replace(text=text), sign, rest)
            shown.extend(part for part in parts if part.text)
        return tuple(shown)


def _is_address(text: str, url: str) -> bool:
    """Whether *text* is the address itself, which then needs no number to be found by."""
    return _bare(text) == _bare(url)


def _bare(address: str) -> str:
    return _BEFORE_HOST.sub("", address.strip()).rstrip("/")


class Plainly(NamedTuple):
    """A link as it is listed: its text, its host, and why it is not plain where it leads.

    ``is_address`` says that the text is the address itself.
    """

    text: str
    where: str
    doubt: str
    is_address: bool


def plainly(target: Target) -> Plainly:
    """How *target* is listed."""
    text = " ".join(target.text.split())[:LONGEST]
    where = plain_host(target.url) or target.url[:LONGEST]
    doubt = doubt_about(target.url, target.text)
    return Plainly(text or where, where, doubt, _is_address(target.text, target.url))


def pieces_of(body: str, *, is_html: bool) -> Iterator[Iterable[Block]]:
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

    for block in kinds.each_of(blocks):
        match block:
            case kinds.Paragraph(spans) | kinds.Heading(_, spans) | kinds.Caption(spans, _):
                yield from _in_line(spans)
            case kinds.Definition(term, _):
                yield from _in_line(term)
            case kinds.Table(header, rows, _):
                for row in (header, *rows):
                    for cell in row:
                        yield from _in_line(cell)
            case kinds.Figure(alt, url, title, link):
                yield Target(alt or title or "image", link or url, is_picture=True)
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
