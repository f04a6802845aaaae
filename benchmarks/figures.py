"""What a number of times comes to."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def p95(times: Sequence[float]) -> float:
    """The time that 95 of 100 do not exceed."""
    return sorted(times)[min(len(times) - 1, round(0.95 * (len(times) - 1)))]


def cells(times: Sequence[float], *, decimals: int = 1) -> str:
    """The least, the median and the 95th percentile as three cells of a table."""
    figures = (min(times), statistics.median(times), p95(times))
    return "".join(f"{value:9.{decimals}f}" for value in figures)
