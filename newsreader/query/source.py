"""The text of a query while it is being read: pieces of it, and complaints about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from newsreader.model import InvalidQueryError
from newsreader.query.quoting import range_ends, unquote

A_TERM = ("a word", "a phrase in quotes", "a field with its value")
"""What may stand where a term may."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a value: what it means, and where it stands between which columns.

    ``grows`` says that it may go on: the text ends in it and is still being typed, or it is
    in quotes with a star behind. ``ends`` are those of a range with quotes in it.
    """

    text: str
    start: int
    end: int
    quoted: bool = False
    grows: bool = False
    ends: tuple[str, str] | None = None


class Source(NamedTuple):
    """The whole text, whether it is still being typed, and the saved searches it may name.

    ``inside`` are the names of the saved searches that led to this text.
    """

    text: str
    typing: bool = False
    searches: Mapping[str, str] | None = MappingProxyType({})
    inside: tuple[str, ...] = ()

    def piece(self, start: int, end: int) -> Piece:
        """The word, value or string from *start* to *end*.

        Raises:
            InvalidQueryError: when its quote is not closed, or there is nothing in it to look for.
        """
        ends = range_ends(self.text[start:end])
        if ends is not None:
            return Piece(self.text[start:end], start, end, ends=ends)
        found = unquote(self.text[start:end])
        if not found.closed and not self.typing:
            raise self.error("A quote is not closed", end, expected=("a closing quote",))
        if not found.text.strip():
            raise self.error("There is nothing between the quotes", start + 1)
        grows = self.typing and end == len(self.text) and not (found.quoted and found.closed)
        if found.text[-1].isspace():
            grows = False
        return Piece(found.text, start, end, found.quoted, grows or found.starred)

    def error(
        self,
        reason: str,
        column: int,
        *,
        expected: tuple[str, ...] = (),
        suggestion: str | None = None,
    ) -> InvalidQueryError:
        """The complaint *reason* about what stands at *column*."""
        return InvalidQueryError(
            reason, query=self.text, column=column, expected=expected, suggestion=suggestion
        )
