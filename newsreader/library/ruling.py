"""What rules come to: which articles they hide, and what is new in what is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsreader.config.rules import Rule
from newsreader.library.answer import Ruled, SavedCount
from newsreader.library.marked import is_of_marks
from newsreader.model import InvalidQueryError, Issue, Severity
from newsreader.model.table import Mark
from newsreader.query.asks import needs_stories, reads_marks
from newsreader.query.select import select
from newsreader.store.store import Snapshot

if TYPE_CHECKING:
    from newsreader.query import Query
    from newsreader.query.leaves import Mask, Numbers
    from newsreader.store.mark_columns import MarkColumns


class _Found(NamedTuple):
    """The rows that the query of a rule finds, and what they depend on. ``marks`` are those that
    it reads, if it does.
    """

    mask: Mask | None
    state: tuple[object, ...]
    marks: MarkColumns | None = None
    error: str = ""


class _Last(NamedTuple):
    snapshot: Snapshot
    rules: Sequence[Rule]
    masks: Sequence[Mask | None]
    ruled: Ruled


class Ruling:
    """Finds what *rules*, which are from a file, come to; and keeps it as long as it is the same.

    *parse* makes a query of a text, in which it may name what is in *searches*.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        path: str,
        parse: Callable[[str], Query],
        searches: Callable[[], Mapping[str, str]],
        before: Ruling | None = None,
    ) -> None:
        self.rules = rules
        self._path = path
        self._parse = parse
        self._searches = searches
        known: dict[str, _Found] = before._founds if before is not None else {}
        self._founds: dict[str, _Found] = {
            each.query: known[each.query] for each in rules if each.query in known
        }
        self._last: _Last | None = before._last if before is not None else None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Rules that cannot be understood."""
        return tuple(self._misunderstood())

    def _misunderstood(self) -> Iterator[Issue]:
        for rule in self.rules:
            found = self._founds.get(rule.query)
            if found is not None and found.error:
                reason = f"the rule {rule.name} does nothing: {found.error}"
                yield Issue(self._path, reason, Severity.WARNING)

    @cached_property
    def is_of_stories(self) -> bool:
        """Whether any rule depends on which articles tell one story."""
        return any(map(self._is_of_stories, self.rules))

    def _is_of_stories(self, rule: Rule) -> bool:
        try:
            return needs_stories(self._parse(rule.query))
        except InvalidQueryError:
            return False

    def is_ready(self, snapshot: Snapshot, now: datetime) -> bool:
        """Whether :meth:`of` has little to do."""
        return all(self._known(rule.query, snapshot, now) for rule in self._active(now))

    @property
    def last(self) -> Ruled | None:
        """What the rules came to when that was asked last."""
        return self._last.ruled if self._last is not None else None

    def of(self, snapshot: Snapshot, now: datetime) -> Ruled:
        """What the rules come to in *snapshot* on the day of *now*."""
        rules = self._active(now)
        masks = [self._found(rule.query, snapshot, now).mask for rule in rules]
        last = self._last
        if (
            last is None
            or last.snapshot is not snapshot
            or last.rules != rules
            or not _are_same(last.masks, masks)
        ):
            last = _Last(snapshot, rules, masks, self._ruled(snapshot, rules, masks))
            self._last = last
        return last.ruled

    def count(self, rule: Rule, snapshot: Snapshot, now: datetime) -> int | None:
        """How many articles a rule is about; None when it cannot be understood."""
        mask = self._found(rule.query, snapshot, now).mask
        return None if mask is None else int(np.count_nonzero(mask))

    def about(self, row: int, snapshot: Snapshot, now: datetime) -> Iterator[Rule]:
        """The rules that a row is about and that are not over."""
        for rule in self._active(now):
            mask = self._found(rule.query, snapshot, now).mask
            if mask is not None and mask[row]:
                yield rule

    def _active(self, now: datetime) -> tuple[Rule, ...]:
        today = now.date()
        return tuple(rule for rule in self.rules if not rule.is_over(today))

    def _state(self, snapshot: Snapshot, now: datetime) -> tuple[object, ...]:
        # Rules may be about stories, which come later than the articles.
        return snapshot.edition, now.date(), self._searches(), snapshot.columns.story_columns

    def _known(self, query: str, snapshot: Snapshot, now: datetime) -> _Found | None:
        found = self._founds.get(query)
        if found is None or found.state != self._state(snapshot, now):
            return None
        return found if found.marks in (None, snapshot.columns.mark_columns) else None

    def _found(self, query: str, snapshot: Snapshot, now: datetime) -> _Found:
        found = self._known(query, snapshot, now)
        if found is None:
            found = self._founds[query] = self._find(query, snapshot, now)
        return found

    def _find(self, text: str, snapshot: Snapshot, now: datetime) -> _Found:
        state, table = self._state(snapshot, now), snapshot.columns
        try:
            query = self._parse(text)
            rows = select(query, table, now)
        except InvalidQueryError as error:
            return _Found(None, state, error=error.message)
        mask = np.zeros(len(table), np.bool_)
        mask[np.asarray(rows, np.intp)] = True
        return _Found(mask, state, table.mark_columns if reads_marks(query.root) else None)

    def _ruled(
        self, snapshot: Snapshot, rules: Sequence[Rule], masks: Sequence[Mask | None]
    ) -> Ruled:
        table = snapshot.columns
        pairs = list(zip(rules, masks, strict=True))
        is_hidden, is_new = np.zeros(len(table), np.bool_), np.zeros(len(table), np.bool_)
        for rule, mask in pairs:
            if rule.mutes and mask is not None:
                is_hidden |= mask
        added = np.asarray(table.added)
        followed = tuple(
            _followed(rule, mask, ~is_hidden, is_new, added)
            for rule, mask in pairs
            if not rule.mutes
        )
        ruled = Ruled(snapshot, snapshot, followed=followed, has_new=bool(is_new.any()))
        if not is_hidden.any() and not ruled.has_new:
            return ruled
        bits = np.frombuffer(table.marks, np.uint8) | (is_hidden * np.uint8(Mark.HIDDEN))
        bits |= is_new * np.uint8(Mark.NEW)
        columns = table.with_marks(table.mark_columns.with_bits(bits.tobytes()))
        everything = Snapshot(columns, snapshot.revision, snapshot.edition)
        everything.orders = snapshot.orders
        hidden = self._rows(np.flatnonzero(is_hidden).astype(np.int32), snapshot)
        ruled = ruled._replace(everything=everything, shown=everything, hidden=hidden)
        return ruled._replace(shown=self._without(hidden, everything)) if len(hidden) else ruled

    def _rows(self, hidden: Numbers, snapshot: Snapshot) -> Sequence[int]:
        """The *hidden* rows; the same object as before as long as they are the same."""
        last = self._last
        if last is not None and last.snapshot.edition == snapshot.edition:
            before: Sequence[int] = last.ruled.hidden
            if np.array_equal(np.asarray(before), hidden):
                return before
        rows: Sequence[int] = hidden.data
        return rows

    def _without(self, hidden: Sequence[int], everything: Snapshot) -> Snapshot:
        last = self._last
        if last is None or last.ruled.hidden is not hidden:
            columns = everything.columns.without(hidden)
            return Snapshot(columns, everything.revision, everything.edition)
        before = last.ruled.shown
        columns = before.columns.with_marks(everything.columns.mark_columns)
        shown = Snapshot(columns, everything.revision, everything.edition)
        kept = before.orders.items()
        shown.orders.update((order, rows) for order, rows in kept if not is_of_marks(order))
        return shown


def _are_same(some: Sequence[Mask | None], others: Sequence[Mask | None]) -> bool:
    return len(some) == len(others) and all(
        one is other for one, other in zip(some, others, strict=True)
    )


def _followed(
    rule: Rule, mask: Mask | None, is_shown: Mask, is_new: Mask, added: Numbers
) -> SavedCount:
    """What there is of what *rule* follows. What is new is noted in *is_new*."""
    if mask is None:
        return SavedCount(rule.name, rule.query, None)
    found, fresh = mask & is_shown, 0
    if rule.since is not None:
        new = found & (added > int(rule.since.timestamp()))
        fresh = int(np.count_nonzero(new))
        is_new |= new
    return SavedCount(rule.name, rule.query, int(np.count_nonzero(found)), fresh)
