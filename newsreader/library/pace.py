"""How fast something goes on, and how long it will still take."""

from __future__ import annotations

from collections import deque

_WINDOW = 5.0
"""Seconds of which the speed is that of now."""
_LEAST = 0.5
"""Seconds after which there is a speed."""


class Pace:
    """Of something that counts up to a total. Times are in seconds, and only grow."""

    def __init__(self) -> None:
        self._noted: deque[tuple[float, int]] = deque()
        self._left = 0

    def note(self, at: float, done: int, total: int) -> None:
        """So many were *done* of the *total* at some time."""
        self._noted.append((at, done))
        self._left = total - done
        while len(self._noted) > 1 and self._noted[1][0] <= at - _WINDOW:
            self._noted.popleft()

    @property
    def rate(self) -> float | None:
        """How many a second, of late; None as long as that cannot be said."""
        if not self._noted:
            return None
        (first, before), (last, after) = self._noted[0], self._noted[-1]
        return (after - before) / (last - first) if last - first >= _LEAST else None

    @property
    def seconds_left(self) -> float | None:
        """How many seconds the rest will take at that rate; None when that cannot be said."""
        return self._left / self.rate if self.rate else None
