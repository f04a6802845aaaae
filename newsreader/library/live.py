"""Following what changes on disk while the library is open."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from newsreader.library.library import Library

if TYPE_CHECKING:
    from newsreader.sources.watch import Changed, Watch


class Live:
    """Brings changes on disk into a *library*. *told* is called, on another thread, when it has."""

    def __init__(self, library: Library, told: Callable[[], None]) -> None:
        self._library = library
        self._told = told
        self._watch: Watch | None = None
        self._is_over = False

    def start(self, then: Callable[[], object]) -> None:
        """Begin, on a thread; *then* do what must not miss any change from there on."""
        Thread(target=self._start, args=(then,), name="live", daemon=True).start()

    def _start(self, then: Callable[[], object]) -> None:
        from newsreader.sources.watch import Watch

        watch = Watch(self._library.roots, self._take).start()
        self._watch = watch
        watch.wait_until_ready()
        if self._is_over:
            watch.stop()
        self._library.trouble = watch.problem
        then()

    def _take(self, changed: Changed) -> None:
        began = monotonic()
        before = self._library.snapshot.edition, self._library.issues
        for _ in self._library.ingest(None if changed.everything else changed.paths):
            if self._is_over:
                return
        if self._watch is not None:
            if changed.everything:
                self._watch.rescanned(monotonic() - began)
            self._library.trouble = self._watch.problem
        if (self._library.snapshot.edition, self._library.issues) != before:
            self._told()

    def stop(self) -> None:
        """End; nobody is told any more."""
        self._is_over = True
        if self._watch is not None:
            self._watch.stop()
