"""Building a page of blocks from events that may come in any order.

Both parsers drive a :class:`Page`. It never raises: what is closed without having been opened is
ignored, what is left open is closed at the end, what is nested too deep stays where it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from operator import itemgetter

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
    Span,
    Spans,
    Table,
)
from newsreader.text.sanitize import clean_block, clean_line
from newsreader.text.scripts import lowered, raised

MAX_DEPTH = 64
"""Blocks inside blocks. What is nested deeper is kept, but not nested further."""

_SPACES = re.compile(r"[ \t\r\f]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_STYLE = itemgetter(slice(1, None))
"""All of a span but its text."""
_MANY_BREAKS = re.compile(r"\n{3,}")
_HARMFUL = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)


class Style(Enum):
    """What a stretch of text can be, beside a link. The values are fields of Span."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    STRUCK = "struck"
    MARKED = "marked"


class Script(Enum):
    """Where a stretch of text can stand beside the line."""

    RAISED = "raised"
    LOWERED = "lowered"


class Kind(Enum):
    """The blocks that hold other blocks, as long as they are open."""

    ROOT = "root"
    QUOTE = "quote"
    LIST = "list"
    ITEM = "item"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    TABLE_CAPTION = "table caption"
    CAPTION = "caption"
    TERMS = "terms"
    TERM = "term"
    DEFINITION = "definition"
    DETAILS = "details"
    SUMMARY = "summary"


_OF_TABLES = frozenset((Kind.TABLE, Kind.ROW, Kind.CELL))
_MOST_SCRIPTS = 4
"""Scripts inside scripts. What is nested deeper stands where that around it does."""
_MOST_EXPLAINED = 100
"""Characters of what an abbreviation stands for; what is longer is no name."""


@dataclass(slots=True)
class _Frame:
    kind: Kind
    blocks: list[Block] = field(default_factory=list)
    marker: str = ""
    number: int | None = None
    is_header: bool = False
    alignment: Alignment = ""
    alignments: list[Alignment] = field(default_factory=list)
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
        self._scripts: list[tuple[Script, int]] = []
        self._abbreviated = ""
        self._explained: set[str] = set()

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
                marked=on[Style.MARKED] > 0,
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

    def start_script(self, script: Script) -> None:
        """Let the text that follows stand above or below the line."""
        self._scripts.append((script, len(self._runs)))

    def stop_script(self, script: Script) -> None:
        """End what :meth:`start_script` began."""
        if not self._scripts or self._scripts[-1][0] is not script:
            return
        _, start = self._scripts.pop()
        if len(self._scripts) >= _MOST_SCRIPTS:
            return
        runs = self._runs[start:]
        if any(run.text.strip() for run in runs):
            shown = (raised if script is Script.RAISED else lowered)([run.text for run in runs])
            self._runs[start:] = [
                run._replace(text=text) for run, text in zip(runs, shown, strict=True)
            ]

    def abbreviate(self, title: str) -> None:
        """Let what follows be an abbreviation of *title*, until :meth:`explain`."""
        self._abbreviated = clean_line(title).strip()

    def explain(self) -> None:
        """Say what the abbreviation that ends here stands for, the first time."""
        title, self._abbreviated = self._abbreviated, ""
        is_new = title not in self._explained and 0 < len(title) <= _MOST_EXPLAINED
        if is_new and self._code is None and self._runs and self._runs[-1].text != title:
            self._explained.add(title)
            self.text(f" ({title})")

    def plain(self) -> None:
        """End every style and link."""
        self._styles.clear()
        self._scripts.clear()
        self._url = self._abbreviated = ""

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

    def figure(self, alt: str, url: str, title: str = "", size: tuple[int, int] = (0, 0)) -> None:
        """Add a picture below the current paragraph, unless there is nothing to say of it."""
        alt, url = clean_line(alt), _address(url)
        if alt or url:
            self._figures.append(Figure(alt, url, clean_line(title), self._url, *size))

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
        self._scripts.clear()
        if self._figures:
            blocks.extend(self._figures)
            self._figures = []

    def add(self, block: Block) -> None:
        """Add a finished block after the current paragraph. Its texts must be safe."""
        self.end_paragraph()
        self._stack[-1].blocks.append(block)

    # Blocks that hold blocks

    def open(
        self,
        kind: Kind,
        *,
        number: int | None = None,
        is_header: bool = False,
        alignment: Alignment = "",
    ) -> None:
        """Open a block. *number* is the first of an ordered list, or the item's own."""
        self.end_paragraph()
        for before, limit in _ENDS.get(kind, ()):
            self._close_before(before, limit)
        if kind is Kind.CELL and self._find(Kind.ROW, Kind.TABLE) is None:
            self.open(Kind.ROW)
        if kind in (Kind.ROW, Kind.CELL) and self._find(Kind.TABLE) is None:
            return
        if len(self._stack) > MAX_DEPTH:
            self._too_deep[kind] += 1
            return
        frame = _Frame(kind, number=number, is_header=is_header, alignment=alignment)
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
        elif frame.kind in _OF_TABLES:
            _put_in_table(frame, parent)
        elif frame.kind in _OF_SPANS:
            _put_spans(frame, parent)
        elif frame.kind is Kind.DEFINITION:
            _put_definition(frame.blocks, parent)
        elif frame.kind is Kind.DETAILS and _is_term(frame.blocks):
            parent.blocks.append(frame.blocks[0])
            _put_definition(frame.blocks[1:], parent)
        else:
            parent.blocks.extend(frame.blocks)


