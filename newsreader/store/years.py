"""The local years of many instants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from newsreader.model.table import UNKNOWN, UNKNOWN_TIME
from newsreader.text.dates import local_at

_PIECE = 1 << 16
"""Rows at once, so that little room is needed."""


def years_of(published: Sequence[int]) -> memoryview:
    """For each of *published*, seconds since 1970, its year in local time."""
    times = np.asarray(published)
    years = np.full(len(times), UNKNOWN, np.int32)
    known = np.flatnonzero(times != UNKNOWN_TIME)
    if len(known):
        latest = int(times.max())
        first, last = (local_at(each).year for each in (int(times.take(known).min()), latest))
        begins = [_begin(year) for year in range(first, last + 1)]
        for place in range(0, len(known), _PIECE):
            rows = known[place : place + _PIECE]
            years[rows] = np.searchsorted(begins, times[rows], side="right") - 1 + first
    return years.data


def _begin(year: int) -> int:
    start = datetime(year, 1, 1)  # noqa: DTZ001 - local
    try:
        return int(start.timestamp())
    except (ValueError, OverflowError, OSError):
        return int(start.replace(tzinfo=UTC).timestamp())
