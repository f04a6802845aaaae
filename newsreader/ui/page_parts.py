"""What a page is made of: parts, each laid out by itself when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from newsreader.model import Piece
from newsreader.ui.cells import Line


class Stop(NamedTuple):
    """A related story or another article on the page: which one, and the lines it takes."""

    piece: Piece
    top: int
    height: int


class Drawn(NamedTuple):
    """A part laid out: lines, and the stops among them, counted from its first line."""

    lines: list[Line]
    stops: tuple[Stop, ...] = ()


class Place(NamedTuple):
    """A place on a page, whatever its width: a part's name, and how far down it is in it.

    That is a share of the part's height, but lines where it is the only one. ``share`` is how
    far down it is on the page, for want of the part.
    """

    name: str = ""
    offset: float = 0
    share: float = 0


TOP = Place()


@dataclass(slots=True, eq=False)
class Part:
    """A stretch of the page that is laid out at once. ``height`` is a guess until it was.

    ``stops`` is how many related stories it holds. ``name`` is the same at any width.
    """

    make: Callable[[], Drawn]
    height: int
    stops: int = 0
    name: str = ""
    is_exact: bool = False
    drawn: Drawn | None = None


@dataclass(slots=True, eq=False)
class Rest(Part):
    """What was not even taken to parts yet. ``take`` gives the next few, nothing at the end.

    ``guess`` says how high what is left may be.
    """

    take: Callable[[], list[Part]] = list
    guess: Callable[[], int] = int
    found: list[Part] = field(default_factory=list)
    is_over: bool = False


def ready(lines: list[Line], stops: Iterable[Stop] = (), name: str = "") -> Part:
    """A part that is laid out already."""
    drawn = Drawn(lines, tuple(stops))
    return Part(lambda: drawn, len(lines), len(drawn.stops), name, is_exact=True, drawn=drawn)
