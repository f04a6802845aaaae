"""Orders of articles: as text, as keys, in words, and applied."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from newsreader.model import InvalidQueryError
from newsreader.model.table import FEW
from newsreader.query.fields import DATES, nearest
from newsreader.query.leaves import Rows, instants
from newsreader.query.table import UNKNOWN, UNKNOWN_TIME, Table
from newsreader.text.fold import fold


class SortKey(NamedTuple):
    """One field to sort by."""

    field: str
    descending: bool = False


Order: TypeAlias = tuple[SortKey, ...]

DEFAULT_ORDER: Final = "-date"
"""The newest first."""

_WORDS: Final = {
    "date": ("oldest first", "newest first"),
    "quality": ("lowest quality first", "best quality first"),
    "heat": ("coolest first", "hottest first"),
    "hot": ("what matters least now first", "what matters now first"),
    "provider": ("provider A to Z", "provider Z to A"),
    "title": ("title A to Z", "title Z to A"),
    "read": ("read longest ago first", "read last first"),
    "starred": ("starred longest ago first", "starred last first"),
    "added": ("added longest ago first", "added last first"),
    "opened": ("opened longest ago first", "opened last first"),
    "related": ("fewest related first", "most related first"),
    "coverage": ("least covered first", "most covered first"),
    "relevance": ("best match first", "best match first"),
}
SORT_FIELDS: Final = tuple(_WORDS)
"""What articles can be sorted by."""

RELEVANCE: Final = (SortKey("relevance"),)
"""The order of an answer to words."""
_NEWEST: Final = SortKey("date", descending=True)


def parse_order(text: str) -> Order:
    """The order that *text* names: fields with commas between, ``-`` before one for descending.

    A blank text means :data:`DEFAULT_ORDER`.

    Raises:
        InvalidQueryError: when there is no such field to sort by.
    """
    if not text.strip():
        return parse_order(DEFAULT_ORDER)
    keys = []
    column = 0
    for part in text.split(","):
        word = part.strip()
        name = word.removeprefix("-").lower()
        if name not in SORT_FIELDS:
            raise InvalidQueryError(
                f"Articles cannot be sorted by {name}" if name else "A field is missing here",
                query=text,
                column=column + len(part) - len(part.lstrip()),
                expected=SORT_FIELDS,
                suggestion=nearest(name, SORT_FIELDS),
            )
        keys.append(SortKey(name, word.startswith("-")))
        column += len(part) + 1
    return tuple(keys)


def order_text(order: Order) -> str:
    """The text that :func:`parse_order` understands as *order*."""
    return ",".join(f"{'-' if key.descending else ''}{key.field}" for key in order)


def describe(order: Order) -> str:
    """*order* in words: ``newest first``."""
    return ", then ".join(_WORDS[key.field][key.descending] for key in order)


def sort(rows: Rows, order: Order, table: Table) -> Rows:
    """*rows* in *order*, those with an unknown value last in either direction.

    Ties stand newest first, then by title, then by row. Relevance depends on the query and is
    none of the keys here.
    """
    keys = [key for key in order if key.field != "relevance"]
    is_many = len(rows) > FEW
    newest_first = _newest_first(rows, table)
    sorted_: Rows = newest_first
    if keys == [_NEWEST]:
        return sorted_
    # Sorting is stable: the last key first, and the first one last.
    for key in reversed(keys):
        column, unknown = _values(key.field, table)
        by_column = _many_by if is_many and not isinstance(column[0], str) else _by
        sorted_ = by_column(sorted_, column, unknown, descending=key.descending)
    return sorted_


def _newest_first(rows: Rows, table: Table) -> Rows:
    if len(rows) == len(table.newest_first):
        return table.newest_first
    if len(rows) <= FEW:
        wanted = set(rows)
        return [row for row in table.newest_first if row in wanted]
    import numpy as np

    mask = np.zeros(len(table), np.bool_)
    mask[np.asarray(rows, np.intp)] = True
    newest_first = np.asarray(table.newest_first, np.int32)
    return newest_first[mask[newest_first]].data


def _values(field: str, table: Table) -> tuple[Sequence[Any], object]:
    """The values of all rows to compare, and what stands for an unknown one."""
    if field in DATES:
        return instants(table, field), UNKNOWN_TIME
    if field == "title":
        return table.titles, ""
    if field == "provider":
        labels = [fold(provider.label) for provider in table.providers]
        ranks = {label: rank for rank, label in enumerate(sorted({"", *labels}))}
        rank_of = [ranks[label] for label in labels]
        return [rank_of[code] for code in table.provider], ranks[""]
    return getattr(table, field), UNKNOWN


def _by(rows: Rows, column: Sequence[Any], unknown: object, *, descending: bool) -> Rows:
    known = [row for row in rows if column[row] != unknown]
    known.sort(key=column.__getitem__, reverse=descending)
    return known + [row for row in rows if column[row] == unknown]


def _many_by(rows: Rows, column: Sequence[Any], unknown: object, *, descending: bool) -> Rows:
    import numpy as np

    among = np.asarray(rows, np.int32)
    values = np.asarray(column)[among].astype(np.int64)
    order = np.where(values == unknown, np.iinfo(np.int64).max, -values if descending else values)
    return among[np.argsort(order, kind="stable")].data
