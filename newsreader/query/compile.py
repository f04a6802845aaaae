"""From a query to the rows of a table that it finds.

Every part becomes a mask: a boolean for each row of the table. What is in a column or in the index
of words is told for all rows at once; what has to be looked up in texts or whole articles is
told only for the rows that the quicker parts have left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from newsreader.model import Piece
from newsreader.model.row import TEXT_FIELDS
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
    between,
    codes,
    equal,
    flagged,
    having_code,
    instants,
    listing_code,
    numbers,
)
from newsreader.query.names import matching_names, matching_providers, provider_check
from newsreader.query.patterns import compiled
from newsreader.query.raw import texts_of
from newsreader.query.spans import bounds
from newsreader.query.table import NO_CODE, UNKNOWN, UNKNOWN_TIME, Table
from newsreader.query.words import finder
from newsreader.text.fold import fold

if TYPE_CHECKING:
    from newsreader.query.leaves import Mask


class Compiler:
    """Makes masks for the nodes of a query, on one table and at one time."""

    def __init__(self, table: Table, now: datetime) -> None:
        self._table = table
        self._now = now

    def mask(self, node: Node, within: Mask) -> Mask:
        """The rows that *node* finds; of those not *within* it may say anything.

        Durations count back from the time given.
        """
        match node:
            case And(parts):
                for part in in_order(parts):
                    within = within & self.mask(part, within)
                return within
            case Or(parts):
                found = np.zeros(len(within), np.bool_)
                for part in in_order(parts):
                    found |= self.mask(part, within & ~found)
                return found
            case Not(part):
                return ~self.mask(part, within)
            case Saved(node=inner):
                return within if inner is None else self.mask(inner, within)
            case _:
                return self._leaf(node, within)

    def _leaf(self, node: Node, within: Mask) -> Mask:
        match node:
            case Text():
                return self._text(node, within)
            case Match():
                return self._match(node, within)
            case Missing(field):
                return self._missing(field, within)
            case Number(field, low, high):
                return between(numbers(self._table, field), low, high, UNKNOWN)
            case Dates():
                low, high = bounds(node, self._now)
                last = None if high is None else high - 1
                return between(instants(self._table, node.field), low, last, UNKNOWN_TIME)
            case Flagged(name):
                return flagged(self._table, name)
            case Regex():
                return self._regex(node, within)
            case Url(text):
                has, article = address_check(text), self._table.article
                return _tested(within, lambda row: has(article(row)))
        raise TypeError(node)  # pragma: no cover - all are named above

    def _text(self, node: Text, within: Mask) -> Mask:
        table = self._table
        if node.field in (None, "title"):
            return self._indexed(node, within)
        if node.field == "note":
            return self._noted(_check(node), within)
        anywhere = within & self._indexed(Text(None, node.text, node.prefix), within)
        check = _check(node)
        if node.field in TEXT_FIELDS:
            line = TEXT_FIELDS.index(node.field or "")
            texts = table.texts
            return _tested(anywhere, lambda row: check(_line(texts[row], line)))
        # What has no column of its own is folded for the few that may match.
        article, field = table.article, node.field

        def has(row: int) -> bool:
            return any(check(fold(each)) for each in texts_of(article(row), field))

        return _tested(anywhere, has)

    def _indexed(self, node: Text, within: Mask) -> Mask:
        """By the index of words as far as it goes, else by looking at the texts themselves."""
        table, in_title = self._table, node.field == "title"
        texts = table.titles if in_title else table.texts
        check = _check(node)
        known = table.having(node.text, prefix=node.prefix, in_title=in_title)
        if known is None:
            return _tested(within, lambda row: check(texts[row]))
        found = np.frombuffer(known.mask, np.bool_)
        if known.is_exact and not known.unknown:
            return found
        unsure = np.zeros(len(found), np.bool_) if known.is_exact else found.copy()
        for rows in known.unknown:
            unsure[rows.start : rows.stop] = True
        return (found & ~unsure) | _tested(unsure & within, lambda row: check(texts[row]))

    def _noted(self, check: Callable[[str], bool], within: Mask) -> Mask:
        notes = self._table.notes
        return _among(len(within), [row for row, note in notes.items() if check(fold(note))])

    def _regex(self, node: Regex, within: Mask) -> Mask:
        table, field = self._table, node.field
        search, article = compiled(node).search, table.article
        if field == "note":
            return _among(len(within), [row for row, note in table.notes.items() if search(note)])
        if field == "tag":
            names = table.tag_names
            found = (
                row for row, tags in table.tags.items() if any(search(names[code]) for code in tags)
            )
            return _among(len(within), list(found))
        return _tested(within, lambda row: any(map(search, texts_of(article(row), field))))

    def _related_provider(self, node: Match, within: Mask) -> Mask:
        article = self._table.article
        matches = provider_check(node.values)

        def has(row: int) -> bool:
            providers = (each.provider for each in article(row).related)
            return any(provider is not None and matches(provider) for provider in providers)

        return _tested(within & flagged(self._table, "has:related"), has)

    def _match(self, node: Match, within: Mask) -> Mask:
        table = self._table
        if node.field == "topic":
            wanted = matching_names(table.topic_names, node.values)
            return listing_code(table.topics, wanted, len(table.topic_names))
        if node.field == "tag":
            wanted = matching_names(table.tag_names, node.values)
            tagged = (row for row, tags in table.tags.items() if not wanted.isdisjoint(tags))
            return _among(len(within), list(tagged))
        if node.field == "story":
            return self._told(node)
        if node.field == "related.provider":
            return self._related_provider(node, within)
        if node.field == "provider":
            wanted = matching_providers(table.providers, node.values)
            return having_code(table.provider, wanted, len(table.providers))
        names = table.categories if node.field == "category" else table.types
        column = codes(table, node.field)
        return having_code(column, matching_names(names, node.values), len(names))

    def _told(self, node: Match) -> Mask:
        """The rows of the stories that some articles are in, each by its id; else those alone."""
        table = self._table
        wanted = set(matching_names(table.story_ids, [each for each in node.values if each.prefix]))
        named = (table.row(each.text) for each in node.values if not each.prefix)
        rows = [row for row in named if row is not None]
        wanted.update(table.story[row] for row in rows)
        wanted.discard(NO_CODE)
        told = having_code(table.story, wanted, len(table.story_ids))
        return told | _among(len(told), rows)

    def _missing(self, field: str, within: Mask) -> Mask:
        table = self._table
        if field == "tag":
            return ~_among(len(within), [row for row, tags in table.tags.items() if tags])
        if field == "topic":
            ends = np.asarray(table.topics.ends, np.int64)
            return np.asarray(np.diff(ends, prepend=0) == 0)
        if field == "related.provider":
            article = self._table.article
            return _tested(within, lambda row: not any(map(_has_provider, article(row).related)))
        if field in DATES:
            return equal(instants(table, field), UNKNOWN_TIME)
        if field in ("category", "type", "provider", "story"):
            return equal(codes(table, field), NO_CODE)
        if field in ("related", "images"):
            return np.asarray(np.asarray(numbers(table, field)) <= 0)
        return equal(numbers(table, field), UNKNOWN)


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


def _tested(within: Mask, has: Callable[[int], object]) -> Mask:
    """Those rows *within* that pass a test one by one."""
    rows = np.flatnonzero(within).tolist()
    return _among(len(within), [row for row in rows if has(row)])


def _among(size: int, rows: Sequence[int]) -> Mask:
    mask = np.zeros(size, np.bool_)
    mask[rows] = True
    return mask


def _line(text: str, number: int) -> str:
    return text.split("\n", number + 1)[number]


def _has_provider(item: Piece) -> bool:
    return item.provider is not None and bool(item.provider.label)


def _check(node: Text) -> Callable[[str], bool]:
    """Whether a folded text has *node* in it."""
    needle, find = node.text, finder(node)
    if find is None:
        return lambda text: needle in text
    return lambda text: needle in text and bool(find(text))
