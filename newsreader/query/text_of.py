"""The canonical text of a query: ``parse(text_of(query))`` means the same as the query."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsreader.query.ast import (
    And,
    Dates,
    Edge,
    Flagged,
    Match,
    Missing,
    Node,
    Not,
    Number,
    Or,
    Regex,
    Saved,
    Text,
    Url,
    Value,
    tagged,
)
from newsreader.query.fields import NONE
from newsreader.query.order import order_text
from newsreader.query.query import Query
from newsreader.query.quoting import in_quotes, quote
from newsreader.query.spans import is_duration

_TAG = re.compile(r"\w(?:[\w-]*\w)?")
_BARE = re.compile(r"\w(?:[\w.'+-]*\w)?")


def text_of(query: Query) -> str:
    """*query* as one would type it, without needless parentheses, quotes and spaces."""
    terms = [] if query.root is None else [node_text(query.root)]
    return " ".join((*terms, *_shown(query)))


def node_text(node: Node) -> str:
    """*node* as one would type it where nothing stands beside it."""
    if tag := _tag(node):
        return tag
    match node:
        case Or(parts):
            return " OR ".join(_grouped(part, Or) for part in parts)
        case And(parts):
            return " ".join(_grouped(part, And, Or) for part in parts)
        case Not(part):
            return f"-{_grouped(part, And, Or, Not)}"
        case _:
            return _leaf_text(node)


def _grouped(node: Node, *kinds: type[Node]) -> str:
    text = node_text(node)
    return f"({text})" if isinstance(node, kinds) and not _tag(node) else text


def _tag(node: Node) -> str:
    """*node* as a tag, if one says it."""
    first, *others = tagged(node) or (Value(""),)
    spaced = " ".join(first.text.replace("-", " ").split()) or first.text
    is_whole = [each.text for each in others] == ([spaced] if spaced != first.text else [])
    if not is_whole or not _TAG.fullmatch(first.text) or first.text.endswith("*"):
        return ""
    return f"#{first.text}{'*' if first.prefix else ''}"


def _shown(query: Query) -> Iterator[str]:
    if query.order is not None:
        yield f"sort:{order_text(query.order)}"
    if query.limit is not None:
        yield f"limit:{query.limit}"
    if query.group is not None:
        yield f"group:{query.group}"


def _leaf_text(node: Node) -> str:
    match node:
        case Text(field, text, prefix):
            return f"{_head(field)}{_word(text)}{'*' if prefix else ''}"
        case Regex(field, pattern, ignores_case):
            return f"{_head(field)}/{pattern}/{'i' if ignores_case else ''}"
        case Url(text):
            return f"url:{quote(text)}"
        case Match(field, values):
            return f"{field}:{','.join(map(_value, values))}"
        case Missing(field):
            return f"{field}:{NONE}"
        case Flagged(name):
            return name
        case Saved(name):
            return f"search:{quote(name)}"
        case Number():
            return _number(node)
        case Dates():
            return _dates(node)
    raise TypeError(node)  # pragma: no cover - all are named above


def _head(field: str | None) -> str:
    return "" if field is None else f"{field}:"


def _word(text: str) -> str:
    return text if _BARE.fullmatch(text) else in_quotes(text)


def _value(value: Value) -> str:
    if not value.prefix:
        return quote(value.text)
    return f"{_word(value.text) if value.text else ''}*"


def _number(node: Number) -> str:
    low, high = node.low, node.high
    if low is not None and low == high:
        return f"{node.field}:{low}"
    return f"{node.field}:{'' if low is None else low}..{'' if high is None else high}"


def _dates(node: Dates) -> str:
    low, high, field = node.low, node.high, node.field
    if low is not None and high is not None:
        if low.text == high.text and not is_duration(low.text):
            return f"{field}:{quote(low.text)}"
        return f"{field}:{_end(low)}..{_end(high)}"
    if low is not None:
        return f"{field}>{_end(low)}" if low.after else f"{field}:{_end(low)}.."
    if high is not None:
        return f"{field}:..{_end(high)}" if high.after else f"{field}<{_end(high)}"
    raise TypeError(node)  # pragma: no cover - no text means it


def _end(edge: Edge) -> str:
    return quote(edge.text)
