"""From the tree of the grammar to the tree of the meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsreader.query.ast import Node, Not, Or, Url, all_of
from newsreader.query.clauses import EQUAL, clause, split_head, text
from newsreader.query.query import Query, Term
from newsreader.query.source import Piece, Source

if TYPE_CHECKING:
    from lark import Token, Tree


class Builder:
    """Builds the :class:`Query` of one text. Its recursion goes as deep as the parentheses."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def query(self, tree: Tree[Token]) -> Query:
        """The query that *tree*, from the grammar's ``start``, stands for.

        Raises:
            InvalidQueryError: when a field or a value makes no sense.
        """
        terms = self._terms(tree.children[0])
        return Query(self._source.text, _together(terms), terms)

    # Lark types every child as a token or a tree: which of them it is, the grammar says.
    def _terms(self, either: Any) -> tuple[Term, ...]:
        choices = [tuple(map(self._term, choice.children)) for choice in either.children]
        if len(choices) == 1:
            return choices[0]
        node = Or(tuple(map(_together, choices)))
        term = self._finished(choices[0][0].start, choices[-1][-1].end, node)
        return (term._replace(is_or=True),)

    def _term(self, operand: Any) -> Term:
        *negations, atom = operand.children
        term = self._atom(atom)
        if not negations:
            return term
        start = negations[0].start_pos
        if len(negations) % 2:
            term = term._replace(node=Not(term.node), negated=not term.negated)
        return term._replace(start=start, text=self._source.text[start : term.end])

    def _atom(self, atom: Any) -> Term:
        first, *others = atom.children
        start, end = first.start_pos, atom.children[-1].end_pos
        if atom.data == "group":
            return self._finished(start, end, _together(self._terms(others[0])))
        if atom.data == "url":
            return self._finished(start, end, Url(first.value), field="url")
        if atom.data == "word":
            return self._finished(start, end, text(self._source, None, self._piece(first)))
        field, operator = split_head(self._source, first.value, start)
        values = tuple(map(self._piece, others))
        term = self._finished(start, end, clause(self._source, field, operator, values), field)
        if operator not in EQUAL:
            return term
        named = tuple(value.text for value in values)
        return term._replace(negated=operator == "!=", values=named)

    def _piece(self, token: Any) -> Piece:
        return self._source.piece(token.start_pos, token.end_pos)

    def _finished(
        self,
        start: int,
        end: int,
        node: Node,
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


def _together(terms: tuple[Term, ...]) -> Node:
    return all_of(tuple(term.node for term in terms))
