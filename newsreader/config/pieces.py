"""The text of a TOML file in pieces, so that changing one leaves the others be.

A piece is one table, such as ``[[search]]``, with its keys, its subtables and the comment right
above it. What
stands between the pieces (blank lines, free comments, other tables) is a gap, and stays where
it is. There is one gap more than there are pieces.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
      "{3} (?: \\. | [^\\] )*? "{3,5}
    | '{3} .*? '{3,5}
    | " (?: \\. | [^"\\\n] )* "
    | ' [^'\n]* '
    | (?P<comment> \# [^\n]* )
    | (?P<bracket> [\[\]] )
    """,
    re.VERBOSE | re.DOTALL,
)


class Pieces:
    """A valid TOML text, cut up at each ``[[key]]``. Places count from 0, as in the file."""

    def __init__(self, text: str, key: str) -> None:
        self.newline = "\r\n" if "\r\n" in text else "\n"
        if text and not text.endswith("\n"):
            text += self.newline
        self.entries: list[str] = []
        self.gaps: list[str] = []
        self.lines: list[int] = []
        """The line of each header, from 1."""
        headers, comments = _landmarks(text)
        end = 0
        for header, after in _regions(headers, text, key):
            start = _start_of_lead(text, header, comments, end)
            self.gaps.append(text[end:start])
            end = _end_of_entry(text, header, after, comments, is_last=after == len(text))
            self.entries.append(text[start:end])
            self.lines.append(text.count("\n", 0, header) + 1)
        self.gaps.append(text[end:])

    @property
    def text(self) -> str:
        """All of it together."""
        pairs = zip(self.gaps, self.entries, strict=False)
        return "".join(gap + entry for gap, entry in pairs) + self.gaps[-1]

    def append(self, entry: str) -> None:
        """Put *entry* behind the last one."""
        self.insert(len(self.entries), entry)

    def insert(self, place: int, entry: str, gaps: tuple[str, str] | None = None) -> None:
        """Put *entry* at *place*; between *gaps* if they came about by taking it from there."""
        gap = self.gaps[place]
        if gaps is not None and gap == _joined(*gaps):
            self.gaps[place : place + 1] = gaps
        elif place < len(self.entries):
            self.gaps[place : place + 1] = (gap, self.newline)
        elif self.entries:
            self.gaps[place : place + 1] = (self.newline, gap)
        else:
            has_space = not gap or gap.endswith(("\n\n", "\n\r\n"))
            self.gaps[:] = (gap if has_space else gap + self.newline, "")
        self.entries.insert(place, entry)

    def remove(self, place: int) -> tuple[str, tuple[str, str]]:
        """Take out the entry at *place*: its text, and the gaps that were around it."""
        gaps = (self.gaps[place], self.gaps[place + 1])
        self.gaps[place : place + 2] = [_joined(*gaps)]
        return self.entries.pop(place), gaps

    def move(self, place: int, to: int) -> None:
        """Move the entry at *place* so that it is at *to*."""
        self.entries.insert(to, self.entries.pop(place))


def _joined(before: str, after: str) -> str:
    if before.isspace() or not before:
        both_blank = after.isspace() or not after
        return min(before, after, key=len) if both_blank else after
    return before if after.isspace() else before + after


def _landmarks(text: str) -> tuple[list[int], set[int]]:
    """Where the headers of tables begin, and where the comments do."""
    headers: list[int] = []
    comments: set[int] = set()
    depth = 0
    for found in _TOKEN.finditer(text):
        if found["comment"]:
            comments.add(found.start())
        elif found["bracket"] == "[":
            if depth == 0 and not text[_line_start(text, found.start()) : found.start()].strip():
                headers.append(found.start())
            depth += 1
        elif found["bracket"]:
            depth -= 1
    return headers, comments


def _regions(headers: list[int], text: str, key: str) -> list[tuple[int, int]]:
    """For each ``[[key]]``: where it begins, and the line where what is not its own does."""
    ours = rf"""[ \t]*(?:{key}|"{key}"|'{key}')[ \t]*"""
    header, subtable = re.compile(rf"\[\[{ours}\]\]"), re.compile(rf"\[\[?{ours}\.")
    own = [each for each in headers if not subtable.match(text, each)]
    ends = [*(_line_start(text, each) for each in own[1:]), len(text)]
    return [pair for pair in zip(own, ends, strict=False) if header.match(text, pair[0])]


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _is_comment(text: str, start: int, end: int, comments: set[int]) -> bool:
    line = text[start:end].rstrip()
    return bool(line) and start + len(line) - len(line.lstrip()) in comments


def _start_of_lead(text: str, header: int, comments: set[int], least: int) -> int:
    """Where the comment lines right above a *header* begin."""
    start = _line_start(text, header)
    while start > least:
        above = _line_start(text, start - 1)
        if not _is_comment(text, above, start, comments):
            break
        start = above
    return start


def _end_of_entry(text: str, start: int, end: int, comments: set[int], *, is_last: bool) -> int:
    """Where the last key of an entry ends, with the comment right below unless it leads on."""
    below: list[int] = []
    while end > start:
        above = _line_start(text, end - 1)
        is_blank = not text[above:end].strip()
        if not is_blank and not _is_comment(text, above, end, comments):
            break
        below.append(-1 if is_blank else end)
        end = above
    if -1 not in below and not is_last:
        return end
    for comment_end in reversed(below):
        if comment_end == -1:
            break
        end = comment_end
    return end
