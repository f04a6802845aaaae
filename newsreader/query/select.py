"""The rows that a query finds."""

from __future__ import annotations

from datetime import datetime

from newsreader.query.leaves import Rows
from newsreader.query.query import Query
from newsreader.query.table import Table


def select(query: Query, table: Table, now: datetime, rows: Rows | None = None) -> list[int]:
    """The rows of *table*, or those among *rows*, that *query* finds, in their order.

    Durations count back from *now*, in its time zone.
    """
    among = range(len(table)) if rows is None else rows
    if query.root is None:
        return list(among)
    from newsreader.query.compile import Compiler

    return Compiler(table, now).selector(query.root)(among)
