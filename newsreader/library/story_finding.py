"""Finding the stories of a library beside everything else, whenever its articles are at rest."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

from newsreader.library.library import Library
from newsreader.model import Issue
from newsreader.store.sections import Sections
from newsreader.text.sanitize import clean_line

_QUIET = 1.0
"""Seconds without a change after which stories are looked for."""


class _StoppedError(Exception):
    """Nobody wants to know any more."""


class StoryFinder:
    """Has the stories of a *library* found, on a thread of its own.

    *told* is called there each time when they are others than before.
    """

    def __init__(
        self, library: Library, told: Callable[[], None], *, quiet: float | None = None
    ) -> None:
        self._library = library
        self._told = told
        self._quiet = _QUIET if quiet is None else quiet
        self._changed_at: float | None = None
        self._known: Sections | None = None
        self._is_over = False
        self._changed = Condition()
        self._thread = Thread(target=self._run, name="stories", daemon=True)

    def start(self) -> StoryFinder:
        """Begin to wait for changes."""
        self._thread.start()
        return self

    def wake(self) -> None:
        """Look for stories once it has been quiet: articles may have changed."""
        with self._changed:
            self._changed_at = monotonic()
            self._changed.notify()

    def stop(self) -> None:
        """End; nobody is told any more."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end; whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while self._is_wanted():
            try:
                self._library.know_stories(self._go_on)
                self._tell()
            except _StoppedError:
                return
            except Exception as error:  # noqa: BLE001 - the thread's last resort: told, never shown raw
                roots = clean_line(", ".join(map(str, self._library.roots)))
                reason = clean_line(f"stories cannot be found: {error!r}")
                self._library.report(Issue(roots, reason))

    def _tell(self) -> None:
        """Tell of stories that were not told of, whoever had them found."""
        found = self._library.found_for(self._library.snapshot.columns)
        if found is not None and found is not self._known and not self._is_over:
            self._known = found
            self._told()

    def _is_wanted(self) -> bool:
        """Wait until something has changed and nothing more does; false at the end."""
        with self._changed:
            while not self._is_over:
                if self._changed_at is None:
                    self._changed.wait()
                    continue
                left = self._changed_at + self._quiet - monotonic()
                if left <= 0:
                    self._changed_at = None
                    return True
                self._changed.wait(left)
            return False

    def _go_on(self) -> None:
        if self._is_over:
            raise _StoppedError
