"""The rows that a query finds."""

from __future__ import annotations

from datetime import datetime

from newsreader.query.leaves import Rows, Selector
from newsreader.query.query import Query
from newsreader.query.table import Table


def compile_query(query: Query, table: Table, now: datetime) -> Selector:
    """The selector of *query* on *table*; durations count back from *now*, with its time zone.

    The selector takes rows in any order and keeps it.
    """
    if query.root is None:
        return list
    from newsreader.query.compile import Compiler

    return Compiler(table, now).selector(query.root)


def select(query: Query, table: Table, now: datetime, rows: Rows | None = None) -> list[int]:
    """The rows of *table*, or those among *rows*, that *query* finds, in their order."""
    return compile_query(query, table, now)(range(len(table)) if rows is None else rows)
