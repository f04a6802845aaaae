"""What is watched, and whether it is still the same that was watched."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISDIR
from time import monotonic
from typing import NamedTuple

_CHECK = 5.0
"""Seconds between two looks at the roots: the watches do not say when a folder above one moves."""
_CHECK_MISSING = 1.0
"""Seconds between two looks at the roots while one of them is missing."""


class Identity(NamedTuple):
    """Where a root really is, and which folder holds what changes there.

    *folders* are device and inode of the root itself if it *is_folder*, else of the folders that
    hold it and that hold what it links to.
    """

    real: str
    is_folder: bool
    folders: tuple[tuple[int, int], ...]


def identity(root: str) -> Identity | None:
    """What *root* is now; None if there is nothing."""
    real = os.path.realpath(root)
    try:
        is_folder = S_ISDIR(os.stat(root).st_mode)  # noqa: PTH116
        places = [real] if is_folder else [os.path.dirname(each) or "." for each in (root, real)]  # noqa: PTH120
        statuses = [os.stat(place) for place in places]  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return Identity(real, is_folder, tuple((each.st_dev, each.st_ino) for each in statuses))


class WatchedRoots:
    """The roots with what each of them is, looked at from time to time."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.now = {str(root): identity(str(root)) for root in roots}
        self._doubted: set[str] = set()
        self._put_off()

    @property
    def seconds(self) -> float:
        """Seconds until the roots are to be looked at again."""
        return max(0.0, self._next - monotonic())

    def doubt(self, root: str) -> None:
        """Take *root* for changed, and look at the next occasion what it is now."""
        # Its identity does not tell: a new folder often gets the number of one just removed.
        self._doubted.add(root)
        self._next = 0.0

    def changed(self) -> list[str]:
        """The roots that vanished, came or became others; none as long as it is not yet time."""
        if self.seconds:
            return []
        before, self.now = self.now, {root: identity(root) for root in self.now}
        doubted, self._doubted = self._doubted, set()
        self._put_off()
        return [root for root in before if root in doubted or self.now[root] != before[root]]

    def _put_off(self) -> None:
        wait = _CHECK_MISSING if None in self.now.values() else _CHECK
        self._next = monotonic() + wait
