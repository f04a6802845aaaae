"""Telling what changes on disk, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, RLock, Thread, current_thread
from time import monotonic
from typing import Protocol

from newsreader.sources.folder_watches import FolderWatches
from newsreader.sources.inotify import NO_MORE, Inotify
from newsreader.sources.mounts import is_forced_to_poll, remote_system
from newsreader.sources.other_watches import OtherWatches
from newsreader.sources.settling import EVERYTHING, Changed, Settling
from newsreader.sources.stop import Stop
from newsreader.text.sanitize import clean_line

__all__ = ["Changed", "Watch"]

_POLL = 5.0
"""Seconds between two rescans at the least, where nothing tells of changes."""
_POLL_SHARE = 10
"""How many times as long as a rescan it takes at least until the next."""
_LOOK_AGAIN = 0.03
"""Seconds between two looks while changes come in."""
_FOR_EVER = 3600.0
"""Seconds after which a thread that has nothing to do looks up."""
_GRACE = 0.09
"""Seconds that stopping waits for the thread at most."""


class _Watches(Protocol):
    def wait(self, seconds: float) -> None: ...

    def close(self) -> None: ...


class _NoWatches:
    """Takes in nothing."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop

    def wait(self, seconds: float) -> None:
        self._stop.wait(seconds)

    def close(self) -> None:
        pass


def _watches(roots: Sequence[Path], settling: Settling, stop: Stop) -> _Watches:
    """What watches on this system. Raises what it raises."""
    if Inotify.is_here():
        return FolderWatches(roots, settling, stop)
    return OtherWatches(roots, settling, stop)


class Watch:
    """Watches *roots*, files and folders, for articles that are added, changed or removed.

    *told* is called on the watching thread when files are quiet again after a change, and at the
    latest a second after it, with the paths that `newsreader.sources.folder.find` gives for the
    same roots. It is told too much rather than too little: a path may be one that is not found, or
    has not changed. What changes before the watches are there is not told; `wait_until_ready` says
    when they are.

    Where changes cannot be watched, ``is_polling`` is true, and *told* is asked to look at
    everything from time to time.
    """

    def __init__(self, roots: Sequence[Path], told: Callable[[Changed], None]) -> None:
        self._roots = tuple(roots)
        self._told = told
        self._settling = Settling()
        self._stop = Stop()
        self._ready = Event()
        self._telling = RLock()
        self._why_polling = ""
        self._failure = ""
        self._polled = 0.0
        self._watches: _Watches = _NoWatches(self._stop)
        self._thread = Thread(target=self._run, name="watch", daemon=True)

    @property
    def is_polling(self) -> bool:
        """Whether everything is looked at from time to time, as not all changes can be watched."""
        return bool(self._why_polling)

    @property
    def problem(self) -> str:
        """What readers should know, in sentences; empty if all is well."""
        if not self._why_polling:
            return self._failure
        pace = f"Changes are looked for every {self._pace:.0f} seconds: {self._why_polling}."
        return f"{pace} {self._failure}".rstrip()

    def start(self) -> Watch:
        """Begin."""
        self._thread.start()
        return self

    def wait_until_ready(self, seconds: float | None = None) -> bool:
        """Wait until changes are watched or looked for; whether they are."""
        return self._ready.wait(seconds)

    def rescanned(self, seconds: float) -> None:
        """It took *seconds* to look at everything: how often that is asked for depends on it."""
        self._settling.rescan = seconds

    def stop(self) -> None:
        """End. *told* is not called again, though a call that goes on is not cut short."""
        self._stop.set()
        # Whoever holds it is telling; once it was free, nobody tells any more.
        if self._telling.acquire(timeout=_GRACE):
            self._telling.release()
            if self._thread.ident is None:
                self._stop.close()
            elif self._thread is not current_thread():
                self._thread.join(_GRACE)

    def join(self, seconds: float | None = None) -> bool:
        """Wait for the end of the thread, after `stop`; whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def _pace(self) -> float:
        return max(_POLL, _POLL_SHARE * self._settling.rescan)

    def _run(self) -> None:
        try:
            self._open()
            self._ready.set()
            while not self._stop.is_set():
                self._turn()
        finally:
            self._watches.close()
            self._stop.close()

    def _open(self) -> None:
        if is_forced_to_poll():
            self._poll("WATCHFILES_FORCE_POLLING is set")
            return
        remote = sorted({*map(remote_system, self._roots)} - {""})
        if remote:
            # Watched as well: the changes of this machine are told at once.
            self._poll(f"the system does not tell what others change on {', '.join(remote)}")
        try:
            self._watches = _watches(self._roots, self._settling, self._stop)
        except Exception as error:  # noqa: BLE001 - the thread goes on without
            self._poll(_reason(error))

    def _turn(self) -> None:
        try:
            self._watches.wait(self._seconds)
        except Exception as error:  # noqa: BLE001 - the thread goes on without
            self._watches.close()
            self._watches = _NoWatches(self._stop)
            self._poll(_reason(error))
            # Nobody knows what was missed.
            self._settling.add_everything()
        changed = self._settling.take()
        if changed is None and self.is_polling and monotonic() - self._polled >= self._pace:
            changed = EVERYTHING
        if changed is not None:
            self._tell(changed)

    @property
    def _seconds(self) -> float:
        """How long there is nothing to do, unless something changes."""
        if self._settling:
            return _LOOK_AGAIN
        if self.is_polling:
            return max(0.0, self._polled + self._pace - monotonic())
        return _FOR_EVER

    def _poll(self, reason: str) -> None:
        self._why_polling = reason
        self._polled = monotonic()

    def _tell(self, changed: Changed) -> None:
        with self._telling:
            if self._stop.is_set():
                return
            try:
                self._told(changed)
                self._failure = ""
            except Exception as error:  # noqa: BLE001 - the thread must go on
                self._failure = clean_line(f"A change could not be taken in: {error}.")
        if changed.everything:
            self._polled = monotonic()


def _reason(error: Exception) -> str:
    """Why there are no watches, for people."""
    if isinstance(error, ImportError):
        return clean_line(f"{error.name} is not installed")
    if isinstance(error, OSError) and error.errno in NO_MORE:
        return "the system allows no more watches"
    return clean_line(f"watching failed ({error})")
