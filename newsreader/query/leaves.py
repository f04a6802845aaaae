"""Masks over one column: for each row of a table whether it has what is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from newsreader.query.table import UNKNOWN, Flag, Lists, Mark, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask: TypeAlias = NDArray[np.bool_]
    Numbers: TypeAlias = NDArray[np.integer[Any]]

Rows: TypeAlias = Sequence[int]

_FLAGS = {
    "is:published": Flag.PUBLISHED,
    "is:unpublished": Flag.UNPUBLISHED,
    "is:secured": Flag.SECURED,
    "has:body": Flag.BODY,
    "has:amp": Flag.AMP,
    "has:fulltext": Flag.FULL_TEXT,
}
_MARKS = {
    "is:read": Mark.READ,
    "is:starred": Mark.STARRED,
    "is:later": Mark.LATER,
    "is:opened": Mark.OPENED,
    "has:note": Mark.NOTE,
    "has:tag": Mark.TAG,
    "is:hidden": Mark.HIDDEN,
    "is:new": Mark.NEW,
}
_COUNTS = {"has:related": "related", "has:image": "images", "is:duplicate": "duplicate"}


def flagged(table: Table, name: str) -> Mask:
    """The rows that have what *name* says, such as ``is:published`` or ``has:image``."""
    if name in _COUNTS:
        return between(numbers(table, _COUNTS[name]), 1, None, UNKNOWN)
    import numpy as np

    if name == "is:unread":
        return np.asarray(np.frombuffer(table.marks, np.uint8) & int(Mark.READ) == 0)
    if name in _MARKS:
        return np.asarray(np.frombuffer(table.marks, np.uint8) & int(_MARKS[name]) != 0)
    return np.asarray(np.asarray(table.flags) & int(_FLAGS[name]) != 0)


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


def meaning(name: str) -> bytes:
    """For each value of the column of marks whether it says *name*: 1 or 0."""
    _, has = flag_test(name)
    return bytes(bool(has(value)) for value in range(256))


def between(column: Sequence[int], low: int | None, high: int | None, unknown: int) -> Mask:
    """The rows whose value is known and from *low* to *high*, either of which may be open."""
    import numpy as np

    values = np.asarray(column)
    least, most = _bounds(values, unknown + 1 if low is None else max(low, unknown + 1), high)
    if least > most:
        return np.zeros(len(values), np.bool_)
    return np.asarray((values >= least) & (values <= most))


def _bounds(values: Numbers, low: int, high: int | None) -> tuple[int, int]:
    """*low* and *high* within what the column can hold: numpy refuses what is beyond."""
    import numpy as np

    if values.dtype.kind not in "iu":
        return low, high if high is not None else 0  # It is empty.
    limits = np.iinfo(values.dtype)
    most = int(limits.max) if high is None else min(high, int(limits.max))
    return max(low, int(limits.min)), most


def equal(column: Sequence[int], value: int) -> Mask:
    """The rows that have just *value*."""
    import numpy as np

    return np.asarray(np.asarray(column) == value)


def having_code(column: Sequence[int], wanted: Collection[int], size: int) -> Mask:
    """The rows whose code, one of *size*, is *wanted*."""
    import numpy as np

    is_wanted = np.zeros(size, np.bool_)
    is_wanted[list(wanted)] = True
    return np.asarray(is_wanted[np.asarray(column, np.intp)])


def listing_code(lists: Lists, wanted: Collection[int], size: int) -> Mask:
    """The rows that list any of the codes *wanted*, out of *size*."""
    import numpy as np

    mask = np.zeros(len(lists), np.bool_)
    places = np.flatnonzero(having_code(lists.codes, wanted, size))
    mask[np.searchsorted(np.asarray(lists.ends), places, side="right")] = True
    return mask


def numbers(table: Table, field: str) -> Sequence[int]:
    """The column of a field that holds numbers."""
    column: Sequence[int] = getattr(table, field)
    return column


def instants(table: Table, field: str) -> Sequence[int]:
    """The column of a field that holds instants."""
    column: Sequence[int] = getattr(table, "published" if field == "date" else field)
    return column


def codes(table: Table, field: str) -> Sequence[int]:
    """The column of a field that holds one code a row."""
    column: Sequence[int] = getattr(table, field)
    return column
