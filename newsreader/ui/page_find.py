"""Looking for a text in a page of any length, part by part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter
from typing import NamedTuple
from unicodedata import combining

from newsreader.text.fold import fold, fold_but_case, fold_with_places
from newsreader.ui.cells import Line
from newsreader.ui.highlights import seam
from newsreader.ui.inks import role_of
from newsreader.ui.page_flow import Page
from newsreader.ui.page_parts import Part, Rest

Spans = list[tuple[int, int]]


class Content(NamedTuple):
    """The running text of a part, without margins, the bars of quotes and the numbers of links.

    ``starts`` says where in it each line begins, ``leads`` how much stands before that on the line,
    and ``holes`` where in the line so much was left out.
    """

    text: str
    starts: Sequence[int]
    leads: Sequence[int]
    holes: Sequence[Sequence[tuple[int, int]]]


def content_of(lines: Iterable[Line]) -> Content:
    """The text of *lines*, which go on in one another."""
    parts: list[str] = []
    starts: list[int] = []
    leads: list[int] = []
    holes: list[list[tuple[int, int]]] = []
    length, last = 0, ""
    for line in lines:
        lead = 0
        for text, role in line:
            if role != "track" and not text.isspace():
                lead += len(text) - len(text.lstrip())
                break
            lead += len(text)
        bare, left_out = _without_numbers(line, lead)
        if bare and last:
            between = seam(last, bare)
            parts.append(between)
            length += len(between)
        starts.append(length)
        leads.append(lead)
        holes.append(left_out)
        parts.append(bare)
        length += len(bare)
        last = bare or last
    return Content("".join(parts), starts, leads, holes)


def _without_numbers(line: Line, lead: int) -> tuple[str, list[tuple[int, int]]]:
    """The text of *line* after its *lead* but for the numbers of links, and where those were."""
    parts: list[str] = []
    holes: list[tuple[int, int]] = []
    place = -lead
    for text, role in line:
        if role_of(role) == "aside":
            holes.append((max(0, place), len(text)))
        else:
            parts.append(text)
            place += len(text)
    return "".join(parts)[lead:].rstrip(), holes


class Match(NamedTuple):
    """One of the matches: the part it is in, and its number there, from 0."""

    part: Part
    number: int


class Finder:
    """Finds *needle* in *page*, first of all from line *y* on.

    Capitals count when the needle has some; accents, quotes and dashes are as in every search.
    ``current`` is the match one is at.
    """

    def __init__(self, page: Page, needle: str, y: int) -> None:
        self.page = page
        self.needle = needle
        self.current: Match | None = None
        self._start = page.part_at(y)
        self._texts: dict[Part, tuple[str, str]] = {}
        self._counts: dict[Part, int] = {}
        self._places: dict[Part, tuple[Content, Spans]] = {}

    def look_for(self, needle: str) -> None:
        """Look for another *needle*, from the same place."""
        self.needle, self.current = needle, None
        self._counts.clear()
        self._places.clear()

    def go_on_as(self, other: Finder) -> None:
        """Be at the match that *other* is at, if both pages have but one part."""
        if other.current is None or len(self.page.parts) != 1 or len(other.page.parts) != 1:
            return
        part = self.page.parts[0]
        self._counts[part] = self._count(part)
        if other.current.number < self._counts[part]:
            self.current = Match(part, other.current.number)

    # Counting

    def _turned(self) -> Iterator[Part]:
        """All parts but rests, beginning with that of the start."""
        parts = self.page.parts
        first = parts.index(self._start[0])
        for part in (*parts[first:], *parts[:first]):
            if not isinstance(part, Rest):
                yield part

    def work(self, seconds: float) -> None:
        """Count for so long, and at least in one part."""
        end = perf_counter() + seconds
        for part in [part for part in self._turned() if part not in self._counts]:
            self._counts[part] = self._count(part)
            if perf_counter() > end:
                break
        if self.current is None:
            self.current = self._first()

    @property
    def is_over(self) -> bool:
        """Whether every match is counted."""
        return self.page.is_whole and all(part in self._counts for part in self._turned())

    def _count(self, part: Part) -> int:
        needle = fold(self.needle)
        if not needle:
            return 0
        texts = self._texts.get(part)
        if texts is None:
            text = content_of(_lines(part)).text
            texts = self._texts[part] = (text, fold(text))
        text, folded = texts
        if needle not in folded:
            return 0
        return len(_spans(text, self.needle))

    def _first(self) -> Match | None:
        """The first match from the start on, as soon as it is known to be the first."""
        begun, line = self._start
        for part in self._turned():
            count = self._counts.get(part)
            if count is None:
                return None
            if not count:
                continue
            number = 0
            if part is begun:
                lines = [self._line_of(part, start) for start, _ in self._spans_in(part)]
                number = next((n for n, each in enumerate(lines) if each >= line), count)
            if number < count:
                return Match(part, number)
        if self.page.is_whole and self._counts.get(begun):
            return Match(begun, 0)
        return None

    @property
    def total(self) -> int:
        """How many matches are known."""
        return sum(self._counts.values())

    @property
    def number(self) -> int:
        """The number of the current match, from 1; 0 for none."""
        if self.current is None:
            return 0
        before = 0
        for part in self.page.parts:
            if part is self.current.part:
                break
            before += self._counts.get(part, 0)
        return before + self.current.number + 1

    def step(self, step: int) -> None:
        """Go on to the next match, or back to the one before; from the last to the first."""
        current = self.current
        if current is None:
            return
        number = current.number + step
        if 0 <= number < self._counts[current.part]:
            self.current = Match(current.part, number)
            return
        parts = [part for part in self.page.parts if self._counts.get(part)]
        part = parts[(parts.index(current.part) + step) % len(parts)]
        self.current = Match(part, 0 if step > 0 else self._counts[part] - 1)

    # Where they are

    def _found_in(self, part: Part) -> tuple[Content, Spans]:
        found = self._places.get(part)
        if found is None:
            content = content_of(_lines(part))
            found = self._places[part] = (content, _spans(content.text, self.needle))
        return found

    def _spans_in(self, part: Part) -> Spans:
        return self._found_in(part)[1]

    def _line_of(self, part: Part, place: int) -> int:
        return bisect_right(self._found_in(part)[0].starts, place) - 1

    def place(self, match: Match) -> int:
        """The line of the page that *match* begins on."""
        start, _ = self._spans_in(match.part)[match.number]
        return self.page.line_in(match.part, self._line_of(match.part, start))

    def on_line(self, y: int) -> tuple[Spans, Spans]:
        """What stands on line *y* of the matches, and of the current one; from and up to a place
        on that line.
        """
        part, line = self.page.part_at(y)
        if isinstance(part, Rest) or not part.is_exact:
            return [], []
        content, spans = self._found_in(part)
        holes = content.holes[line]
        start, lead = content.starts[line], content.leads[line]
        following = line + 1
        end = content.starts[following] if following < len(content.starts) else len(content.text)
        current = self.current
        number = current.number if current is not None and current.part is part else -1
        here = spans[number : number + 1] if number >= 0 else []
        return _moved(spans, start, end, lead, holes), _moved(here, start, end, lead, holes)


def _moved(
    spans: Spans, start: int, end: int, lead: int, holes: Sequence[tuple[int, int]]
) -> Spans:
    """What of *spans* is on the line from *start* to *end*, counted on that line."""
    moved = [
        (max(first, start) - start, min(last, end) - start)
        for first, last in spans
        if first < end and last > start
    ]
    return [
        (
            lead + first + sum(size for place, size in holes if place <= first),
            lead + last + sum(size for place, size in holes if place < last),
        )
        for first, last in moved
    ]


def _lines(part: Part) -> list[Line]:
    return (part.drawn or part.make()).lines


def _spans(text: str, needle: str) -> Spans:
    """Where *text* has *needle*."""
    wanted = fold(needle)
    if not wanted:
        return []
    cased = fold_but_case(needle) if needle != needle.lower() else ""
    folded, places = fold_with_places(text)
    spans: Spans = []
    position = folded.find(wanted)
    while position >= 0:
        first, last = places[position], places[position + len(wanted) - 1] + 1
        while last < len(text) and combining(text[last]):
            last += 1
        if not cased or fold_but_case(text[first:last]) == cased:
            spans.append((first, last))
        position = folded.find(wanted, position + len(wanted))
    return spans
