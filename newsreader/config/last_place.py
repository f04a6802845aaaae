"""Where the reader was when newsreader was left: a small file of this machine's state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsreader.config.replace import make_private, replace_file
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
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        with path.open("rb") as file:
            data = json.loads(file.read(_MOST))
        if data["roots"] == _names(roots):
            offset = data["offset"]
            return LastPlace(
                clean_line(str(data["query"])),
                clean_line(str(data["article"])),
                offset if isinstance(offset, int) and 0 <= offset < 10_000 else 0,
            )
    return LastPlace()


def remember_place(path: Path, roots: Sequence[Path], place: LastPlace) -> None:
    """Remember *place*. What cannot be written is not remembered."""
    with suppress(OSError):
        make_private(path.parent)
        data = {"roots": _names(roots), **place._asdict()}
        replace_file(path, json.dumps(data).encode("ascii"))


def _names(roots: Sequence[Path]) -> list[str]:
    return [str(root.absolute()) for root in roots]
