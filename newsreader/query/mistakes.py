"""Words for a query that does not fit the grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import InvalidQueryError
from newsreader.query.clauses import expected_by, split_head
from newsreader.query.source import A_TERM, Source

if TYPE_CHECKING:
    from lark import Token


def mistake(
    source: Source, column: int, before: Token | None, open_groups: int
) -> InvalidQueryError:
    """The complaint that what stands at *column*, or the end of the text, cannot be there.

    *before* is what was understood last, within *open_groups* open parentheses.
    """
    found = source.text[column : column + 1]
    kind = before.type if before is not None else ""
    after = before.end_pos or 0 if before is not None else 0
    if before is not None and kind == "FIELD":
        return _no_value(source, before.value, before.start_pos or 0, after)
    if kind == "_COMMA":
        return source.error("A value is missing after the comma", after, expected=("a value",))
    if found == ")" and open_groups <= 0:
        return source.error("There is no open parenthesis to close", column)
    if kind in ("_OR", "_AND", "NEGATION"):
        return source.error(f"{before} needs something after it", column, expected=A_TERM)
    if kind == "LPAR" and found in (")", ""):
        return source.error("There is nothing between the parentheses", column, expected=A_TERM)
    if not found:
        return source.error(
            "A parenthesis is not closed", column, expected=("a closing parenthesis",)
        )
    name = "AND" if found == "A" else "OR"
    return source.error(f"{name} needs something before it", column, expected=A_TERM)


def _no_value(source: Source, head: str, start: int, end: int) -> InvalidQueryError:
    try:
        field, operator = split_head(source, head, start)
    except InvalidQueryError as error:
        return error
    expected = expected_by(field, operator)
    return source.error(f"{head} needs a value right after it", end, expected=expected)
