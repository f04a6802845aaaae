"""Keeping marks beside everything else: written and synced on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from threading import Event, Thread
from time import monotonic

from newsreader.library.mark_book import MarkBook
from newsreader.model import Issue
from newsreader.sources.folder_news import FolderNews

_POLL = 1.0
"""Seconds between two looks at what others did, where the system does not tell."""
_SELDOM = 60.0
"""Seconds between two looks where it does."""
_RETRY = 3.0
"""Seconds until what could not be kept is tried again."""
_INDEX = 5.0
"""Seconds of rest before the index is told."""


class Keeper:
    """Writes down what is pending as soon as it is, and brings in what others did.

    *told* is called on the keeper's thread with the names of the articles that others changed,
    and with none when something was kept or could not be. ``error`` says why not, or is empty.
    """

    def __init__(self, book: MarkBook, told: Callable[[set[str]], None]) -> None:
        self.book = book
        self.error = ""
        self._told = told
        self._news = FolderNews(book.places.journal)
        self._stopping = Event()
        self._later: list[Callable[[], object]] = []
        self._thread = Thread(target=self._run, name="marks", daemon=True)

    def start(self) -> Keeper:
        """Begin."""
        self._thread.start()
        return self

    def keep(self) -> None:
        """Something is pending."""
        self._news.wake()

    def call(self, job: Callable[[], object]) -> None:
        """Do *job* when nothing is pending."""
        self._later.append(job)
        self._news.wake()

    def stop(self, seconds: float = 2.0) -> bool:
        """Keep what is pending once more and end; whether everything is kept.

        It waits for *seconds*, and as long as something is pending and nothing went wrong.
        """
        self._stopping.set()
        self._news.wake()
        self._thread.join(seconds)
        while self._thread.is_alive() and self.book.pending and not self.error:
            self._thread.join(_POLL)
        return not self.book.pending

    def _run(self) -> None:
        self._news.open()
        save_at = monotonic() + _INDEX
        is_tidy = False
        while not self._stopping.is_set():
            self._news.wait(self._seconds(save_at))
            self._try_keeping()
            if self._stopping.is_set():
                break
            while self._later and not self.error:
                self._do(self._later.pop(0))
            self._do(self._look)
            if not is_tidy and not self.error and self.book.has_written:
                is_tidy = True
                self._do(self.book.tidy)
            if save_at == inf:
                save_at = monotonic() + _INDEX
            elif not self.error and monotonic() >= save_at:
                save_at = inf
                self._do(self.book.save)
        self._do(self.book.close)
        self._news.close()

    def _seconds(self, save_at: float) -> float:
        """How long there is nothing to do, unless something happens."""
        if self.error:
            return _RETRY
        if self.book.pending:
            return 0.0
        seconds = _SELDOM if self._news.watch() else _POLL
        return min(seconds, max(0.0, save_at - monotonic()))

    def _try_keeping(self) -> None:
        before, kept = self.error, 0
        try:
            kept = self.book.keep()
            self.error = ""
        except OSError as error:
            self.error = error.strerror or str(error)
        except Exception as error:  # noqa: BLE001 - the thread must go on
            self.error = repr(error)
        if kept or self.error != before:
            self._told(set())

    def _look(self) -> None:
        changed = self.book.read()
        if changed:
            self._told(changed)

    def _do(self, job: Callable[[], object]) -> None:
        try:
            job()
        except OSError as error:
            if self.book.pending:
                self.error = error.strerror or str(error)
        except Exception as error:  # noqa: BLE001 - the thread's last resort: told, never lost
            self.book.report((Issue(str(self.book.places.journal), f"marks: {error!r}"),))
