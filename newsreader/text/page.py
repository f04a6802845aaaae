"""Building a page of blocks from events that may come in any order.

Both parsers drive a :class:`Page`. It never raises: what is closed without having been opened is
ignored, what is left open is closed at the end, what is nested too deep stays where it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from newsreader.text.blocks import (
    BULLET,
    Block,
    Code,
    Figure,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
)
from newsreader.text.sanitize import clean_block, clean_line

MAX_DEPTH = 64
"""Blocks inside blocks. What is nested deeper is kept, but not nested further."""

_SPACES = re.compile(r"[ \t\r\f]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")
_HARMFUL = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)


class Style(Enum):
    """What a stretch of text can be, beside a link. The values are fields of Span."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    STRUCK = "struck"


class Kind(Enum):
    """The blocks that hold other blocks, as long as they are open."""

    ROOT = "root"
    QUOTE = "quote"
    LIST = "list"
    ITEM = "item"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"


_OF_TABLES = frozenset((Kind.TABLE, Kind.ROW, Kind.CELL))


@dataclass(slots=True)
class _Frame:
    kind: Kind
    blocks: list[Block] = field(default_factory=list)
    marker: str = ""
    number: int | None = None
    is_header: bool = False
    cells: list[tuple[Block, ...]] = field(default_factory=list)
    header: list[tuple[Block, ...]] = field(default_factory=list)
    rows: list[list[tuple[Block, ...]]] = field(default_factory=list)


class Page:
    """A page in the making. All text that comes in is made safe here."""

    def __init__(self) -> None:
        self._stack = [_Frame(Kind.ROOT)]
        self._too_deep: Counter[Kind] = Counter()
        self._styles: Counter[Style] = Counter()
        self._url = ""
        self._runs: list[Span] = []
        self._figures: list[Figure] = []
        self._level = 0
        self._code: list[str] | None = None
        self._language = ""

    # Text and its style

    def text(self, text: str) -> None:
        """Add text in the current style. Runs of spaces count as one, but in code."""
        if not text:
            return
        if self._code is not None:
            self._code.append(text)
            return
        on = self._styles
        self._runs.append(
            Span(
                text,
                emphasis=on[Style.EMPHASIS] > 0,
                strong=on[Style.STRONG] > 0,
                code=on[Style.CODE] > 0,
                struck=on[Style.STRUCK] > 0,
                url=self._url,
            )
        )

    def start(self, style: Style) -> None:
        """Begin a style. Styles may overlap."""
        self._styles[style] += 1

    def stop(self, style: Style) -> None:
        """End what :meth:`start` began."""
        if self._styles[style]:
            self._styles[style] -= 1

    def link(self, url: str) -> None:
        """Let the text that follows lead to *url*; an empty one ends the link."""
        self._url = _address(url)

    def plain(self) -> None:
        """End every style and link."""
        self._styles.clear()
        self._url = ""

    # Leaves

    def heading(self, level: int) -> None:
        """End the current paragraph and make the next one a heading."""
        self.end_paragraph()
        self._level = min(max(level, 1), 6)

    def preformatted(self, language: str = "") -> None:
        """End the current paragraph; what follows is code until :meth:`end_paragraph`."""
        if self._code is None:
            self.end_paragraph()
            self._code = []
        self._language = self._language or language

    @property
    def is_preformatted(self) -> bool:
        """Whether spaces and line breaks count at present."""
        return self._code is not None

    def figure(self, alt: str, url: str, title: str = "") -> None:
        """Add a picture below the current paragraph, unless there is nothing to say of it."""
        alt, url = clean_line(alt), _address(url)
        if alt or url:
            self._figures.append(Figure(alt, url, clean_line(title), self._url))

    def end_paragraph(self) -> None:
        """End the paragraph, heading or code that is open, if any."""
        blocks = self._stack[-1].blocks
        if self._code is not None:
            text = clean_block("".join(self._code)).strip("\n")
            if text.strip():
                blocks.append(Code(text, clean_line(self._language)))
        elif self._runs:
            spans = tidy(self._runs)
            if spans:
                blocks.append(Heading(self._level, spans) if self._level else Paragraph(spans))
        self._runs, self._level, self._code, self._language = [], 0, None, ""
        if self._figures:
            blocks.extend(self._figures)
            self._figures = []

    def add(self, block: Block) -> None:
        """Add a finished block after the current paragraph. Its texts must be safe."""
        self.end_paragraph()
        self._stack[-1].blocks.append(block)

    # Blocks that hold blocks

    def open(self, kind: Kind, *, number: int | None = None, is_header: bool = False) -> None:
        """Open a block. *number* is the first of an ordered list, or the item's own."""
        self.end_paragraph()
        if kind is Kind.ITEM:
            self._close_before(Kind.ITEM, Kind.LIST)
        elif kind is Kind.ROW:
            self._close_before(Kind.ROW, Kind.TABLE)
        elif kind is Kind.CELL:
            self._close_before(Kind.CELL, Kind.TABLE)
            if self._find(Kind.ROW, Kind.TABLE) is None:
                self.open(Kind.ROW)
        if kind in (Kind.ROW, Kind.CELL) and self._find(Kind.TABLE) is None:
            return
        if len(self._stack) > MAX_DEPTH:
            self._too_deep[kind] += 1
            return
        frame = _Frame(kind, number=number, is_header=is_header)
        if kind is Kind.ITEM:
            frame.marker = self._next_marker(number)
        self._stack.append(frame)

    def close(self, kind: Kind) -> None:
        """Close the nearest open block of *kind* with all that is open inside it, if any."""
        self.end_paragraph()
        if self._too_deep[kind]:
            self._too_deep[kind] -= 1
            return
        position = self._find(kind)
        if position is not None:
            self._unwind(position)

    def mark_item(self, marker: str) -> bool:
        """Give an item that has just been opened another marker; whether there was one."""
        frame = self._stack[-1]
        if frame.kind is not Kind.ITEM or frame.blocks or self._runs:
            return False
        frame.marker = marker
        return True

    def finish(self) -> tuple[Block, ...]:
        """The page, with everything closed."""
        self.end_paragraph()
        self._unwind(1)
        return tuple(self._stack[0].blocks)

    def _find(self, kind: Kind, limit: Kind | None = None) -> int | None:
        # A stray end tag inside a table must not tear the table down.
        for position in range(len(self._stack) - 1, 0, -1):
            found = self._stack[position].kind
            if found is kind:
                return position
            if found is limit or (found is Kind.CELL and kind not in _OF_TABLES):
                return None
        return None

    def _close_before(self, kind: Kind, limit: Kind) -> None:
        position = self._find(kind, limit)
        if position is not None:
            self._unwind(position)

    def _next_marker(self, number: int | None) -> str:
        position = self._find(Kind.LIST)
        if position is None:
            return BULLET
        around = self._stack[position]
        if around.number is None:
            return BULLET
        if number is None:
            number = around.number
        around.number = number + 1
        return f"{number}."

    def _unwind(self, position: int) -> None:
        while len(self._stack) > position:
            frame = self._stack.pop()
            self._put(frame, self._stack[-1])

    def _put(self, frame: _Frame, parent: _Frame) -> None:
        if frame.kind is Kind.QUOTE:
            if frame.blocks:
                parent.blocks.append(Quote(tuple(frame.blocks)))
        elif frame.kind is Kind.ITEM:
            depth = sum(outer.kind is Kind.ITEM for outer in self._stack)
            parent.blocks.append(ListItem(depth, frame.marker, tuple(frame.blocks)))
        elif frame.kind is Kind.CELL:
            parent.cells.append(tuple(frame.blocks))
            parent.is_header = parent.is_header or frame.is_header
            if not frame.is_header:
                parent.number = 0  # a row with an ordinary cell is no header row
        elif frame.kind is Kind.ROW:
            parent.blocks.extend(frame.blocks)
            is_header = frame.is_header and frame.number is None
            if is_header and not parent.header and not parent.rows:
                parent.header = frame.cells
            elif frame.cells:
                parent.rows.append(frame.cells)
        elif frame.kind is Kind.TABLE:
            parent.blocks.extend(frame.blocks)
            parent.blocks.extend(_table(frame))
        else:
            parent.blocks.extend(frame.blocks)


