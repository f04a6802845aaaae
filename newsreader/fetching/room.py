"""Room for what is fetched: what was not used for longest goes when its folder is too large."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ENDING = ".json"
_NAME = re.compile(rf"[0-9a-f]+{re.escape(ENDING)}")


class KeptFile(NamedTuple):
    """A file that is kept: its bytes, and when it was used last, in seconds since 1970."""

    path: str
    size: int
    used_at: float


def kept_files(folder: Path) -> list[KeptFile]:
    """What is kept in *folder*; nothing when that cannot be read.

    A file was used when the system says that it was read; where it does not say, when it was kept.
    """
    found: list[KeptFile] = []
    with suppress(OSError), os.scandir(folder) as scan:
        for entry in scan:
            if _NAME.fullmatch(entry.name):
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    continue  # Another program was faster.
                used_at = max(status.st_atime, status.st_mtime)
                found.append(KeptFile(entry.path, status.st_size, used_at))
    return found


def make_room(
    folder: Path, most_bytes: int, may_go: Callable[[KeptFile], bool] = lambda _: True
) -> list[Path]:
    """Remove what *may_go* and was used longest ago until *folder* has *most_bytes*; what went."""
    files = kept_files(folder)
    excess = sum(file.size for file in files) - most_bytes
    gone: list[Path] = []
    for file in sorted(files, key=lambda file: file.used_at) if excess > 0 else ():
        if excess <= 0:
            break
        if may_go(file):
            gone += remove([file.path])
            # What another program has removed meanwhile makes room as well.
            excess -= 0 if os.path.lexists(file.path) else file.size
    return gone


def remove(paths: Iterable[Path | str]) -> list[Path]:
    """Remove the files at *paths*; those that were there and are gone."""
    gone: list[Path] = []
    for path in map(Path, paths):
        with suppress(OSError):
            path.unlink()
            gone.append(path)
    return gone
