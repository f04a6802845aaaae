"""Showing where in a query an error is."""

from __future__ import annotations

import unicodedata

from newsreader.model import InvalidQueryError


def caret(error: InvalidQueryError) -> str:
    """Two lines: the query, and a caret under the column of *error*.

    Control characters are shown as ``�`` and white space of any kind as a space.
    """
    shown = "".join(map(_visible, error.query))
    return f"{shown}\n{' ' * sum(map(_cells, shown[: error.column]))}^"


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    return "�" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
