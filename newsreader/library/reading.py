"""Reading the library beside everything else, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

from newsreader.library.library import Library
from newsreader.library.pace import Pace
from newsreader.model import Issue
from newsreader.text.sanitize import clean_line

_BETWEEN = 0.1
"""Seconds between two reports at the least."""


class Reading:
    """One reading of a library's sources. Start it early: it needs nobody to listen.

    ``done`` and ``total`` count files; ``added``, ``updated`` and ``removed`` articles;
    ``pace`` says how fast it goes; ``is_over`` is true when all were read, or when the reading
    failed or was stopped. One that comes *after* another stops that first, on its own thread. One
    that *waits* only brings in the marks until :meth:`look`.
    """

    def __init__(
        self, library: Library, after: Reading | None = None, *, waits: bool = False
    ) -> None:
        self.done = 0
        self.total = 0
        self.pace = Pace()
        self.added = 0
        self.updated = 0
        self.removed = 0
        self.is_over = False
        self._library = library
        self._after = after
        self._listener: Callable[[], None] | None = None
        self._stopping = Event()
        self._may_look = Event()
        if not waits:
            self._may_look.set()
        self._has_news = Event()
        self._lock = Lock()
        self._thread = Thread(target=self._run, name="reading", daemon=True)

    def start(self) -> Reading:
        """Begin, if it has not begun yet."""
        if not self._thread.is_alive() and not self.is_over:
            self._thread.start()
        return self

    def look(self) -> None:
        """Look at the files now."""
        self._may_look.set()

    def listen(self, listener: Callable[[], None]) -> None:
        """Have *listener* called, on the reading thread, whenever there is news from now on."""
        with self._lock:
            self._listener = listener

    def stop(self) -> None:
        """Give up after the file being read; nobody is told any more."""
        with self._lock:
            self._listener = None
        self._stopping.set()
        self._may_look.set()

    def wait_for_news(self, seconds: float) -> None:
        """Wait until there is something to show, or nothing more to come, but not for long."""
        self._has_news.wait(seconds)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end; whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        told = monotonic()
        if self._after is not None:
            self._after.stop()
            self._after.wait()
            self._after = None
        try:
            self._library.know_marks()
            if not self._may_look.is_set():
                self._has_news.set()
                self._may_look.wait()
            for progress in self._library.ingest():
                self.done, self.total = progress.done, progress.total
                self.pace.note(monotonic(), self.done, self.total)
                self.added += len(progress.changes.added)
                self.updated += len(progress.changes.updated)
                self.removed += len(progress.changes.removed)
                # The end is news of its own, a moment later: one telling of both is enough.
                if progress.changes and progress.done < progress.total:
                    self._has_news.set()
                if self._stopping.is_set():
                    break
                if monotonic() - told > _BETWEEN:
                    told = monotonic()
                    self._tell()
        except Exception as error:  # noqa: BLE001 - the thread's last resort: told, never shown raw
            roots = ", ".join(map(str, self._library.roots))
            self._library.report(Issue(clean_line(roots), clean_line(f"reading failed: {error!r}")))
        finally:
            self.is_over = True
            self._has_news.set()
            self._tell()

    def _tell(self) -> None:
        with self._lock:
            if self._listener is not None:
                self._listener()
