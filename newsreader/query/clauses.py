"""The meaning of one clause: a field, an operator, and values."""

from __future__ import annotations

import re

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
    Text,
    Url,
    Value,
    any_of,
)
from newsreader.query.fields import (
    FIELDS,
    FLAG_ALIASES,
    FLAGS,
    GROUPS,
    NONE,
    Kind,
    field_name,
    nearest,
)
from newsreader.query.order import SORT_FIELDS, SortKey
from newsreader.query.quoting import REGEX
from newsreader.query.source import Piece, Source
from newsreader.query.spans import ANY_DAY, is_age, is_duration, is_iso, resolve
from newsreader.text.fold import fold

EQUAL = ("", "=", "!=")

_HEAD = re.compile(r"([\w.]+)(?::([<>]=?|!?=)?|([<>]=?|!?=))")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_A_NUMBER = ("a number such as 60", "a range such as 40..69", NONE)
_A_DATE = (
    "a date such as 2020, 2020-07 or 2020-07-01",
    "an age such as 7d",
    'words such as "last monday"',
)
_MOST = 10**18 - 1
_MAX_PATTERN = 500


def split_head(source: Source, head: str, column: int) -> tuple[str, str]:
    """The full name of the field and the operator (empty for a mere colon) of ``quality:>=``.

    Raises:
        InvalidQueryError: when there is no such field, or it cannot be compared that way.
    """
    match = _HEAD.fullmatch(head)
    name, operator = (match[1], match[2] or match[3] or "") if match else (head, "")
    field = field_name(name)
    if field is None:
        suggestion = nearest(name, FIELDS)
        expected = () if suggestion else ("a field such as topic or quality", "quotes around it")
        raise source.error(
            f"There is no field {name}", column, expected=expected, suggestion=suggestion
        )
    if operator not in EQUAL and FIELDS[field] not in (Kind.NUMBER, Kind.DATE):
        raise source.error(
            f"{field} is not a number or a date to compare with {operator}",
            column + len(name),
            expected=("a colon",),
        )
    return field, operator


def expected_by(field: str, operator: str = "") -> tuple[str, ...]:
    """What may stand after *field* and *operator*, in words."""
    kind = FIELDS[field]
    if kind is Kind.NUMBER:
        return _A_NUMBER if operator in EQUAL else _A_NUMBER[:1]
    if kind is Kind.DATE:
        return _A_DATE
    if kind is Kind.FLAG:
        return FLAGS[field]
    if kind is Kind.SAVED:
        return ("the name of a saved search",)
    if field == "sort":
        return SORT_FIELDS
    if field == "limit":
        return ("a number such as 50",)
    if field == "group":
        return GROUPS
    return ("a word", "a phrase in quotes")


def clause(source: Source, field: str, operator: str, values: tuple[Piece, ...]) -> Node:
    """The node of ``field operator values``, with the negation of ``!=`` in it.

    Raises:
        InvalidQueryError: when a value is none that the field takes.
    """
    if operator not in EQUAL:
        return _comparison(source, field, operator, values)
    kind = FIELDS[field]
    node = (
        _names(source, field, values)
        if kind is Kind.NAME
        else any_of(tuple(_equal(source, field, kind, value) for value in values))
    )
    if operator != "!=":
        return node
    if kind in (Kind.NUMBER, Kind.DATE):
        return And((Not(node), Not(Missing(field))))
    return Not(node)


def text(source: Source, field: str | None, piece: Piece) -> Text:
    """The node of a word or phrase.

    Raises:
        InvalidQueryError: when nothing of it is left to look for.
    """
    if piece.ends is not None:
        raise source.error(f"{field or 'A word'} takes no range", piece.start)
    stem = _stem(piece)
    folded = fold(piece.text if stem is None else stem)
    if not folded:
        raise source.error("There is nothing to look for in this", piece.start)
    return Text(field, folded, piece.grows or stem is not None)


