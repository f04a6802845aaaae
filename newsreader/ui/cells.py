"""Text measured in terminal cells: lines of styled runs, cut, padded and wrapped.

What a person sees as one character is never cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, split_graphemes

from newsreader.text.clusters import SPACING_VOWELS

Run = tuple[str, str]
"""A text and the role it is drawn in (see :mod:`newsreader.ui.inks`)."""
Line = tuple[Run, ...]

_WORDS = re.compile(r"[^\S\xa0]*[\S\xa0]+|\s+$")
_JOINER = "\u200d"
# Where each character is one cell and stands for itself: Latin, Greek, Cyrillic, punctuation.
_SINGLE = re.compile(
    r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2500-\u25fc]*"
)


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """*text* in at most *width* cells, with an *ellipsis* of one cell where it was cut."""
    if len(text) > 8 * width + 64:
        window, size = _window(text, max(width, 1))
    else:
        window, size = text, cell_len(text)
    if size <= width:
        return window
    if window[0] == _JOINER:
        # It joins nothing there, and rich takes what follows it to have no width.
        return cut(text.lstrip(_JOINER), width, ellipsis)
    if width <= 1:
        return head(window, max(0, width))
    return head(window, width - 1).rstrip() + ellipsis


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """*text* in exactly *width* cells: cut or padded on the right."""
    # A joiner at the end would take the first space of the padding to itself.
    shown = cut(text, width, ellipsis).rstrip(_JOINER)
    return shown + " " * (width - cell_len(shown))


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


def clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and cells of each character of *text* as a person sees it."""
    start = end = size = 0
    is_half_flag = False
    for first, last, cells in split_graphemes(text)[0]:
        is_indicator = "\U0001f1e6" <= text[first] <= "\U0001f1ff"
        goes_on = cells == 0 or text[first] in SPACING_VOWELS
        if first and ((is_half_flag and is_indicator) or (goes_on and last > first)):
            end, size = last, size + cells
            is_half_flag = False
            continue
        if first:
            yield start, end, size
        start, end, size = first, last, cells
        is_half_flag = is_indicator
    if end:
        yield start, end, size


def _window(text: str, width: int) -> tuple[str, int]:
    """The beginning of *text* that is certainly wider than *width*, or all of it, and its size."""
    length = 2 * width + 16
    while True:
        window = text[:length]
        size = cell_len(window)
        if size > width + 4 or length >= len(text):
            return window, size
        length *= 2


def head(text: str, width: int) -> str:
    """As much of *text* as goes into *width* cells."""
    if _SINGLE.fullmatch(text):
        return text[:width]
    used = 0
    for start, _, size in clusters(text):
        used += size
        if used > width:
            return text[:start]
    return text


def wrap(runs: Iterable[Run], width: int) -> list[Line]:
    """*runs* as lines of at most *width* cells, broken at white space.

    Line feeds in the text are kept as breaks; a word that is wider than a line is broken
    between characters. Never returns an empty list.
    """
    width = max(1, width)
    lines: list[list[Run]] = [[]]
    used = 0
    for text, role in _merged(runs):
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
                used = 0
            for word in _words(part):
                used = _place(lines, word, role, used, width)
    return [_joined(line) for line in lines]


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """*runs* with neighbours of the same role made one."""
    role, parts = "", list[str]()
    for text, each in runs:
        if each != role and parts:
            yield "".join(parts), role
            parts = []
        role = each
        parts.append(text)
    if parts:
        yield "".join(parts), role


def _words(text: str) -> Iterable[str]:
    """The words of *text*, each with the white space before it."""
    words: list[str] = _WORDS.findall(text)
    if _SINGLE.fullmatch(text):
        return words
    # A mark takes the space before it for its base, and a joiner the space after it.
    whole: list[list[str]] = []
    for word in words:
        bare = word.lstrip()
        if whole and (
            whole[-1][-1][-1] == _JOINER or (bare and bare[0] > "\u02ff" and _is_mark(bare[0]))
        ):
            whole[-1].append(word)
        else:
            whole.append([word])
    return ["".join(parts) for parts in whole]


def _is_mark(char: str) -> bool:
    return char == "\ufe0f" or char == _JOINER or cell_len(char) == 0


def _chop(word: str, width: int) -> list[str]:
    """*word* in pieces of at most *width* cells."""
    if _SINGLE.fullmatch(word):
        return [word[index : index + width] for index in range(0, len(word), width)]
    pieces: list[str] = []
    begin = 0
    for start, end, _ in clusters(word):
        # What stands side by side may be wider than its clusters one by one (after joiners).
        if start > begin and cell_len(word[begin:end]) > width:
            pieces.append(word[begin:start])
            begin = start
    pieces.append(word[begin:])
    return pieces


def _place(lines: list[list[Run]], word: str, role: str, used: int, width: int) -> int:
    size = cell_len(word)
    if used + size <= width:
        lines[-1].append((word, role))
        return used + size
    bare = _without_lead(word)
    if not bare:
        # It is not seen at the end of a line, but what follows it does not stick to the word.
        lines[-1].append((word, role))
        return width
    size = cell_len(bare)
    joins_last = bare == word and used > 0
    if size <= width:
        moved, moved_size = _take_unfinished_word(lines[-1], width) if joins_last else ([], 0)
        if moved and moved_size + size <= width and lines[-1]:
            lines.append([*moved, (bare, role)])
            return moved_size + size
        lines[-1].extend(moved)
        lines.append([(bare, role)])
        return size
    pieces = _chop(bare, width)
    if used:
        lines.append([])
    for number, piece in enumerate(pieces):
        if number:
            lines.append([])
        lines[-1].append((piece, role))
    return cell_len(pieces[-1]) if pieces else 0


def _without_lead(word: str) -> str:
    """*word* without the white space before it, but for what a mark has for its base."""
    bare = word.lstrip()
    if bare and bare != word and bare[0] > "\u02ff" and _is_mark(bare[0]):
        return word[len(word) - len(bare) - 1 :]
    return bare


def _take_unfinished_word(line: list[Run], width: int) -> tuple[list[Run], int]:
    """Take the runs at the end of *line* that the next word sticks to, as emphasis in a word."""
    moved: list[Run] = []
    size = 0
    while line:
        text, role = line.pop()
        stripped = _without_lead(text)
        if stripped:
            moved.append((stripped, role))
        size += cell_len(stripped)
        if stripped != text:
            break
    return moved[::-1], size


def _joined(line: list[Run]) -> Line:
    """*line* with neighbours of the same role made one, and no white space at its end."""
    joined = line if len(line) < 2 else list(_merged(line))
    while joined and not joined[-1][0].strip():
        joined.pop()
    if joined:
        joined[-1] = (joined[-1][0].rstrip(), joined[-1][1])
    return tuple(joined)
