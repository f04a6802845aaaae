"""From a query to the rows of a table that it finds.

Every part becomes a selector: a function that takes rows and returns those that match, in the
order in which they came. A leaf is one pass over one column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import compress

from newsreader.model import Piece
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
    Regex,
    Saved,
    Text,
    Url,
)
from newsreader.query.fields import DATES
from newsreader.query.leaves import (
    Rows,
    Selector,
    any_mask,
    between,
    codes,
    equal,
    flagged,
    instants,
    numbers,
)
from newsreader.query.names import matching_names, matching_providers, provider_check
from newsreader.query.patterns import compiled
from newsreader.query.raw import texts_of
from newsreader.query.spans import bounds
from newsreader.query.table import NO_CODE, UNKNOWN, UNKNOWN_TIME, Table
from newsreader.query.words import finder
from newsreader.text.fold import fold

_FEW = 16
"""Topics that are looked up one by one."""


class Compiler:
    """Makes selectors for the nodes of a query, on one table and at one time."""

    def __init__(self, table: Table, now: datetime) -> None:
        self._table = table
        self._now = now

    def selector(self, node: Node) -> Selector:
        """The selector of *node*; durations count back from the time given."""
        match node:
            case And(parts):
                return _all_of([self.selector(part) for part in in_order(parts)])
            case Or(parts):
                return _any_of([self.selector(part) for part in in_order(parts)])
            case Not(part):
                return _none_of(self.selector(part))
            case Saved(node=inner):
                return list if inner is None else self.selector(inner)
            case _:
                return self._leaf(node)

    def _leaf(self, node: Node) -> Selector:
        match node:
            case Text():
                return self._text(node)
            case Match():
                return self._match(node)
            case Missing(field):
                return self._missing(field)
            case Number(field, low, high):
                return between(numbers(self._table, field), low, high, UNKNOWN)
            case Dates():
                low, high = bounds(node, self._now)
                last = None if high is None else high - 1
                return between(instants(self._table, node.field), low, last, UNKNOWN_TIME)
            case Flagged(name):
                return flagged(self._table, name)
            case Regex():
                return self._regex(node)
            case Url(text):
                has, article = address_check(text), self._table.article
                return lambda rows: [row for row in rows if has(article(row))]
        raise TypeError(node)  # pragma: no cover - all are named above

    def _text(self, node: Text) -> Selector:
        table = self._table
        if node.field is None:
            return self._anywhere(node)
        if node.field == "note":
            return self._noted(node)
        if node.field == "title":
            narrow, check = self._anywhere(node), _having(table.titles, node)
            return lambda rows: check(narrow(rows)) if table.indexed else check(rows)
        return self._within(node, node.field)

    def _anywhere(self, node: Text) -> Selector:
        """By the index of words as far as it goes, else by looking at the texts themselves."""
        check = _having(self._table.texts, node)
        known = self._table.having(node.text, prefix=node.prefix)
        if known is None:
            return check
        mask, later = known.mask, len(known.mask)
        reach = mask + bytes(len(self._table) - later)

        def selected(rows: Rows) -> list[int]:
            found = _masked(rows, reach)
            if not known.is_exact:
                found = check(found)
            if later == len(reach):
                return found
            added = check([row for row in rows if row >= later])
            if not added:
                return found
            both = set(found).union(added)
            return [row for row in rows if row in both]

        return selected

    def _within(self, node: Text, field: str) -> Selector:
        """What has no column of its own is folded for the few that may match."""
        needle, find, article = node.text, finder(node), self._table.article
        narrow = self._anywhere(node)

        def matches(row: int) -> bool:
            texts = (fold(each) for each in texts_of(article(row), field))
            return any(needle in text and (find is None or bool(find(text))) for text in texts)

        return lambda rows: [row for row in narrow(rows) if matches(row)]

    def _noted(self, node: Text) -> Selector:
        needle, find, note = node.text, finder(node), self._table.note

        def matches(row: int) -> bool:
            text = fold(note(row))
            return needle in text and (find is None or bool(find(text)))

        return lambda rows: [row for row in self._with_notes(rows) if matches(row)]

    def _with_notes(self, rows: Rows) -> list[int]:
        return flagged(self._table, "has:note")(rows)

    def _regex(self, node: Regex) -> Selector:
        search, article, field = compiled(node).search, self._table.article, node.field
        if field == "note":
            note = self._table.note
            return lambda rows: [row for row in self._with_notes(rows) if search(note(row))]
        if field == "tag":
            names, tags = self._table.tag_names, self._table.tags
            return lambda rows: [row for row in rows if any(search(names[c]) for c in tags[row])]
        return lambda rows: [row for row in rows if any(map(search, texts_of(article(row), field)))]

    def _related_provider(self, node: Match) -> Selector:
        article = self._table.article
        matches = provider_check(node.values)

        def has(row: int) -> bool:
            providers = (each.provider for each in article(row).related)
            return any(provider is not None and matches(provider) for provider in providers)

        return lambda rows: [row for row in rows if has(row)]

    def _match(self, node: Match) -> Selector:
        table = self._table
        if node.field == "topic":
            wanted = matching_names(table.topic_names, node.values)
            if len(wanted) > _FEW:
                topics = table.topics
                return lambda rows: [row for row in rows if not wanted.isdisjoint(topics[row])]
            mask = any_mask([table.with_topic(code) for code in wanted], len(table))
            return lambda rows: _masked(rows, mask)
        if node.field == "tag":
            wanted, tags = matching_names(table.tag_names, node.values), table.tags
            return lambda rows: [row for row in rows if not wanted.isdisjoint(tags[row])]
        if node.field == "related.provider":
            return self._related_provider(node)
        if node.field == "provider":
            wanted = matching_providers(table.providers, node.values)
        elif node.field == "category":
            wanted = matching_names(table.categories, node.values)
        else:
            wanted = matching_names(table.types, node.values)
        column = codes(table, node.field)
        return lambda rows: [row for row in rows if column[row] in wanted]

    def _missing(self, field: str) -> Selector:
        table = self._table
        if field in ("topic", "tag"):
            several = table.topics if field == "topic" else table.tags
            return lambda rows: [row for row in rows if not several[row]]
        if field == "related.provider":
            article = self._table.article
            return lambda rows: [
                row for row in rows if not any(map(_has_provider, article(row).related))
            ]
        if field in DATES:
            return equal(instants(table, field), UNKNOWN_TIME)
        if field in ("category", "type", "provider"):
            return equal(codes(table, field), NO_CODE)
        column = numbers(table, field)
        if field in ("related", "images"):
            return lambda rows: [row for row in rows if column[row] <= 0]
        return equal(column, UNKNOWN)


def in_order(parts: Iterable[Node]) -> tuple[Node, ...]:
    """*parts* as they are run: the quickest first, so that the slow ones have fewer rows."""
    return tuple(sorted(parts, key=cost))


def cost(node: Node) -> int:
    """How slow a part is: numbers before the texts in memory, whole articles last."""
    match node:
        case And(parts) | Or(parts):
            return max(map(cost, parts))
        case Not(part):
            return cost(part)
        case Saved(node=inner):
            return 0 if inner is None else cost(inner)
        case Text(None) | Text("title"):
            return 1
        case Text() | Match("related.provider") | Missing("related.provider"):
            return 2
        case Url() | Regex():
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


def _masked(rows: Rows, mask: bytes) -> list[int]:
    """Those *rows* whose byte of *mask* is 1."""
    is_whole = isinstance(rows, range) and rows == range(len(mask))
    return list(compress(rows, mask if is_whole else map(mask.__getitem__, rows)))


def _has_provider(item: Piece) -> bool:
    return item.provider is not None and bool(item.provider.label)


def _having(texts: Sequence[str], node: Text) -> Selector:
    needle, find = node.text, finder(node)
    if find is None:
        return lambda rows: [row for row in rows if needle in texts[row]]
    return lambda rows: [row for row in rows if needle in texts[row] and find(texts[row])]
