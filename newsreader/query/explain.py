"""How a query is understood and run: in words, as canonical text, and step by step."""

from __future__ import annotations

from datetime import datetime
from time import perf_counter
from typing import NamedTuple

from newsreader.query.ast import And
from newsreader.query.compile import cost, in_order
from newsreader.query.in_words import in_words
from newsreader.query.leaves import Rows
from newsreader.query.order import describe
from newsreader.query.query import Query
from newsreader.query.relevance import natural_order
from newsreader.query.select import select
from newsreader.query.table import Table
from newsreader.query.text_of import node_text, text_of

_READS = (
    "a column",
    "folded texts in memory",
    "whole articles that folded texts let through",
    "whole articles",
)


class Step(NamedTuple):
    """One part of the plan: what it asks, what it reads, and what became of the rows."""

    text: str
    reads: str
    rows_in: int
    rows_out: int
    milliseconds: float


class Explanation(NamedTuple):
    """All that there is to say about a query. ``order`` is in words.

    ``steps`` stand in the order in which they run, each on the rows that the one before left.
    ``found`` is without a limit that the query sets; ``milliseconds`` are those of all steps.
    """

    words: str
    text: str
    steps: tuple[Step, ...]
    order: str
    total: int
    found: int
    milliseconds: float


def explain(query: Query, table: Table, now: datetime) -> Explanation:
    """What *query* means on *table* at the time *now*; it is run for that."""
    steps: list[Step] = []
    rows: Rows = table.newest_first
    root = query.root
    parts = () if root is None else in_order(root.parts) if isinstance(root, And) else (root,)
    for part in parts:
        started = perf_counter()
        found = select(Query(root=part), table, now, rows)
        elapsed = 1000 * (perf_counter() - started)
        steps.append(Step(node_text(part), _READS[cost(part)], len(rows), len(found), elapsed))
        rows = found
    return Explanation(
        in_words(query),
        text_of(query),
        tuple(steps),
        describe(query.order or natural_order(query)),
        len(table.newest_first),
        len(rows),
        sum(step.milliseconds for step in steps),
    )
