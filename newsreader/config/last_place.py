"""Where the reader was when newsreader was left: a small file of this machine's state.

Lines of text, as the start reads it: the query, the article, the offset, what was open.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsreader.text.sanitize import clean_line

_MOST = 100_000
"""Bytes of the file. A longer one is none of ours."""


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


def _names(roots: Sequence[Path]) -> list[str]:
    return [str(root.absolute()) for root in roots]
