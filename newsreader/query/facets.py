"""The values of a field with how many articles have each: what a reader can narrow down to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain, compress
from typing import Final, NamedTuple

from newsreader.query.fields import FLAGS
from newsreader.query.leaves import Rows, flag_test
from newsreader.query.query import Query, Term, together
from newsreader.query.select import select
from newsreader.query.table import NO_CODE, UNKNOWN, Table
from newsreader.text.fold import fold

FACETS: Final = ("topic", "provider", "category", "type", "year", "flag")
"""The fields that have values to choose from; ``flag`` is for ``is:`` and ``has:``."""


class FacetValue(NamedTuple):
    """A value as a query says it, as a person reads it, and how many articles have it."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # the method of tuples is not missed


class Tally:
    """How many of some rows have each value of a column.

    With a tally of all rows, the *whole*, those that are left out are counted when they are fewer.
    """

    def __init__(self, table: Table, rows: Rows, whole: Tally | None = None) -> None:
        self.table = table
        self.rows = rows
        self.whole = whole if whole is not None and 2 * len(rows) > len(table) else None
        """The tally from which that of ``rows``, which are those left out, is taken away."""
        if self.whole is not None:
            missing = bytearray(b"\1") * len(table)
            for row in rows:
                missing[row] = 0
            self.rows = list(compress(range(len(table)), missing))
        self._known: dict[str, Counter[int]] = {}

    def of(self, column: str) -> Counter[int]:
        """By the values of a column of numbers or codes, by its name in the table."""
        values: Sequence[int] = getattr(self.table, column)
        return self._kept(column, lambda: Counter(map(values.__getitem__, self.rows)))

    def topics(self) -> Counter[int]:
        """By the codes of topics."""
        topics = self.table.topics
        of_rows = chain.from_iterable
        return self._kept("topics", lambda: Counter(of_rows(map(topics.__getitem__, self.rows))))

    def merged_topics(self, merged: Sequence[int]) -> Counter[int]:
        """By what topics have in common, each row once for the same one."""
        if "merged" not in self._known:
            topics = map(self.table.topics.__getitem__, self.rows)
            distinct = ({merged[code] for code in each} for each in topics)
            counts = Counter(chain.from_iterable(distinct))
            if self.whole is not None:
                counts = self.whole.merged_topics(merged) - counts
            self._known["merged"] = counts
        return self._known["merged"]

    def _kept(self, name: str, make: Callable[[], Counter[int]]) -> Counter[int]:
        if name not in self._known:
            counts = make()
            if self.whole is not None:
                whole = self.whole.topics() if name == "topics" else self.whole.of(name)
                counts = whole - counts
            self._known[name] = counts
        return self._known[name]


def count(table: Table, rows: Rows, field: str) -> tuple[FacetValue, ...]:
    """The values that *rows* have in *field*, one of :data:`FACETS`, the most frequent first.

    Years stand newest first. What only differs by case or accents is one value.
    """
    return counted(Tally(table, rows), field)


def counted(tally: Tally, field: str) -> tuple[FacetValue, ...]:
    """The same by a *tally* of the rows."""
    if field == "year":
        years = tally.of("year")
        known = sorted(years.keys() - {UNKNOWN}, reverse=True)
        return tuple(FacetValue(str(year), str(year), years[year]) for year in known)
    found = _flags(tally) if field == "flag" else _names(tally, field)
    return tuple(sorted(found, key=lambda each: (-each.count, fold(each.label), each.value)))


def own_terms(query: Query, field: str) -> tuple[Term, ...]:
    """The terms of *query* that are about *field*."""
    names = tuple(FLAGS) if field == "flag" else (field,)
    return tuple(term for term in query.terms if term.field in names)


def rows_excluding_own(
    query: Query, table: Table, now: datetime, field: str, rows: Rows | None = None
) -> list[int]:
    """The rows, or those among *rows*, that *query* would find without its terms of *field*."""
    own = own_terms(query, field)
    rest = together(term for term in query.terms if term not in own)
    return select(Query(root=rest), table, now, rows)


def with_zeros(
    found: tuple[FacetValue, ...], everything: tuple[FacetValue, ...]
) -> tuple[FacetValue, ...]:
    """*found*, then what *everything* has beside it, with a count of 0."""
    known = {each.value for each in found}
    return (*found, *(each._replace(count=0) for each in everything if each.value not in known))


def _flags(tally: Tally) -> Iterator[FacetValue]:
    for field, names in FLAGS.items():
        for name in names:
            column, has = flag_test(f"{field}:{name}")
            size = sum(many for value, many in tally.of(column).items() if has(value))
            if size:
                yield FacetValue(f"{field}:{name}", f"has {name}" if field == "has" else name, size)


def _names(tally: Tally, field: str) -> Iterator[FacetValue]:
    values, labels = _vocabulary(tally.table, field)
    first: dict[str, int] = {}
    merged = [first.setdefault(fold(value), code) for code, value in enumerate(values)]
    codes, counts = _counters(tally, field, merged)
    # The most frequent spelling comes last and so gives its name to all.
    spelling = {merged[code]: code for code, _ in reversed(codes.most_common())}
    for code, size in counts.items():
        if merged[code] != NO_CODE:
            best = spelling[code]
            yield FacetValue(values[best], labels[best], size)


def _vocabulary(table: Table, field: str) -> tuple[Sequence[str], Sequence[str]]:
    """What a query says for each code of *field*, and what a person reads."""
    if field == "provider":
        providers = table.providers
        values = [provider.domain or provider.name for provider in providers]
        return values, [provider.label for provider in providers]
    names = {
        "topic": table.topic_names,
        "category": table.categories,
        "type": table.types,
    }[field]
    return names, names


def _counters(tally: Tally, field: str, merged: Sequence[int]) -> tuple[Counter[int], Counter[int]]:
    """How many rows have each code, and how many have any of the codes that are one value."""
    if field == "topic":
        codes = tally.topics()
        is_merged = any(code != first for code, first in enumerate(merged))
        return codes, tally.merged_topics(merged) if is_merged else codes
    codes = tally.of(field)
    counts: Counter[int] = Counter()
    for code, size in codes.items():
        counts[merged[code]] += size
    return codes, counts
