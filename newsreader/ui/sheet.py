"""Lines with places for a cursor, put below and beside each other, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from newsreader.ui.cells import Line, Run, cut_line, head, line_len
from newsreader.ui.inks import AT

GUTTER = 4
"""Cells between what stands side by side."""


class Stop(NamedTuple):
    """A place for the cursor: *width* cells from *x* on, on the lines from *top* to *y*.

    ``left`` and ``right`` are the edges of its block.
    """

    block: str
    place: int
    query: str
    y: int
    x: int
    width: int
    top: int
    left: int
    right: int


class Sheet(NamedTuple):
    """Lines, and where the cursor can stop."""

    lines: tuple[Line, ...]
    stops: tuple[Stop, ...] = ()


def below(blocks: Iterable[Sheet]) -> Sheet:
    """*blocks* one below another."""
    lines: list[Line] = []
    stops: list[Stop] = []
    for block in blocks:
        down = len(lines)
        stops += (each._replace(y=each.y + down, top=each.top + down) for each in block.stops)
        lines += block.lines
    return Sheet(tuple(lines), tuple(stops))


def beside(blocks: Sequence[Sheet], width: int) -> Sheet:
    """*blocks* beside one another."""
    stops = [
        stop._replace(
            x=stop.x + right * (width + GUTTER),
            left=right * (width + GUTTER),
            right=right * (width + GUTTER) + width,
        )
        for right, block in enumerate(blocks)
        for stop in block.stops
    ]
    lines: list[Line] = []
    for parts in zip_longest(*(block.lines for block in blocks), fillvalue=()):
        line: list[Run] = []
        for right, part in enumerate(parts):
            blank = right * (width + GUTTER) - line_len(line)
            line += ((" " * blank, "text"), *cut_line(part, width)) if part else ()
        lines.append(tuple(run for run in line if run[0]))
    return Sheet(tuple(lines), tuple(stops))


def lit(line: Line, start: int, width: int) -> Line:
    """*line* with the cursor on *width* cells from *start* on."""
    found: list[Run] = []
    x = 0
    for text, role in (*line, (" " * max(0, start + width - line_len(line)), "text")):
        before = head(text, max(0, start - x))
        inner = head(text[len(before) :], max(0, start + width - x - cell_len(before)))
        after = text[len(before) + len(inner) :]
        found += [(before, role), (inner, f"{AT}{role}"), (after, role)]
        x += line_len(((text, role),))
    return tuple(run for run in found if run[0])


def moved(stops: Sequence[Stop], at: int, down: int, along: int) -> int:
    """The stop that is next to number *at*: one line *down* or up, or one *along* or back."""
    here = stops[at]
    if down:
        others = [
            (down * (stop.y - here.y), abs(stop.x - here.x), number)
            for number, stop in enumerate(stops)
            if down * (stop.y - here.y) > 0 and stop.left < here.right and here.left < stop.right
        ]
    else:
        others = [
            (abs(stop.y - here.y), along * (stop.x - here.x), number)
            for number, stop in enumerate(stops)
            if along * (stop.x - here.x) > 0 and (stop.y == here.y or stop.left != here.left)
        ]
    return min(others)[2] if others else at


def next_block(stops: Sequence[Stop], at: int, step: int) -> int:
    """The first stop of the block *step* blocks on from that of number *at*, round and round."""
    blocks = list(dict.fromkeys(stop.block for stop in stops))
    name = blocks[(blocks.index(stops[at].block) + step) % len(blocks)]
    return next(number for number, stop in enumerate(stops) if stop.block == name)
