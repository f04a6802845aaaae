"""From a query to the rows of a table that it finds.

Every part becomes a selector: a function that takes rows and returns those that match, in the
order in which they came. A leaf is one pass over one column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from newsreader.query.addresses import address_check
from newsreader.query.ast import (
    And,
    Dates,
    Flagged,
    Match,
    Missing,
    Node,
    Not,
    Number,
    Or,
    Query,
    Text,
    Url,
)
from newsreader.query.names import matching_names, matching_providers
from newsreader.query.spans import bounds
from newsreader.query.table import NO_CODE, UNKNOWN, UNKNOWN_TIME, Flag, Table
from newsreader.query.words import finder
from newsreader.text.fold import fold

Rows: TypeAlias = Sequence[int]
Selector: TypeAlias = Callable[[Rows], list[int]]

_FLAGS = {
    "is:published": Flag.PUBLISHED,
    "is:unpublished": Flag.UNPUBLISHED,
    "is:secured": Flag.SECURED,
    "has:body": Flag.BODY,
    "has:amp": Flag.AMP,
}
_COUNTS = {"has:related": "related", "has:image": "images"}


def compile_query(query: Query, table: Table, now: datetime) -> Selector:
    """The selector of *query* on *table*; durations count back from *now*, with its time zone.

    The selector takes rows in any order and keeps it.
    """
    return list if query.root is None else _Compiler(table, now).selector(query.root)


def select(query: Query, table: Table, now: datetime, rows: Rows | None = None) -> list[int]:
    """The rows of *table*, or those among *rows*, that *query* finds, in their order."""
    return compile_query(query, table, now)(range(len(table)) if rows is None else rows)


def flagged(table: Table, name: str) -> Selector:
    """The selector of what *name* says, such as ``is:published`` or ``has:image``."""
    if name in _COUNTS:
        return _between(_numbers(table, _COUNTS[name]), 1, None, UNKNOWN)
    flags, bit = table.flags, int(_FLAGS[name])
    return lambda rows: [row for row in rows if flags[row] & bit]


class _Compiler:
    def __init__(self, table: Table, now: datetime) -> None:
        self._table = table
        self._now = now

    def selector(self, node: Node) -> Selector:
        match node:
            case And(parts):
                return _all_of([self.selector(part) for part in sorted(parts, key=_cost)])
            case Or(parts):
                return _any_of([self.selector(part) for part in sorted(parts, key=_cost)])
            case Not(part):
                return _none_of(self.selector(part))
            case Text():
                return self._text(node)
            case Match():
                return self._match(node)
            case Missing(field):
                return self._missing(field)
            case Number(field, low, high):
                return _between(_numbers(self._table, field), low, high, UNKNOWN)
            case Dates():
                low, high = bounds(node, self._now)
                last = None if high is None else high - 1
                return _between(self._table.published, low, last, UNKNOWN_TIME)
            case Flagged(name):
                return flagged(self._table, name)
            case Url(text):
                has, article = address_check(text), self._table.article
                return lambda rows: [row for row in rows if has(article(row))]

    def _text(self, node: Text) -> Selector:
        table = self._table
        if node.field is None:
            return _having(table.texts, node)
        if node.field == "title":
            return _having(table.titles, node)
        return self._within(node)

    def _within(self, node: Text) -> Selector:
        """Excerpts and bodies have no column: they are folded for the few that may match."""
        needle, find, article = node.text, finder(node), self._table.article
        is_body = node.field == "body"
        narrow = _having(self._table.texts, node)

        def matches(row: int) -> bool:
            text = fold(article(row).body if is_body else article(row).excerpt)
            return needle in text and (find is None or bool(find(text)))

        return lambda rows: [row for row in narrow(rows) if matches(row)]

    def _match(self, node: Match) -> Selector:
        table = self._table
        if node.field == "topic":
            wanted = matching_names(table.topic_names, node.values)
            topics = table.topics
            return lambda rows: [row for row in rows if not wanted.isdisjoint(topics[row])]
        if node.field == "provider":
            wanted = matching_providers(table.providers, node.values)
        elif node.field == "category":
            wanted = matching_names(table.categories, node.values)
        else:
            wanted = matching_names(table.types, node.values)
        codes = _codes(table, node.field)
        return lambda rows: [row for row in rows if codes[row] in wanted]

    def _missing(self, field: str) -> Selector:
        table = self._table
        if field == "topic":
            topics = table.topics
            return lambda rows: [row for row in rows if not topics[row]]
        if field == "date":
            return _equal(table.published, UNKNOWN_TIME)
        if field in ("category", "type", "provider"):
            return _equal(_codes(table, field), NO_CODE)
        column = _numbers(table, field)
        if field in ("related", "images"):
            return lambda rows: [row for row in rows if column[row] <= 0]
        return _equal(column, UNKNOWN)


def _numbers(table: Table, field: str) -> Sequence[int]:
    return {
        "quality": table.quality,
        "heat": table.heat,
        "related": table.related,
        "images": table.images,
        "year": table.year,
    }[field]


def _codes(table: Table, field: str) -> Sequence[int]:
    return {"category": table.category, "type": table.type, "provider": table.provider}[field]


def _cost(node: Node) -> int:
    """How slow a part is: numbers before the texts in memory, whole articles last."""
    match node:
        case And(parts) | Or(parts):
            return max(map(_cost, parts))
        case Not(part):
            return _cost(part)
        case Text(None) | Text("title"):
            return 1
        case Text():
            return 2
        case Url():
            return 3
        case _:
            return 0


def _all_of(selectors: list[Selector]) -> Selector:
    def selected(rows: Rows) -> list[int]:
        for select_ in selectors:
            rows = select_(rows)
        return list(rows)

    return selected


def _any_of(selectors: list[Selector]) -> Selector:
    def selected(rows: Rows) -> list[int]:
        found: set[int] = set()
        rest = rows
        for select_ in selectors:
            found.update(select_(rest))
            rest = [row for row in rest if row not in found]
        return [row for row in rows if row in found]

    return selected


def _none_of(selector: Selector) -> Selector:
    def selected(rows: Rows) -> list[int]:
        found = set(selector(rows))
        return [row for row in rows if row not in found]

    return selected


def _having(texts: Sequence[str], node: Text) -> Selector:
    needle, find = node.text, finder(node)
    if find is None:
        return lambda rows: [row for row in rows if needle in texts[row]]
    return lambda rows: [row for row in rows if needle in texts[row] and find(texts[row])]


def _between(column: Sequence[int], low: int | None, high: int | None, unknown: int) -> Selector:
    least = unknown + 1 if low is None else max(low, unknown + 1)
    if high is None:
        return lambda rows: [row for row in rows if column[row] >= least]
    return lambda rows: [row for row in rows if least <= column[row] <= high]


def _equal(column: Sequence[int], value: int) -> Selector:
    return lambda rows: [row for row in rows if column[row] == value]
