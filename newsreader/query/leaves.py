"""Selectors over one column: each is one pass over the rows it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from newsreader.query.table import UNKNOWN, Flag, Mark, Table

Rows: TypeAlias = Sequence[int]
Selector: TypeAlias = Callable[[Rows], list[int]]

_FLAGS = {
    "is:published": Flag.PUBLISHED,
    "is:unpublished": Flag.UNPUBLISHED,
    "is:secured": Flag.SECURED,
    "has:body": Flag.BODY,
    "has:amp": Flag.AMP,
}
_MARKS = {
    "is:read": Mark.READ,
    "is:starred": Mark.STARRED,
    "is:later": Mark.LATER,
    "is:opened": Mark.OPENED,
    "has:note": Mark.NOTE,
    "has:tag": Mark.TAG,
}
_COUNTS = {"has:related": "related", "has:image": "images"}


def flagged(table: Table, name: str) -> Selector:
    """The selector of what *name* says, such as ``is:published`` or ``has:image``."""
    if name in _COUNTS:
        return between(numbers(table, _COUNTS[name]), 1, None, UNKNOWN)
    if flag_test(name)[0] == "marks":
        mask = bytes(table.marks).translate(meaning(name))
        return lambda rows: [row for row in rows if mask[row]]
    flags, bit = table.flags, int(_FLAGS[name])
    return lambda rows: [row for row in rows if flags[row] & bit]


def meaning(name: str) -> bytes:
    """For each value of the column of marks whether it says *name*: 1 or 0."""
    _, has = flag_test(name)
    return bytes(bool(has(value)) for value in range(256))


def flag_test(name: str) -> tuple[str, Callable[[int], object]]:
    """The column that *name* is told by, and the check of its values."""
    if name in _COUNTS:
        return _COUNTS[name], lambda value: value > 0
    if name == "is:unread":
        return "marks", lambda value: not value & Mark.READ
    if name in _MARKS:
        mark = int(_MARKS[name])
        return "marks", lambda value: value & mark
    bit = int(_FLAGS[name])
    return "flags", lambda value: value & bit


def between(column: Sequence[int], low: int | None, high: int | None, unknown: int) -> Selector:
    """The rows whose value is known and from *low* to *high*, either of which may be open."""
    least = unknown + 1 if low is None else max(low, unknown + 1)
    if high is None:
        return lambda rows: [row for row in rows if column[row] >= least]
    return lambda rows: [row for row in rows if least <= column[row] <= high]


def equal(column: Sequence[int], value: int) -> Selector:
    """The rows that have just *value*."""
    return lambda rows: [row for row in rows if column[row] == value]


def numbers(table: Table, field: str) -> Sequence[int]:
    """The column of a field that holds numbers."""
    return {
        "quality": table.quality,
        "heat": table.heat,
        "related": table.related,
        "images": table.images,
        "year": table.year,
    }[field]


def instants(table: Table, field: str) -> Sequence[int]:
    """The column of a field that holds instants."""
    return {
        "date": table.published,
        "read": table.read,
        "starred": table.starred,
        "added": table.added,
        "opened": table.opened,
    }[field]


def codes(table: Table, field: str) -> Sequence[int]:
    """The column of a field that holds one code a row."""
    return {"category": table.category, "type": table.type, "provider": table.provider}[field]


def any_mask(masks: Sequence[bytes], size: int) -> bytes:
    """A byte for each of *size* rows: 1 where any of *masks* has 1."""
    both = 0
    for mask in masks:
        both |= int.from_bytes(mask, "little")
    return both.to_bytes(size, "little")