_ENDS = {
    Kind.ITEM: ((Kind.ITEM, Kind.LIST),),
    Kind.ROW: ((Kind.TABLE_CAPTION, Kind.TABLE), (Kind.ROW, Kind.TABLE)),
    Kind.CELL: ((Kind.TABLE_CAPTION, Kind.TABLE), (Kind.CELL, Kind.TABLE)),
    Kind.TERM: ((Kind.TERM, Kind.TERMS), (Kind.DEFINITION, Kind.TERMS)),
    Kind.DEFINITION: ((Kind.TERM, Kind.TERMS), (Kind.DEFINITION, Kind.TERMS)),
}
"""What ends where a block begins, unless it is beyond another one."""
_OF_SPANS = frozenset((Kind.TERM, Kind.SUMMARY, Kind.CAPTION, Kind.TABLE_CAPTION))


def _put_in_table(frame: _Frame, parent: _Frame) -> None:
    if frame.kind is Kind.CELL:
        parent.cells.append(tuple(frame.blocks))
        parent.alignments.append(frame.alignment)
        parent.is_header = parent.is_header or frame.is_header
        if not frame.is_header:
            parent.number = 0  # a row with an ordinary cell is no header row
        return
    parent.blocks.extend(frame.blocks)
    if frame.kind is Kind.TABLE:
        parent.blocks.extend(_table(frame))
        return
    known = parent.alignments
    known.extend([""] * (len(frame.alignments) - len(known)))
    for column, alignment in enumerate(frame.alignments):
        known[column] = known[column] or alignment
    is_header = frame.is_header and frame.number is None
    if is_header and not parent.header and not parent.rows:
        parent.header = frame.cells
    elif frame.cells:
        parent.rows.append(frame.cells)


def _put_spans(frame: _Frame, parent: _Frame) -> None:
    """Put a block that is one text; what was in it beside text comes after it."""
    spans = _spans_of(frame.blocks)
    if spans and frame.kind in (Kind.TERM, Kind.SUMMARY):
        parent.blocks.append(Definition(spans, ()))
    elif spans:
        parent.blocks.append(Caption(spans, is_above=frame.kind is Kind.TABLE_CAPTION))
    parent.blocks.extend(
        block for block in frame.blocks if not isinstance(block, Paragraph | Heading)
    )


def _put_definition(blocks: list[Block], parent: _Frame) -> None:
    if not blocks:
        return
    term: Spans = ()
    if _is_term(parent.blocks[-1:]):
        term = _terms(parent.blocks.pop())
    parent.blocks.append(Definition(term, tuple(blocks)))


def _is_term(blocks: list[Block]) -> bool:
    """Whether *blocks* begin with a term of which it was not said yet what it means."""
    return bool(blocks) and isinstance(blocks[0], Definition) and not blocks[0].blocks


def _terms(block: Block) -> Spans:
    return block.term if isinstance(block, Definition) else ()


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
    header = tuple(map(_spans_of, frame.header))
    alignments = tuple(frame.alignments) if any(frame.alignments) else ()
    return [Table(header, tuple(tuple(map(_spans_of, row)) for row in frame.rows), alignments)]


def _spans_of(blocks: Iterable[Block]) -> Spans:
    """The texts of *blocks*, each on a line of its own."""
    spans: list[Span] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            if spans:
                spans.append(Span("\n"))
            spans.extend(block.spans)
    return tuple(spans)


def tidy(runs: Iterable[Span]) -> Spans:
    """*runs* made safe, neighbours of one style joined, spaces that nobody would see dropped."""
    spans: list[Span] = []
    last = "\n"
    for _, same in groupby(runs, key=_STYLE):
        style, *more = same
        text = clean_block("".join((style.text, *(run.text for run in more))))
        if not style.code:
            text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text))
            if last in " \n":
                text = text.lstrip(" ")
            text = _MANY_BREAKS.sub("\n\n", text)
            if not spans:
                text = text.lstrip("\n")
        if text:
            spans.append(style._replace(text=text))
            last = text[-1]
    while spans:
        text = spans[-1].text.rstrip(" \n")
        if text:
            spans[-1] = spans[-1]._replace(text=text)
            break
        spans.pop()
    return tuple(spans)


def _address(url: str) -> str:
    url = "".join(clean_line(url).split())
    if _HARMFUL.match(url):
        return ""
    return f"https:{url}" if url.startswith("//") else url
