"""Columns of a chart in cells: pure functions from counts to runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from newsreader.ui.cells import Run
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.inks import ON

_STEPS = 8
"""Parts of a cell that a column may end at."""
NOTHING: Run = (" ", "text")


def stacked(
    counts: Sequence[int], total: int, most: int, height: int, roles: Sequence[str], glyphs: Glyphs
) -> list[Run]:
    """A column of *height* cells from the bottom up, for *total* out of *most*.

    It is divided as *counts* are, each in its role of *roles*.
    """
    steps = height * _STEPS
    top = max(1, round(total * steps / most)) if total else 0
    whole = sum(counts)
    ends = [round(top * end / whole) for end in accumulate(counts)] if whole else []
    extents = list(zip(pairwise((0, *ends)), roles, strict=False))
    return [_cell(list(_within(extents, _STEPS * y)), glyphs) for y in range(height)]


def _within(extents: Sequence[tuple[tuple[int, int], str]], low: int) -> Iterator[tuple[int, str]]:
    """How many steps of the cell from *low* on each role has."""
    for (start, end), role in extents:
        size = min(end, low + _STEPS) - max(start, low)
        if size > 0:
            yield size, role


def _cell(parts: Sequence[tuple[int, str]], glyphs: Glyphs) -> Run:
    """One cell with the lowest of *parts* and the greatest of those above it."""
    if not parts:
        return NOTHING
    (size, role), *above = parts
    if size == _STEPS:
        return glyphs.levels[-1], role
    if above:
        return glyphs.levels[size - 1], f"{role}{ON}{max(above)[1]}"
    return glyphs.levels[size - 1], role


def lettered(
    counts: Sequence[int], total: int, most: int, height: int, letters: Sequence[Run]
) -> list[Run]:
    """The same in whole cells of letters, for terminals without shades."""
    cells = max(1, round(total * height / most)) if total else 0
    whole = sum(counts)
    ends = [round(cells * end / whole) for end in accumulate(counts)] if whole else []
    column = [
        letter
        for (start, end), letter in zip(pairwise((0, *ends)), letters, strict=False)
        for _ in range(start, end)
    ]
    return column + [NOTHING] * (height - len(column))
