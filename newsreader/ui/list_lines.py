"""Where headings and articles stand in the list: what a place costs does not grow with the list."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from newsreader.library.answer import Group

HEADING_HEIGHT = 1
"""Lines a heading takes."""


class Place(NamedTuple):
    """A stop of the cursor by name, so that it can be found again in another answer.

    ``article`` is an id; on a heading, that of the first article below it.
    """

    group: str
    article: str
    is_heading: bool = False


class ListLines:
    """The stops of a list of *count* articles in *groups*, and the lines each stop takes.

    A stop is a heading, or an article of a group that is not folded. Stops and lines count from
    0. Nothing here ever changes.
    """

    def __init__(
        self,
        count: int,
        groups: tuple[Group, ...] = (),
        *,
        row_height: int = 1,
        folded: Collection[str] = frozenset(),
    ) -> None:
        self.groups = groups or (Group("", "", range(count), has_heading=False),)
        self.row_height = row_height
        heads = [int(group.has_heading) for group in self.groups]
        shown = [
            0 if group.has_heading and group.key in folded else len(group.positions)
            for group in self.groups
        ]
        pairs = list(zip(heads, shown, strict=True))
        self._first_stops = list(accumulate((head + size for head, size in pairs), initial=0))
        self._tops = list(
            accumulate(
                (head * HEADING_HEIGHT + size * row_height for head, size in pairs), initial=0
            )
        )

    def __len__(self) -> int:
        return self._first_stops[-1]

    @property
    def height(self) -> int:
        """How many lines there are."""
        return self._tops[-1]

    @property
    def has_headings(self) -> bool:
        """Whether the list is in groups."""
        return len(self.groups) > 1 or self.groups[0].has_heading

    def group_at(self, stop: int) -> int:
        """The number of the group that *stop* is in."""
        return max(0, min(bisect_right(self._first_stops, stop) - 1, len(self.groups) - 1))

    def heading_of(self, group: int) -> int:
        """The stop where a group begins: its heading, if it has one."""
        return self._first_stops[group]

    def is_folded(self, group: int) -> bool:
        """Whether only the heading of a group is shown."""
        size = self._first_stops[group + 1] - self._first_stops[group]
        return self.groups[group].has_heading and size == 1

    def is_heading(self, stop: int) -> bool:
        """Whether *stop* is a heading."""
        number = self.group_at(stop)
        return self.groups[number].has_heading and stop == self._first_stops[number]

    def positions(self, stop: int) -> Sequence[int]:
        """The articles that *stop* stands for: its own, or all of its group on a heading."""
        number = self.group_at(stop)
        group = self.groups[number]
        member = stop - self._first_stops[number] - group.has_heading
        if member < 0:
            return group.positions
        return group.positions[member : member + 1]

    def positions_between(self, first: int, last: int) -> Iterator[Sequence[int]]:
        """The articles of the stops from *first* to *last*, all of a group that is folded."""
        for number in range(self.group_at(first), self.group_at(last) + 1):
            group, start = self.groups[number], self._first_stops[number]
            if self.is_folded(number):
                yield group.positions
            else:
                begin = start + group.has_heading
                yield group.positions[max(0, first - begin) : max(0, last - begin + 1)]

    def top(self, stop: int) -> int:
        """The first line of *stop*."""
        number = self.group_at(stop)
        member = stop - self._first_stops[number]
        if self.groups[number].has_heading and member > 0:
            return self._tops[number] + HEADING_HEIGHT + (member - 1) * self.row_height
        return self._tops[number] + member * self.row_height

    def size(self, stop: int) -> int:
        """How many lines *stop* takes."""
        return HEADING_HEIGHT if self.is_heading(stop) else self.row_height

    def at(self, line: int) -> tuple[int, int]:
        """The stop that has *line*, and which of its lines it is."""
        number = max(0, min(bisect_right(self._tops, line) - 1, len(self.groups) - 1))
        stop, below = self._first_stops[number], line - self._tops[number]
        if self.groups[number].has_heading:
            if below < HEADING_HEIGHT:
                return stop, below
            stop, below = stop + 1, below - HEADING_HEIGHT
        row, part = divmod(below, self.row_height)
        return stop + row, part

    def next_article(self, stop: int, step: int) -> int | None:
        """The next stop in the direction of *step*, 1 or -1, that is an article."""
        if step > 0 and self.is_heading(stop) and not self.is_folded(self.group_at(stop)):
            stop += 1  # A heading stands for its first article.
        number, stop = self.group_at(stop), stop + step
        while 0 <= number < len(self.groups):
            begin = self._first_stops[number] + self.groups[number].has_heading
            end = self._first_stops[number + 1]
            near = max(stop, begin) if step > 0 else min(stop, end - 1)
            if begin <= near < end:
                return near
            number += step
        return None

    def find(self, place: Place, position: int | None) -> int | None:
        """The stop at *place*, whose article stands at *position*, if any.

        The article may have gone to another group, and a folded group has its heading for it.
        """
        around = self._number_of(place.group)
        if place.is_heading and around is not None:
            return self._first_stops[around]
        if position is None:
            return None
        numbers = range(len(self.groups)) if around is None else (around, *range(len(self.groups)))
        found: int | None = None
        for number in numbers:
            stop = self._stop_in(number, position)
            if stop is not None:
                if number == around or not self.is_folded(number):
                    return stop
                found = stop if found is None else found
        return found

    def _number_of(self, key: str) -> int | None:
        if not key:
            return None
        found = (number for number, group in enumerate(self.groups) if group.key == key)
        return next(found, None)

    def _stop_in(self, number: int, position: int) -> int | None:
        positions = self.groups[number].positions
        member = bisect_right(positions, position) - 1
        if member < 0 or positions[member] != position:
            return None
        if self.is_folded(number):
            return self._first_stops[number]
        return self._first_stops[number] + self.groups[number].has_heading + member
