"""Text measured in terminal cells: lines of styled runs, cut, padded and wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len, chop_cells, set_cell_size

Run = tuple[str, str]
"""A text and the role it is drawn in (see :mod:`newsreader.ui.inks`)."""
Line = tuple[Run, ...]

_WORDS = re.compile(r"[^\S\xa0]*[\S\xa0]+|\s+$")


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """*text* in at most *width* cells, with an *ellipsis* of one cell where it was cut."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return set_cell_size(text, max(0, width))
    return set_cell_size(text, width - 1).rstrip() + ellipsis


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """*text* in exactly *width* cells: cut or padded on the right."""
    return set_cell_size(cut(text, width, ellipsis), width)


def fit_right(text: str, width: int) -> str:
    """*text* in exactly *width* cells, padded on the left."""
    shown = cut(text, width)
    return " " * (width - cell_len(shown)) + shown


def line_len(line: Iterable[Run]) -> int:
    """The width of *line* in cells."""
    return sum(cell_len(text) for text, _ in line)


def cut_line(line: Line, width: int, ellipsis: str = "…") -> Line:
    """*line* in at most *width* cells."""
    if line_len(line) <= width:
        return line
    kept: list[Run] = []
    left = width
    for text, role in line:
        size = cell_len(text)
        if size >= left:
            kept.append((cut(f"{text} " if size == left else text, left, ellipsis), role))
            break
        kept.append((text, role))
        left -= size
    return tuple(kept)


def wrap(runs: Iterable[Run], width: int) -> list[Line]:
    """*runs* as lines of at most *width* cells, broken at white space.

    Line feeds in the text are kept as breaks; a word that is wider than a line is broken
    between characters. Never returns an empty list.
    """
    width = max(1, width)
    lines: list[list[Run]] = [[]]
    used = 0
    for text, role in runs:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
                used = 0
            for word in _WORDS.findall(part):
                used = _place(lines, word, role, used, width)
    return [_joined(line) for line in lines]


def _place(lines: list[list[Run]], word: str, role: str, used: int, width: int) -> int:
    size = cell_len(word)
    if used + size <= width:
        lines[-1].append((word if used else word.lstrip() if size > width else word, role))
        return used + size
    bare = word.lstrip()
    size = cell_len(bare)
    joins_last = bare == word and used > 0
    if size <= width:
        moved = _take_unfinished_word(lines[-1]) if joins_last else []
        moved_size = line_len(moved)
        if moved and moved_size + size <= width and lines[-1]:
            lines.append([*moved, (bare, role)])
            return moved_size + size
        lines[-1].extend(moved)
        if bare:
            lines.append([(bare, role)])
        return size if bare else used
    pieces = chop_cells(bare, width)
    if used:
        lines.append([])
    for number, piece in enumerate(pieces):
        if number:
            lines.append([])
        lines[-1].append((piece, role))
    return cell_len(pieces[-1]) if pieces else 0


def _take_unfinished_word(line: list[Run]) -> list[Run]:
    """Take the runs at the end of *line* that the next word sticks to, as emphasis in a word."""
    moved: list[Run] = []
    while line:
        text, role = line.pop()
        stripped = text.lstrip()
        moved.insert(0, (stripped, role))
        if stripped != text:
            break
    return moved


def _joined(line: list[Run]) -> Line:
    """*line* with neighbours of the same role made one, and no white space at its end."""
    joined: list[Run] = []
    for text, role in line:
        if joined and joined[-1][1] == role:
            joined[-1] = (joined[-1][0] + text, role)
        else:
            joined.append((text, role))
    while joined and not joined[-1][0].strip():
        joined.pop()
    if joined:
        joined[-1] = (joined[-1][0].rstrip(), joined[-1][1])
    return tuple(joined)
