"""The library: the one object that the screen and the command line talk to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.config.settings import Keep
from newsreader.library.answer import NO_FILTERS, Answer, Filters, Group
from newsreader.library.filters import FilterCounts, IsWanted, always
from newsreader.library.resting import give_back
from newsreader.library.ruled import HIDDEN, RuledArticles
from newsreader.query import (
    FacetValue,
    Order,
    Query,
    parse_order,
    select,
    sort,
)
from newsreader.query.asks import needs_stories
from newsreader.query.facets import own_terms
from newsreader.query.leaves import Rows
from newsreader.query.order import RELEVANCE
from newsreader.query.parse import NO_SEARCHES
from newsreader.query.query import together
from newsreader.query.spread import MOST_PERIODS
from newsreader.store.store import Snapshot, View

if TYPE_CHECKING:
    from newsreader.config.paths import MarkPlaces
    from newsreader.config.settings import HotWeights
    from newsreader.query.ast import Text
    from newsreader.query.insight import Insight

_STARTS = ("b", "co", "in", "pro", "st", "the")
"""Starts of words, all over the alphabet."""
_ORDERS = 4
"""Orders of all articles that are kept."""


class Library(RuledArticles):
    """Articles from folders and files with marks, stories and rules, and questions asked of them.

    Questions are answered from what has been read so far.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        *,
        are_samples: bool = False,
        searches: Mapping[str, str] = NO_SEARCHES,
        mark_places: MarkPlaces | None = None,
        index_folder: Path | None = None,
        hot: HotWeights | None = None,
        pages_folder: Path | None = None,
        keep: Keep | None = None,
    ) -> None:
        super().__init__(roots, index_folder, mark_places, hot)
        self.keep = keep or Keep()
        self.full_texts.folder = pages_folder
        self.are_samples = are_samples
        self.searches = searches
        self._filter_counts = FilterCounts()

    def warm_up(self) -> None:
        """Have at hand what questions need: what is mapped is read when it is first looked at."""
        for start in _STARTS:
            self.answer(start, now=datetime.now(UTC), typing=True, with_filters=False)

    def rest(self) -> None:
        """Take little memory until the next question, which costs that a millisecond or two."""
        self.snapshot.columns.rest()
        give_back()

    def depends_on(self, article_id: str = "") -> Sequence[Path] | None:
        """All files that the next start comes from, on that article; None when that is not known.

        None as well when any of them has changed since it was read, or may have.

        Raises:
            OSError: when a folder cannot be read.
        """
        from newsreader.library.depends import depends_on

        sources = self.sources()
        if sources is None or self._read_at is None:
            return None
        article = self.snapshot.article(article_id)
        shown = [Path(article.path)] if article is not None else []
        page = self.full_texts.path(article) if article is not None else None
        shown += [page] if page is not None else []
        journal = self._mark_places.journal if self._mark_places is not None else None
        return depends_on([*sources, *shown], journal, self._read_at)

    def answer(
        self,
        query: Query | str,
        order: str = "",
        *,
        now: datetime,
        typing: bool = False,
        with_filters: bool = True,
    ) -> Answer:
        """What *query* finds, sorted by *order*, else as the query says.

        A query that says nothing of it is answered with the best match first when it has words
        to match, else with the newest first.

        Raises:
            InvalidQueryError: when the query or the order cannot be understood.
        """
        asked = self.parse(query, typing=typing) if isinstance(query, str) else query
        if needs_stories(asked, parse_order(order) if order.strip() else ()):
            self.know_stories()
        snapshot = self.under_rules(asked, now)
        keys, rows = _in_order(asked, order, snapshot, now)
        view = View(snapshot, rows if asked.limit is None else rows[: asked.limit])
        groups = self._groups(asked, keys, view, now) if asked.group else ()
        hidden = self.hidden_from(asked, now)
        total = len(self.ruled(now).everything)
        answer = Answer(
            asked, keys, view, total, groups=groups, has_marks=self.can_mark, hidden=hidden
        )
        return answer._replace(filters=self.filters(answer, now)) if with_filters else answer

    def filters(self, answer: Answer, now: datetime, is_wanted: IsWanted = always) -> Filters:
        """The filters that go with *answer*; none when it is not wanted any more."""
        query, view = answer.query, answer.view
        found = view.rows
        if query.limit is not None:
            found = select(query, view.snapshot.columns, now)
        return self._filters(query, view.snapshot, now, found, is_wanted)

    def filters_now(self, answer: Answer, now: datetime, is_wanted: IsWanted = always) -> Filters:
        """The same, with marks as they are now."""
        snapshot, found = self.found(answer.query, now)
        return self._filters(answer.query, snapshot, now, found, is_wanted)

    def _filters(
        self, query: Query, snapshot: Snapshot, now: datetime, found: Rows, is_wanted: IsWanted
    ) -> Filters:
        filters = self._filter_counts.of(query, snapshot, now, found, is_wanted)
        if filters is NO_FILTERS:
            return filters
        filters = filters._replace(followed=self.ruled(now).followed)
        own = own_terms(query, "flag")
        rest = Query(root=together(term for term in query.terms if term not in own))
        hidden = self.hidden_from(rest, now)
        if not hidden or snapshot is not self.under_rules(rest, now):
            return filters
        others = (each for each in filters.facets["flag"] if each.value != HIDDEN)
        flags = (*others, FacetValue(HIDDEN, "hidden", hidden))
        return filters._replace(facets={**filters.facets, "flag": flags})

    def insight(self, answer: Answer, now: datetime, periods: int = MOST_PERIODS) -> Insight:
        """What all that the query of *answer* finds comes to, with at most so many *periods*.

        A limit of the query only says how much is listed.
        """
        from newsreader.query.insight import insight

        query, view = answer.query, answer.view
        table, found = view.snapshot.columns, view.rows
        if query.limit is not None:
            found = select(query, table, now, table.newest_first)
        return insight(table, query, found, now, periods)

    def _groups(self, query: Query, order: Order, view: View, now: datetime) -> tuple[Group, ...]:
        from newsreader.library.groups import groups_of

        snapshot = view.snapshot
        newest_first = not any(key.field == "date" and not key.descending for key in order)
        return groups_of(
            view.rows,
            query.group or "",
            snapshot.columns,
            now=now,
            newest_first=newest_first,
        )

    def without(self, query: Query, now: datetime) -> list[int]:
        """For each term of *query*, how many articles there would be without that term."""
        rest = ((*query.terms[:n], *query.terms[n + 1 :]) for n in range(len(query.terms)))
        return [len(self.found(Query(root=together(terms)), now)[1]) for terms in rest]


