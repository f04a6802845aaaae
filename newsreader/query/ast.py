"""What a query says, as a tree. Nothing here depends on articles or on the time of day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but *part*."""

    part: Node


@dataclass(frozen=True, slots=True)
class Text:
    """A word or a phrase, folded: anywhere, or within ``field``.

    With ``prefix`` its last word may go on.
    """

    field: str | None
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Url:
    """An address, or a part of one."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A name to be equal to, folded; with ``prefix``, to start with."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A named thing (topic, tag, category, type, provider) that is any of ``values``."""

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that the article does not have."""

    field: str


@dataclass(frozen=True, slots=True)
class Number:
    """A known number from ``low`` to ``high``, both included; None is no limit."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """The instant at which what ``text`` names starts, or with ``after`` is over.

    ``text`` is an ISO 8601 prefix, a duration before now, or a date in words.
    """

    text: str
    after: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """A known date from ``low`` up to but not including ``high``; None is no limit."""

    low: Edge | None = None
    high: Edge | None = None
    field: str = "date"


@dataclass(frozen=True, slots=True)
class Flagged:
    """Something that is true or not, by its name in a query: ``is:published``, ``has:image``."""

    name: str


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, as written between its slashes: anywhere, or within ``field``."""

    field: str | None
    pattern: str
    ignores_case: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search by its name, and what it asks; None is a search for everything."""

    name: str
    node: Node | None


Node: TypeAlias = (
    And | Or | Not | Text | Url | Match | Missing | Number | Dates | Flagged | Regex | Saved
)


def walk(node: Node | None) -> Iterator[Node]:
    """*node* and all that is in it."""
    match node:
        case None:
            return
        case And(parts) | Or(parts):
            for part in parts:
                yield from walk(part)
        case Not(part):
            yield from walk(part)
        case Saved(node=inner):
            yield from walk(inner)
    yield node


def tagged(node: Node) -> tuple[Value, ...]:
    """The values that *node* looks for both as topics and as tags, as ``#word`` does; else none."""
    match node:
        case Or((Match("topic", values), Match("tag", same))) if values == same:
            return values
    return ()


def all_of(parts: tuple[Node, ...]) -> Node:
    """All of *parts* (at least one), without needless nesting."""
    return parts[0] if len(parts) == 1 else And(parts)


def any_of(parts: tuple[Node, ...]) -> Node:
    """Any of *parts* (at least one), without needless nesting."""
    return parts[0] if len(parts) == 1 else Or(parts)
