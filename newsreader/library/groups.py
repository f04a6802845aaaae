"""Rows put into groups: by provider, topic, day or story. Pure functions over a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import overload

from newsreader.library.answer import Group
from newsreader.model.table import UNKNOWN_TIME
from newsreader.store.shelf import Shelf
from newsreader.text.dates import MONTHS, WEEKDAYS, local, local_at
from newsreader.text.fold import fold


def groups_of(
    rows: Sequence[int],
    by: str,
    table: Shelf,
    *,
    now: datetime,
    newest_first: bool = True,
) -> tuple[Group, ...]:
    """*rows* in groups: *by* one of ``provider``, ``topic``, ``day`` and ``story``.

    Groups stand in the order of their first rows; days in the order of the calendar; what has
    no value last.
    """
    if by == "story":
        return tuple(_by_story(rows, table))
    if by == "day":
        return tuple(_by_day(rows, table, now, newest_first=newest_first))
    return tuple(_by_name(rows, by, table))


def _by_name(rows: Sequence[int], by: str, table: Shelf) -> Iterator[Group]:
    """An article with several topics stands under each of them. Case and accents do not count."""
    names: Sequence[str]
    codes: Sequence[tuple[int, ...]]
    if by == "topic":
        names, codes = table.topic_names, table.topics
        frequent = Counter(chain.from_iterable(map(codes.__getitem__, rows)))
    else:
        names = [provider.label for provider in table.providers]
        codes = _Single(table.provider)
        frequent = Counter(map(table.provider.__getitem__, rows))
    keys = {code: fold(names[code]).strip() for code in frequent}
    labels: dict[str, str] = {}
    for code, _ in frequent.most_common():
        labels.setdefault(keys[code], names[code])
    members: dict[str, list[int]] = {}
    for position, row in enumerate(rows):
        for key in dict.fromkeys(map(keys.__getitem__, codes[row])):
            if key:
                members.setdefault(key, []).append(position)
        if not any(keys[code] for code in codes[row]):
            members.setdefault("", []).append(position)
    nameless = members.pop("", [])
    for key, positions in members.items():
        yield Group(f"{by}:{key}", labels[key], positions)
    if nameless:
        yield Group(f"{by}:", f"No {by}", nameless)


def _by_day(
    rows: Sequence[int], table: Shelf, now: datetime, *, newest_first: bool
) -> Iterator[Group]:
    """Days are local."""
    members: dict[date | None, list[int]] = {}
    for position, row in enumerate(rows):
        seconds = table.published[row]
        day = None if seconds == UNKNOWN_TIME else local_at(seconds).date()
        members.setdefault(day, []).append(position)
    undated = members.pop(None, [])
    today = local(now).date()
    for day in sorted((day for day in members if day), reverse=newest_first):
        yield Group(f"day:{day.isoformat()}", _day_label(day, today), members[day])
    if undated:
        yield Group("day:", "No date", undated)


def _day_label(day: date, today: date) -> str:
    names = {today: "Today", today - timedelta(days=1): "Yesterday"}
    name = names.get(day, WEEKDAYS[day.weekday()])
    return f"{name}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def _by_story(rows: Sequence[int], table: Shelf) -> Iterator[Group]:
    """Articles that are alone in their story, among *rows*, stand without a heading."""
    story, members = table.story, dict[int, list[int]]()
    for position, row in enumerate(rows):
        # What is in no story has a number below 0, of its own.
        members.setdefault(story[row] or ~position, []).append(position)
    alone: list[int] = []
    for number, positions in members.items():
        if len(positions) == 1:
            alone += positions
            continue
        if alone:
            yield Group("", "", alone, has_heading=False)
            alone = []
        yield Group(f"story:{table.story_ids[number]}", table.story_titles[number], positions)
    if alone:
        yield Group("", "", alone, has_heading=False)


class _Single(Sequence[tuple[int, ...]]):
    """A column as lists of one."""

    def __init__(self, column: Sequence[int]) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, row: int) -> tuple[int, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[tuple[int, ...]]: ...
    def __getitem__(self, row: int | slice) -> tuple[int, ...] | Sequence[tuple[int, ...]]:
        if isinstance(row, slice):
            return [(each,) for each in self._column[row]]
        return (self._column[row],)
