"""The local years of many instants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from newsreader.model.table import UNKNOWN, UNKNOWN_TIME
from newsreader.text.dates import local_at


def years_of(published: Sequence[int]) -> memoryview:
    """For each of *published*, seconds since 1970, its year in local time."""
    times = np.asarray(published)
    known = times[times != UNKNOWN_TIME]
    years = np.full(len(times), UNKNOWN, np.int32)
    if len(known):
        first, last = (local_at(int(each)).year for each in (known.min(), known.max()))
        begins = [_begin(year) for year in range(first, last + 1)]
        found = np.searchsorted(begins, times, side="right") - 1 + first
        years = np.where(times == UNKNOWN_TIME, years, found).astype(np.int32)
    return years.data


def _begin(year: int) -> int:
    start = datetime(year, 1, 1)  # noqa: DTZ001 - local
    try:
        return int(start.timestamp())
    except (ValueError, OverflowError, OSError):
        return int(start.replace(tzinfo=UTC).timestamp())
