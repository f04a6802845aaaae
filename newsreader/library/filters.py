"""What the filters show beside an answer: values with counts, measures, and a chart of time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from newsreader.library.answer import Filters
from newsreader.query import FACETS, FacetValue, Query
from newsreader.query.facets import FacetCounts, own_terms, rows_excluding_own, with_zeros
from newsreader.query.query import Term
from newsreader.query.row_sets import Picked, RowSets
from newsreader.query.spread import Bar, bars_of
from newsreader.query.table import UNKNOWN, UNKNOWN_TIME, Table
from newsreader.store.store import Snapshot

BARS = 22
"""Bars of the chart of time, at most."""
_TENS = range(10)


class _Everything:
    """All that can be counted in a table."""

    def __init__(self, table: Table) -> None:
        size, times = len(table), table.published
        self.facets = {field: FacetCounts(table, field) for field in FACETS}
        self.tens = {
            field: RowSets(size, _tens(column).__getitem__)
            for field, column in (("quality", table.quality), ("heat", table.heat))
        }
        self.bars: tuple[Bar, ...] = bars_of(
            sorted(time for time in times if time != UNKNOWN_TIME), BARS
        )
        self.spread = RowSets(size, _places(self.bars, times).__getitem__)


class FilterCounts:
    """Makes :class:`Filters`, and keeps what does not depend on the query."""

    def __init__(self) -> None:
        self._last: tuple[int, _Everything] | None = None

    def of(self, query: Query, snapshot: Snapshot, now: datetime, found: Sequence[int]) -> Filters:
        """The filters beside the answer to *query*, each field without its own terms.

        *found* are all the rows that *query* finds.
        """
        table = snapshot.columns
        everything = self._everything(snapshot)
        picks: dict[tuple[Term, ...], Picked] = {(): Picked(found, len(table))}

        def picked(field: str) -> Picked:
            own = own_terms(query, field)
            if own not in picks:
                picks[own] = Picked(rows_excluding_own(query, table, now, field), len(table))
            return picks[own]

        facets: Mapping[str, tuple[FacetValue, ...]] = {
            field: with_zeros(counts.of(picked(field)), counts.whole)
            for field, counts in everything.facets.items()
        }
        quality, heat = (
            _listed(counts.counts(picked(field)), _TENS)
            for field, counts in everything.tens.items()
        )
        bars = range(len(everything.bars))
        spread = _listed(everything.spread.counts(picked("date")), bars)
        return Filters(facets, quality, heat, everything.bars, spread)

    def prepare(self, snapshot: Snapshot) -> None:
        """Do beforehand what does not depend on a query."""
        self._everything(snapshot)

    def _everything(self, snapshot: Snapshot) -> _Everything:
        if self._last is None or self._last[0] != snapshot.revision:
            self._last = (snapshot.revision, _Everything(snapshot.columns))
        return self._last[1]


def _tens(column: Sequence[int]) -> list[tuple[int, ...]]:
    """For each row its ten, if its number is known."""
    tens = [(ten,) for ten in _TENS]
    return [() if value == UNKNOWN else tens[min(9, max(0, value // 10))] for value in column]


def _places(bars: Sequence[Bar], times: Sequence[int]) -> list[tuple[int, ...]]:
    """For each time its bar, if it is known."""
    starts = [bar.low for bar in bars]
    places = [(place,) for place in range(len(bars))]
    return [
        () if time == UNKNOWN_TIME else places[bisect_right(starts, time) - 1] for time in times
    ]


def _listed(counts: Mapping[int, int], places: Iterable[int]) -> tuple[int, ...]:
    return tuple(counts.get(place, 0) for place in places)