def _table(frame: _Frame) -> list[Block]:
    rows = [frame.header, *frame.rows] if frame.header else frame.rows
    cells = [cell for row in rows for cell in row]
    is_data = max((len(row) for row in rows), default=0) > 1 and all(
        isinstance(block, Paragraph) for cell in cells for block in cell
    )
    if not is_data:  # a table for layout, as newsletters are made of
        return [block for cell in cells for block in cell]
    if not any(cells):
        return []
    header = tuple(_cell(cell) for cell in frame.header)
    return [Table(header, tuple(tuple(_cell(cell) for cell in row) for row in frame.rows))]


def _cell(blocks: Iterable[Block]) -> Spans:
    spans: list[Span] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if spans:
                spans.append(Span("\n"))
            spans.extend(block.spans)
    return tuple(spans)


def tidy(runs: Iterable[Span]) -> Spans:
    """*runs* made safe, neighbours of one style joined, spaces that nobody would see dropped."""
    spans: list[Span] = []
    last = "\n"
    for style, text in _joined(runs):
        text = clean_block(text)
        if not style.code:
            text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text))
            if last in " \n":
                text = text.lstrip(" ")
            text = _MANY_BREAKS.sub("\n\n", text)
            if not spans:
                text = text.lstrip("\n")
        if text:
            spans.append(replace(style, text=text))
            last = text[-1]
    while spans:
        text = spans[-1].text.rstrip(" \n")
        if text:
            spans[-1] = replace(spans[-1], text=text)
            break
        spans.pop()
    return tuple(spans)


def _joined(runs: Iterable[Span]) -> Iterable[tuple[Span, str]]:
    style, parts = Span(""), [""]
    for run in runs:
        if replace(run, text="") == style:
            parts.append(run.text)
            continue
        yield style, "".join(parts)
        style, parts = replace(run, text=""), [run.text]
    yield style, "".join(parts)


def _address(url: str) -> str:
    url = "".join(clean_line(url).split())
    if _HARMFUL.match(url):
        return ""
    return f"https:{url}" if url.startswith("//") else url
