"""The values of a field with how many articles have each: what a reader can narrow down to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Final, NamedTuple

from newsreader.query.fields import FLAGS
from newsreader.query.leaves import Rows, flagged
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


def count(table: Table, rows: Rows, field: str) -> tuple[FacetValue, ...]:
    """The values that *rows* have in *field*, one of :data:`FACETS`, the most frequent first.

    Years stand newest first. What only differs by case or accents is one value.
    """
    if field == "year":
        years = Counter(map(table.year.__getitem__, rows))
        known = sorted(years.keys() - {UNKNOWN}, reverse=True)
        return tuple(FacetValue(str(year), str(year), years[year]) for year in known)
    found = _flags(table, rows) if field == "flag" else _names(table, rows, field)
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


def counts_excluding_own(
    query: Query, table: Table, now: datetime, field: str
) -> tuple[FacetValue, ...]:
    """The values of *field* under the rest of *query*, so that a reader can widen again."""
    return count(table, rows_excluding_own(query, table, now, field), field)


def with_zeros(
    found: tuple[FacetValue, ...], everything: tuple[FacetValue, ...]
) -> tuple[FacetValue, ...]:
    """*found*, then what *everything* has beside it, with a count of 0."""
    known = {each.value for each in found}
    return (*found, *(each._replace(count=0) for each in everything if each.value not in known))


def _flags(table: Table, rows: Rows) -> Iterator[FacetValue]:
    for field, names in FLAGS.items():
        for name in names:
            size = len(flagged(table, f"{field}:{name}")(rows))
            if size:
                yield FacetValue(f"{field}:{name}", f"has {name}" if field == "has" else name, size)


def _names(table: Table, rows: Rows, field: str) -> Iterator[FacetValue]:
    values, labels = _vocabulary(table, field)
    first: dict[str, int] = {}
    merged = [first.setdefault(fold(value), code) for code, value in enumerate(values)]
    codes, counts = _counters(table, rows, field, merged)
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


def _counters(
    table: Table, rows: Rows, field: str, merged: Sequence[int]
) -> tuple[Counter[int], Counter[int]]:
    """How many rows have each code, and how many have any of the codes that are one value."""
    if field == "topic":
        topics = [table.topics[row] for row in rows]
        codes = Counter(chain.from_iterable(topics))
        if all(code == first for code, first in enumerate(merged)):
            return codes, codes
        distinct = ({merged[code] for code in each} for each in topics)
        return codes, Counter(chain.from_iterable(distinct))
    column = {"category": table.category, "type": table.type, "provider": table.provider}[field]
    codes = Counter(map(column.__getitem__, rows))
    counts: Counter[int] = Counter()
    for code, size in codes.items():
        counts[merged[code]] += size
    return codes, counts
