"""The insight: what the query finds as pictures, of which every part leads to its articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.reactive import reactive
from textual.worker import Worker, WorkerState

from newsreader.actions import Scope
from newsreader.library.answer import Answer
from newsreader.library.library import Library
from newsreader.query.insight import Insight
from newsreader.text.counted import counted
from newsreader.ui.bindings import bindings_of
from newsreader.ui.cells import Line, cut, line_len
from newsreader.ui.full_screen import FullScreen
from newsreader.ui.glyphs import ASCII, UNICODE, Glyphs
from newsreader.ui.ink import InkLine, InkView
from newsreader.ui.insight_lines import CHART, LEGEND, Look, periods_for, sheet_of
from newsreader.ui.placing import place_panes
from newsreader.ui.sheet import Sheet, lit, moved, next_block
from newsreader.ui.status_line import Status, StatusLine


class InsightTitle(InkLine):
    """What is counted."""

    def __init__(self, query: str, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._query = query
        self.count: int | None = None

    def line(self) -> Line:
        """The query on the left, and how much it finds on the right."""
        found = "counting" if self.count is None else counted(self.count, "article")
        where = f"{self.glyphs.crumb} insight"
        room = max(0, self.size.width - len(found) - len(where) - 10)
        query = cut(self._query or "everything", room, self.glyphs.ellipsis)
        search: Line = (("  ", "text"), (self.glyphs.search, "whisper"), (" ", "text"))
        left: Line = (*search, (query, "title"), ("  ", "text"), (where, "whisper"))
        blank = self.size.width - line_len(left) - len(found) - 2
        return (*left, (" " * max(1, blank), "text"), (found, "whisper"))


class InsightView(InkView):
    """The pictures, with one cursor over all of them."""

    DEFAULT_CSS = """
    InsightView { height: 1fr; background: $background; }
    """
    BINDINGS = bindings_of(Scope.INSIGHT)
    SHOWS: ClassVar = {}

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The number of a stop."""

    class Chosen(Message):
        """The reader wants the articles behind a number; None for none."""

        def __init__(self, query: str | None) -> None:
            super().__init__()
            self.query = query

    def __init__(self, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs, id="insight")
        self._found: Insight | None = None
        self._sheet = Sheet(((), (("  Counting …", "whisper"),)))
        self._period: int | None = None

    @property
    def here(self) -> str:
        """The picture that the cursor is on."""
        stops = self._sheet.stops
        return stops[self.cursor].block if stops else ""

    def show(self, found: Insight) -> None:
        """Show *found*; the cursor begins on the newest period."""
        self._found = found
        self._period = len(found.periods) - 1 if found.periods else None
        self._lay_out()
        self.set_reactive(InsightView.cursor, self._period or 0)
        self.resize_lines(len(self._sheet.lines))

    def _lay_out(self) -> None:
        if self._found is not None:
            has_letters = self.glyphs == ASCII or self.app.native_ansi_color
            width = self.size.width - 1
            self._sheet = sheet_of(self._found, Look(width, self.glyphs, has_letters, self._period))

    def on_resize(self) -> None:
        """Lay everything out at the new width."""
        stops = self._sheet.stops
        here = stops[self.cursor] if stops else None
        self._lay_out()
        for number, stop in enumerate(self._sheet.stops):
            if here is not None and (stop.block, stop.place) == (here.block, here.place):
                self.set_reactive(InsightView.cursor, number)
        self.resize_lines(len(self._sheet.lines))

    def line(self, y: int) -> Line:
        """One line, with the cursor where it is on it."""
        line, stops = self._sheet.lines[y], self._sheet.stops
        if stops:
            here = stops[self.cursor]
            if here.top <= y <= here.y:
                return lit(line, here.x, here.width)
        return line

    def _go(self, number: int) -> None:
        """Go to a stop. The legend is about the period one comes from."""
        stops = self._sheet.stops
        if not stops:
            return
        here = stops[number]
        if here.block == CHART:
            self._period = here.place
        elif here.block != LEGEND:
            self._period = None
        self._lay_out()
        for place, stop in enumerate(self._sheet.stops):
            if (stop.block, stop.place) == (here.block, here.place):
                self.set_reactive(InsightView.cursor, place)
                break
        self.resize_lines(len(self._sheet.lines))
        stop = self._sheet.stops[self.cursor]
        top = 0 if stop.block == CHART else max(0, stop.top - 2)
        self.reveal(top, stop.y - top + 2)

    def _move(self, down: int = 0, along: int = 0) -> None:
        if self._sheet.stops:
            self._go(moved(self._sheet.stops, self.cursor, down, along))

    def action_down(self) -> None:
        """Down."""
        self._move(down=1)

    def action_up(self) -> None:
        """Up."""
        self._move(down=-1)

    def action_right(self) -> None:
        """Along."""
        self._move(along=1)

    def action_left(self) -> None:
        """Back."""
        self._move(along=-1)

    def action_block_next(self, step: int = 1) -> None:
        """To the next picture."""
        if self._sheet.stops:
            self._go(next_block(self._sheet.stops, self.cursor, step))

    def action_block_previous(self) -> None:
        """To the picture before."""
        self.action_block_next(-1)

    def action_top(self) -> None:
        """To the first stop."""
        self._go(0)

    def action_bottom(self) -> None:
        """To the last stop."""
        self._go(len(self._sheet.stops) - 1)

    def action_choose(self) -> None:
        """Ask for what is under the cursor."""
        if self._sheet.stops:
            self.post_message(self.Chosen(self._sheet.stops[self.cursor].query))

    def action_close(self) -> None:
        """Go back without a choice."""
        self.post_message(self.Chosen(None))

    def on_click(self, event: events.Click) -> None:
        """Ask for what the mouse points at."""
        x, y = event.x, event.y + self.scroll_offset.y
        for number, stop in enumerate(self._sheet.stops):
            if stop.top <= y <= stop.y and stop.x <= x < stop.x + stop.width:
                self._go(number)
                self.action_choose()
                return


