"""A request to stop that a thread can wait for together with other things."""

from __future__ import annotations

import os
import select
from threading import Lock


class Stop:
    """Is set once, by any thread, and stays so. Whoever waited for it last closes it."""

    def __init__(self) -> None:
        self._is_set = False
        self._lock = Lock()
        self._reading, self._writing = os.pipe()
        self._is_open = True

    def is_set(self) -> bool:
        """Whether to stop."""
        return self._is_set

    def set(self) -> None:
        """Ask to stop, and wake whoever waits."""
        with self._lock:
            if self._is_open and not self._is_set:
                os.write(self._writing, b".")
            self._is_set = True

    def wait(self, seconds: float, *others: int) -> None:
        """Wait for *seconds*, or until this is set or one of the descriptors *others* has bytes."""
        poll = select.poll()
        for each in (self._reading, *others):
            poll.register(each, select.POLLIN)
        poll.poll(seconds * 1000)

    def close(self) -> None:
        """Give back what it holds of the system; it can still be set, and then nobody is woken."""
        with self._lock:
            if self._is_open:
                self._is_open = False
                os.close(self._reading)
                os.close(self._writing)
