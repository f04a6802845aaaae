"""Values in quotes: taking the quotes off, and putting them on where needed."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newsreader.query.fields import NONE

QUOTES: Final = '"“”„'

_TEXT = rf"[{QUOTES}](?:\\[\s\S]|[^{QUOTES}\\])*[{QUOTES}]?"
_STRING = re.compile(rf"[{QUOTES}]((?:\\[\s\S]|[^{QUOTES}\\])*)([{QUOTES}]?)(\*?)")
_RANGE = re.compile(rf"(?!{_TEXT}\Z)({_TEXT[:-1]}|[^{QUOTES}]*?)\.\.({_TEXT}|[^{QUOTES}]*)")
REGEX: Final = r"/(?:\\.|[^\\/\n])+/i?"
"""A regular expression between its slashes."""
_ESCAPED = re.compile(rf"\\([{QUOTES}\\])")
_TO_ESCAPE = re.compile(rf"([{QUOTES}\\])")
_NEEDS_QUOTES = re.compile(rf"[\s,()|{QUOTES}]|^[<>=!/]|^$|\*$")
_SOURCE = re.compile(rf"[{QUOTES}](?:\\[\s\S]|[^{QUOTES}\\])*[{QUOTES}]\*?|{REGEX}(?=,|$)|[^,]+")
_HEAD = re.compile(r"[^:=]*(?::(?:!?=)?|=)")


class Unquoted(NamedTuple):
    """What stood in a piece of source, whether in quotes that were closed, and before a star."""

    text: str
    quoted: bool
    closed: bool
    starred: bool = False


def unquote(source: str) -> Unquoted:
    r"""The text that *source* means: itself, or what is between its quotes.

    Between quotes ``\"`` is a quote and ``\\`` a backslash; any other backslash is itself.
    """
    match = _STRING.match(source)
    if match is None:
        return Unquoted(source, quoted=False, closed=True)
    text = _ESCAPED.sub(r"\1", match[1])
    return Unquoted(text, quoted=True, closed=bool(match[2]), starred=bool(match[3]))


def range_ends(source: str) -> tuple[str, str] | None:
    """The two ends of a range that has quotes in it, without them; None for anything else."""
    match = _RANGE.fullmatch(source) if not set(QUOTES).isdisjoint(source) else None
    return match and (unquote(match[1]).text, unquote(match[2]).text)


def quote(value: str) -> str:
    """*value* as it has to be written after ``field:``, in quotes only when they are needed."""
    if value.lower() != NONE and not _NEEDS_QUOTES.search(value):
        return value
    return in_quotes(value)


def in_quotes(value: str) -> str:
    """*value* between quotes, what would end them escaped."""
    return '"' + _TO_ESCAPE.sub(r"\\\1", value) + '"'


def literal(source: str) -> str | None:
    """The value that *source* names; None for a pattern, a start (``det*``), and ``none``."""
    text, quoted, _, starred = unquote(source)
    if starred or (not quoted and (text.endswith("*") or text.lower() == NONE)):
        return None
    return None if re.fullmatch(REGEX, source) else text


def split_clause(source: str) -> tuple[str, tuple[str, ...]]:
    """A clause as typed, ``-topic:AI,"b c"``, cut in its head ``-topic:`` and its values."""
    match = _HEAD.match(source)
    head = match[0] if match else ""
    return head, tuple(_SOURCE.findall(source, len(head)))
