"""The counts beside an answer, which come a moment after it; and rest when they are there."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer

from newsreader.ui.verb_screen import VerbScreen

if TYPE_CHECKING:
    from newsreader.library.answer import Answer, Filters

PAUSE = 0.01
"""Seconds that the counts wait for the list or the mark to be drawn."""
_QUIET = 0.5
"""Seconds after the counts in which the next key may come."""


class CountingScreen(VerbScreen):
    """Shows what the filters count, and has the library rest when nothing more is asked."""

    _resting: Timer | None = None

    def show_counts(self, answer: Answer) -> None:
        """Show the counts of *answer*, which is the one that is shown but for them."""
        self.answer = answer
        self.filter_pane.show(answer, self.saved_counts)
        self._resting = self.set_timer(_QUIET, self._rest)

    def watch_answer(self) -> None:
        """Do not rest while one goes on."""
        if self._resting is not None:
            self._resting.stop()
            self._resting = None

    def _rest(self) -> None:
        self.run_worker(self.library.rest, thread=True, group="rest", exit_on_error=False)

    def count_again(self) -> None:
        """Count what the filters and the saved searches find anew, for marks have changed."""
        if self.answer is not None and self.library.can_mark:
            self._count()

    @work(thread=True, exclusive=True, group="ask", exit_on_error=False)
    def _count(self) -> None:
        sleep(PAUSE)
        answer = self.answer
        if answer is None:
            return
        is_wanted = lambda: self.answer is answer  # noqa: E731
        filters = self.library.filters_now(answer, self.now, is_wanted)
        self.count_saved()
        self.app.call_from_thread(self._recounted, answer, filters)

    def _recounted(self, answer: Answer, filters: Filters) -> None:
        if self.answer is answer:
            self.show_counts(answer._replace(filters=filters))
