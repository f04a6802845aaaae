"""Sleeping until something happens in one folder, or until another thread has work."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from pathlib import Path
from threading import Lock

from newsreader.sources.inotify import Inotify
from newsreader.sources.mounts import is_forced_to_poll, remote_system

_QUIET = 0.1
"""Seconds in which what happens is one piece of news."""


class FolderNews:
    """Waits for what happens in *folder*, on one thread, which any other may wake."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._notify: Inotify | None = None
        self._watched: int | None = None
        self._lock = Lock()
        self._reading, self._writing = os.pipe()
        self._is_open = True
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)

    def open(self) -> None:
        """Ask the system to tell what happens, if it can."""
        if is_forced_to_poll() or not Inotify.is_here() or remote_system(self._folder):
            return
        with suppress(OSError):
            self._notify = Inotify()

    def watch(self) -> bool:
        """Watch the folder that is there now; whether the system tells what happens in it.

        That another one is there is news.
        """
        before, self._watched = self._watched, None
        if self._notify is not None:
            with suppress(OSError):
                self._watched = self._notify.add(str(self._folder))
        if self._watched is not None and self._watched != before:
            self.wake()
        return self._watched is not None

    def wake(self) -> None:
        """End the wait that goes on, or else the next one."""
        with self._lock, suppress(BlockingIOError):
            if self._is_open:
                os.write(self._writing, b".")

    def wait(self, seconds: float) -> None:
        """Wait until something happened or this was woken, but for no longer than *seconds*."""
        notify = self._notify
        if notify is None:
            self._poll(seconds)
        elif notify.handle in self._poll(seconds, notify.handle):
            self._poll(_QUIET)
            with suppress(OSError):
                notify.read()
        with suppress(BlockingIOError):
            os.read(self._reading, 1 << 16)

    def _poll(self, seconds: float, *others: int) -> list[int]:
        poll = select.poll()
        for each in (self._reading, *others):
            poll.register(each, select.POLLIN)
        return [handle for handle, _ in poll.poll(seconds * 1000)]

    def close(self) -> None:
        """Give back what this holds of the system. It can still be woken, to no effect."""
        with self._lock:
            self._is_open = False
            os.close(self._reading)
            os.close(self._writing)
        if self._notify is not None:
            self._notify.close()
