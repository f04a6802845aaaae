"""Pictures within the lines of a page, above what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from textual.geometry import Size

from newsreader.actions import ACTIONS
from newsreader.model import Article, Piece
from newsreader.text.urls import absolute
from newsreader.ui.bindings import key_label
from newsreader.ui.cells import Line, line_len
from newsreader.ui.inks import FIGURE, LEADS_TO, PIXELS, role_of

IMAGES_KEY = key_label(next(each for each in ACTIONS if each.id == "images").keys[0])
"""The key that shows images, as a person reads it."""
_HIGHEST = 24
_LOWEST = 4
"""Lines that a picture may have, however high the pane is."""
_SHARE = 0.55
"""How much of the pane a picture may take, for it stands in a text."""


class Pictures(NamedTuple):
    """The pictures of a piece as lines, by their addresses, each drawn to fit *room*."""

    room: Size = Size()
    by_url: Mapping[str, Sequence[Line]] = {}


NO_PICTURES = Pictures()


def room_for(measure: int, height: int) -> Size:
    """The room for a picture in running text of that *measure*, in a pane of that *height*."""
    return Size(measure, max(_LOWEST, min(_HIGHEST, int(height * _SHARE))))


def lead_of(piece: Piece) -> str:
    """The address of the image that *piece* begins with, unless that is in its text."""
    first = next((image.url for image in piece.images if image.url), "")
    is_in_text = isinstance(piece, Article) and first in piece.body
    return "" if is_in_text else first


def with_pictures(lines: Iterable[Line], pictures: Pictures, base: str, width: int) -> list[Line]:
    """*lines* of at most *width* cells with those of *pictures* that these are about above them,
    and the key for those that are not there.

    What is written is relative to *base*.
    """
    shown: list[Line] = []
    for role, some in groupby(lines, _about):
        said = list(some)
        url = role.partition(LEADS_TO)[2]
        if url:
            margin = _margin(said[0])
            above = _above(margin, pictures.by_url.get(absolute(url, base), ()), width)
            shown += above
            if not above:
                said += _key(said.pop(), margin, width)
        shown += said
    return shown


def figure_on(line: Line, base: str) -> str:
    """The address of the picture that *line* says something of; empty for none."""
    return absolute(_about(line).partition(LEADS_TO)[2], base)


def _about(line: Line) -> str:
    """The role in which *line* says something of a picture, with the address of that."""
    return next((role for _, role in line if role_of(role) == FIGURE), "")


def _margin(line: Line) -> Line:
    """What stands before lines that belong to the caption on *line*."""
    before = takewhile(lambda run: role_of(run[1]) != FIGURE, line)
    # The bar of a quote goes on, the sign of a list does not.
    return tuple((text if role == "track" else " " * len(text), role) for text, role in before)


def _above(margin: Line, picture: Sequence[Line], width: int) -> list[Line]:
    """The lines of *picture* behind *margin*; none where it is too wide."""
    if not picture or line_len(margin) + line_len(picture[0]) > width:
        return []
    return [(*margin, *drawn) for drawn in picture]


def _key(line: Line, margin: Line, width: int) -> list[Line]:
    """*line* of a caption with the key that shows its picture, which may go below it."""
    key: Line = ((IMAGES_KEY, "accent"), (" shows it", "whisper"))
    beside: Line = (*line, ("  ", "text"), *key)
    if line_len(beside) <= width:
        return [beside]
    below: Line = (*margin, *key)
    return [line, below] if line_len(below) <= width else [line]


def is_of_picture(line: Line) -> bool:
    """Whether *line* is one of a picture."""
    return any(role.startswith(PIXELS) for _, role in line)
