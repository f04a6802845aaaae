"""A picture as what a pane shows of it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from textual.geometry import Size

from newsreader.fetching.kept_images import KeptImage
from newsreader.ui import kitty
from newsreader.ui.cells import Line
from newsreader.ui.half_blocks import half_blocks
from newsreader.ui.image_ways import Way


class Picture(NamedTuple):
    """Lines; what is to be written before they are shown, over them once they are, and after."""

    lines: Sequence[Line] = ()
    before: tuple[str, ...] = ()
    over: str = ""
    after: tuple[str, ...] = ()


NO_PICTURE = Picture()
_LONGEST_SIDE = 2048
"""Pixels of Sixels: twice of what is kept. More would take seconds to make and to send."""


def fitting(image: Size, room: Size, cell: Size) -> Size:
    """How many columns and rows of *room* a picture fills, which keeps its shape."""
    if not image:
        return room
    scale = min(room.width * cell.width / image.width, room.height * cell.height / image.height)
    columns = round(image.width * scale / cell.width)
    rows = round(image.height * scale / cell.height)
    return Size(max(1, min(columns, room.width)), max(1, min(rows, room.height)))


def draw(image: KeptImage, room: Size, way: Way, number: int) -> Picture:
    """*image* as large as it can be in *room*; *number* is its own in Kitty.

    Raises:
        ImportError: when Pillow is not installed.
        OSError, ValueError: when it is damaged.
    """
    if way.name == "kitty":
        room = Size(min(room.width, kitty.MOST_CELLS), min(room.height, kitty.MOST_CELLS))
    elif way.name == "sixel":
        width, height = (min(side, _LONGEST_SIDE) for side in way.most)
        most = Size(width // way.cell.width, height // way.cell.height)
        room = Size(min(room.width, most.width), min(room.height, most.height))
    room = Size(max(1, room.width), max(1, room.height))
    columns, rows = fitting(Size(image.width, image.height), room, way.cell)
    if way.name == "kitty":
        return Picture(
            kitty.placeholders(number, columns, rows),
            before=tuple(kitty.sending(image.png, number, columns, rows)),
            after=(kitty.deleting(number),),
        )
    png = base64.b64decode(image.png)
    if way.name == "sixel":
        from newsreader.ui.sixel import sixels

        blank: Line = ((" " * columns, "text"),)
        with suppress(ImportError):
            return Picture([blank] * rows, over=sixels(png, columns, rows, way.cell))
    return Picture(half_blocks(png, columns, rows))
