"""A long text of a page, piece by piece: what is taken of it, and what each piece looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial

from newsreader.text.blocks import Block, Code, Table
from newsreader.text.chunks import Chunk, Kind, markdown_chunks, plain_chunks
from newsreader.text.html_chunks import html_chunks
from newsreader.text.markdown import References, references_of
from newsreader.ui.blocks_layout import column_widths, lay_out, lay_out_table
from newsreader.ui.cells import Line, wrap
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.page_parts import Drawn, Part, Rest

_AT_ONCE = 6
_PITCH = 0.92
"""How full a line of running text is."""


class Source:
    """A long text, and those of its pieces that were found so far. It knows of no width."""

    def __init__(self, text: str, kind: Kind) -> None:
        self.text = text
        self.kind = kind
        self.chunks: list[Chunk] = []
        self.is_over = False
        self._more = self._pieces()
        self._heads: dict[tuple[str, int], list[int]] = {}

    def _pieces(self) -> Iterator[Chunk]:
        if self.kind is Kind.HTML:
            return html_chunks(self.text)
        return (markdown_chunks if self.kind is Kind.MARKDOWN else plain_chunks)(self.text)

    def take(self) -> list[Chunk]:
        """The next few pieces; none at the end."""
        found: list[Chunk] = []
        while len(found) < _AT_ONCE and not self.is_over:
            chunk = next(self._more, None)
            if chunk is None:
                self.is_over = True
            else:
                found.append(chunk)
        self.chunks.extend(found)
        return found

    @property
    def left(self) -> int:
        """How many characters no piece was made of yet."""
        if self.is_over:
            return 0
        return len(self.text) - (self.chunks[-1].end if self.chunks else 0)

    @cached_property
    def references(self) -> References:
        """The addresses that the whole text gives for its links."""
        return references_of(self.text)

    def widths(self, head: str, width: int) -> list[int]:
        """The widths of the columns of the table that begins with *head*."""
        found = self._heads.get((head, width))
        if found is None:
            blocks = _read(Chunk(head, self.kind), self)
            tables = [block for block in blocks if isinstance(block, Table)]
            found = column_widths(tables[-1], width) if tables else []
            # What is further down may be wider.
            spare = (width - sum(found) - 2 * len(found)) // max(1, len(found))
            found = [size + max(0, min(spare, size // 2 + 4)) for size in found]
            self._heads[head, width] = found
        return found


def body_parts(
    source: Source,
    name: str,
    measure: int,
    margin: str,
    glyphs: Glyphs,
    complete: Callable[[list[Line]], list[Line]] = list,
) -> list[Part]:
    """The parts of *source* for lines of *measure* cells: those found so far, and the rest.

    *complete* puts into the lines of each what comes from elsewhere.
    """

    def part(number: int, chunk: Chunk) -> Part:
        make = partial(_drawn, chunk, source, measure, margin, glyphs, is_first=not number)
        guess = _guess(chunk, measure)
        return Part(lambda: Drawn(complete(make().lines)), guess, name=f"{name} {number}")

    def take() -> list[Part]:
        first = len(source.chunks)
        return [part(number, chunk) for number, chunk in enumerate(source.take(), first)]

    def guess() -> int:
        return int(source.left / (measure * _PITCH))

    if not source.chunks:
        source.take()
    parts = [part(number, chunk) for number, chunk in enumerate(source.chunks)]
    if not source.is_over:
        parts.append(Rest(_nothing, max(1, guess()), name=name, take=take, guess=guess))
    return parts


def _nothing() -> Drawn:
    """What a rest looks like."""
    return Drawn([])


def _guess(chunk: Chunk, measure: int) -> int:
    text = chunk.text
    breaks = text.count("\n")
    running = int(len(text) / (measure * _PITCH)) + 1
    gap = not chunk.continues
    if chunk.kind is Kind.CODE or chunk.head or chunk.columns or not chunk.ends:
        return breaks + 1 + gap
    if text.lstrip()[:1] in "-+*|>":
        return max(running, breaks + 1) + gap
    return running + text.count("\n\n") + gap


def _drawn(
    chunk: Chunk, source: Source, measure: int, margin: str, glyphs: Glyphs, *, is_first: bool
) -> Drawn:
    lines = _lines(chunk, source, measure, glyphs)
    while lines and not lines[-1]:
        lines.pop()
    drawn: list[Line] = [] if is_first or chunk.continues or not lines else [()]
    drawn.extend(((margin, "text"), *line) if line else () for line in lines)
    return Drawn(drawn)


def _lines(chunk: Chunk, source: Source, measure: int, glyphs: Glyphs) -> list[Line]:
    if chunk.kind is Kind.PLAIN:
        return wrap([(chunk.text, "text")], measure)
    blocks = _read(chunk, source)
    if chunk.ends and not (chunk.head or chunk.columns):
        return lay_out(blocks, measure, glyphs)
    lines: list[Line] = []
    widths = source.widths(chunk.head or chunk.text, measure)
    if chunk.ends and not any(isinstance(block, Table) for block in blocks):
        blocks = (Table((), ()), *blocks)
    for block in blocks:
        if isinstance(block, Table):
            table = Table((), block.rows) if chunk.head and source.kind is Kind.MARKDOWN else block
            lines += lay_out_table(
                table, measure, glyphs, widths, chunk.columns, is_whole=chunk.ends
            )
        else:
            lines += [*([()] if lines else []), *lay_out([block], measure, glyphs)]
    return lines


def _read(chunk: Chunk, source: Source) -> tuple[Block, ...]:
    if chunk.kind is Kind.CODE:
        return (Code(chunk.text.rstrip("\n")),)
    if chunk.kind is Kind.HTML:
        from newsreader.text.html import parse as parse_html

        return parse_html(chunk.text)
    from newsreader.text.markdown import parse

    return parse(chunk.text, source.references)
