"""A long text of a page, piece by piece: what is taken of it, and what each piece looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial

from newsreader.text.blocks import Block, Code, Heading, Paragraph, Table, without_title
from newsreader.text.chunks import Chunk, Kind, markdown_chunks, plain_chunks
from newsreader.text.html_chunks import html_chunks
from newsreader.text.links import Numbers, Target
from newsreader.text.markdown import References, references_of
from newsreader.ui.blocks_layout import gap_between, lay_out
from newsreader.ui.cells import Line, wrap
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.page_parts import Drawn, Part, Rest
from newsreader.ui.table_layout import Columns, columns_of, lay_out_table

_AT_ONCE = 6
_PITCH = 0.92
"""How full a line of running text is."""
_LONGEST_HEADING = 300
_HEADING_AT_END = {
    Kind.MARKDOWN: re.compile(r"(?:^|\n) {0,3}(#{1,6})[ \t][^\n]*$"),
    Kind.HTML: re.compile(r"</h([1-6])\s*>$", re.IGNORECASE),
}
_TEXT = Paragraph(())


class Source:
    """A long text below a *title*, and those of its pieces that were found so far. It knows of
    no width.
    """

    def __init__(self, text: str, kind: Kind, title: str = "") -> None:
        self.text = text
        self.kind = kind
        self.title = title
        self.chunks: list[Chunk] = []
        self.is_over = False
        self._more = self._pieces()
        self._heads: dict[tuple[str, int], Columns] = {}
        self.links: Sequence[Target] = ()
        """All links of the article in the order of their numbers, once they were looked for."""
        self._numbers: Numbers | None = None

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
    def has_numbers(self) -> bool:
        """Whether its links were looked for."""
        return self._numbers is not None

    def number_links(self, links: Sequence[Target], base: str) -> None:
        """Have numbers on *links* in what is laid out from now on."""
        self.links, self._numbers = links, Numbers(links, base)

    def read(self, chunk: Chunk) -> tuple[Block, ...]:
        """The blocks of a piece, with the numbers of their links."""
        blocks = _read(chunk, self)
        if chunk is self.chunks[0]:
            blocks = without_title(blocks, self.title)
        return blocks if self._numbers is None else self._numbers.add_to(blocks)

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

    def columns(self, head: str, width: int) -> Columns:
        """The columns of the table that begins with *head*."""
        found = self._heads.get((head, width))
        if found is None:
            blocks = _read(Chunk(head, self.kind), self)
            tables = [block for block in blocks if isinstance(block, Table)]
            found = columns_of(tables[-1], width) if tables else Columns((), ())
            sizes = found.sizes
            # What is further down may be wider.
            spare = (width - sum(sizes) - 2 * len(sizes)) // max(1, len(sizes))
            sizes = [size + max(0, min(spare, size // 2 + 4)) for size in sizes]
            found = self._heads[head, width] = found._replace(sizes=sizes)
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
        before = source.chunks[number - 1] if number else None
        make = partial(_drawn, chunk, before, source, measure, margin, glyphs)
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
    chunk: Chunk, before: Chunk | None, source: Source, measure: int, margin: str, glyphs: Glyphs
) -> Drawn:
    blocks = source.read(chunk)
    lines = _lines(chunk, blocks, source, measure, glyphs)
    while lines and not lines[-1]:
        lines.pop()
    drawn: list[Line] = []
    if lines and before is not None and not chunk.continues:
        drawn.extend([()] * gap_between(_last_of(before), blocks[0] if blocks else _TEXT))
    drawn.extend(((margin, "text"), *line) if line else () for line in lines)
    return Drawn(drawn)


def _last_of(chunk: Chunk) -> Block:
    """The last block of *chunk*, as far as it matters to what follows."""
    ends = _HEADING_AT_END.get(chunk.kind)
    found = ends.search(chunk.text[-_LONGEST_HEADING:].rstrip()) if ends else None
    return Heading(len(found[1]) if found[1][0] == "#" else int(found[1]), ()) if found else _TEXT


def _lines(
    chunk: Chunk, blocks: Sequence[Block], source: Source, measure: int, glyphs: Glyphs
) -> list[Line]:
    if chunk.kind is Kind.PLAIN:
        return wrap([(chunk.text, "text")], measure)
    if chunk.ends and not (chunk.head or chunk.columns):
        return lay_out(blocks, measure, glyphs)
    lines: list[Line] = []
    columns = source.columns(chunk.head or chunk.text, measure)
    if chunk.ends and not any(isinstance(block, Table) for block in blocks):
        blocks = (Table((), ()), *blocks)
    for block in blocks:
        if isinstance(block, Table):
            is_repeated = chunk.head and source.kind is Kind.MARKDOWN
            table = replace(block, header=()) if is_repeated else block
            lines += lay_out_table(
                table, measure, glyphs, columns, chunk.columns, is_whole=chunk.ends
            )
        else:
            lines += [*([()] if lines else []), *lay_out([block], measure, glyphs)]
    return lines


def _read(chunk: Chunk, source: Source) -> tuple[Block, ...]:
    if chunk.kind is Kind.PLAIN:
        return ()
    if chunk.kind is Kind.CODE:
        return (Code(chunk.text.rstrip("\n")),)
    if chunk.kind is Kind.HTML:
        from newsreader.text.html import parse as parse_html

        return parse_html(chunk.text)
    from newsreader.text.markdown import parse

    return parse(chunk.text, source.references)
