"""The search box, laid over the top line while the reader types."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from newsreader.actions import Scope
from newsreader.config.history import History
from newsreader.query.complete import NOTHING, Completions, Sources, complete
from newsreader.ui.bindings import bindings_of
from newsreader.ui.query_bar import LEAD, PLACEHOLDER
from newsreader.ui.safe_input import KeyedInput


class SearchBox(KeyedInput):
    """The query as text that can be typed, completed, and taken from those of before.

    It has the candidates itself, so that a Tab right after a letter takes what belongs to it;
    showing them is for others.
    """

    DEFAULT_CSS = """
    SearchBox, SearchBox:focus {
        layer: above; border: none; height: 1; padding: 0; background: $panel;
    }
    """
    SCOPE = Scope.SEARCH
    BINDINGS = bindings_of(SCOPE)

    class Kept(Message):
        """The reader is done with the box."""

    class Dropped(Message):
        """The reader leaves the box, and wants the query as it was."""

    class Left(Message):
        """The reader goes on to another pane."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(
        self,
        sources: Callable[[], Sources],
        history: History,
        offered: Callable[[Completions, int, int], None],
    ) -> None:
        super().__init__(placeholder=PLACEHOLDER, id="search")
        self.styles.offset = (LEAD, 0)
        self._sources = sources
        self._history = history
        self._offered = offered
        """Is told at once of other candidates, the current one, and the column they are for."""
        self._offers = NOTHING
        self._offered_for = ("", 0)
        self._current = -1
        self._past: list[str] = []
        self._at = 0

    def write(self, query: str) -> None:
        """Put *query* into the box without its being told as typed."""
        if self.value != query:
            with self.prevent(Input.Changed):
                self.value = query
                self.cursor_position = len(query)
            self.offer_nothing()

    # Candidates

    def on_input_changed(self) -> None:
        """Offer what fits to what was typed."""
        self._offer()

    def watch_selection(self, selection: Selection) -> None:
        """What was offered belongs to where the cursor was."""
        value, cursor = self._offered_for
        if self._offers.candidates and value == self.value and selection.end != cursor:
            self.offer_nothing()

    def _offer(self) -> None:
        now = (self.value, self.cursor_position)
        if now != self._offered_for:
            self._offered_for = now
            self._tell(complete(*now, self._sources()))

    def offer_nothing(self) -> None:
        """Offer nothing until something is typed again."""
        self._offered_for = (self.value, self.cursor_position)
        if self._offers.candidates:
            self._tell(NOTHING)

    def _tell(self, offers: Completions, current: int = -1) -> None:
        if offers.candidates or self._offers.candidates:
            self._offers, self._current = offers, current
            column = cell_len(self.value[: offers.start])
            self._offered(offers, current, column)

    def take(self, number: int) -> None:
        """Put a candidate in; what has to follow it is offered next."""
        offers = self._offers
        if number < len(offers.candidates):
            candidate = offers.candidates[number]
            self.value, self.cursor_position = offers.applied(self.value, number)
            if candidate.is_open or candidate.insert.endswith(".."):
                self._offer()
            else:
                self.offer_nothing()

    # Keys

    def action_complete(self) -> None:
        """Take the current candidate, or the first; without any, go on."""
        self._catch_up()
        if self._offers.candidates:
            self.take(max(0, self._current))
        else:
            self.post_message(self.Left(1))

    def _catch_up(self) -> None:
        """See to what was typed, if its message is still under way."""
        if self.value != self._offered_for[0]:
            self._offer()

    def action_leave_back(self) -> None:
        """Go to the pane before."""
        self.post_message(self.Left(-1))

    def action_down(self) -> None:
        """The next candidate; without any, the next query of those before."""
        self._catch_up()
        if self._offers.candidates:
            self._move(1)
        else:
            self._recall(1)

    def action_up(self) -> None:
        """The candidate before; without any, the query before."""
        self._catch_up()
        if self._offers.candidates:
            self._move(-1)
        else:
            self._recall(-1)

    def _move(self, step: int) -> None:
        count = len(self._offers.candidates) + 1
        self._tell(self._offers, (self._current + 1 + step) % count - 1)

    def _recall(self, step: int) -> None:
        if not self._past:
            self._past = [*self._history.queries, self.value]
            self._at = len(self._past) - 1
        elif self.value != self._past[self._at]:
            self._past[-1] = self.value
            self._at = len(self._past) - 1
        at = self._at + step
        while 0 <= at < len(self._past) and self._past[at] == self.value:
            at += step
        if 0 <= at < len(self._past):
            self._at = at
            self.value = self._past[at]
            self.cursor_position = len(self.value)
            self.offer_nothing()

    def action_keep(self) -> None:
        """Take the candidate that was chosen with the arrows, else keep the query and go on."""
        if self._offers.candidates and self._current >= 0:
            self.take(self._current)
        else:
            self.post_message(self.Kept())

    def remember(self) -> None:
        """Add the query to those of before."""
        self._history.add(self.value)

    def reopen(self) -> None:
        """Begin anew, with the history as it stands now."""
        self._past = []
        self.offer_nothing()

    def action_drop(self) -> None:
        """Close the candidates, else leave the box."""
        self._catch_up()
        if self._offers.candidates:
            self.offer_nothing()
        else:
            self.post_message(self.Dropped())
