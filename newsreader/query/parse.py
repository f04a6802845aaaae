"""From the text of a query to its tree, or to an error that says where and why.

The parser generator takes longer to import than everything else here together, so it is
imported when the first query that is not blank is parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from newsreader.model import InvalidQueryError
from newsreader.query.query import Query

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

    from newsreader.query.source import Source

MAX_LENGTH: Final = 10_000
"""Characters of a query."""
NO_SEARCHES: Final[Mapping[str, str]] = MappingProxyType({})
MAX_NESTING: Final = 50
"""Parentheses within parentheses."""


def parse(
    text: str, *, typing: bool = False, searches: Mapping[str, str] | None = NO_SEARCHES
) -> Query:
    """The query that *text* asks.

    With *typing* the text is taken as unfinished: the word or value it ends in may go on, and
    an open quote or parenthesis is closed. *searches* are the texts of the saved searches that
    ``search:`` may name; with None it may name any, and what they ask is left open.

    Raises:
        InvalidQueryError: when it cannot be understood, and nothing else for any text.
    """
    if not text or text.isspace():
        return Query(text)
    from newsreader.query.source import Source

    return _parsed(Source(text, typing, searches))


def _parsed(source: Source) -> Query:
    text = source.text
    if not text or text.isspace():
        return Query(text)
    if len(text) > MAX_LENGTH:
        raise InvalidQueryError(
            f"A query can have {MAX_LENGTH:,} characters at most, and this one has {len(text):,}",
            query=text,
            column=MAX_LENGTH,
        )
    from newsreader.query.build import Builder

    return Builder(source, _parsed).query(_tree(source))


@cache
def _grammar() -> Lark:
    from lark import Lark

    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr")


def _tree(source: Source) -> Tree[Token]:
    from lark import Token, UnexpectedInput

    from newsreader.query.mistakes import mistake

    parser = _grammar().parse_interactive(source.text)
    tokens: list[Token] = []
    open_groups = 0
    at_end = False
    try:
        for token in parser.iter_parse():
            tokens.append(token)
            open_groups += {"LPAR": 1, "RPAR": -1}.get(token.type, 0)
            if open_groups > MAX_NESTING:
                raise source.error(
                    f"Parentheses can stand {MAX_NESTING} deep at most", token.start_pos or 0
                )
        at_end = True
        if source.typing:
            end = len(source.text.rstrip())
            for _ in range(open_groups):
                parser.feed_token(Token("RPAR", "", start_pos=end, end_pos=end))
        tree: Tree[Token] = parser.feed_token(Token("$END", ""))
    except UnexpectedInput as error:
        # Lark declares a position that is always None; its errors set one.
        column = len(source.text) if at_end else cast("int", error.pos_in_stream)
        before = [token for token in tokens if (token.start_pos or 0) < column]
        raise mistake(source, column, before[-1] if before else None, open_groups) from None
    return tree
