"""Marks on the parts of a line that the query looks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from newsreader.query.highlight import Marker, Spans
from newsreader.text.fold import is_unspaced
from newsreader.ui.cells import Line, Run, clusters, line_len
from newsreader.ui.inks import MATCH, Fields

FieldsOf = Callable[[Line], Sequence[Fields]]
"""For each run of a line the fields that it shows; none for what is no content."""


def mark(
    line: Line,
    marker: Marker,
    fields_of: FieldsOf,
    *,
    before: Line = (),
    after: Line = (),
    furniture: str = " ",
) -> Line:
    """*line* with a mark on what *marker* finds in it.

    Neighbours that show the same fields are searched as one text. What stands partly on the line
    *before* or *after* is found where that is the same running text; *furniture* is what lines
    may begin with when they continue one.
    """
    stretches = _stretches(line, fields_of)
    head = _tail_of(before, stretches, fields_of, furniture) if before else ""
    tail = _head_of(after, stretches, fields_of, furniture) if after else ""
    last = len(stretches) - 1
    first = next((place for place, each in enumerate(stretches) if each.is_content), last)
    marked: list[Run] = []
    for place, each in enumerate(stretches):
        if not each.is_content:
            marked.extend(each.runs)
            continue
        lead, rest = head if place == first else "", tail if place == last else ""
        spans = marker.spans(lead + each.bare + rest, each.fields)
        found = _within(spans, len(lead), len(each.bare))
        shown = [(start + each.margin, end + each.margin) for start, end in found]
        marked.extend(split(each.runs, shown))
    return tuple(marked)


class _Stretch:
    """Neighbouring runs of a line that show the same fields."""

    def __init__(self, fields: Fields, runs: list[Run]) -> None:
        self.fields = fields
        self.runs = runs
        text = "".join(text for text, _ in runs)
        self.bare = text.strip()
        self.margin = len(text) - len(text.lstrip())
        self.is_content = bool(fields and self.bare)


def _stretches(line: Line, fields_of: FieldsOf) -> list[_Stretch]:
    pairs = zip(fields_of(line), line, strict=True)
    return [
        _Stretch(fields, [run for _, run in group])
        for fields, group in groupby(pairs, key=lambda pair: pair[0])
    ]


def _tail_of(
    before: Line, stretches: Sequence[_Stretch], fields_of: FieldsOf, furniture: str
) -> str:
    """The text at the end of the line *before*, as far as that of *stretches* continues it."""
    start = _start(stretches, furniture)
    end = _end(_stretches(before, fields_of))
    if start is None or end is None or start.fields != end.fields:
        return ""
    return end.bare + seam(end.bare, start.bare)


def _head_of(
    after: Line, stretches: Sequence[_Stretch], fields_of: FieldsOf, furniture: str
) -> str:
    """The text at the start of the line *after*, as far as it continues that of *stretches*."""
    start = _start(_stretches(after, fields_of), furniture)
    end = _end(stretches)
    if start is None or end is None or start.fields != end.fields:
        return ""
    return seam(end.bare, start.bare) + start.bare


def _start(stretches: Sequence[_Stretch], furniture: str) -> _Stretch | None:
    for each in stretches:
        if each.is_content:
            return each
        if each.bare.strip(furniture):
            return None
    return None


def _end(stretches: Sequence[_Stretch]) -> _Stretch | None:
    return stretches[-1] if stretches and stretches[-1].is_content else None


def seam(end: str, start: str) -> str:
    """What a line break stands for: nothing where words have no spaces between them."""
    return "" if is_unspaced(end[-1]) and is_unspaced(start[0]) else " "


def _within(spans: Spans, start: int, length: int) -> Spans:
    """The parts of *spans* in a piece of so much *length* from *start* on, counted from there."""
    moved = ((max(0, first - start), min(length, last - start)) for first, last in spans)
    return [(first, last) for first, last in moved if first < last]


def _matching(role: str) -> str:
    return MATCH + role


def split(
    runs: Sequence[Run], spans: Spans, role_of: Callable[[str], str] = _matching
) -> list[Run]:
    """*runs*, of which *spans*, counted through all of them, have another role: by itself that
    of a match.
    """
    if not spans:
        return list(runs)
    pieces: list[Run] = []
    begin = 0
    for text, role in runs:
        done = 0
        for start, end in _whole(text, _within(spans, begin, len(text))):
            if done < start:
                pieces.append((text[done:start], role))
            pieces.append((text[start:end], role_of(role)))
            done = end
        if done < len(text):
            pieces.append((text[done:], role))
        begin += len(text)
    # A joiner that nothing precedes takes no cells, nor lets what follows it take any.
    return pieces if line_len(tuple(pieces)) == line_len(tuple(runs)) else list(runs)


def _whole(text: str, spans: Spans) -> Spans:
    """*spans* with no character, as a person sees it, in part: its width would be another."""
    if not spans or text.isascii():
        return spans
    whole: Spans = []
    places = [(start, end) for start, end, _ in clusters(text)]
    for first, last in spans:
        start = max((start for start, _ in places if start <= first), default=0)
        end = min((end for _, end in places if end >= last), default=len(text))
        if whole and start <= whole[-1][1]:
            start = whole.pop()[0]
        whole.append((start, end))
    return whole
