"""What the filters show beside an answer: values with counts, measures, and a chart of time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from newsreader.library.answer import Filters
from newsreader.query import FACETS, FacetValue, Query
from newsreader.query.facets import MARKS, FacetCounts, own_terms, rows_excluding_own, with_zeros
from newsreader.query.query import Term
from newsreader.query.row_sets import Picked, RowSets
from newsreader.query.spread import Bar, bars_of
from newsreader.query.table import UNKNOWN, UNKNOWN_TIME, Table
from newsreader.store.store import Snapshot

BARS = 22
"""Bars of the chart of time, at most."""
_TENS = range(10)


class _Measures:
    """What of a table is counted by tens and over time."""

    def __init__(self, table: Table) -> None:
        size, times = len(table), table.published
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
        self._measures: tuple[object, _Measures] | None = None
        self._facets: dict[str, tuple[object, FacetCounts]] = {}

    def of(self, query: Query, snapshot: Snapshot, now: datetime, found: Sequence[int]) -> Filters:
        """The filters beside the answer to *query*, each field without its own terms.

        *found* are all the rows that *query* finds.
        """
        table = snapshot.columns
        measures = self._measures_of(table)
        picks: dict[tuple[Term, ...], Picked] = {(): Picked(found, len(table))}

        def picked(field: str) -> Picked:
            own = own_terms(query, field)
            if own not in picks:
                picks[own] = Picked(rows_excluding_own(query, table, now, field), len(table))
            return picks[own]

        facets: dict[str, tuple[FacetValue, ...]] = {
            field: self._values(table, field, picked(field)) for field in FACETS
        }
        facets["flag"] = (*self._values(table, MARKS, picked("flag")), *facets["flag"])
        quality, heat = (
            _listed(counts.counts(picked(field)), _TENS) for field, counts in measures.tens.items()
        )
        bars = range(len(measures.bars))
        spread = _listed(measures.spread.counts(picked("date")), bars)
        return Filters(facets, quality, heat, measures.bars, spread)

    def prepare(self, snapshot: Snapshot) -> None:
        """Do beforehand what does not depend on a query."""
        self._measures_of(snapshot.columns)
        for field in (*FACETS, MARKS):
            self._counts(snapshot.columns, field)

    def _values(self, table: Table, field: str, picked: Picked) -> tuple[FacetValue, ...]:
        counts = self._counts(table, field)
        return with_zeros(counts.of(picked), counts.whole)

    def _counts(self, table: Table, field: str) -> FacetCounts:
        """What is counted of *field*, kept as long as its column is the same."""
        column = {"tag": table.tags, MARKS: table.marks}.get(field, table.topics)
        known, counts = self._facets.get(field, (None, None))
        if counts is None or known is not column:
            counts = FacetCounts(table, field)
            self._facets[field] = (column, counts)
        return counts

    def _measures_of(self, table: Table) -> _Measures:
        if self._measures is None or self._measures[0] is not table.topics:
            self._measures = (table.topics, _Measures(table))
        return self._measures[1]


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
