"""The articles of a library under the reader's rules: some are hidden, some are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from newsreader.library.answer import Ruled
from newsreader.library.told import ToldArticles
from newsreader.model import Issue
from newsreader.model.table import Mark
from newsreader.query import Query, parse, select
from newsreader.query.leaves import Rows
from newsreader.query.parse import NO_SEARCHES
from newsreader.store.store import Snapshot

if TYPE_CHECKING:
    from newsreader.config.rules import Rule
    from newsreader.library.ruling import Ruling

HIDDEN = "is:hidden"
"""What a query asks for that is to find what rules hide as well."""


class RuledArticles(ToldArticles):
    """Articles with their marks and stories, and the rules that answers keep to."""

    searches: Mapping[str, str] = NO_SEARCHES
    _ruling: Ruling | None = None
    _rule_issues: tuple[Issue, ...] = ()

    def parse(self, text: str, *, typing: bool = False) -> Query:
        """The query that *text* asks, which may name saved searches.

        Raises:
            InvalidQueryError: when it cannot be understood.
        """
        return parse(text, typing=typing, searches=self.searches)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was wrong with the files at the last reading, with marks and with rules."""
        rules = self._ruling.issues if self._ruling is not None else ()
        return (*super().issues, *self._rule_issues, *rules)

    @property
    def unread_count(self) -> int | None:
        """How many of all articles are unread that are not hidden."""
        unread = super().unread_count
        last = self._ruling.last if self._ruling is not None else None
        snapshot = self.snapshot
        if unread is None or last is None or last.everything.edition != snapshot.edition:
            return unread
        import numpy as np

        marks = np.frombuffer(snapshot.columns.marks, np.uint8)[np.asarray(last.hidden, np.intp)]
        return unread - int(np.count_nonzero(marks & Mark.READ == 0))

    def keep_to(
        self, rules: Sequence[Rule], path: str = "", issues: tuple[Issue, ...] = ()
    ) -> None:
        """Let answers keep to *rules* of the file at *path*, with which there are *issues*."""
        self._rule_issues = issues
        if not rules:
            self._ruling = None
            return
        from newsreader.library.ruling import Ruling

        self._ruling = Ruling(rules, path, self.parse, lambda: self.searches, self._ruling)

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules that answers keep to, with those that are over."""
        return self._ruling.rules if self._ruling is not None else ()

    @property
    def has_rules_of_stories(self) -> bool:
        """Whether what rules come to depends on which articles tell one story."""
        return self._ruling is not None and self._ruling.is_of_stories

    def is_ready(self, now: datetime) -> bool:
        """Whether it is known already what the rules come to, which may take a while."""
        return self._ruling is None or self._ruling.is_ready(self.snapshot, now)

    def ruled(self, now: datetime) -> Ruled:
        """All articles under the rules as they are on the day of *now*."""
        if self._ruling is None:
            return Ruled(self.snapshot, self.snapshot)
        if self.has_rules_of_stories:
            self.recall_stories()
        return self._ruling.of(self.snapshot, now)

    def under_rules(self, query: Query, now: datetime) -> Snapshot:
        """The articles that *query* is asked of: not those that are hidden, unless it says so."""
        ruled = self.ruled(now)
        if len(ruled.hidden) and query.root is not None:
            from newsreader.query.asks import asks_for

            return ruled.everything if asks_for(query.root, HIDDEN) else ruled.shown
        return ruled.shown

    def found(self, query: Query, now: datetime) -> tuple[Snapshot, Rows]:
        """The rows that *query* finds, in no order, and the snapshot that they are of."""
        snapshot = self.under_rules(query, now)
        return snapshot, select(query, snapshot.columns, now)

    def hidden_from(self, query: Query, now: datetime) -> int:
        """How many articles more *query* would find if rules hid none."""
        ruled = self.ruled(now)
        if not len(ruled.hidden) or self.under_rules(query, now) is ruled.everything:
            return 0
        return len(select(query, ruled.everything.columns, now, ruled.hidden))

    def count_of(self, rule: Rule, now: datetime) -> int | None:
        """How many articles a rule is about; None when it cannot be understood."""
        return self._ruling.count(rule, self.snapshot, now) if self._ruling is not None else None

    def rules_about(self, article_id: str, now: datetime) -> Sequence[Rule]:
        """The rules that are about an article and are not over."""
        snapshot = self.snapshot
        row = snapshot.row(article_id)
        if self._ruling is None or row is None:
            return ()
        return tuple(self._ruling.about(row, snapshot, now))

    def is_new(self, article_id: str) -> bool:
        """Whether an article is new in what is followed, as far as that is known by now."""
        last = self._ruling.last if self._ruling is not None else None
        if last is None or not last.has_new:
            return False
        row = last.everything.row(article_id)
        return row is not None and bool(last.everything.columns.marks[row] & Mark.NEW)
