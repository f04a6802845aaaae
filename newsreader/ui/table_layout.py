"""Tables as lines of styled runs: columns that share the width, cells that go on within them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from newsreader.text.blocks import Alignment, Spans, Table, plain_text
from newsreader.ui.cells import Line, Run, cut_line, line_len, wrap
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.span_runs import runs_of

_GAP = 2
"""Cells between two columns."""
_LEAST = 4
"""The narrowest column that is shown because there is room for it."""
_LONG_WORD = 20
"""Longer words are broken where a table has no room for them."""
_MOST_LINES = 8
"""The most lines of a row."""
_NUMBER = re.compile(r"[-+−±]?[$€£¥]?\d[\d.,'\u00a0\u2009\u202f ]*[%‰$€£¥]?|[-–—]?")


class Columns(NamedTuple):
    """The widths of the columns that are shown, and how the text stands in each."""

    sizes: Sequence[int]
    sides: Sequence[Alignment]


def columns_of(table: Table, width: int) -> Columns:
    """The columns of *table* that are shown on *width* cells.

    Each is as wide as its text, or where that is too much at least as its longest word. One of
    nothing but numbers stands on the right, unless its author has said otherwise.
    """
    shown = min(_count(table), max(1, (width + _GAP) // (_LEAST + _GAP)))
    rows = (table.header, *table.rows)
    texts = [
        [plain_text(row[number]) for row in rows if number < len(row)] for number in range(shown)
    ]
    room = width - _GAP * (shown - 1)
    sizes = [max(1, _widest(chain.from_iterable(map(str.splitlines, each)))) for each in texts]
    if sum(sizes) > room:
        words = [_widest(chain.from_iterable(map(str.split, each))) for each in texts]
        least = _shares([max(1, min(size, _LONG_WORD)) for size in words], room)
        more = [size - word for size, word in zip(sizes, least, strict=True)]
        sizes = list(map(sum, zip(least, _shares(more, room - sum(least)), strict=True)))
    sides = list(table.alignments[:shown])
    sides.extend([""] * (shown - len(sides)))
    for number, each in enumerate(texts):
        if not sides[number] and _are_numbers(each[bool(table.header) :]):
            sides[number] = "right"
    return Columns(sizes, sides)


def _count(table: Table) -> int:
    return max(map(len, (table.header, *table.rows)))


def _widest(texts: Iterable[str]) -> int:
    return max(map(cell_len, texts), default=0)


def _are_numbers(texts: Sequence[str]) -> bool:
    return any(text.strip("-–—") for text in texts) and all(
        _NUMBER.fullmatch(text) for text in texts
    )


def _shares(wanted: Sequence[int], room: int) -> list[int]:
    """Widths that sum to *room* at most: narrow columns whole, wide ones with equal shares."""
    sizes = list(wanted)
    left = room
    for place, number in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        sizes[number] = min(sizes[number], left // (len(sizes) - place))
        left -= sizes[number]
    return sizes


def lay_out_table(
    table: Table,
    width: int,
    glyphs: Glyphs,
    columns: Columns | None = None,
    count: int = 0,
    *,
    is_whole: bool = True,
) -> list[Line]:
    """The rows of *table*, and how many columns are not shown.

    *columns* are those of a longer table that it is a piece of, which has *count* of them.
    ``is_whole`` says to tell of the columns that are left out.
    """
    columns = columns_of(table, width) if columns is None else columns
    if not columns.sizes:
        return []
    lines: list[Line] = []
    if table.header:
        lines.extend(_row(table.header, columns, glyphs, "strong"))
        rules = (" " * _GAP).join(glyphs.rule * size for size in columns.sizes)
        lines.append(((rules, "track"),))
    was_tall = False
    for number, row in enumerate(table.rows):
        made = _row(row, columns, glyphs, "text")
        is_tall = len(made) > 1
        if number and (is_tall or was_tall):
            lines.append(())
        lines.extend(made)
        was_tall = is_tall
    hidden = max(count, _count(table)) - len(columns.sizes)
    if hidden > 0 and is_whole:
        lines.append(((f"{glyphs.ellipsis} {hidden:,} more columns", "whisper"),))
    return lines


def _row(cells: Sequence[Spans], columns: Columns, glyphs: Glyphs, base: str) -> list[Line]:
    """The lines of a row."""
    if not cells:
        return []
    sizes = columns.sizes
    texts = [_cell(cell, size, glyphs, base) for cell, size in zip(cells, sizes, strict=False)]
    lines: list[Line] = []
    for parts in zip_longest(*texts, fillvalue=()):
        line: list[Run] = []
        due = 0
        for part, size, side in zip(parts, *columns, strict=False):
            free = size - line_len(part)
            before = {"right": free, "center": free // 2}.get(side, 0)
            if part:
                line += [(" " * (due + before), "text"), *part]
                due = free - before + _GAP
            else:
                due += size + _GAP
        lines.append(tuple(run for run in line if run[0]))
    return lines


def _cell(cell: Spans, size: int, glyphs: Glyphs, base: str) -> list[Line]:
    """The text of a cell in its column, of so many lines at most."""
    runs = runs_of(cell, base)
    if len(runs) == 1 and "\n" not in runs[0][0] and cell_len(runs[0][0]) <= size:
        return [tuple(runs)]
    room = 4 * size * _MOST_LINES
    lines = wrap([(text[:room], role) for text, role in runs], size)
    if len(lines) > _MOST_LINES:
        del lines[_MOST_LINES:]
        lines[-1] = cut_line((*lines[-1], (glyphs.ellipsis, base)), size, glyphs.ellipsis)
    return lines
