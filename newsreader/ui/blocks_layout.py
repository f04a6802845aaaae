"""Blocks of a page as lines of styled runs."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from newsreader.text.blocks import (
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
    Table,
)
from newsreader.text.urls import host_of
from newsreader.ui.cells import Line, cut, cut_line, line_len, wrap
from newsreader.ui.code_runs import code_lines
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.inks import FIGURE, leading
from newsreader.ui.span_runs import runs_in, runs_of
from newsreader.ui.table_layout import lay_out_table

_LEAST = 16
"""Quotes and lists are not indented further when less room than this is left."""
_MOST_PARTS = 12
"""Lines below itself that a line of code goes on for."""
_RULED = 2
"""Headings down to this level have a rule below them, and more room around."""
_HEADINGS = ("strong", "strong", "strong", "strong emphasis", "minor", "caption")
"""The roles of headings by their level."""
_DEFINED = "    "
"""What stands before a definition."""


def lay_out(
    blocks: Iterable[Block], width: int, glyphs: Glyphs, *, in_item: bool = False
) -> list[Line]:
    """*blocks* in lines of at most *width* cells, with a gap between two of them."""
    lines: list[Line] = []
    previous: Block | None = None
    for block in blocks:
        if previous is not None:
            lines.extend([()] * gap_between(previous, block, in_item=in_item))
        lines.extend(_block(block, width, glyphs))
        previous = block
    return lines


def gap_between(previous: Block, block: Block, *, in_item: bool = False) -> int:
    """How many blank lines there are between two blocks.

    There is none within a list, nor between the text of an item and the list inside it. A heading
    is nearer to what it heads than to what is above it.
    """
    if _goes_on(previous, block, in_item=in_item):
        return 0
    if isinstance(block, Heading):
        return 1 if block.level > _RULED or isinstance(previous, Heading) else 2
    return 0 if isinstance(previous, Heading) and previous.level > _RULED else 1


def _goes_on(previous: Block, block: Block, *, in_item: bool) -> bool:
    match block:
        case ListItem():
            if isinstance(previous, ListItem):
                return previous.is_numbered == block.is_numbered
            return in_item
        case Definition():
            return isinstance(previous, Definition) and not previous.blocks
        case Caption(_, is_above):
            return not is_above and isinstance(previous, Figure | Table | Code | Quote)
        case Table():
            return isinstance(previous, Caption) and previous.is_above
        case _:
            return False


def _block(block: Block, width: int, glyphs: Glyphs) -> list[Line]:
    match block:
        case Paragraph(spans):
            return wrap(runs_of(spans), width)
        case Heading():
            return _heading(block, width, glyphs)
        case ListItem():
            return _list_item(block, width, glyphs)
        case Definition(term, inner):
            lines = wrap(runs_of(term, "strong"), width) if term else []
            return lines + _behind(inner, width, _DEFINED, "text", glyphs)
        case Caption(spans, _):
            return wrap(runs_of(spans, "caption"), width)
        case Quote(inner):
            return _behind(inner, width, f"{glyphs.quote} ", "track", glyphs)
        case Code(text, language):
            return _code(text, language, width, glyphs)
        case Rule():
            return [((glyphs.rule * min(width, 24), "track"),)]
        case Table():
            return lay_out_table(block, width, glyphs)
        case Figure():
            return _figure(block, width, glyphs)


def _figure(figure: Figure, width: int, glyphs: Glyphs) -> list[Line]:
    label = f"{glyphs.picture} {figure.title or figure.alt or 'image'}"
    target = figure.link or figure.url
    facts = [f"{figure.width} {glyphs.times} {figure.height}"] if figure.width else []
    facts += [host] if (host := host_of(target)) else []
    more = f" {glyphs.dot} ".join(facts)
    lines = wrap([(label, leading(FIGURE, figure.url))], width)
    role = leading("whisper", target)
    beside: Line = (*lines[-1], (f" {glyphs.dot} {more}", role))
    if not more:
        return lines
    if line_len(beside) <= width:
        return [*lines[:-1], beside]
    return [*lines, *wrap([(more, role)], width)]


def _heading(heading: Heading, width: int, glyphs: Glyphs) -> list[Line]:
    lines = wrap(runs_in(_HEADINGS[heading.level - 1], heading.spans), width)
    if heading.level <= _RULED:
        rule = glyphs.rule if heading.level > 1 else glyphs.heavy_rule
        lines.append(((rule * max(map(line_len, lines)), "track"),))
    return lines


def _list_item(item: ListItem, width: int, glyphs: Glyphs) -> list[Line]:
    marker = glyphs.bullet if item.marker == "•" else item.marker
    lead = f"{marker} "
    size = cell_len(lead)
    if width - size < _LEAST:
        inner = lay_out(item.blocks, width, glyphs, in_item=True)
        return [((cut(marker, width, glyphs.ellipsis), "whisper"),), *inner]
    inner = lay_out(item.blocks, width - size, glyphs, in_item=True) or [()]
    first, *rest = inner
    lines: list[Line] = [((lead, "whisper"), *first)]
    lines.extend(((" " * size, "text"), *line) if line else () for line in rest)
    return lines


def _behind(
    blocks: Iterable[Block], width: int, lead: str, role: str, glyphs: Glyphs
) -> list[Line]:
    size = cell_len(lead)
    if width - size < _LEAST:
        return lay_out(blocks, width, glyphs)
    lines = lay_out(blocks, width - size, glyphs)
    return [((lead, role), *line) if line or lead.strip() else () for line in lines]


def _code(text: str, language: str, width: int, glyphs: Glyphs) -> list[Line]:
    margin, room = ("  ", "text"), max(1, width - 2)
    lines = code_lines(text.rstrip("\n"), language)
    shown = (part for line in lines for part in _code_line(line, room, glyphs))
    return [(margin, *part) if part else () for part in shown]


def _code_line(line: Line, width: int, glyphs: Glyphs) -> list[Line]:
    """*line*, which goes on below itself where it is too wide, by its indent and a sign."""
    if line_len(line) <= width:
        return [line]
    text = "".join(part for part, _ in line)
    indent = min(len(text) - len(text.lstrip()), width // 2)
    lead = ((" " * indent, "code"), (f"{glyphs.goes_on} ", "track"))
    room = width - line_len(lead)
    if room < _LEAST:
        return [cut_line(line, width, glyphs.ellipsis)]
    first, *rest = wrap(line, room)
    if len(rest) > _MOST_PARTS:
        rest[_MOST_PARTS - 1 :] = [((glyphs.ellipsis, "whisper"),)]
    return [first, *((*lead, *part) for part in rest)]
