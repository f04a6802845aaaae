"""Pictures by the graphics protocol of Kitty, placed by text that stands where they are to be.

The picture is sent once, under a number. Cells with a placeholder in the colour of that number then
show it, so that it moves and disappears with the text as Textual draws it.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, decomposition

from newsreader.ui.cells import Line
from newsreader.ui.inks import pixels

_PLACEHOLDER = "\U0010eeee"
_CHUNK = 4096
_ABOVE = 230
# The protocol counts with the marks that stand above a letter, but for those that join with one.
_JOINING = "\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030f\u0311\u0313\u0314\u0342\u0653\u0654"
_NUMBERS = [
    mark
    for mark in map(chr, range(0x305, 0x824))
    if combining(mark) == _ABOVE and not decomposition(mark) and mark not in _JOINING
]
MOST_CELLS = len(_NUMBERS)
"""Columns, or rows, of a picture."""


def sending(png: str, number: int, columns: int, rows: int) -> Iterator[str]:
    """The sequences that send the PNG in base 64 under *number*, for so many columns and rows."""
    head = f"a=T,U=1,q=2,f=100,i={number},c={columns},r={rows},"
    for at in range(0, len(png), _CHUNK):
        is_last = at + _CHUNK >= len(png)
        yield f"\x1b_G{head}m={int(not is_last)};{png[at : at + _CHUNK]}\x1b\\"
        head = "q=2,"


def deleting(number: int) -> str:
    """The sequence that has the terminal forget the picture of *number*."""
    return f"\x1b_Ga=d,d=I,q=2,i={number};\x1b\\"


def placeholders(number: int, columns: int, rows: int) -> list[Line]:
    """The text in whose place the picture of *number* is shown."""
    role = pixels(number.to_bytes(3, "big"))
    return [
        (("".join(_PLACEHOLDER + row + column for column in _NUMBERS[:columns]), role),)
        for row in _NUMBERS[:rows]
    ]
