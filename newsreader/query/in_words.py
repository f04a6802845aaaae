"""What a query means, in plain English and on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
from newsreader.query.fields import DATES
from newsreader.query.order import describe
from newsreader.query.query import Query
from newsreader.query.spans import is_duration, is_iso
from newsreader.text.dates import MONTHS

_WITH = "with "
_UNITS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}
_NAME = re.compile(r"\w[\w.-]*")
_PLACES = {
    "title": " in the title",
    "excerpt": " in the excerpt",
    "body": " in the body",
    "related.title": " in a related title",
    "url": " in an address",
    "topic": " in a topic",
    "tag": " in a tag",
    "note": " in the note",
    "category": " in the category",
    "type": " in the type",
    "provider": " in the provider",
    "story": " in the story",
    "related.provider": " in a related provider",
}
_NAMED = {
    "topic": "about ",
    "tag": "tagged ",
    "category": "in category ",
    "type": "of type ",
    "provider": "from ",
    "story": "in the story of ",
    "related.provider": "with a related story from ",
}
_STARTING = {
    "topic": "about a topic",
    "tag": "with a tag",
    "category": "in a category",
    "type": "of a type",
    "provider": "from a provider",
    "story": "in a story",
    "related.provider": "with a related story from a provider",
}
_COUNTED = {
    "related": ("related story", "related stories"),
    "images": ("image", "images"),
    "coverage": ("article in the story", "articles in the story"),
}
_MISSING = {
    "quality": ("of unknown quality", "of known quality"),
    "heat": ("of unknown heat", "of known heat"),
    "date": ("without a date", "with a date"),
    "year": ("without a date", "with a date"),
    "read": ("not read", "read"),
    "starred": ("not starred", "starred"),
    "added": ("not added yet", "added before"),
    "opened": ("not opened in a browser", "opened in a browser"),
    "tag": ("without a tag", "with a tag"),
    "related": ("without related stories", "with related stories"),
    "images": ("without images", "with images"),
    "coverage": ("of unknown coverage", "of known coverage"),
    "hot": ("without a score", "with a score"),
    "story": ("in no story", "in a story"),
    "topic": ("without a topic", "with a topic"),
    "category": ("without a category", "with a category"),
    "type": ("without a type", "with a type"),
    "provider": ("without a provider", "with a provider"),
    "related.provider": ("without a related provider", "with a related provider"),
}
_FLAGS = {
    "is:unread": "unread",
    "is:read": "read",
    "is:starred": "starred",
    "is:later": "kept for later",
    "is:opened": "opened in a browser",
    "is:new": "new in what is followed",
    "is:hidden": "hidden by rules",
    "has:note": "with a note",
    "has:tag": "with a tag",
    "is:published": "marked as published",
    "is:unpublished": "marked as unpublished",
    "is:secured": "secured",
    "is:duplicate": "that are copies of others",
    "has:related": "with related stories",
    "has:image": "with an image",
    "has:body": "with a body",
    "has:amp": "with an AMP address",
    "has:fulltext": "whose full text was fetched",
}
_GROUPS = {
    "story": "grouped by story",
    "provider": "grouped by provider",
    "topic": "grouped by topic",
    "day": "grouped by day",
}


def in_words(query: Query) -> str:
    """What *query* finds and how that is shown; empty for a query that says nothing.

    ``articles with “detroit”, of quality 60 or more, not from cnet; hottest first``
    """
    shown = ", ".join(_shown(query))
    if query.root is None:
        return f"all articles; {shown}" if shown else ""
    root = query.root
    is_list = isinstance(root, And) and not _other_than(root.parts)
    parts = root.parts if isinstance(root, And) and is_list else (root,)
    words = f"articles {', '.join(_said(part, is_inside=len(parts) > 1) for part in parts)}"
    return f"{words}; {shown}" if shown else words


def _shown(query: Query) -> Iterable[str]:
    if query.order is not None:
        yield describe(query.order)
    if query.limit is not None:
        yield "only the first" if query.limit == 1 else f"the first {query.limit:,}"
    if query.group is not None:
        yield _GROUPS[query.group]


def _said(node: Node, *, is_inside: bool = False) -> str:
    """*node* as it is said after “articles”; *is_inside* is for one of several parts."""
    if values := tagged(node):
        return f"about or {_match('tag', values)}"
    match node:
        case And(parts):
            other = _other_than(parts)
            if other:
                return other
            words = " and ".join(map(_grouped, parts))
            return f"({words})" if is_inside else words
        case Or(parts):
            return _either(parts, is_inside=is_inside)
        case Not(part):
            return _not(part)
        case _:
            return _leaf(node)


def _grouped(part: Node) -> str:
    return f"({_said(part)})" if isinstance(part, Or) else _said(part, is_inside=True)


def _other_than(parts: tuple[Node, ...]) -> str:
    """What ``heat!=5`` means, which the tree says as: not 5, and not unknown."""
    match parts:
        case (Not(Number() | Dates() as part), Not(Missing(field))):
            is_same = field == part.field
            return f"{_MISSING[field][1]} but not {_leaf(part)}" if is_same else ""
    return ""


def _either(parts: tuple[Node, ...], *, is_inside: bool) -> str:
    words = [_said(part, is_inside=True) for part in parts]
    if all(isinstance(part, Text) for part in parts) and all(map(_is_plain, words)):
        rest = (word.removeprefix(_WITH) for word in words[1:])
        return " or ".join((words[0], *rest))
    said = f"either {' or '.join(words)}"
    return f"({said})" if is_inside else said


def _is_plain(words: str) -> bool:
    return words.endswith("”") and words.startswith(f"{_WITH}“")


def _not(part: Node) -> str:
    if isinstance(part, Missing):
        return _MISSING[part.field][1]
    if isinstance(part, Not):
        return f"not {_said(part, is_inside=True)}"
    if isinstance(part, Or):
        return f"neither {' nor '.join(_said(each, is_inside=True) for each in part.parts)}"
    if isinstance(part, And):
        return f"not ({_said(part)})"
    words = _leaf(part)
    return _without_with(words) or f"not {words}"


def _without_with(words: str) -> str:
    """What stands for the negation of *words*, if that is simply “without”."""
    is_text = words.startswith(("with “", "with words", "with a phrase", "with a match"))
    if is_text and words.count("“") <= 1:
        return f"without {words.removeprefix(_WITH)}"
    if words in _FLAGS.values() and words.startswith(_WITH):
        return f"without {words.removeprefix(_WITH)}"
    return ""


def _leaf(node: Node) -> str:
    match node:
        case Text(field, text, prefix):
            place = _PLACES[field] if field is not None else ""
            return f"{_WITH}{_wanted(text, prefix)}{place}"
        case Regex(field, pattern, ignores_case):
            place = _PLACES[field] if field is not None else ""
            case_ = " in any case" if ignores_case else ""
            return f"with a match of /{pattern}/{case_}{place}"
        case Url(text):
            return f"with “{text}” in an address"
        case Match(field, values):
            return _match(field, values)
        case Missing(field):
            return _MISSING[field][0]
        case Flagged(name):
            return _FLAGS[name]
        case Saved(name):
            return f"in the saved search “{name}”"
        case Number():
            return _number(node)
        case Dates(low, high, field):
            return _dates(DATES[field], low, high)
    raise TypeError(node)  # pragma: no cover - all are named above


def _wanted(text: str, prefix: bool) -> str:
    if not prefix:
        return f"“{text}”"
    return f"{'a phrase' if ' ' in text else 'words'} that start{_s(text)} with “{text}”"


def _s(text: str) -> str:
    return "s" if " " in text else ""


def _match(field: str, values: tuple[Value, ...]) -> str:
    known = {value.text for value in values}
    # A tag means its words with dashes or with spaces, which need not be said twice.
    shown = [
        value
        for value in values
        if "-" not in value.text or value.text.replace("-", " ") not in known
    ]
    said: list[str] = []
    whole = [_name(value.text) for value in shown if not value.prefix]
    if whole:
        said.append(_NAMED[field] + " or ".join(whole))
    said += [_start(field, value.text) for value in shown if value.prefix]
    return " or ".join(said)


def _start(field: str, text: str) -> str:
    return f"{_STARTING[field]} that starts with “{text}”" if text else _MISSING[field][1]


def _name(text: str) -> str:
    return text if _NAME.fullmatch(text) else f"“{text}”"


def _number(node: Number) -> str:
    field, low, high = node.field, node.low, node.high
    if field == "year":
        return f"published {_years(low, high)}"
    if field in _COUNTED:
        one, many = _COUNTED[field]
        return f"with {_amount(low, high)} {one if low == high == 1 else many}"
    if field == "hot":
        return f"with a score of {_amount(low, high)}"
    return f"of {field} {_amount(low, high)}"


def _amount(low: int | None, high: int | None) -> str:
    if low is None:
        return f"{high} or less"
    if high is None:
        return f"{low} or more"
    return f"{low}" if low == high else f"{low} to {high}"


def _years(low: int | None, high: int | None) -> str:
    if low is None:
        return f"until {high}"
    if high is None:
        return f"from {low} on"
    return f"in {low}" if low == high else f"from {low} to {high}"


def _dates(done: str, low: Edge | None, high: Edge | None) -> str:
    """When something was *done*: ``published in July 2020``."""
    if low is not None and high is not None:
        if low.text == high.text and not low.after and high.after:
            return f"{done} {_at(low.text)}"
        return f"{done} from {_day(low.text)} to {_day(high.text)}"
    if low is not None:
        if is_duration(low.text):
            return f"{done} in the last {_age(low.text)}"
        return f"{done} after {_day(low.text)}" if low.after else f"{done} {_since(low.text)}"
    if high is None:  # pragma: no cover - no text means it
        return f"{done} at any time"
    if is_duration(high.text):
        return f"{done} more than {_age(high.text)} ago"
    return f"{done} {'until the end of' if high.after else 'before'} {_day(high.text)}"


def _since(text: str) -> str:
    return f"from {_day(text)} on"


def _at(text: str) -> str:
    """A span of the calendar as an adverb: ``in July 2020``, ``on 1 July 2020``, ``today``."""
    if is_duration(text):
        return f"{_age(text)} ago"
    if not is_iso(text):
        return " ".join(text.lower().split())
    return f"{'in' if len(text) <= len('2020-07') else 'on'} {_day(text)}"


def _day(text: str) -> str:
    """A span of the calendar as a noun: ``July 2020``, ``1 July 2020, 12:00``, ``today``."""
    if is_duration(text):
        return f"{_age(text)} ago"
    if not is_iso(text):
        return " ".join(text.lower().split())
    year, month, rest = text[:4], text[5:7], text[8:]
    if not month.isdigit():
        return text
    name = MONTHS[int(month) - 1]
    if not rest:
        return f"{name} {year}"
    clock = f", {rest[3:]}" if len(rest) > 2 else ""
    return f"{int(rest[:2])} {name} {year}{clock}"


def _age(text: str) -> str:
    count, unit = text[:-1].lstrip("0") or "0", _UNITS[text[-1].lower()]
    return unit if count == "1" else f"{count} {unit}s"
