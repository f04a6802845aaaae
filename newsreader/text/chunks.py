"""A long Markdown text in pieces that can each be parsed alone, found one after the other.

Nothing here looks further ahead than a piece is long, so the first one of any text is there at
once. A piece ends where a block ends, when one does in time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from newsreader.text.clusters import boundary
from newsreader.text.markdown import MARKS, is_plain

_PLAIN_LIMIT = 6_000
_LIMIT = 2_000
_DENSE_LIMIT = 600
"""The longest pieces: of plain text, of marked up text, and of what is nearly all marks."""
_WANTED = 1_200
_COLUMNS = 16
"""More columns than fit on any page."""

_BLANKS = re.compile(r"(?:[ \t]*\n)+")
_PARTING = re.compile(r"\n(?:[ \t]*\n)+(?=(\S))")
_FENCE = re.compile(r"^(`{3,}|~{3,})([^`\n]*)$", re.MULTILINE)
_HIDDEN = re.compile(r" {0,3}<(?:(!--)|(script|style)(?=[\s>]))", re.IGNORECASE)
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
_ITEM_STARTS = frozenset("-+*0123456789")
_LINE_OF_BLOCK = re.compile(r"\n(?=[ \t]*(?:[-+*>|]|\d{1,9}[.)]))")
_DELIMITER = re.compile(r" {0,3}\|?+(?:[ \t]*+:?+-++:?+[ \t]*+\|)*+[ \t]*+(?::?+-++:?+[ \t]*+)?+")
_INDENT = re.compile(r" *")


class Kind(Enum):
    """How the text of a piece is to be read."""

    MARKDOWN = "markdown"
    HTML = "html"
    CODE = "code"
    PLAIN = "plain"


class Chunk(NamedTuple):
    """A piece. ``continues`` one that the piece before began, with no blank line between them.

    ``head`` is the beginning of the table that the rows of ``text`` (which repeats its header)
    belong to, ``columns`` says how many there are when some were left out, and ``ends`` whether
    it is the last piece of its table. ``end`` is where the next piece begins in the whole text.
    """

    text: str
    kind: Kind = Kind.MARKDOWN
    continues: bool = False
    head: str = ""
    columns: int = 0
    ends: bool = True
    end: int = 0


def markdown_chunks(text: str) -> Iterator[Chunk]:
    """The pieces of a Markdown *text*, in order."""
    position, continues = 0, False
    while True:
        if not continues and (blanks := _BLANKS.match(text, position)):
            position = blanks.end()
        if position >= len(text):
            return
        fence = _FENCE.match(text, position)
        if fence is not None and (found := _fenced(text, fence)) is not None:
            for chunk in found:
                yield chunk
                position = chunk.end
            position = _line_end(text, _fence_end(text, fence))
            continues = False
            continue
        if (hidden := _hidden_end(text, position)) is not None:
            position, continues = hidden, False
            continue
        table = None if continues else _table(text, position)
        if table is not None:
            for chunk in table:
                yield chunk
                position = chunk.end
            continues = False
            continue
        if fence is not None:
            end, is_forced = _line_end(text, _fence_end(text, fence)), False
        else:
            end, is_forced = _end(text, position)
        piece = text[position:end]
        if continues:
            piece = _dedented(piece)
        if piece.strip():
            yield Chunk(piece, continues=continues, end=end)
        position, continues = end, is_forced


def plain_chunks(text: str) -> Iterator[Chunk]:
    """The pieces of a *text* without any markup, in order."""
    position = 0
    while position < len(text):
        end = _forced(text, position, _PLAIN_LIMIT)
        yield Chunk(text[position:end].strip(" "), Kind.PLAIN, position > 0, end=end)
        position = end


def code_chunks(text: str, start: int, end: int) -> Iterator[Chunk]:
    """The lines of ``text[start:end]`` as pieces of code; of a line only what may be seen."""
    position, is_first = start, True
    while position < end:
        stop = min(end, position + _LIMIT)
        if stop < end:
            line = text.rfind("\n", position, stop)
            stop = line + 1 if line >= 0 else min(end, _line_end(text, stop))
        yield Chunk(text[position:stop][:_LIMIT], Kind.CODE, not is_first, end=stop)
        position, is_first = stop, False


def _line_end(text: str, position: int) -> int:
    """Where the line after *position* begins."""
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1


def _fence_end(text: str, fence: re.Match[str]) -> int:
    """Where the line that closes *fence* begins, or the end of the text."""
    mark = fence[1]
    position = fence.end()
    while (position := text.find(f"\n{mark}", position)) >= 0:
        position += 1
        line = text[position : position + len(mark) + 200].split("\n", 1)[0]
        if not line.strip().strip(mark[0]):
            return position
    return len(text)


def _fenced(text: str, fence: re.Match[str]) -> Iterator[Chunk] | None:
    """The pieces of a long fence; None for a short one."""
    end = _fence_end(text, fence)
    if end - fence.start() <= _LIMIT:
        return None
    return code_chunks(text, min(end, fence.end() + 1), end)


def _hidden_end(text: str, position: int) -> int | None:
    """Where what is never shown ends: a comment, a script, a style sheet."""
    found = _HIDDEN.match(text, position)
    if found is None:
        return None
    closing = "-->" if found[1] else f"</{found[2]}"
    end = text.find(closing, found.end())
    return None if end < 0 else _line_end(text, end)


def _end(text: str, position: int) -> tuple[int, bool]:
    """Where the piece from *position* on ends, and whether a block is cut in two there."""
    window = text[position : position + _PLAIN_LIMIT]
    limit = _PLAIN_LIMIT
    if not is_plain(window):
        marks = len(MARKS.findall(window, 0, _LIMIT)) + window.count("\n", 0, _LIMIT)
        limit = _DENSE_LIMIT if marks * 8 > min(len(window), _LIMIT) else _LIMIT
    is_last = position + limit >= len(text)
    window = window[:limit]
    fence = _FENCE.search(window, 1)
    if fence is not None:
        window, is_last = window[: fence.start()], True
    if is_last and len(window) <= _WANTED:
        return position + len(window), False
    best = 0
    for parting in _PARTING.finditer(window):
        if parting[1] in _ITEM_STARTS and _ITEM.match(window, parting.end()):
            continue
        if best and parting.end() > _WANTED:
            break
        best = parting.end()
    if best:
        return position + best, False
    if is_last:
        return position + len(window), False
    return _forced(text, position, limit), True


def _forced(text: str, position: int, limit: int) -> int:
    """The best place to cut a block that is longer than *limit*."""
    if position + limit >= len(text):
        return len(text)
    window = text[position : position + limit]
    lines = [found.end() for found in _LINE_OF_BLOCK.finditer(window)]
    if lines and lines[-1] > limit // 4:
        return position + lines[-1]
    line = window.rfind("\n")
    if line > limit // 4:
        return position + line + 1
    words = window.rsplit(None, 1)
    if len(words) == 2 and len(words[0]) > limit // 4:
        return position + len(window) - len(words[1])
    return boundary(text, position + limit)


def _dedented(piece: str) -> str:
    """What was cut out of a list, as a list of its own and not as code."""
    found = _INDENT.match(piece)
    indent = found.end() if found else 0
    if not indent:
        return piece
    return re.sub(rf"^ {{1,{indent}}}", "", piece, flags=re.MULTILINE)


def _table(text: str, position: int) -> Iterator[Chunk] | None:
    """The pieces of a long or wide table at *position*; None where there is none."""
    first = _line_end(text, position)
    second = _line_end(text, first)
    if first >= len(text) or text[first] not in "|:- ":
        return None
    delimiter = text[first:second].rstrip()
    if "|" not in delimiter or not _DELIMITER.fullmatch(delimiter):
        return None
    columns = len([cell for cell in delimiter.split("|") if cell.strip()])
    blank = _PARTING.search(text, second, second + _LIMIT)
    if columns <= _COLUMNS and (blank or len(text) - position <= _LIMIT):
        return None
    return _table_chunks(text, position, columns)


def _table_chunks(text: str, position: int, columns: int) -> Iterator[Chunk]:
    start = position
    rows: list[str] = []
    for _ in range(2):
        end = _line_end(text, start)
        rows.append(_row(text[start:end]))
        start = end
    header = "".join(rows)
    head = ""
    is_over = False
    while not is_over:
        rows, size = [], 0
        while size < _DENSE_LIMIT:
            end = _line_end(text, start)
            row = text[start:end]
            if start >= len(text) or not row.strip():
                is_over = True
                break
            rows.append(_row(row))
            size += len(rows[-1])
            start = end
        piece = header + "".join(rows)
        yield Chunk(
            piece, continues=bool(head), head=head, columns=columns, ends=is_over, end=start
        )
        head = head or piece


def _row(line: str) -> str:
    line = line.rstrip("\n")
    if line.count("|") > _COLUMNS + 1:
        cells = line.split("|", _COLUMNS + 1)
        has_edge = not cells[0].strip()
        line = "|".join(cells[: _COLUMNS + has_edge])
    return f"{line[:4000]}\n"
