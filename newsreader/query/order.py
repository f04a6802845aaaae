"""Orders of articles: as text, as keys, in words, and applied."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple, TypeAlias

from newsreader.model import InvalidQueryError
from newsreader.query.fields import DATES, nearest
from newsreader.query.leaves import instants
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
    "provider": ("provider A to Z", "provider Z to A"),
    "title": ("title A to Z", "title Z to A"),
    "read": ("read longest ago first", "read last first"),
    "starred": ("starred longest ago first", "starred last first"),
    "added": ("added longest ago first", "added last first"),
    "opened": ("opened longest ago first", "opened last first"),
    "related": ("fewest related first", "most related first"),
    "relevance": ("best match first", "best match first"),
}
SORT_FIELDS: Final = tuple(_WORDS)
"""What articles can be sorted by."""

RELEVANCE: Final = (SortKey("relevance"),)
"""The order of an answer to words."""
_TIE_BREAKERS: Final = (SortKey("date", descending=True), SortKey("title"))


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


def sort(rows: Iterable[int], order: Order, table: Table) -> list[int]:
    """*rows* in *order*, those with an unknown value last in either direction.

    Ties stand newest first, then by title, then by row. Relevance depends on the query and is
    none of the keys here.
    """
    keys: dict[str, SortKey] = {}
    for key in (*order, *_TIE_BREAKERS):
        if key.field != "relevance":
            keys.setdefault(key.field, key)
    return _sorted(sorted(rows), [_Rank(key, table) for key in keys.values()])


class _Rank:
    """What a key compares: ``of(row)``, which may be ``unknown``."""

    def __init__(self, key: SortKey, table: Table) -> None:
        self.descending = key.descending
        self.of: Callable[[int], Any]
        self.unknown: Any = UNKNOWN
        if key.field in DATES:
            self.of, self.unknown = instants(table, key.field).__getitem__, UNKNOWN_TIME
        elif key.field == "title":
            self.of, self.unknown = table.titles.__getitem__, ""
        elif key.field == "provider":
            labels = [fold(provider.label) for provider in table.providers]
            codes = table.provider
            self.of, self.unknown = lambda row: labels[codes[row]], ""
        else:
            columns = {"quality": table.quality, "heat": table.heat, "related": table.related}
            self.of = columns[key.field].__getitem__


def _sorted(rows: list[int], ranks: Sequence[_Rank]) -> list[int]:
    """*rows*, which are in their natural order, by the first rank; its ties by the other ranks."""
    if not ranks or len(rows) < 2:
        return rows
    rank, *others = ranks
    of, unknown = rank.of, rank.unknown
    known = sorted((row for row in rows if of(row) != unknown), key=of, reverse=rank.descending)
    result: list[int] = []
    for _, ties in groupby(known, key=of):
        result += _sorted(list(ties), others)
    if len(known) < len(rows):
        result += _sorted([row for row in rows if of(row) == unknown], others)
    return result
