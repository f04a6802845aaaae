"""The values of a field with how many articles have each: what a reader can narrow down to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from newsreader.query.fields import FLAGS
from newsreader.query.leaves import Rows, codes, flag_test
from newsreader.query.query import Query, Term, together
from newsreader.query.select import select
from newsreader.query.table import NO_CODE, UNKNOWN, Table
from newsreader.query.tally import (
    Picked,
    tally,
    tally_flags,
    tally_lists,
    tally_sparse,
    with_codes,
)
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
        everything = Picked(table.newest_first, len(table))
        self._names, self._tally = _field(table, field, everything)
        self.whole = self._listed(self._tally(everything))
        """The values among all rows."""

    def of(self, picked: Picked) -> tuple[FacetValue, ...]:
        """The values that the rows *picked* have, the most frequent first; years newest first."""
        return self._listed(self._tally(picked))

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
) -> Rows:
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
_Tally: TypeAlias = Callable[[Picked], Mapping[int, int]]
"""How many of some rows have each code."""


def _field(table: Table, field: str, everything: Picked) -> tuple[_Names, _Tally]:
    if field in ("flag", MARKS):
        return _flags(table, of_marks=field == MARKS)
    if field == "year":
        years = table.year
        known = set(tally(years, everything)) - {UNKNOWN}
        by_year = {year: (f"{year}", f"{year}") for year in known}
        return by_year, lambda picked: tally(years, picked)
    if field == "topic":
        lists = table.topics
        names, merged = _merged(table.topic_names, tally_lists(lists, everything))
        if merged is not None:
            lists = with_codes(lists, merged)
        return names, lambda picked: tally_lists(lists, picked)
    if field == "tag":
        tags = table.tags
        names, merged = _merged(table.tag_names, tally_sparse(tags, everything))
        if merged is not None:
            tags = {row: tuple({merged[code] for code in some}) for row, some in tags.items()}
        return names, lambda picked: tally_sparse(tags, picked)
    words, labels = _vocabulary(table, field)
    column = codes(table, field)
    names, merged = _merged(words, tally(column, everything), labels)
    if merged is None:
        return names, lambda picked: tally(column, picked)
    same = merged
    return names, lambda picked: _joined(tally(column, picked), same)


def _joined(counts: Mapping[int, int], merged: Sequence[int]) -> Mapping[int, int]:
    """*counts* with those of codes that mean the same added up."""
    found: dict[int, int] = defaultdict(int)
    for code, size in counts.items():
        found[merged[code]] += size
    return found


def _flags(table: Table, *, of_marks: bool) -> tuple[_Names, _Tally]:
    names: dict[int, tuple[str, str]] = {}
    tests: list[tuple[Sequence[int], Callable[[int], object]]] = []
    marks = memoryview(table.marks)
    for flag in _flag_names():
        name, has = flag_test(flag)
        if (name == MARKS) is of_marks:
            names[len(names)] = (flag, _flag_label(flag))
            tests.append((marks if of_marks else getattr(table, name), has))
    return names, lambda picked: tally_flags(tests, picked)


def _flag_names() -> Iterator[str]:
    return (f"{field}:{name}" for field, names in FLAGS.items() for name in names)


def _flag_label(flag: str) -> str:
    return flag.removeprefix("is:").replace("has:", "has ")


def _merged(
    words: Sequence[str], found: Mapping[int, int], labels: Sequence[str] | None = None
) -> tuple[_Names, Sequence[int] | None]:
    """The names of codes, and the first code with the same name for each, if they ever differ."""
    first: dict[str, int] = {}
    merged = [first.setdefault(fold(word), code) for code, word in enumerate(words)]
    # The most frequent spelling comes last and so gives its name to all.
    best = {merged[code]: code for code in sorted(found, key=lambda code: (found[code], -code))}
    shown = words if labels is None else labels
    names = {
        code: (words[spelling], shown[spelling])
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
