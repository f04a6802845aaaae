"""Edits of the text of a query, for filters that a reader sets without typing.

The screen reads what a query sets on every answer, also on that to the empty query at the
start: so the modules that only a query with terms needs are imported where they are used.

Every edit takes a text and gives a text with single spaces between its terms. Terms that it
does not concern stay exactly as they were typed. A text that cannot be understood raises
InvalidQueryError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsreader.query.fields import ALIASES
from newsreader.query.parse import parse
from newsreader.query.query import Query, Term
from newsreader.text.fold import fold

if TYPE_CHECKING:
    from newsreader.query.ast import Edge


def toggle(text: str, field: str, value: str) -> str:
    """*text* with ``field:value`` chosen as well, or no longer when it was chosen.

    A value is added to those that are chosen already: an article may have any of them.
    """
    return _toggle(text, field, value, negated=False)


def exclude(text: str, field: str, value: str) -> str:
    """*text* with ``-field:value`` in it, or no longer when it was there."""
    return _toggle(text, field, value, negated=True)


def toggle_flag(text: str, flag: str) -> str:
    """*text* with a flag such as ``is:published`` required as well, or no longer."""
    terms = _terms(text)
    kept = [term.text for term in terms if not _is_flag(term, flag)]
    return _join(kept) if len(kept) < len(terms) else append(text, flag)


def toggle_term(text: str, term: str) -> str:
    """*text* with a *term* such as ``-is:duplicate`` as well, or no longer when it was there."""
    rest = without(text, term)
    return append(rest, term) if len(_terms(rest)) == len(_terms(text)) else rest


def without(text: str, term: str) -> str:
    """*text* without a *term* that is written so, in any case."""
    return _join(each.text for each in _terms(text) if each.text.lower() != term)


def set_minimum(text: str, field: str, least: int | None) -> str:
    """*text* with ``field>=least`` in place of all it said of that field; None for nothing."""
    return _replace(text, field, None if least is None else f"{field}>={least}")


def set_span(text: str, field: str, start: str | None, end: str | None) -> str:
    """*text* with ``field:start..end`` in place of all it said of that field.

    None leaves that side open. Raises InvalidQueryError when an end is none the field takes.
    """
    from newsreader.query.quoting import quote

    if not start and not end:
        return _replace(text, field, None)
    ends = (start,) if start == end else (start, end)
    value = "..".join(quote(each) if each else "" for each in ends)
    return _replace(text, field, f"{field}:{value}")


def set_range(text: str, field: str, low: int | None, high: int | None) -> str:
    """*text* with the numbers of *field* from *low* to *high*; None leaves that side open."""
    if low is not None and high is None:
        return set_minimum(text, field, low)
    if high is not None and low is None:
        return _replace(text, field, f"{field}<={high}")
    ends = (None if end is None else str(end) for end in (low, high))
    return set_span(text, field, *ends)


def set_shown(text: str, field: str, value: str | None) -> str:
    """*text* with ``field:value`` (``sort``, ``limit`` or ``group``) at its end, or without."""
    kept = (term.text for term in _terms(text) if term.field != field)
    return _join((*kept, f"{field}:{value}") if value else kept)


def append(text: str, term: str) -> str:
    """*text* with *term* required as well."""
    return _join((*_requirements(text), *_requirements(term)))


def remove(text: str, index: int) -> str:
    """*text* without its term number *index*, from 0. Raises IndexError when there is none."""
    terms = [term.text for term in _terms(text)]
    del terms[index]
    return _join(terms)


def remove_last(text: str) -> str:
    """*text* without its last term; an empty one stays empty."""
    return _join(term.text for term in _terms(text)[:-1])


def selected(query: Query | str, field: str) -> frozenset[str]:
    """The values, folded, that the terms of *query* ask for in *field*."""
    return _named(query, field, negated=False)


def excluded(query: Query | str, field: str) -> frozenset[str]:
    """The values, folded, that the terms of *query* leave out in *field*."""
    return _named(query, field, negated=True)


def has_flag(query: Query | str, flag: str) -> bool:
    """Whether a term of *query* is just *flag*, such as ``is:published``."""
    return any(_is_flag(term, flag) for term in _parsed(query).terms)


def _is_flag(term: Term, flag: str) -> bool:
    from newsreader.query.ast import Flagged

    return term.node == Flagged(flag)


def minimum(query: Query | str, field: str) -> int | None:
    """The least number that *query* asks for in *field*, or None when it sets no mere minimum."""
    lows = (_minimum(term, field) for term in _parsed(query).terms)
    return max((low for low in lows if low is not None), default=None)


def _minimum(term: Term, field: str) -> int | None:
    from newsreader.query.ast import Number

    node = term.node
    if isinstance(node, Number) and node.field == field and node.high is None:
        return node.low
    return None


def span(query: Query | str, field: str = "date") -> tuple[str, str] | None:
    """The first and the last that *query* asks for in *field*, as typed; empty for an open side.

    None when it sets no limits that a range ``first..last`` can say.
    """
    spans = [each for term in _parsed(query).terms if (each := _span(term, field)) is not None]
    if not spans:
        return None
    starts, ends = zip(*spans, strict=True)
    return next(filter(None, starts), ""), next(filter(None, ends), "")


def _parsed(query: Query | str) -> Query:
    return parse(query, searches=None) if isinstance(query, str) else query


def _terms(text: str) -> tuple[Term, ...]:
    return parse(text, searches=None).terms


def _join(terms: Iterable[str]) -> str:
    return " ".join(terms)


def _requirements(text: str) -> Iterator[str]:
    """The terms of *text*, fit to stand beside others."""
    for term in _terms(text):
        yield f"({term.text})" if term.is_or else term.text


def _toggle(text: str, field: str, value: str, *, negated: bool) -> str:
    from newsreader.query.quoting import quote

    terms = _terms(text)
    field = ALIASES.get(field, field)
    mine = [term for term in terms if _names(term, field, negated=negated)]
    wanted = fold(value)
    if any(wanted in _literals(term) for term in mine):
        rest = (_without(term, wanted) if term in mine else term.text for term in terms)
        return _join(filter(None, rest))
    clause = f"{'-' if negated else ''}{field}:{quote(value)}"
    _terms(clause)
    if not mine:
        return append(text, clause)
    return _join(f"{term.text},{quote(value)}" if term is mine[0] else term.text for term in terms)


def _names(term: Term, field: str, *, negated: bool) -> bool:
    """Whether *term* is a clause that names values of *field*."""
    return term.field == field and term.negated is negated and bool(term.values)


def _literals(term: Term) -> frozenset[str]:
    from newsreader.query.quoting import literal, split_clause

    _, sources = split_clause(term.text)
    return frozenset(fold(each) for each in map(literal, sources) if each is not None)


def _named(query: Query | str, field: str, *, negated: bool) -> frozenset[str]:
    field = ALIASES.get(field, field)
    terms = (term for term in _parsed(query).terms if _names(term, field, negated=negated))
    return frozenset().union(*map(_literals, terms))


def _without(term: Term, value: str) -> str:
    """The text of *term* without *value*; empty when that was all."""
    from newsreader.query.quoting import literal, split_clause

    head, sources = split_clause(term.text)
    kept = [source for source in sources if fold(literal(source) or "") != value]
    return head + ",".join(kept) if kept else ""


def _replace(text: str, field: str, clause: str | None) -> str:
    """*text* with *clause* where its first term of *field* stands, and no other of that field."""
    if clause is not None:
        _terms(clause)
    texts = [None if term.field == field else term.text for term in _terms(text)]
    if None not in texts:
        return append(text, clause or "")
    texts[texts.index(None)] = clause
    return _join(filter(None, texts))


def _span(term: Term, field: str) -> tuple[str, str] | None:
    from newsreader.query.ast import Dates, Number

    node = term.node
    if isinstance(node, Number) and node.field == field:
        return (
            "" if node.low is None else str(node.low),
            "" if node.high is None else str(node.high),
        )
    if not isinstance(node, Dates) or node.field != field:
        return None
    low, high = _end(node.low, after=False), _end(node.high, after=True)
    return None if low is None or high is None else (low, high)


def _end(edge: Edge | None, *, after: bool) -> str | None:
    """*edge* as an end of a range; None when a range cannot say it."""
    from newsreader.query.spans import is_duration

    if edge is None:
        return ""
    return edge.text if edge.after is after or is_duration(edge.text) else None