class InsightScreen(FullScreen[str]):
    """Counts what an answer comes to; dismissed with the query of what was chosen."""

    DEFAULT_CSS = """
    InsightScreen { background: $background; layout: vertical; }
    """
    AUTO_FOCUS = "#insight"

    class Counted(Message):
        """It is counted, with so many periods at most."""

        def __init__(self, found: Insight, periods: int) -> None:
            super().__init__()
            self.found = found
            self.periods = periods

    def __init__(
        self,
        library: Library,
        answer: Answer,
        *,
        clock: Callable[[], datetime],
        glyphs: Glyphs = UNICODE,
    ) -> None:
        super().__init__()
        place_panes(self)
        self._library = library
        self._answer = answer
        self._clock = clock
        self._glyphs = glyphs
        self._periods = 0

    def compose(self) -> ComposeResult:
        """The query, the pictures, and the keys."""
        yield InsightTitle(self._answer.query.text, glyphs=self._glyphs)
        yield InsightView(glyphs=self._glyphs)
        yield StatusLine(glyphs=self._glyphs)

    def on_mount(self) -> None:
        """Say where one is."""
        line = self.query_one(StatusLine)
        line.scope = Scope.INSIGHT
        line.status = Status(len(self._answer.view), self._answer.total)

    def on_resize(self, event: events.Resize) -> None:
        """Count with as many periods as there is room for."""
        periods = periods_for(event.size.width)
        if periods != self._periods:
            self._periods = periods
            self._count(periods)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _count(self, periods: int) -> None:
        found = self._library.insight(self._answer, self._clock(), periods)
        self.post_message(self.Counted(found, periods))

    def on_insight_screen_counted(self, event: Counted) -> None:
        """Show it, unless the width has changed since."""
        if event.periods == self._periods:
            title = self.query_one(InsightTitle)
            title.count = event.found.articles
            title.redraw()
            self.query_one(InsightView).show(event.found)

    @on(InsightView.Chosen)
    def _chosen(self, event: InsightView.Chosen) -> None:
        self.dismiss(event.query)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong, if ever anything does."""
        if event.state is WorkerState.ERROR:
            message = f"This could not be counted: {event.worker.error!r}"
            self.notify(message, severity="error", markup=False)