def _in_order(
    query: Query, order: str, snapshot: Snapshot, now: datetime
) -> tuple[Order, Sequence[int]]:
    """The rows that *query* finds as *order* says, else as the query says; and what order it is."""
    table = snapshot.columns
    keys = parse_order(order) if order.strip() else query.order
    texts = _words_of(query)
    if texts and (keys is None or keys[0].field == "relevance"):
        from newsreader.query.relevance import by_relevance

        found = select(query, table, now, _all_rows(snapshot, parse_order("")))
        return RELEVANCE, by_relevance(found, texts, table)
    keys = tuple(key for key in keys or () if key.field != "relevance") or parse_order("")
    everything = _all_rows(snapshot, keys)
    return keys, everything if query.root is None else select(query, table, now, everything)


def _all_rows(snapshot: Snapshot, order: Order) -> Sequence[int]:
    """All rows in *order*: what is found among them is in order as well."""
    rows = snapshot.orders.get(order)
    if rows is None:
        if len(snapshot.orders) >= _ORDERS:
            snapshot.orders.clear()
        rows = sort(snapshot.columns.newest_first, order, snapshot.columns)
        snapshot.orders[order] = rows
    return rows


def _words_of(query: Query) -> tuple[Text, ...]:
    if query.root is None:
        return ()
    from newsreader.query.relevance import free_texts

    return free_texts(query)
