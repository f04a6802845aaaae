"""Articles as pages of HTML that load and run nothing, and are well-formed XML as well.

Whatever an article holds is escaped; of addresses only those that may be opened become links.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from itertools import groupby

from newsreader.model import Article, Piece, UnsafeUrlError
from newsreader.text import dates
from newsreader.text.blocks import (
    BULLET,
    Alignment,
    Block,
    Caption,
    Code,
    Definition,
    Figure,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from newsreader.text.bodies import blocks_of
from newsreader.text.counted import counted
from newsreader.text.urls import openable

STYLE = """\
body { max-width: 38em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.55 Georgia, serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; }
.facts, .addresses, figcaption, time { color: #666; font-size: .85em; }
.lead { font-style: italic; }
pre { overflow-x: auto; padding: .6em; border: 1px solid #ccc; font-size: .85em; }
blockquote { margin-left: 0; padding-left: 1em; border-left: 3px solid #ccc; }
table { border-collapse: collapse; }
td, th { border: 1px solid #ccc; padding: .2em .5em; text-align: left; }
.center { text-align: center; }
.right { text-align: right; }
article + article { border-top: 1px solid #ccc; margin-top: 3em; }
"""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def page(title: str, inside: str) -> str:
    """A page that needs nothing but itself. *inside* is HTML."""
    return (
        '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        '<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}"/>\n'
        '<meta name="referrer" content="no-referrer"/>\n'
        '<meta name="viewport" content="width=device-width"/>\n'
        f"<title>{text(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{inside}\n</body>\n</html>\n"
    )


@cache
def _policy() -> str:
    from hashlib import sha256

    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def text(foreign: str) -> str:
    """*foreign* text as the text of an element or the value of an attribute."""
    return escape(_NOT_XML.sub("\ufffd", foreign))


def link(url: str, inside: str) -> str:
    """*inside*, which is HTML, leading to *url* if that may be opened."""
    try:
        target = openable(url)
    except UnsafeUrlError:
        return inside
    return f'<a href="{text(target)}" rel="noreferrer">{inside}</a>'


def article_page(pieces: Iterable[Piece]) -> str:
    """A page of one article, or of several one after another."""
    some = list(pieces)
    title = some[0].headline if len(some) == 1 else counted(len(some), "article")
    return page(title, "\n".join(map(article_element, some)))


def index_page(entries: Iterable[str]) -> str:
    """A page of :func:`entry` for each of other pages."""
    items = list(entries)
    title = counted(len(items), "article")
    return page(title, f"<h1>{title}</h1>\n<ul>\n{''.join(items)}</ul>")


def entry(piece: Piece, name: str) -> str:
    """An item that leads to the page of *piece*, which is in the file *name* beside it."""
    return f'<li><a href="{text(name)}">{text(piece.headline)}</a> {_from(piece)}</li>\n'


def article_element(piece: Piece) -> str:
    """One article, or related story, as an element."""
    parts = [f"<h1>{link(piece.url, text(piece.headline))}</h1>"]
    topics = ", ".join(piece.topics) if isinstance(piece, Article) else ""
    said = " · ".join(filter(None, (_from(piece), text(topics))))
    if said:
        parts.append(f'<p class="facts">{said}</p>')
    if piece.excerpt:
        parts.append(f'<p class="lead">{text(piece.excerpt)}</p>')
    if isinstance(piece, Article):
        parts += _blocks(blocks_of(piece.body, is_html=piece.body_is_html))
        if piece.related:
            items = "".join(
                f"<li>{link(each.url, text(each.headline))} {_from(each)}</li>\n"
                for each in piece.related
            )
            parts.append(f"<h2>Related</h2>\n<ul>\n{items}</ul>")
    links = "<br/>".join(link(each.url, text(each.url)) for each in piece.links)
    if links:
        parts.append(f'<p class="addresses">{links}</p>')
    return "<article>\n{}\n</article>".format("\n".join(parts))


def _from(piece: Piece) -> str:
    name = text(piece.provider.label) if piece.provider else ""
    moment = piece.published_at
    day = f'<time datetime="{dates.iso(moment)}">{dates.day(moment)}</time>' if moment else ""
    return " · ".join(filter(None, (name, day)))


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """The elements of *blocks*. Items and terms that follow each other are one list."""
    for kind, some in groupby(blocks, _list_of):
        if kind:
            yield f"<{kind}>\n{''.join(map(_block, some))}</{kind}>"
        else:
            yield from map(_block, some)


def _list_of(block: Block) -> str:
    if isinstance(block, Definition):
        return "dl"
    if not isinstance(block, ListItem):
        return ""
    return "ol" if block.is_numbered else "ul"


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return f"<p>{_inline(spans)}</p>"
        case Heading(level, spans):
            tag = f"h{min(level + 1, 6)}"
            return f"<{tag}>{_inline(spans)}</{tag}>"
        case ListItem(_, marker, blocks):
            value = f' value="{marker[:-1]}"' if marker[:-1].isdecimal() else ""
            box = "" if block.is_numbered or marker == BULLET else f"{text(marker)} "
            return f"<li{value}>{box}{''.join(_blocks(blocks))}</li>\n"
        case Definition(term, blocks):
            said = f"<dt>{_inline(term)}</dt>" if term else ""
            return f"{said}<dd>{''.join(_blocks(blocks))}</dd>\n"
        case Quote(blocks):
            return "<blockquote>{}</blockquote>".format("\n".join(_blocks(blocks)))
        case Code(code, _):
            return f"<pre><code>{text(code)}</code></pre>"
        case Rule():
            return "<hr/>"
        case Caption(spans, _):
            return f'<p class="facts">{_inline(spans)}</p>'
        case Table(header, rows, alignments):
            lines = [_row(header, "th", alignments)] if header else []
            lines += (_row(row, "td", alignments) for row in rows)
            return f"<table>{''.join(lines)}</table>"
        case Figure(alt, url, title, leads_to):
            shown = link(url, f"Image: {text(alt or title or url)}")
            more = f" ({link(leads_to, text(leads_to))})" if leads_to else ""
            return f"<figure><figcaption>{shown}{more}</figcaption></figure>"


def _row(cells: tuple[Spans, ...], tag: str, alignments: tuple[Alignment, ...]) -> str:
    sides = (f' class="{side}"' if side else "" for side in (*alignments, *[""] * len(cells)))
    made = (
        f"<{tag}{side}>{_inline(cell)}</{tag}>" for cell, side in zip(cells, sides, strict=False)
    )
    return f"<tr>{''.join(made)}</tr>"


def _inline(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    made = text(span.text).replace("\n", "<br/>")
    for is_so, tag in (
        (span.code, "code"),
        (span.struck, "s"),
        (span.marked, "mark"),
        (span.emphasis, "em"),
        (span.strong, "strong"),
    ):
        made = f"<{tag}>{made}</{tag}>" if is_so else made
    return link(span.url, made) if span.url else made
