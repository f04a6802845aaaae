"""Pictures within the lines of a page, above what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from textual.geometry import Size

from newsreader.model import Article, Piece
from newsreader.text.urls import absolute
from newsreader.ui.cells import Line, line_len
from newsreader.ui.inks import FIGURE, LEADS_TO, PIXELS, role_of

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
    """*lines* of at most *width* cells with those of *pictures* that these are about above them.

    What is written is relative to *base*.
    """
    if not pictures.by_url:
        return list(lines)
    shown: list[Line] = []
    before = ""
    for line in lines:
        place, role = _figure_of(line)
        if role and role != before:
            picture = pictures.by_url.get(absolute(role.partition(LEADS_TO)[2], base), ())
            margin = tuple((_blank(text, role), role) for text, role in line[:place])
            if picture and line_len(margin) + line_len(picture[0]) <= width:
                shown += [(*margin, *drawn) for drawn in picture]
        before = role
        shown.append(line)
    return shown


def _figure_of(line: Line) -> tuple[int, str]:
    """Where on *line* something is said of a picture, and the role of that with its address."""
    for place, (_, role) in enumerate(line):
        if role_of(role) == FIGURE:
            return place, role
    return 0, ""


def figure_on(line: Line, base: str) -> str:
    """The address of the picture that *line* says something of; empty for none."""
    return absolute(_figure_of(line)[1].partition(LEADS_TO)[2], base)


def _blank(text: str, role: str) -> str:
    """What stands before the lines of a picture: the bar of a quote, but no sign of a list."""
    return text if role == "track" else " " * len(text)


def is_of_picture(line: Line) -> bool:
    """Whether *line* is one of a picture."""
    return any(role.startswith(PIXELS) for _, role in line)
