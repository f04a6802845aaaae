"""A query: its text, its tree, and the terms that chips and filters are drawn from.

Kept apart from the tree's nodes, which nobody needs who asks for everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newsreader.query.ast import Node
    from newsreader.query.order import Order


class Term(NamedTuple):
    """One of the parts of a query that all have to hold: what a chip on the screen shows.

    ``text`` is the source, ``query.text[start:end]``. ``field`` is the full name of the field
    of a single clause, else None. ``values`` are what the clause names after ``:`` or ``=``,
    without quotes; empty for a comparison and for a pasted address. ``node`` has the negation
    in it; it is None for what only says how the list is shown (``sort:``, ``limit:``,
    ``group:``). ``is_or`` says that the term is an OR without parentheses around it.
    """

    text: str
    start: int
    end: int
    field: str | None
    negated: bool
    values: tuple[str, ...]
    node: Node | None
    is_or: bool = False


class Query(NamedTuple):
    """A question: as typed, as a tree (None asks for everything), and as terms that all hold.

    ``order``, ``limit`` and ``group`` (one of ``fields.GROUPS``) are how the answer is to be
    shown, where the query says so.
    """

    text: str = ""
    root: Node | None = None
    terms: tuple[Term, ...] = ()
    order: Order | None = None
    limit: int | None = None
    group: str | None = None


def together(terms: Iterable[Term]) -> Node | None:
    """The tree of all that *terms* ask; None when they ask nothing."""
    nodes = tuple(term.node for term in terms if term.node is not None)
    if not nodes:
        return None
    from newsreader.query.ast import all_of

    return all_of(nodes)
