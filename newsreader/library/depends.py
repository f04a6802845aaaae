"""What files a library comes from, for those who want to know whether it is still the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from newsreader.config.paths import (
    config_file,
    followed_file,
    looked_file,
    measure_file,
    place_file,
    rules_file,
    searches_file,
)

_MOST = 200
"""Files and folders, beyond which it takes too long to look at all of them."""
_LATE = 2.0
"""Seconds by which the time of a change may be off: some file systems have no finer ones."""


def depends_on(sources: Sequence[Path], journal: Path | None, read_at: float) -> list[Path] | None:
    """*sources* that were read at *read_at*, and the files of all that is kept.

    None when there are more than a few, or when the settings changed after that. Of what
    newsreader writes by itself, that cannot be told.

    Raises:
        OSError: when a folder cannot be read.
    """
    kept = [place_file(), measure_file(), searches_file(), looked_file()]
    kept += [rules_file(), followed_file()]
    kept += _below([journal] if journal else [])
    if len(sources) + len(kept) > _MOST or _changed_after(read_at, config_file()):
        return None
    return [config_file(), *sources, *kept]


def unchanged_below(roots: Sequence[Path], read_at: float) -> list[Path] | None:
    """All files and folders at and below *roots*; None when they are many, or have changed since.

    Raises:
        OSError: when a folder cannot be read.
    """
    found = list(_below(roots))
    if len(found) > _MOST or any(_changed_after(read_at, path) for path in found):
        return None
    return found


def _changed_after(seconds: float, path: Path) -> bool:
    try:
        return path.stat().st_ctime > seconds - _LATE
    except OSError:
        return False


def _below(roots: Sequence[Path]) -> Iterator[Path]:
    """All files and folders at and below *roots*, up to one more than there may be."""
    waiting = list(roots)
    for _ in range(_MOST + 1):
        if not waiting:
            return
        path = waiting.pop()
        yield path
        if (
            len(waiting) <= _MOST
            and path.is_dir()
            and not (path.is_symlink() and path not in roots)
        ):
            with os.scandir(path) as scan:
                waiting += (Path(entry.path) for entry in islice(scan, _MOST + 1))
