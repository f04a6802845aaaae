"""A long HTML text in pieces that can each be parsed alone, found one after the other.

Each piece begins with the lists, quotes and tables that are open where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsreader.text.chunks import Chunk, Kind, code_chunks
from newsreader.text.clusters import boundary
from newsreader.text.html import UNSEEN

_WANTED = 1_200
_LIMIT = 6_000
_DENSE_LIMIT = 1_600
_MANY_TAGS = 100
_HOLDERS = ("ul", "ol", "menu", "blockquote", "table")
_BLOCKS = ("p", "div", "section", "article", "h[1-6]", "hr", "li", "tr", "br", "dt", "dd")
_TAG = re.compile(
    rf"<(?:(!--)|(/?)(?:({'|'.join(_HOLDERS)})|({'|'.join(sorted(UNSEEN))})|(pre)"
    rf"|{'|'.join(_BLOCKS)})(?=[\s/>])[^<>]*+>?+)",
    re.IGNORECASE,
)
_CELL = re.compile(r"<t[dh](?=[\s>])", re.IGNORECASE)
_NESTING = 16


def html_chunks(text: str) -> Iterator[Chunk]:
    """The pieces of an HTML *text*, in order."""
    start = position = 0
    around: list[str] = []
    table = _Table()
    opened: tuple[str, ...] = ()
    looked_at, limit = -1, 0
    while start < len(text):
        if start != looked_at:
            is_dense = text.count("<", start, start + _LIMIT) > _MANY_TAGS
            looked_at, limit = start, start + (_DENSE_LIMIT if is_dense else _LIMIT)
        found = _TAG.search(text, position, limit)
        if found is None:
            end = _forced(text, max(start, position), limit)
            piece = _piece(text, start, end, opened)
            if around[-1:] == ["table"]:
                # A row that is wider than any page: what is not seen of it is only counted.
                following = _TAG.search(text, end)
                end = following.start() if following else len(text)
                table.columns = max(table.columns, _cells(text, start, end))
            yield table.mark(piece._replace(end=end), opened, around)
            start = position = end
            opened = tuple(around)
            continue
        if found.start() - start >= _WANTED:
            yield table.mark(_piece(text, start, found.start(), opened), opened, around)
            start = position = found.start()
            opened = tuple(around)
        skipped = _unseen_end(text, found)
        if skipped is not None and skipped - found.start() > _LIMIT // 2:
            # Too long to be looked through for nothing.
            if found.start() > start:
                yield table.mark(_piece(text, start, found.start(), opened), opened, around)
            if found[5]:
                body = found.end()
                yield from code_chunks(text, body, max(body, skipped - len("</pre>")))
            start = position = skipped
            opened = tuple(around)
            continue
        position = skipped if skipped is not None else found.end()
        _follow(around, found)


class _Table:
    """What the pieces of a long table must know of it: how it began, and how wide it was."""

    def __init__(self) -> None:
        self.head = ""
        self.columns = 0

    def mark(self, piece: Chunk, opened: tuple[str, ...], around: list[str]) -> Chunk:
        """*piece* with what it must know, when it begins or goes on with a table."""
        is_inside = around[-1:] == ["table"]
        if opened[-1:] == ("table",) and self.head:
            piece = piece._replace(
                head=self.head, columns=0 if is_inside else self.columns, ends=not is_inside
            )
        elif is_inside:
            self.head = piece.text
            piece = piece._replace(ends=False)
        if not is_inside:
            self.head, self.columns = "", 0
        return piece


def _cells(text: str, start: int, end: int) -> int:
    """The cells of the longest row of ``text[start:end]``."""
    last = max(text.rfind("<tr", start, end), start)
    return sum(1 for _ in _CELL.finditer(text, last, end))


def _forced(text: str, least: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    # A tag is not cut, if it is one.
    tag = text.rfind("<", max(least, end - 300), end)
    if tag > least and text.find(">", tag, end) < 0:
        return tag
    words = text[max(least, end - 1000) : end].rsplit(None, 1)
    if len(words) == 2:
        return end - len(words[1])
    return boundary(text, max(end, least))


def _piece(text: str, start: int, end: int, opened: tuple[str, ...]) -> Chunk:
    before = "".join(f"<{name}>" for name in opened)
    is_inside = bool(opened) and opened[-1] != "blockquote"
    return Chunk(before + text[start:end], Kind.HTML, is_inside, end=end)


def _unseen_end(text: str, tag: re.Match[str]) -> int | None:
    """Where the comment, script or preformatted text that *tag* begins ends, if it does."""
    if tag[1]:
        end = text.find("-->", tag.end())
        return None if end < 0 else end + 3
    name = tag[4] or tag[5]
    if not name or tag[2]:
        return None
    end = text.find(f"</{name}", tag.end())
    if end < 0:
        return None
    closing = text.find(">", end)
    return len(text) if closing < 0 else closing + 1


def _follow(around: list[str], tag: re.Match[str]) -> None:
    name = (tag[3] or "").lower()
    if not name:
        return
    if not tag[2]:
        if len(around) < _NESTING:
            around.append(name)
    elif name in around:
        while around.pop() != name:
            pass
