"""The values of a field with how many articles have each: what a reader can narrow down to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from newsreader.query.fields import FLAGS
from newsreader.query.leaves import Rows, codes, flag_test, meaning
from newsreader.query.query import Query, Term, together
from newsreader.query.row_sets import MaskSets, Picked, RowSets
from newsreader.query.select import select
from newsreader.query.table import NO_CODE, UNKNOWN, Table
from newsreader.text.fold import fold

FACETS: Final = ("topic", "provider", "category", "type", "year", "flag", "tag")
"""The fields that have values to choose from; ``flag`` is for ``is:`` and ``has:``."""

MARKS: Final = "marks"
"""The flags that are marks, which change more often; they belong to ``flag``."""


class FacetValue(NamedTuple):
    """A value as a query says it, as a person reads it, and how many articles have it."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # the method of tuples is not missed


class FacetCounts:
    """The values of one field in all rows of a table, ready to be counted among some of them.

    What only differs by case or accents is one value, under its most frequent spelling.
    """

    def __init__(self, table: Table, field: str) -> None:
        self._is_year = field == "year"
        self._sets: RowSets[int] | MaskSets[int]
        if field == MARKS:
            self._names, masks = _marks(table)
            self._sets = MaskSets(masks)
        else:
            self._names, values_of = _field(table, field)
            self._sets = RowSets(len(table), values_of)
        self.whole = self._listed(self._sets.whole)
        """The values among all rows."""

    def of(self, picked: Picked) -> tuple[FacetValue, ...]:
        """The values that the rows *picked* have, the most frequent first; years newest first."""
        return self._listed(self._sets.counts(picked))

    def _listed(self, counts: Mapping[int, int]) -> tuple[FacetValue, ...]:
        names = self._names
        sizes = ((code, size) for code, size in counts.items() if size and code in names)
        found = (FacetValue(*names[code], size) for code, size in sizes)
        if self._is_year:
            return tuple(sorted(found, key=lambda each: -int(each.value)))
        return tuple(sorted(found, key=lambda each: (-each.count, fold(each.label), each.value)))


def count(table: Table, rows: Rows, field: str) -> tuple[FacetValue, ...]:
    """The values that *rows* have in *field*, one of :data:`FACETS`, the most frequent first.

    Years stand newest first. What only differs by case or accents is one value.
    """
    picked = Picked(rows, len(table))
    found = FacetCounts(table, field).of(picked)
    return (*FacetCounts(table, MARKS).of(picked), *found) if field == "flag" else found


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


_Names: TypeAlias = Mapping[int, tuple[str, str]]
"""What a query says for a code, and what a person reads."""
_ValuesOf: TypeAlias = Callable[[int], Iterable[int]]
"""The codes of a row."""


def _field(table: Table, field: str) -> tuple[_Names, _ValuesOf]:
    if field == "flag":
        return _flags(table)
    if field == "year":
        years = table.year
        return {year: (f"{year}", f"{year}") for year in set(years) - {UNKNOWN}}, _each(years)
    if field in ("topic", "tag"):
        several = table.topics if field == "topic" else table.tags
        words = table.topic_names if field == "topic" else table.tag_names
        names, merged = _merged(words, words, chain.from_iterable(several))
        if merged is None:
            return names, several.__getitem__
        return names, lambda row: {merged[code] for code in several[row]}
    words, labels = _vocabulary(table, field)
    column = codes(table, field)
    names, merged = _merged(words, labels, column)
    return names, _each(column if merged is None else [merged[code] for code in column])


def _each(column: Sequence[int]) -> _ValuesOf:
    return lambda row: (column[row],)


def _flags(table: Table) -> tuple[_Names, _ValuesOf]:
    names: dict[int, tuple[str, str]] = {}
    tests: list[tuple[int, Sequence[int], Callable[[int], object]]] = []
    for flag in _flag_names():
        column, has = flag_test(flag)
        if column != MARKS:
            tests.append((len(names), getattr(table, column), has))
            names[len(names)] = (flag, _flag_label(flag))
    return names, lambda row: [code for code, values, has in tests if has(values[row])]


def _marks(table: Table) -> tuple[_Names, Mapping[int, bytes]]:
    marks = bytes(table.marks)
    flags = [flag for flag in _flag_names() if flag_test(flag)[0] == MARKS]
    names = {code: (flag, _flag_label(flag)) for code, flag in enumerate(flags)}
    return names, {code: marks.translate(meaning(flag)) for code, flag in enumerate(flags)}


def _flag_names() -> Iterator[str]:
    return (f"{field}:{name}" for field, names in FLAGS.items() for name in names)


def _flag_label(flag: str) -> str:
    return flag.removeprefix("is:").replace("has:", "has ")


def _merged(
    words: Sequence[str], labels: Sequence[str], found: Iterable[int]
) -> tuple[_Names, Sequence[int] | None]:
    """The names of codes, and the first code with the same name for each, if they ever differ."""
    first: dict[str, int] = {}
    merged = [first.setdefault(fold(word), code) for code, word in enumerate(words)]
    # The most frequent spelling comes last and so gives its name to all.
    best = {merged[code]: code for code, _ in reversed(Counter(found).most_common())}
    names = {
        code: (words[spelling], labels[spelling])
        for code, spelling in best.items()
        if code != NO_CODE
    }
    return names, merged if len(first) < len(words) else None


def _vocabulary(table: Table, field: str) -> tuple[Sequence[str], Sequence[str]]:
    if field == "provider":
        providers = table.providers
        values = [provider.domain or provider.name for provider in providers]
        return values, [provider.label for provider in providers]
    names = table.categories if field == "category" else table.types
    return names, names
