"""What articles come to: over time and by topic, by provider, in quality and heat.

Every number stands beside the query that finds just so many articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from newsreader.model import Provider
from newsreader.query import edit
from newsreader.query.ast import Value
from newsreader.query.facets import FacetCounts
from newsreader.query.leaves import Rows, numbers
from newsreader.query.names import matching_names
from newsreader.query.narrow import narrow
from newsreader.query.query import Query
from newsreader.query.quoting import quote
from newsreader.query.spread import MOST_PERIODS, Bar, bars_of, core
from newsreader.query.table import NO_CODE, UNKNOWN, UNKNOWN_TIME, Table
from newsreader.query.tally import Picked, places_among, tally
from newsreader.text.dates import calendar_span, local_at
from newsreader.text.fold import fold

STACKED: Final = 5
"""Topics that the periods are divided into."""
_PROVIDERS = 10
_STORIES = 8
"""Stories that are listed."""
_TRENDS = 6
"""Topics that rise, and as many that fall, at most."""
_WINDOWS = (365, 91, 30, 7, 1)
"""Days of which the last ones may be compared with those before."""
_FITTING = 4
"""So many times those days must fit into the time there is."""


class Part(NamedTuple):
    """Some of the articles: what they have in common, how many, and the query that finds them."""

    label: str
    count: int  # type: ignore[assignment]  # the method of tuples is not missed
    query: str


class Period(NamedTuple):
    """A stretch of the calendar from its first to its last day, month or year.

    ``start`` is empty for a first one that takes in all that is older, and ``end`` for a last one
    that takes in all that is newer. ``parts`` are those with each of the topics
    (:attr:`Insight.topics`), and last those with none of them; an article may be in several.
    """

    start: str
    end: str
    count: int  # type: ignore[assignment]
    query: str
    parts: tuple[Part, ...]


class Rated(NamedTuple):
    """The articles of a provider, and the mean of their qualities as far as they are known."""

    label: str
    count: int  # type: ignore[assignment]
    quality: float | None
    query: str


class Trend(NamedTuple):
    """How many articles of a topic there are in the last days, and in the days before them."""

    label: str
    count: int  # type: ignore[assignment]
    before: int
    query: str

    @property
    def change(self) -> int:
        """How many more there are now."""
        return self.count - self.before


class Days(NamedTuple):
    """The days from the first to the last one."""

    first: date
    last: date


class InsightStory(NamedTuple):
    """A story that many tell."""

    id: str
    title: str
    pieces: int
    providers: int
    query: str


class Insight(NamedTuple):
    """What the articles that a query finds come to.

    ``published`` are the first and the last time in seconds since 1970. ``topics`` are the most
    frequent ones. ``trends`` compare the days ``lately`` with as many ``before``; those that
    rise most come first, those that fall most last. ``qualities`` and ``heats`` go by tens: the
    first has all that is below, the last all that is above.
    """

    articles: int
    query: str
    published: tuple[int, int] | None = None
    periods: tuple[Period, ...] = ()
    undated: Part | None = None
    topics: tuple[Part, ...] = ()
    providers: tuple[Rated, ...] = ()
    lately: Days | None = None
    before: Days | None = None
    trends: tuple[Trend, ...] = ()
    qualities: tuple[Part, ...] = ()
    unrated: Part | None = None
    heats: tuple[Part, ...] = ()
    without_heat: Part | None = None
    stories: tuple[InsightStory, ...] = ()


def insight(
    table: Table, query: Query, rows: Rows, now: datetime, most: int = MOST_PERIODS
) -> Insight:
    """What the *rows* that *query* finds come to, with at most so many periods."""
    return _Insights(table, query, Picked(rows, len(table)), now).insight(most)


class _Insights:
    """Counts some rows in all ways."""

    def __init__(self, table: Table, query: Query, picked: Picked, now: datetime) -> None:
        self._table = table
        self._query = query
        self._picked = picked
        self._now = now
        self._topic_counts = FacetCounts(table, "topic")
        self._top = self._topic_counts.of(picked)[:STACKED]

    def insight(self, most: int) -> Insight:
        picked, table = self._picked, self._table
        times = _times(picked, table.published)
        top = [self._with_topic(each.value) for each in self._top]
        qualities, unrated = self._tens("quality")
        heats, without_heat = self._tens("heat")
        days = _windows(times)
        lately, before = days or (None, None)
        return Insight(
            articles=len(picked.rows),
            query=self._query.text,
            published=(times[0], times[-1]) if times else None,
            periods=tuple(self._periods(bars_of(times, most), top)),
            undated=self._part("no date", len(picked.rows) - len(times), "date:none"),
            topics=tuple(
                self._part(each.label, each.count, _clause("topic", each.value))
                for each in self._top
            ),
            providers=tuple(self._providers()),
            lately=lately,
            before=before,
            trends=tuple(self._trends(*days)) if days else (),
            qualities=qualities,
            unrated=unrated,
            heats=heats,
            without_heat=without_heat,
            stories=tuple(self._stories()),
        )

    def _part(self, label: str, count: int, *clauses: str) -> Part:
        return Part(label, count, self._narrowed(*clauses))

    def _narrowed(self, *clauses: str) -> str:
        return narrow(self._query, clauses, self._now)

    def _with_topic(self, value: str) -> Picked:
        names = self._table.topic_names
        codes = matching_names(names, (Value(fold(value)),))
        return self._picked.listing(self._table.topics, codes, len(names))

    def _periods(self, bars: Sequence[Bar], top: Sequence[Picked]) -> Iterator[Period]:
        starts = [bar.low for bar in bars]
        rest = self._picked
        for some in top:
            rest = rest.without(some)
        # What comes before the first one, or at no time known, has no place.
        places = places_among(starts, self._table.published)
        counts = tally(places, self._picked)
        columns = [tally(places, some) for some in (*top, rest)]
        clauses = [_clause("topic", each.value) for each in self._top]
        labels = [*(each.label for each in self._top), "others"]
        others = ",".join(quote(each.value) for each in self._top)
        clauses.append(f"-topic:{others}" if others else "")
        for place, bar in enumerate(bars, 1):
            when = edit.set_span("", "date", bar.start, bar.end) or "-date:none"
            parts = (
                self._part(label, column.get(place, 0), *filter(None, (clause, when)))
                for label, column, clause in zip(labels, columns, clauses, strict=True)
            )
            query = self._narrowed(when)
            yield Period(bar.start, bar.end, counts.get(place, 0), query, tuple(parts))

    def _providers(self) -> Iterator[Rated]:
        """The most frequent ones. Those of a domain include those of the domains below it."""
        counts, table = FacetCounts(self._table, "provider"), self._table
        values = {each.value: each.label for each in counts.of(self._picked)[: 2 * _PROVIDERS]}
        codes = _codes_of(table.providers, values)
        size = len(table.providers)
        some = {value: self._picked.having(table.provider, codes[value], size) for value in values}
        for value in sorted(values, key=lambda each: -len(some[each].rows))[:_PROVIDERS]:
            mean = _mean(numbers(table, "quality"), some[value])
            query = self._narrowed(_clause("provider", value))
            yield Rated(values[value], len(some[value].rows), mean, query)

    def _trends(self, lately: Days, before: Days) -> Iterator[Trend]:
        counts, earlier = self._topics_of(lately), self._topics_of(before)
        when = edit.set_span("", "date", lately.first.isoformat(), lately.last.isoformat())
        changed = [
            (label, counts.get(value, (label, 0))[1], earlier.get(value, (label, 0))[1], value)
            for value, (label, _) in {**earlier, **counts}.items()
        ]
        rising = sorted(
            (each for each in changed if each[1] != each[2]),
            key=lambda each: (each[2] - each[1], -each[1], fold(each[0])),
        )
        up = [each for each in rising if each[1] > each[2]][:_TRENDS]
        down = [each for each in rising if each[1] < each[2]][-_TRENDS:]
        for label, count, less, value in (*up, *down):
            query = self._narrowed(_clause("topic", value), when)
            yield Trend(label, count, less, query)

    def _topics_of(self, days: Days) -> dict[str, tuple[str, int]]:
        low, high = _limits(days)
        some = self._picked.within(self._table.published, low, high)
        return {each.value: (each.label, each.count) for each in self._topic_counts.of(some)}

    def _stories(self) -> Iterator[InsightStory]:
        """Those that most of the articles tell, as far as stories are known."""
        table, picked = self._table, self._picked
        counts = {number: count for number, count in tally(table.story, picked).items() if number}
        busiest = sorted(counts, key=lambda number: (-counts[number], number))[:_STORIES]
        for number in busiest:
            if counts[number] > 1:
                told = picked.having(table.story, {number}, len(table.story_ids))
                providers = {table.provider[row] for row in told.rows} - {NO_CODE}
                name = table.story_ids[number]
                query = self._narrowed(_clause("story", name))
                title = table.story_titles[number]
                yield InsightStory(name, title, counts[number], len(providers), query)

    def _tens(self, field: str) -> tuple[tuple[Part, ...], Part]:
        counts, unknown = [0] * 10, 0
        for value, size in tally(numbers(self._table, field), self._picked).items():
            if value == UNKNOWN:
                unknown = size
            else:
                counts[min(9, max(0, value // 10))] += size
        parts = []
        for place, count in enumerate(counts):
            low = 10 * place if place else None
            high = 10 * place + 9 if place < 9 else None
            label = f"{'' if low is None else low}..{'' if high is None else high}"
            parts.append(self._part(label, count, edit.set_range("", field, low, high)))
        return tuple(parts), self._part("unknown", unknown, f"{field}:none")


def _clause(field: str, value: str) -> str:
    return f"{field}:{quote(value)}"


def _times(picked: Picked, published: Sequence[int]) -> Sequence[int]:
    """When the articles were published whose date is known, the oldest first."""
    if picked.are_few:
        times = map(published.__getitem__, picked.rows)
        return sorted(time for time in times if time != UNKNOWN_TIME)
    import numpy as np

    values = np.asarray(published)[picked.array]
    return np.sort(values[values != UNKNOWN_TIME]).data


def _windows(times: Sequence[int]) -> tuple[Days, Days] | None:
    """The last days that there are, and as many before; None when there is but one day."""
    if not times:
        return None
    first, last = (local_at(time).date() for time in core(times))
    span = (last - first).days + 1
    if span == 1:
        return None
    length = next((days for days in _WINDOWS if days * _FITTING <= span), 1)
    try:
        middle = last - timedelta(days=length)
        lately = Days(middle + timedelta(days=1), last)
        before = Days(middle - timedelta(days=length - 1), middle)
        _limits(lately), _limits(before)
    except OverflowError:
        return None
    return lately, before


def _limits(days: Days) -> tuple[int, int]:
    """The first second of *days*, and the first one after, since 1970."""
    first, last = (calendar_span(day.isoformat()) for day in days)
    if first is None or last is None:
        raise OverflowError(days)
    return int(first.start.timestamp()), int(last.end.timestamp())


def _codes_of(providers: Sequence[Provider], values: Iterable[str]) -> dict[str, set[int]]:
    """The codes of the providers that a query for each of *values* finds."""
    codes: dict[str, set[int]] = {value: set() for value in values}
    wanted = {fold(value): found for value, found in codes.items()}
    for code, provider in enumerate(providers):
        if code == NO_CODE:
            continue
        domain = fold(provider.domain)
        parts = domain.split(".")
        parents = (".".join(parts[place:]) for place in range(len(parts)))
        for name in {fold(provider.name), *parents}:
            if name in wanted:
                wanted[name].add(code)
    return codes


def _mean(column: Sequence[int], picked: Picked) -> float | None:
    """The mean of the known values."""
    known = {value: size for value, size in tally(column, picked).items() if value != UNKNOWN}
    total = sum(known.values())
    return sum(value * size for value, size in known.items()) / total if total else None
