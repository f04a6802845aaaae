"""Asking for less: more clauses beside a query, without what they say already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from newsreader.model import InvalidQueryError
from newsreader.query.ast import Dates, Match, Node, Not, Number
from newsreader.query.parse import parse
from newsreader.query.query import Query, Term
from newsreader.query.spans import bounds


def narrow(query: Query, clauses: Iterable[str], now: datetime) -> str:
    """The text of *query* with *clauses* required as well: it finds what fits both.

    A clause takes the place of the first term that it makes superfluous; the others of these are
    left out, and all other terms stay exactly as they were typed.
    """
    terms: list[Term | None] = list(query.terms)
    texts: list[str] = [f"({each.text})" if each.is_or else each.text for each in query.terms]
    for clause in clauses:
        node = _node(clause)
        implied = [place for place, term in enumerate(terms) if _is_implied(term, node, now)]
        for place in implied:
            terms[place], texts[place] = None, ""
        if implied:
            texts[implied[0]] = clause
        else:
            texts.append(clause)
    return " ".join(filter(None, texts))


@lru_cache(maxsize=1_000)
def _node(clause: str) -> Node | None:
    try:
        return parse(clause).root
    except InvalidQueryError:
        return None  # Whoever asks it is told; a file may have a name too long to be asked for.


def _is_implied(term: Term | None, clause: Node | None, now: datetime) -> bool:
    if term is None or term.node is None or clause is None:
        return False
    return _implies(clause, term.node, now)


def _implies(one: Node, other: Node, now: datetime) -> bool:
    """Whether *other* surely finds all that *one* finds."""
    match one, other:
        case Not(excluded), Not(part):
            return _implies(part, excluded, now)
        case Match(), Match():
            return one.field == other.field and set(one.values) <= set(other.values)
        case Number(), Number():
            return one.field == other.field and _is_within(
                (one.low, one.high), (other.low, other.high)
            )
        case Dates(), Dates():
            return one.field == other.field and _is_within(bounds(one, now), bounds(other, now))
    return one == other


_Limits = tuple[int | None, int | None]


def _is_within(inner: _Limits, outer: _Limits) -> bool:
    (low, high), (least, most) = inner, outer
    return (least is None or (low is not None and least <= low)) and (
        most is None or (high is not None and high <= most)
    )
