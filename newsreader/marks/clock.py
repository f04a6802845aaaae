"""A hybrid logical clock: stamps that follow the time of day and still never run backwards.

After S. Kulkarni and others, “Logical Physical Clocks and Consistent Snapshots in Globally
Distributed Databases”, 2014.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Lock
from typing import Final

_STAMP = re.compile(r"([0-9a-f]{12})-([0-9a-f]{4})-[0-9a-z.]{1,40}")
_MOST_COUNT = 0xFFFF
_AHEAD = 10 * 366 * 86_400_000
"""Milliseconds that another clock may be ahead and still be followed."""
LAST: Final = 253_402_300_799_999
"""The last millisecond of the year 9999: no later stamp is believed."""
NEVER: Final = f"{0:012x}-{0:04x}-0"
"""Before every other stamp."""


def is_stamp(text: object) -> bool:
    """Whether *text* is a stamp of a time before the year 10000."""
    match = _STAMP.fullmatch(text) if isinstance(text, str) else None
    return match is not None and int(match[1], 16) <= LAST


def time_of(stamp: str) -> int:
    """The milliseconds since 1970 of *stamp*."""
    return int(stamp[:12], 16)


class Clock:
    """Makes stamps for one writer. A stamp is greater than all that were made or met before.

    Stamps compare as texts: milliseconds, a count within them, the writer.
    """

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._last = (0, 0)
        self._lock = Lock()

    def tick(self, writer: str) -> str:
        """A new stamp."""
        with self._lock:
            time, count = self._last
            now = self._now()
            if now > time:
                time, count = now, 0
            elif count < _MOST_COUNT:
                count += 1
            else:
                time, count = time + 1, 0
            self._last = (time, count)
        return f"{time:012x}-{count:04x}-{writer}"

    def meet(self, stamp: str) -> None:
        """Never fall behind *stamp*, which another writer made, unless it is absurd."""
        met = (time_of(stamp), int(stamp[13:17], 16))
        if met[0] < self._now() + _AHEAD:
            with self._lock:
                self._last = max(self._last, met)