def _stem(piece: Piece) -> str | None:
    """What stands before the star of ``det*``, or None when it has none."""
    if piece.quoted or len(piece.text) < 2 or not piece.text.endswith("*"):
        return None
    return piece.text[:-1]


def _names(source: Source, field: str, values: tuple[Piece, ...]) -> Node:
    nodes: list[Node] = []
    named: list[Value] = []
    is_missing = False
    for piece in values:
        if piece.ends is not None:
            raise source.error(f"{field} takes no range", piece.start)
        pattern = _pattern(source, field, piece)
        if pattern is not None:
            nodes.append(pattern)
        elif _is_none(piece):
            is_missing = True
        else:
            named.append(_value(source, piece))
    if named:
        nodes.insert(0, Match(field, tuple(named)))
    if is_missing:
        nodes.append(Missing(field))
    return any_of(tuple(nodes))


def _pattern(source: Source, field: str | None, piece: Piece) -> Regex | None:
    is_one = not piece.quoted and re.fullmatch(REGEX, piece.text)
    return regex(source, field, piece.text, piece.start) if is_one else None


def regex(source: Source, field: str | None, written: str, column: int) -> Regex:
    """The node of a regular expression *written* between slashes, which maybe have an i behind.

    Raises:
        InvalidQueryError: when it is none that RE2 understands, or would take too much.
    """
    pattern, _, flag = written[1:].rpartition("/")
    if len(pattern) > _MAX_PATTERN:
        raise source.error(f"A pattern can have {_MAX_PATTERN} characters at most", column)
    node = Regex(field, pattern, ignores_case=bool(flag))
    from newsreader.query.patterns import PatternError, compiled

    try:
        compiled(node)
    except PatternError as error:
        raise source.error(f"The pattern cannot be read: {error}", column) from None
    return node


def tag(source: Source, word: str, column: int, *, grows: bool) -> Node:
    """The node of ``#word``: a tag, or a topic, whose spaces may be written as dashes."""
    folded = fold(word)
    if not folded:
        raise source.error("There is nothing to look for in this", column)
    has_star = folded.endswith("*") and len(folded) > 1
    folded = folded.removesuffix("*") if has_star else folded
    spellings = dict.fromkeys((folded, " ".join(folded.replace("-", " ").split()) or folded))
    values = tuple(Value(each, has_star or grows) for each in spellings)
    return Or((Match("topic", values), Match("tag", values)))


def sort_keys(source: Source, values: tuple[Piece, ...]) -> tuple[SortKey, ...]:
    """The order that ``sort:`` with *values* names.

    Raises:
        InvalidQueryError: when articles cannot be sorted so.
    """
    keys = []
    for value in values:
        name = value.text.removeprefix("-").lower()
        if name not in SORT_FIELDS:
            raise source.error(
                f"Articles cannot be sorted by {name}",
                value.start,
                expected=SORT_FIELDS,
                suggestion=nearest(name, SORT_FIELDS),
            )
        keys.append(SortKey(name, value.text.startswith("-")))
    return tuple(keys)


def limit(source: Source, values: tuple[Piece, ...]) -> int:
    """The number after ``limit:``.

    Raises:
        InvalidQueryError: when it is none, or 0.
    """
    text = values[0].text
    if len(values) > 1 or not _NUMBER.fullmatch(text) or int(text) < 1:
        raise source.error(
            "limit takes a number from 1 on", values[-1].start, expected=("a number such as 50",)
        )
    return int(text)


def group(source: Source, values: tuple[Piece, ...]) -> str:
    """What is named after ``group:``.

    Raises:
        InvalidQueryError: when articles cannot be grouped by it.
    """
    name = values[0].text.lower()
    if len(values) > 1 or name not in GROUPS:
        raise source.error(
            f"Articles cannot be grouped by {values[-1].text}",
            values[-1].start,
            expected=GROUPS,
            suggestion=nearest(name, GROUPS),
        )
    return name


