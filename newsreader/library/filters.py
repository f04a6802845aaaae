"""What the filters show beside an answer: values with counts, measures, and a chart of time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias, overload

from newsreader.library.answer import NO_FILTERS, Filters
from newsreader.query import FACETS, FacetValue, Query
from newsreader.query.facets import MARKS, FacetCounts, own_terms, rows_excluding_own, with_zeros
from newsreader.query.query import Term
from newsreader.query.spread import Bar, bars_of
from newsreader.query.table import UNKNOWN, UNKNOWN_TIME, Table
from newsreader.query.tally import Picked, places_among, tally
from newsreader.store.store import Snapshot

BARS = 22
"""Bars of the chart of time, at most."""
_TENS = range(10)


IsWanted: TypeAlias = Callable[[], bool]
"""Whether somebody still waits for what takes a while."""


def always() -> bool:
    """Wanted in any case."""
    return True


class _Times(Sequence[int]):
    """When the articles were published whose date is known, the oldest first."""

    def __init__(self, table: Table) -> None:
        self._rows, self._times = table.newest_first, table.published
        # What is unknown stands last.
        is_unknown = lambda row: self._times[row] == UNKNOWN_TIME  # noqa: E731
        self._size = bisect_left(self._rows, True, key=is_unknown)

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(self._size))]
        return self._times[self._rows[(self._size - 1 - place) % self._size]]


class _Measures:
    """What of a table is counted by tens and over time."""

    def __init__(self, table: Table) -> None:
        times = _Times(table)
        self.bars: tuple[Bar, ...] = bars_of(times, BARS)
        self.published = (times[0], times[-1]) if times else None
        heats = tally(table.heat, Picked(table.newest_first, len(table)))
        self.hottest = max(heats, default=0)
        self._columns: dict[str, Sequence[int]] = {"quality": table.quality, "heat": table.heat}
        self._bar_of = places_among([bar.low for bar in self.bars], table.published)

    def tens(self, field: str, picked: Picked) -> tuple[int, ...]:
        """How many of the rows *picked* are in each ten of a field."""
        counts = [0] * len(_TENS)
        for value, size in tally(self._columns[field], picked).items():
            if value != UNKNOWN:
                counts[min(9, max(0, value // 10))] += size
        return tuple(counts)

    def spread(self, picked: Picked) -> tuple[int, ...]:
        """How many of the rows *picked* are in each bar."""
        counts = tally(self._bar_of, picked)
        return tuple(counts.get(number, 0) for number in range(1, len(self.bars) + 1))


class FilterCounts:
    """Makes :class:`Filters`, and keeps what does not depend on the query."""

    def __init__(self) -> None:
        self._measures: tuple[object, _Measures] | None = None
        self._facets: dict[str, tuple[object, object, FacetCounts]] = {}

    def of(
        self,
        query: Query,
        snapshot: Snapshot,
        now: datetime,
        found: Sequence[int],
        is_wanted: IsWanted = always,
    ) -> Filters:
        """The filters beside the answer to *query*, each field without its own terms.

        *found* are all the rows that *query* finds. There are no filters when between two fields
        *is_wanted* says that nobody waits for them.
        """
        table = snapshot.columns
        measures = self._measures_of(table)
        picks: dict[tuple[Term, ...], Picked] = {(): Picked(found, len(table))}

        def picked(field: str) -> Picked:
            own = own_terms(query, field)
            if own not in picks:
                picks[own] = Picked(rows_excluding_own(query, table, now, field), len(table))
            return picks[own]

        facets: dict[str, tuple[FacetValue, ...]] = {}
        for field in FACETS:
            if not is_wanted():
                return NO_FILTERS
            facets[field] = self._values(table, field, picked(field))
        facets["flag"] = (*self._values(table, MARKS, picked("flag")), *facets["flag"])
        quality, heat = (measures.tens(field, picked(field)) for field in ("quality", "heat"))
        spread = measures.spread(picked("date"))
        return Filters(
            facets, quality, heat, measures.bars, spread, measures.published, measures.hottest
        )

    def _values(self, table: Table, field: str, picked: Picked) -> tuple[FacetValue, ...]:
        counts = self._counts(table, field)
        return with_zeros(counts.of(picked), counts.whole)

    def _counts(self, table: Table, field: str) -> FacetCounts:
        """What is counted of *field*, kept as long as its column and the rows are the same."""
        rows = table.newest_first
        column = {"tag": table.tags, MARKS: table.marks, "flag": table.duplicate}.get(field, rows)
        known = self._facets.get(field)
        if known is None or known[0] is not rows or known[1] is not column:
            known = (rows, column, FacetCounts(table, field))
            self._facets[field] = known
        return known[2]

    def _measures_of(self, table: Table) -> _Measures:
        if self._measures is None or self._measures[0] is not table.newest_first:
            self._measures = (table.newest_first, _Measures(table))
        return self._measures[1]
