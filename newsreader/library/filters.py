"""What the filters show beside an answer: values with counts, measures, and a chart of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import sub

from newsreader.library.answer import Filters
from newsreader.query import FACETS, FacetValue, Query
from newsreader.query.facets import Tally, counted, own_terms, rows_excluding_own, with_zeros
from newsreader.query.query import Term
from newsreader.query.spread import Bar, bars_of, heights
from newsreader.query.table import UNKNOWN, UNKNOWN_TIME, Table
from newsreader.store.store import Snapshot

BARS = 22
"""Bars of the chart of time, at most."""


class _Everything:
    """The same for all articles of a snapshot: what there is to choose from."""

    def __init__(self, table: Table) -> None:
        rows = range(len(table))
        self.tally = Tally(table, rows)
        self.facets = {field: counted(self.tally, field) for field in FACETS}
        times = _times(table, rows)
        self.bars: tuple[Bar, ...] = bars_of(times, BARS)
        self.spread = heights(self.bars, times)


class FilterCounts:
    """Makes :class:`Filters`, and keeps what does not depend on the query."""

    def __init__(self) -> None:
        self._last: tuple[int, _Everything] | None = None

    def of(
        self, query: Query, snapshot: Snapshot, now: datetime, newest_first: Sequence[int]
    ) -> Filters:
        """The filters beside the answer to *query*, each field without its own terms."""
        table = snapshot.columns
        everything = self._everything(snapshot)
        found: dict[tuple[Term, ...], Tally] = {}

        def tally(field: str) -> Tally:
            own = own_terms(query, field)
            if own not in found:
                rows = rows_excluding_own(query, table, now, field, newest_first)
                found[own] = Tally(table, rows, everything.tally)
            return found[own]

        facets: Mapping[str, tuple[FacetValue, ...]] = {
            field: with_zeros(counted(tally(field), field), everything.facets[field])
            for field in FACETS
        }
        return Filters(
            facets,
            _tens(tally("quality").of("quality")),
            _tens(tally("heat").of("heat")),
            everything.bars,
            _spread(tally("date"), everything),
        )

    def _everything(self, snapshot: Snapshot) -> _Everything:
        if self._last is None or self._last[0] != snapshot.revision:
            self._last = (snapshot.revision, _Everything(snapshot.columns))
        return self._last[1]


def _times(table: Table, rows: Sequence[int]) -> list[int]:
    published = table.published
    times = sorted(map(published.__getitem__, rows))  # quick, as they come newest first
    known = next((n for n, time in enumerate(times) if time != UNKNOWN_TIME), len(times))
    return times[known:]


def _spread(tally: Tally, everything: _Everything) -> tuple[int, ...]:
    counts = heights(everything.bars, _times(tally.table, tally.rows))
    if tally.whole is None:
        return counts
    return tuple(map(sub, everything.spread, counts))


def _tens(numbers: Counter[int]) -> tuple[int, ...]:
    counts = [0] * 10
    for value, count_of in numbers.items():
        if value != UNKNOWN:
            counts[min(9, max(0, value // 10))] += count_of
    return tuple(counts)