def _value(source: Source, piece: Piece) -> Value:
    has_star = not piece.quoted and piece.text.endswith("*")
    folded = fold(piece.text.removesuffix("*") if has_star else piece.text)
    if not folded and not has_star:
        raise source.error("There is nothing to look for in this", piece.start)
    return Value(folded, has_star or piece.grows)


def _is_none(piece: Piece) -> bool:
    return not piece.quoted and piece.text.lower() == NONE


def _equal(source: Source, field: str, kind: Kind, value: Piece) -> Node:
    if kind in (Kind.TEXT, Kind.URL):
        pattern = _pattern(source, field, value)
        if pattern is not None:
            return pattern
        return text(source, field, value) if kind is Kind.TEXT else Url(value.text.strip())
    if kind is Kind.FLAG:
        return _flag(source, field, value)
    if _is_none(value):
        return Missing(field)
    low, dots, high = value.text.partition("..")
    if value.ends is not None:
        low, high = value.ends
    elif value.quoted:
        low, dots, high = value.text, "", ""
    if dots and not low and not high:
        raise source.error(
            "A range has a number or a date on one side at least",
            value.start,
            expected=expected_by(field),
        )
    if kind is Kind.NUMBER:
        return _numbers(source, field, value, (low, high if dots else low))
    return _dates(source, field, value, (low, dots, high))


def _flag(source: Source, field: str, value: Piece) -> Flagged:
    name = value.text.lower()
    name = FLAG_ALIASES.get(name, name)
    if name not in FLAGS[field]:
        raise source.error(
            f"There is no {field}:{value.text}",
            value.start,
            expected=FLAGS[field],
            suggestion=nearest(name, FLAGS[field]),
        )
    return Flagged(f"{field}:{name}")


def _numbers(source: Source, field: str, value: Piece, ends: tuple[str, str]) -> Node:
    low, high = (_number(source, field, value, end) if end else None for end in ends)
    if low is not None and high is not None and low > high:
        raise source.error(f"The range {value.text} runs backwards", value.start)
    if field == "heat" and low == high == -1:
        return Missing(field)
    return Number(field, low, high)


def _number(source: Source, field: str, value: Piece, digits: str, operator: str = "") -> int:
    if not _NUMBER.fullmatch(digits):
        raise source.error(
            f"{field} takes a number, not {value.text}",
            value.start,
            expected=expected_by(field, operator),
        )
    return int(digits)


def _dates(source: Source, field: str, value: Piece, parts: tuple[str, str, str]) -> Dates:
    low, dots, high = parts
    for end in (low, high):
        if end and resolve(end, ANY_DAY) is None:
            raise source.error(f"{end} is not a date", value.start, expected=_A_DATE)
    if not dots:
        return Dates(Edge(low), None if is_duration(low) else Edge(low, after=True), field)
    are_comparable = (is_iso(low) and is_iso(high)) or (is_age(low) and is_age(high))
    if low and high and are_comparable and _is_backwards(low, high):
        raise source.error(f"The range {value.text} runs backwards", value.start)
    return Dates(Edge(low) if low else None, Edge(high, after=True) if high else None, field)


def _is_backwards(low: str, high: str) -> bool:
    first, last = resolve(low, ANY_DAY), resolve(high, ANY_DAY)
    return first is not None and last is not None and first.start >= last.end


def _comparison(source: Source, field: str, operator: str, values: tuple[Piece, ...]) -> Node:
    value = values[0]
    if len(values) > 1:
        raise source.error(f"{field}{operator} takes one value", values[1].start)
    if FIELDS[field] is Kind.NUMBER:
        number = _number(source, field, value, value.text, operator)
        if operator[0] == ">":
            return Number(field, low=min(number + (operator == ">"), _MOST))
        return Number(field, high=max(number - (operator == "<"), -_MOST))
    if resolve(value.text, ANY_DAY) is None:
        raise source.error(f"{value.text} is not a date", value.start, expected=_A_DATE)
    edge = Edge(value.text, after=operator in (">", "<="))
    return Dates(edge, None, field) if operator[0] == ">" else Dates(None, edge, field)
