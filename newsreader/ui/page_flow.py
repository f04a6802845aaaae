"""A page of any length: parts that are laid out when they come into sight, or when there is time.

The height of what was not laid out yet is a guess. Whenever guesses are replaced, what is in
sight keeps its place on the screen: see :meth:`Page.reach`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from time import perf_counter

from newsreader.text.links import Target
from newsreader.ui.cells import Line
from newsreader.ui.page_parts import Drawn, Part, Place, Rest, Stop

_KEPT = 300
"""Parts whose lines are kept; those of the others are laid out again when they are needed."""
_GROWTH_AT_ONCE = 4
_PATIENCE = 0.012
"""Seconds after which what is in sight waits for the next turn, and is blank until then."""


class Page:
    """Parts below one another."""

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        self.parts = list(parts)
        self.height = sum(part.height for part in self.parts)
        self.links: Sequence[Target] = ()
        """All links of the article, in the order of their numbers; none where it has no numbers."""
        self.lines_made = 0
        """How many lines were laid out so far, by whomever."""
        self._tops = [0]
        self._rests = [part for part in self.parts if isinstance(part, Rest)]
        self._holders = [part for part in self.parts if part.stops]
        self._firsts: list[int] = []
        self.stop_count = 0
        for part in self._holders:
            self._firsts.append(self.stop_count)
            self.stop_count += part.stops
        self._pending: list[tuple[Part, Drawn]] = []
        self._kept: deque[Part] = deque()
        self._next = 0
        self.is_short = False
        """Whether something in sight could not be laid out in time: reach for it again."""

    # What is where

    def _locate(self, y: int) -> int:
        """The index of the part that line *y* belongs to."""
        tops, parts = self._tops, self.parts
        while len(tops) < len(parts) and (top := tops[-1] + parts[len(tops) - 1].height) <= y:
            tops.append(top)
        return max(0, bisect_right(tops, y) - 1)

    def _top(self, index: int) -> int:
        tops, parts = self._tops, self.parts
        while len(tops) <= index:
            tops.append(tops[-1] + parts[len(tops) - 1].height)
        return tops[index]

    def place(self, y: int) -> Place:
        """Where line *y* is."""
        if len(self.parts) < 2:
            return Place(offset=y)
        index = self._locate(max(0, y))
        part = self.parts[index]
        within = (y - self._top(index)) / max(1, part.height)
        return Place(part.name, within, y / max(1, self.height))

    def line_at(self, place: Place) -> int:
        """The line of a :meth:`place`."""
        if len(self.parts) < 2:
            return round(place.offset)
        for index, part in enumerate(self.parts):
            if part.name and part.name == place.name:
                if not isinstance(part, Rest):
                    self._set(part)
                return self._top(index) + round(place.offset * part.height)
        return round(place.share * self.height)

    def line(self, y: int) -> Line:
        """One line; an empty one where nothing is known yet."""
        if not 0 <= y < self.height:
            return ()
        index = self._locate(y)
        part = self.parts[index]
        if part.drawn is None and part.is_exact:
            self._keep(part, self._make(part))
        if part.drawn is None:
            return ()
        return part.drawn.lines[y - self._top(index)]

    def part_at(self, y: int) -> tuple[Part, int]:
        """The part that line *y* belongs to, and which of its lines that is."""
        index = self._locate(y)
        return self.parts[index], y - self._top(index)

    def line_in(self, part: Part, line: int) -> int:
        """Where a *line* of *part* is, which is laid out for it."""
        self._set(part)
        return self._top(self.parts.index(part)) + line

    @property
    def is_whole(self) -> bool:
        """Whether everything was taken to parts."""
        return not self._rests

    # Stops

    def _holder(self, number: int) -> tuple[Part, int]:
        place = bisect_right(self._firsts, number) - 1
        return self._holders[place], number - self._firsts[place]

    def stop(self, number: int) -> Stop | None:
        """A related story by its number; None when it is not laid out."""
        if not 0 <= number < self.stop_count:
            return None
        part, place = self._holder(number)
        if not part.is_exact:
            return None
        drawn = part.drawn or self._make(part)
        if part.drawn is None:
            self._keep(part, drawn)
        related, top, height = drawn.stops[place]
        return Stop(related, self._top(self.parts.index(part)) + top, height)

    def stop_at(self, y: int) -> int:
        """The number of the related story on line *y*, else -1."""
        if not self.stop_count or not 0 <= y < self.height:
            return -1
        part = self.parts[self._locate(y)]
        if not part.stops:
            return -1
        first = self._firsts[self._holders.index(part)]
        for number in range(first, first + part.stops):
            stop = self.stop(number)
            if stop is not None and stop.top <= y < stop.top + stop.height:
                return number
        return -1

    def prepare_stop(self, number: int, height: int) -> None:
        """Lay out a related story, and *height* lines before and after it, for :meth:`reach`."""
        part, _ = self._holder(number)
        index = self.parts.index(part)
        self._prepare(part)
        for step in (-1, 1):
            place, left = index + step, height
            while 0 <= place < len(self.parts) and left > 0:
                part = self.parts[place]
                if isinstance(part, Rest):
                    break
                left -= self._prepare(part)
                place += step

    def _prepare(self, part: Part) -> int:
        """Lay *part* out, but leave its place as it is; how high it will be."""
        if part.is_exact:
            return part.height
        drawn = next((drawn for each, drawn in self._pending if each is part), None)
        if drawn is None:
            drawn = self._make(part)
            self._pending.append((part, drawn))
        return len(drawn.lines)

    # Laying out

    def _make(self, part: Part) -> Drawn:
        drawn = part.make()
        self.lines_made += len(drawn.lines)
        return drawn

    def _keep(self, part: Part, drawn: Drawn) -> None:
        part.drawn = drawn
        self._kept.append(part)
        if len(self._kept) > _KEPT:
            self._kept.popleft().drawn = None

    def _set(self, part: Part, drawn: Drawn | None = None) -> None:
        """Let *part* be as high as it is."""
        if part.is_exact:
            return
        drawn = drawn or self._make(part)
        part.is_exact = True
        self._resize(part, len(drawn.lines))
        self._keep(part, drawn)

    def _resize(self, part: Part, height: int) -> None:
        if height != part.height:
            self.height += height - part.height
            part.height = height
            del self._tops[self.parts.index(part) + 1 :]

    def _apply(self) -> None:
        """Put everything that was found out meanwhile in its place."""
        pending, self._pending = self._pending, []
        for part, drawn in pending:
            if not part.is_exact:
                part.is_exact = True
                self.height += len(drawn.lines) - part.height
                part.height = len(drawn.lines)
                self._keep(part, drawn)
        if pending:
            # Once for all of them: it takes time to find them one by one.
            del self._tops[1:]
        for rest in tuple(self._rests):
            if not (rest.found or rest.is_over):
                continue
            index = self.parts.index(rest)
            found, rest.found = rest.found, []
            self.parts[index:index] = found
            self.height += sum(part.height for part in found)
            del self._tops[index + 1 :]
            self._resize(rest, 0 if rest.is_over else max(1, rest.guess()))
            if rest.is_over:
                self._rests.remove(rest)
                rest.is_exact = True

    def reach(self, y: int, height: int, seconds: float = _PATIENCE) -> int:
        """Lay out what is in sight from line *y* on; the line at which the same text stands."""
        if not self.parts:
            return 0
        index, offset = self._anchor(y, height)
        part = self.parts[index]
        self._apply()
        growth = _GROWTH_AT_ONCE
        end = perf_counter() + seconds
        while True:
            index = self.parts.index(part)
            top = max(0, min(self._top(index) + offset, self.height - height))
            todo = self._unknown(top, height, with_rest=growth > 0)
            self.is_short = todo is not None and perf_counter() > end
            if todo is None or self.is_short:
                return top
            if isinstance(todo, Rest):
                growth -= 1
                self._grow(todo)
                self._apply()
                if todo is part and offset >= 0:
                    # The text at the top of the rest is now that of the first new part.
                    index = self._locate(min(self._top(index) + offset, self.height - 1))
                    offset = min(offset, max(0, self.parts[index].height - 1))
                    part = self.parts[index]
            else:
                self._set(todo)
                if todo is part and offset > 0:
                    offset = min(offset, max(0, part.height - 1))

    def _anchor(self, y: int, height: int) -> tuple[int, int]:
        """What must not move: the first part in sight that is known, else the one at the top."""
        first = self._locate(max(0, min(y, self.height - 1)))
        for index in range(first, len(self.parts)):
            top = self._top(index)
            if top >= y + height:
                break
            if self.parts[index].is_exact and self.parts[index].height:
                return index, y - top
        return first, y - self._top(first)

    def _unknown(self, top: int, height: int, *, with_rest: bool) -> Part | None:
        for index in range(self._locate(top), len(self.parts)):
            if self._top(index) >= top + height:
                break
            part = self.parts[index]
            if not part.is_exact and (with_rest or not isinstance(part, Rest)):
                return part
        return None

    # When there is time

    def _grow(self, rest: Rest) -> None:
        found = rest.take()
        rest.found.extend(found)
        rest.is_over = not found

    @property
    def has_news(self) -> bool:
        """Whether more was found out than :meth:`reach` has put in its place."""
        return bool(self._pending) or any(rest.found or rest.is_over for rest in self._rests)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is a guess any more."""
        return not self._rests and not self._pending and self.is_known

    @property
    def is_known(self) -> bool:
        """Whether nothing is left to find out before the next :meth:`reach`."""
        if self._rests:
            return all(rest.is_over for rest in self._rests)
        parts = self.parts
        while self._next < len(parts) and parts[self._next].is_exact:
            self._next += 1
        return self._next == len(parts)

    def work(self, seconds: float) -> None:
        """Find out more for so long; it changes nothing before the next :meth:`reach`."""
        end = perf_counter() + seconds
        waiting = {id(part) for part, _ in self._pending}
        while not self.is_known and perf_counter() < end:
            rest = next((rest for rest in self._rests if not rest.is_over), None)
            if rest is not None:
                self._grow(rest)
                continue
            part = self.parts[self._next]
            if id(part) not in waiting:
                self._pending.append((part, self._make(part)))
            self._next += 1
