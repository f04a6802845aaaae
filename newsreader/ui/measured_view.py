"""A page whose measure the reader sets, and which may stand alone in the middle of the screen."""

from __future__ import annotations

from textual.reactive import reactive

from newsreader.config.settings import MEASURES
from newsreader.ui.hint_view import HintView
from newsreader.ui.page_sections import MARGIN, MEASURE

_STEP = 4
_SCROLL_BAR = 1


class MeasuredView(HintView):
    """Has a page set anew when its measure is another one."""

    measure: reactive[int] = reactive(MEASURE, repaint=False, init=False)
    """The widest line of running text."""
    is_alone: reactive[bool] = reactive(default=False, repaint=False, init=False)
    """Whether there is nothing else on the screen, and the pane only as wide as its text."""

    def relayout(self) -> None:
        """Set the page anew where one is on it."""
        raise NotImplementedError

    def watch_measure(self) -> None:
        """Set the page anew."""
        self._fit()
        self.relayout()

    def watch_is_alone(self) -> None:
        """Be as wide as the text, or as there is room."""
        self._fit()

    def _fit(self) -> None:
        width = self.measure + 2 * len(MARGIN) + _SCROLL_BAR
        self.styles.max_width = width if self.is_alone else None

    def action_wider_text(self) -> None:
        """Longer lines."""
        self.measure = min(self.measure + _STEP, MEASURES[-1])

    def action_narrower_text(self) -> None:
        """Shorter lines than are shown."""
        shown = min(self.measure, self.size.width - 2 * len(MARGIN))
        self.measure = max(shown - _STEP, MEASURES[0])
