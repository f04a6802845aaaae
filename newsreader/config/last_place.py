"""How newsreader was left: two small files of this machine's state, as the start reads them.

Where the reader was, in lines: the query, the article, the offset, what was open. And the measure
that the reader's keys came to, with that of the settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsreader.config.settings import MEASURES
from newsreader.text.sanitize import clean_line

_MOST = 100_000
"""Bytes of the file. A longer one is none of ours."""
_MOST_OF_MEASURE = 20


class LastPlace(NamedTuple):
    """The query, the id of the article, and how many lines below the top of the list it stood."""

    query: str = ""
    article: str = ""
    offset: int = 0


def last_place(path: Path, roots: Sequence[Path]) -> LastPlace:
    """Where one was when *roots* were open last, if they were open last."""
    with suppress(OSError, ValueError):
        with path.open("rb") as file:
            query, article, offset, *names = file.read(_MOST).decode().split("\n")
        if names == _names(roots) and offset.isdecimal() and len(offset) < 5:
            return LastPlace(clean_line(query), clean_line(article), int(offset))
    return LastPlace()


def remember_place(path: Path, roots: Sequence[Path], place: LastPlace) -> None:
    """Remember *place*. What cannot be written is not remembered."""
    from newsreader.config.replace import make_private, replace_file

    lines = (clean_line(place.query), place.article, str(place.offset), *_names(roots))
    with suppress(OSError, UnicodeEncodeError):
        make_private(path.parent)
        replace_file(path, "\n".join(lines).encode())


def last_measure(path: Path, setting: int) -> int:
    """The measure that the reader's keys came to last, unless the *setting* was changed since."""
    with suppress(OSError, ValueError):
        with path.open("rb") as file:
            measure, before = map(int, file.read(_MOST_OF_MEASURE).split())
        if before == setting and measure in MEASURES:
            return measure
    return setting


def remember_measure(path: Path, setting: int, measure: int) -> None:
    """Remember *measure* in the place of *setting*. What cannot be written is not remembered."""
    from newsreader.config.replace import make_private, replace_file

    with suppress(OSError):
        make_private(path.parent)
        replace_file(path, f"{measure} {setting}\n".encode())


def _names(roots: Sequence[Path]) -> list[str]:
    return [str(root.absolute()) for root in roots]
