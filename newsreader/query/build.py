"""From the tree of the grammar to the tree of the meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from newsreader.model import InvalidQueryError
from newsreader.query.ast import And, Node, Not, Or, Saved, Url, any_of
from newsreader.query.clauses import (
    EQUAL,
    clause,
    group,
    limit,
    regex,
    sort_keys,
    split_head,
    tag,
    text,
)
from newsreader.query.fields import FIELDS, Kind, nearest
from newsreader.query.query import Query, Term, together
from newsreader.query.source import Piece, Source
from newsreader.text.fold import fold

if TYPE_CHECKING:
    from lark import Token, Tree

MAX_SAVED = 20
"""Saved searches within each other."""
MAX_SEARCHES = 200
"""Saved searches in all, counted as often as they are named."""

_SHOWN: dict[str, Callable[[Source, tuple[Piece, ...]], Any]] = {
    "sort": sort_keys,
    "limit": limit,
    "group": group,
}


class Builder:
    """Builds the :class:`Query` of one text. Its recursion goes as deep as the parentheses."""

    def __init__(self, source: Source, subquery: Callable[[Source], Query]) -> None:
        self._source = source
        self._subquery = subquery
        self._saved: dict[str, Saved] = {}
        self._shown: dict[str, Any] = {}
        self._searches = 0

    def query(self, tree: Tree[Token]) -> Query:
        """The query that *tree*, from the grammar's ``start``, stands for.

        Raises:
            InvalidQueryError: when a field or a value makes no sense.
        """
        terms = self._terms(tree.children[0], is_top=True)
        shown = self._shown
        return Query(
            self._source.text,
            together(terms),
            terms,
            shown.get("sort"),
            shown.get("limit"),
            shown.get("group"),
        )

    # Lark types every child as a token or a tree: which of them it is, the grammar says.
    def _terms(self, either: Any, *, is_top: bool = False) -> tuple[Term, ...]:
        choices = [list(map(self._term, choice.children)) for choice in either.children]
        if is_top and len(choices) == 1:
            return tuple(choices[0])
        before: list[Term] = []
        after: list[Term] = []
        if is_top:
            while choices[0][0].node is None and len(choices[0]) > 1:
                before.append(choices[0].pop(0))
            while choices[-1][-1].node is None and len(choices[-1]) > 1:
                after.insert(0, choices[-1].pop())
        self._check_places(choices)
        if len(choices) == 1:
            return tuple(choices[0])
        node = Or(tuple(filter(None, map(together, choices))))
        term = self._finished(choices[0][0].start, choices[-1][-1].end, node)
        return (*before, term._replace(is_or=True), *after)

    def _check_places(self, choices: list[list[Term]]) -> None:
        """What says how the list is shown cannot be one of several choices."""
        for terms in choices:
            for term in terms:
                if term.node is None:
                    reason = f"{term.field} is about the whole list: it stands at the very end"
                    raise self._source.error(reason, term.start)

    def _term(self, operand: Any) -> Term:
        *negations, atom = operand.children
        term = self._atom(atom)
        if not negations:
            return term
        start = negations[0].start_pos
        if term.node is None:
            raise self._source.error(f"{term.field} cannot be negated", start)
        if len(negations) % 2:
            term = term._replace(node=Not(term.node), negated=not term.negated)
        return term._replace(start=start, text=self._source.text[start : term.end])

    def _atom(self, atom: Any) -> Term:
        first, *others = atom.children
        start, end = first.start_pos, atom.children[-1].end_pos
        if atom.data == "group":
            return self._finished(start, end, together(self._terms(others[0])))
        if atom.data == "clause":
            return self._clause(first, tuple(map(self._piece, others)), end)
        node: Node
        if atom.data == "url":
            return self._finished(start, end, Url(first.value), field="url")
        if atom.data == "regex":
            node = regex(self._source, None, first.value, start)
        elif atom.data == "tag":
            grows = self._source.typing and end == len(self._source.text)
            node = tag(self._source, first.value[1:], start, grows=grows)
        else:
            node = text(self._source, None, self._piece(first))
        return self._finished(start, end, node)

    def _clause(self, head: Any, values: tuple[Piece, ...], end: int) -> Term:
        start = head.start_pos
        field, operator = split_head(self._source, head.value, start)
        if FIELDS[field] is Kind.SHOWN:
            if operator not in ("", "="):
                raise self._source.error(f"{field} cannot be negated", start)
            self._shown[field] = _SHOWN[field](self._source, values)
            node = None
        elif FIELDS[field] is Kind.SAVED:
            node = any_of(tuple(map(self._search, values)))
            node = Not(node) if operator == "!=" else node
        else:
            node = clause(self._source, field, operator, values)
        term = self._finished(start, end, node, field)
        if operator not in EQUAL:
            return term
        named = tuple(value.text for value in values)
        return term._replace(negated=operator == "!=", values=named)

    def _search(self, piece: Piece) -> Saved:
        """The node of a saved search, which may name others in turn."""
        source, searches = self._source, self._source.searches
        if searches is None:
            return Saved(piece.text, None)
        wanted = fold(piece.text)
        name = next((each for each in searches if fold(each) == wanted), None)
        if name is None:
            near = nearest(piece.text, searches)
            reason = f"There is no saved search {piece.text}"
            raise source.error(reason, piece.start, suggestion=near)
        if name in source.inside:
            raise source.error(f"The saved search {name} leads back to itself", piece.start)
        if name not in self._saved:
            if len(source.inside) >= MAX_SAVED:
                reason = f"Saved searches can stand {MAX_SAVED} deep at most"
                raise source.error(reason, piece.start)
            inner = Source(searches[name], False, searches, (*source.inside, name))
            try:
                self._saved[name] = Saved(name, self._subquery(inner).root)
            except InvalidQueryError as error:
                reason = f"The saved search {name} cannot be understood: {error.reason}"
                raise source.error(reason, piece.start) from None
        saved = self._saved[name]
        self._searches += _searches_in(saved)
        if self._searches > MAX_SEARCHES:
            reason = f"A query can name {MAX_SEARCHES} saved searches at most, with those in them"
            raise source.error(reason, piece.start)
        return saved

    def _piece(self, token: Any) -> Piece:
        return self._source.piece(token.start_pos, token.end_pos)

    def _finished(
        self,
        start: int,
        end: int,
        node: Node | None,
        field: str | None = None,
    ) -> Term:
        return Term(
            self._source.text[start:end],
            start,
            end,
            field=field,
            negated=False,
            values=(),
            node=node,
        )


def _searches_in(node: Node | None) -> int:
    match node:
        case Saved(node=inner):
            return 1 + _searches_in(inner)
        case And(parts) | Or(parts):
            return sum(map(_searches_in, parts))
        case Not(part):
            return _searches_in(part)
        case _:
            return 0
