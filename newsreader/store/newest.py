"""The order in which articles are read: the newest first."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.model.table import FEW

if TYPE_CHECKING:
    from newsreader.store.shelf import Shelf


def newest_first(shelf: Shelf) -> array[int]:
    """All rows of *shelf* that are not gone, by date, then by title; those without one last."""
    gone = shelf.gone
    if len(shelf) > FEW:
        return _of_many(shelf)
    published, titles = shelf.published, shelf.titles
    rows = [row for row in range(len(shelf)) if gone is None or not gone[row]]
    return array("I", sorted(rows, key=lambda row: (-published[row], titles[row])))


def _of_many(shelf: Shelf) -> array[int]:
    import numpy as np

    published = np.asarray(shelf.published)
    rows = np.arange(len(shelf), dtype=np.uint32)
    if shelf.gone is not None:
        rows = rows[np.asarray(shelf.gone) == 0]
    rows = rows[np.argsort(-published[rows], kind="stable")]
    times = published[rows]
    # Where several have the same time, from the first of them to behind the last.
    borders = np.flatnonzero(np.concatenate(([True], times[1:] != times[:-1], [True])))
    for place in np.flatnonzero(np.diff(borders) > 1):
        first, last = int(borders[place]), int(borders[place + 1])
        rows[first:last] = _by_title(rows[first:last].tolist(), shelf.titles)
    return array("I", rows.tobytes())


def _by_title(rows: Sequence[int], titles: Sequence[str]) -> list[int]:
    return sorted(rows, key=titles.__getitem__)
