"""Blocks of a page as lines of styled runs."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from newsreader.text.blocks import (
    Block,
    Code,
    Figure,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    plain_text,
)
from newsreader.text.urls import host_of
from newsreader.ui.cells import Line, Run, cut, cut_line, fit, wrap
from newsreader.ui.code_runs import code_lines
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.inks import FIGURE, leading

_LEAST = 16
"""Quotes and lists are not indented further when less room than this is left."""


def lay_out(
    blocks: Iterable[Block], width: int, glyphs: Glyphs, *, in_item: bool = False
) -> list[Line]:
    """*blocks* in lines of at most *width* cells, a blank line between two of them.

    There is none within a list, nor between the text of an item and the list inside it.
    """
    lines: list[Line] = []
    previous: Block | None = None
    for block in blocks:
        if lines and not _goes_on(previous, block, in_item=in_item):
            lines.append(())
        lines.extend(_block(block, width, glyphs))
        previous = block
    return lines


def _goes_on(previous: Block | None, block: Block, *, in_item: bool) -> bool:
    if not isinstance(block, ListItem):
        return False
    if isinstance(previous, ListItem):
        return _is_numbered(previous) == _is_numbered(block)
    return in_item


def _is_numbered(item: ListItem) -> bool:
    return item.marker[:1].isdigit()


def _block(block: Block, width: int, glyphs: Glyphs) -> list[Line]:
    match block:
        case Paragraph(spans):
            return wrap(_runs(spans), width)
        case Heading(_, spans):
            return wrap([(plain_text(spans), "strong")], width)
        case ListItem():
            return _list_item(block, width, glyphs)
        case Quote(inner):
            return _behind(inner, width, f"{glyphs.quote} ", "track", glyphs)
        case Code(text, language):
            return _code(text, language, width, glyphs)
        case Rule():
            return [((glyphs.rule * min(width, 24), "track"),)]
        case Table():
            return lay_out_table(block, width, glyphs)
        case Figure(alt, url, title, _):
            label = f"{glyphs.picture} {alt or title or 'image'}"
            target = block.link or url
            host = host_of(target)
            where = (f" {glyphs.dot} {host}" if host else "", leading("whisper", target))
            return wrap([(label, leading(FIGURE, url)), where], width)


def _runs(spans: Spans) -> list[Run]:
    return [(span.text, leading(_role(span), span.url)) for span in spans]


def _role(span: Span) -> str:
    for role, has in (
        ("link", bool(span.url)),
        ("code", span.code),
        ("struck", span.struck),
        ("strong", span.strong),
        ("emphasis", span.emphasis),
    ):
        if has:
            return role
    return "text"


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
    return [((lead, role), *line) for line in lay_out(blocks, width - size, glyphs)]


def _code(text: str, language: str, width: int, glyphs: Glyphs) -> list[Line]:
    margin, room = ("  ", "text"), max(1, width - 2)
    lines = code_lines(text.rstrip("\n"), language)
    return [(margin, *cut_line(line, room, glyphs.ellipsis)) if line else () for line in lines]


def lay_out_table(
    table: Table,
    width: int,
    glyphs: Glyphs,
    widths: list[int] | None = None,
    columns: int = 0,
    *,
    is_whole: bool = True,
) -> list[Line]:
    """The rows of *table*, and how many columns are not shown.

    *widths* are those of the columns when the table is a piece of a longer one, which has so
    many *columns*. ``is_whole`` says to count the columns that are left out.
    """
    sizes = column_widths(table, width) if widths is None else widths
    shown = len(sizes)
    if not shown:
        return []
    lines: list[Line] = []
    for number, row in enumerate((table.header, *table.rows)):
        if not row:
            continue
        role = "strong" if table.header and number == 0 else "text"
        cells = [*map(plain_text, row[:shown]), *[""] * (shown - len(row))]
        text = "  ".join(
            fit(cell.replace("\n", " "), size, glyphs.ellipsis)
            for cell, size in zip(cells, sizes, strict=True)
        )
        lines.append(((text.rstrip(), role),))
        if role == "strong":
            lines.append((("  ".join(glyphs.rule * size for size in sizes), "track"),))
    hidden = max(columns, _columns(table)) - shown
    if hidden > 0 and is_whole:
        lines.append(((f"{glyphs.ellipsis} {hidden:,} more columns", "whisper"),))
    return lines


def _columns(table: Table) -> int:
    return max(map(len, (table.header, *table.rows)))


def column_widths(table: Table, width: int) -> list[int]:
    """The widths of those columns of *table* that are shown on *width* cells."""
    shown = min(_columns(table), max(1, (width + 2) // 6))
    wanted = [1] * shown
    for row in (table.header, *table.rows):
        for number, cell in enumerate(row[:shown]):
            wanted[number] = max(wanted[number], cell_len(plain_text(cell)))
    return _shares(wanted, width - 2 * (shown - 1))


def _shares(wanted: list[int], room: int) -> list[int]:
    """Widths that sum to *room* at most: narrow columns whole, wide ones with equal shares."""
    sizes = [max(1, size) for size in wanted]
    open_columns = sorted(range(len(sizes)), key=sizes.__getitem__)
    left = max(len(sizes), room)
    for place, number in enumerate(open_columns):
        share = left // (len(open_columns) - place)
        sizes[number] = max(1, min(sizes[number], share))
        left -= sizes[number]
    return sizes
