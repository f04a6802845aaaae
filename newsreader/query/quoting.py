"""Values in quotes: taking the quotes off, and putting them on where needed."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newsreader.query.fields import NONE

QUOTES: Final = '"“”„'

_STRING = re.compile(rf"[{QUOTES}]((?:\\[\s\S]|[^{QUOTES}\\])*)([{QUOTES}]?)")
_ESCAPED = re.compile(rf"\\([{QUOTES}\\])")
_TO_ESCAPE = re.compile(rf"([{QUOTES}\\])")
_NEEDS_QUOTES = re.compile(rf"[\s,()|{QUOTES}]|^[<>=!]|^$|\*$")
_SOURCE = re.compile(rf"[{QUOTES}](?:\\[\s\S]|[^{QUOTES}\\])*[{QUOTES}]|[^,]+")
_HEAD = re.compile(r"[^:=]*(?::(?:!?=)?|=)")


class Unquoted(NamedTuple):
    """What stood in a piece of source, and whether in quotes that were closed."""

    text: str
    quoted: bool
    closed: bool


def unquote(source: str) -> Unquoted:
    r"""The text that *source* means: itself, or what is between its quotes.

    Between quotes ``\"`` is a quote and ``\\`` a backslash; any other backslash is itself.
    """
    match = _STRING.match(source)
    if match is None:
        return Unquoted(source, quoted=False, closed=True)
    return Unquoted(_ESCAPED.sub(r"\1", match[1]), quoted=True, closed=bool(match[2]))


def quote(value: str) -> str:
    """*value* as it has to be written after ``field:``, in quotes only when they are needed."""
    if value.lower() != NONE and not _NEEDS_QUOTES.search(value):
        return value
    return '"' + _TO_ESCAPE.sub(r"\\\1", value) + '"'


def literal(source: str) -> str | None:
    """The value that *source* names; None for the start of one (``det*``) and for ``none``."""
    text, quoted, _ = unquote(source)
    if not quoted and (text.endswith("*") or text.lower() == NONE):
        return None
    return text


def split_clause(source: str) -> tuple[str, tuple[str, ...]]:
    """A clause as typed, ``-topic:AI,"b c"``, cut in its head ``-topic:`` and its values."""
    match = _HEAD.match(source)
    head = match[0] if match else ""
    return head, tuple(_SOURCE.findall(source, len(head)))
