"""The filter pane: facets with counts, flags, quality and dates. It reads and writes the query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from textual import events
from textual.message import Message
from textual.reactive import reactive

from newsreader.actions import Scope
from newsreader.library.answer import Answer, SavedCount
from newsreader.model import InvalidQueryError
from newsreader.query import edit
from newsreader.text import dates
from newsreader.ui.bindings import bindings_of
from newsreader.ui.cells import Line
from newsreader.ui.filter_rows import NOWHERE, PRESETS, Chart, Kind, Row, filter_rows, row_line
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.ink import InkView

_STEPPED = frozenset((Kind.LEAST, Kind.MOST, Kind.SINCE, Kind.UNTIL, Kind.CHART))
_NAMED = frozenset((Kind.VALUE, Kind.FLAG, Kind.SAVED, Kind.FOLLOWED, Kind.PRESET))
_STEP = 10
_GOOD = {"quality": 60, "heat": 50}
"""What Enter asks for."""


class FilterPane(InkView):
    """One column of filters with one cursor. Each change is a new text of the query."""

    DEFAULT_CSS = """
    FilterPane { background: $surface; }
    """
    BINDINGS = bindings_of(Scope.FILTERS)

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Edited(Message):
        """The filters say another query now."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class DateWanted(Message):
        """The reader wants to type the first or the last date."""

        def __init__(self, *, is_start: bool, text: str) -> None:
            super().__init__()
            self.is_start = is_start
            self.text = text

    class LeftBehind(Message):
        """The reader moves to the pane on the right."""

    class SavedWanted(Message):
        """The reader wants to do something with a saved search: look, rename, move, delete."""

        def __init__(self, what: str, name: str, step: int = 0) -> None:
            super().__init__()
            self.what = what
            self.name = name
            self.step = step

    class RuleWanted(Message):
        """The reader wants to mute or follow a value, or to look at or delete what is followed."""

        def __init__(self, what: str, row: Row) -> None:
            super().__init__()
            self.what = what
            self.field = row.field
            self.value = row.value
            self.label = row.label

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        glyphs: Glyphs = UNICODE,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(glyphs=glyphs, id=id)
        self._clock = clock
        self._answer: Answer | None = None
        self._rows: tuple[Row, ...] = ()
        self._saved: tuple[SavedCount, ...] = ()
        self._chart = NOWHERE
        self._unfolded: frozenset[str] = frozenset()

    def show(self, answer: Answer, saved: tuple[SavedCount, ...] = ()) -> None:
        """Show the filters of *answer* and the *saved* searches; the cursor stays on its row."""
        before, self._answer = self._answer, answer
        if before is not None:
            if saved == self._saved and _looks_same(before, answer):
                return
            if answer.filters.bars != before.filters.bars:
                self._chart = NOWHERE
        self._saved = saved
        self._show_again()

    def _show_again(self) -> None:
        if self._answer is not None:
            row = self._row
            self._rows = filter_rows(self._answer, self._unfolded, self._saved)
            self._place_on(row)
            self.resize_lines(len(self._rows))

    @property
    def current_label(self) -> str:
        """What the row under the cursor says."""
        return self._row.label if self._row else ""

    @property
    def _row(self) -> Row | None:
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def _place_on(self, row: Row | None) -> None:
        same = [
            place
            for place, each in enumerate(self._rows)
            if row is not None
            and (each.kind, each.field) == (row.kind, row.field)
            and (each.value == row.value or each.kind not in _NAMED)
        ]
        stops = self._stops
        nearest = [place for place in stops if place >= self.cursor] or stops[-1:] or [0]
        self.set_reactive(FilterPane.cursor, same[0] if same else nearest[0])

    @property
    def _stops(self) -> list[int]:
        return [place for place, row in enumerate(self._rows) if row.is_stop]

    def line(self, y: int) -> Line:
        """One filter."""
        if self._answer is None:
            return ()
        is_cursor = self.is_cursor(y) and self.has_focus
        width = self.size.width
        chart = self._chart if self.has_focus else NOWHERE
        row = self._rows[y]
        return row_line(row, self._answer, width, self.glyphs, cursor=is_cursor, chart=chart)

    def is_cursor(self, y: int) -> bool:
        """Whether the cursor, which shows only while the pane has the focus, is on line *y*."""
        return y == self.cursor and self.has_focus

    def on_resize(self) -> None:
        """Draw anew at the new width."""
        self.resize_lines(len(self._rows))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw both lines anew and follow."""
        if self._chart != NOWHERE:
            self._chart = NOWHERE
            self.redraw()
        self.refresh_lines_at(old, 1)
        self.refresh_lines_at(new, 1)
        self.reveal(max(0, new - 1), 2)

    def _move(self, step: int) -> None:
        stops = self._stops
        beyond = [place for place in stops if (place - self.cursor) * step > 0]
        if beyond:
            self.cursor = min(beyond) if step > 0 else max(beyond)

    def action_down(self) -> None:
        """Next filter."""
        self._move(1)

    def action_up(self) -> None:
        """Previous filter."""
        self._move(-1)

    def action_top(self) -> None:
        """First filter."""
        self.cursor = min(self._stops, default=0)

    def action_bottom(self) -> None:
        """Last filter."""
        self.cursor = max(self._stops, default=0)

    def action_choose(self) -> None:
        """Choose the value under the cursor, or drop it."""
        self._try(self._choose)

    def _try(self, change: Callable[[], object]) -> None:
        """Make a change, or say why the query as it was typed cannot take it."""
        try:
            change()
        except InvalidQueryError as error:
            message = f"The query is not finished: {error.message}"
            self.app.notify(message, severity="warning", markup=False)

    def _choose(self) -> None:
        row, answer = self._row, self._answer
        if row is None or answer is None:
            return
        text = answer.query.text
        match row.kind:
            case Kind.VALUE:
                self._say(edit.toggle(text, row.field, row.value))
            case Kind.FLAG:
                self._say(edit.toggle_flag(text, row.value))
            case Kind.SAVED:
                self._say(edit.toggle(text, "search", row.value))
                self.post_message(self.SavedWanted("look", row.value))
            case Kind.FOLLOWED:
                self._say("" if row.chosen else row.field)
                self.post_message(self.RuleWanted("look", row))
            case Kind.MORE:
                self._unfolded ^= {row.field}
                self._show_again()
            case Kind.LEAST | Kind.MOST:
                value = None if row.chosen else _GOOD[row.field]
                self._say_range(row, answer, value)
            case Kind.PRESET:
                since, until = ("", "") if row.chosen else PRESETS[row.value]
                self._say(edit.set_span(text, "date", since or None, until or None))
            case Kind.CHART:
                self._mark_bar(answer)
            case Kind.SINCE | Kind.UNTIL:
                is_start = row.kind is Kind.SINCE
                self.post_message(self.DateWanted(is_start=is_start, text=row.value))

    def action_exclude(self) -> None:
        """Leave the value under the cursor out."""
        self._try(self._exclude)

    def _exclude(self) -> None:
        row, answer = self._row, self._answer
        if row is None or answer is None:
            return
        if row.kind in (Kind.VALUE, Kind.SAVED):
            self._say(edit.exclude(answer.query.text, row.field, row.value))
        elif row.kind is Kind.CHART:
            self._chart = NOWHERE
            self._say(edit.set_span(answer.query.text, "date", None, None))
        elif row.kind is Kind.FLAG:
            self._say(edit.toggle_term(answer.query.text, f"-{row.value}"))

    def action_more(self) -> None:
        """Raise what the row measures, or leave to the right."""
        if self._row is not None and self._row.kind in _STEPPED:
            self._try(partial(self._step, 1))
        else:
            self.post_message(self.LeftBehind())

    def action_less(self) -> None:
        """Lower what the row measures."""
        self._try(partial(self._step, -1))

    def _step(self, step: int) -> None:
        row, answer = self._row, self._answer
        if row is None or answer is None:
            return
        if row.kind is Kind.CHART:
            self._step_bar(answer, step)
        elif row.kind in (Kind.LEAST, Kind.MOST):
            self._step_range(row, answer, step)
        elif row.kind in _STEPPED:
            self._step_date(row, answer, step)

    def _step_range(self, row: Row, answer: Answer, step: int) -> None:
        """Move a limit by a step; beyond the last one there is none."""
        top = 100
        if row.field == "heat":
            top = max(top, -(-answer.filters.hottest // _STEP) * _STEP)
        is_least = row.kind is Kind.LEAST
        open_end = 0 if is_least else top
        value = (int(row.value) if row.value else open_end) + step * _STEP
        is_open = value <= 0 if is_least else value >= top
        self._say_range(row, answer, None if is_open else max(0, min(value, top)))

    def _say_range(self, row: Row, answer: Answer, value: int | None) -> None:
        low, high = edit.span(answer.query, row.field) or ("", "")
        ends = [int(end) if end else None for end in (low, high)]
        ends[row.kind is Kind.MOST] = value
        if None not in ends and (ends[0] or 0) > (ends[1] or 0):
            ends = [value, value]
        self._say(edit.set_range(answer.query.text, row.field, *ends))

    def _step_bar(self, answer: Answer, step: int) -> None:
        """Go to another bar of the chart; from a marked one on, take in all up to it."""
        count = len(answer.filters.bars)
        start = count if step < 0 else -1
        bar = max(0, min((start if self._chart.bar is None else self._chart.bar) + step, count - 1))
        self._chart = self._chart._replace(bar=bar)
        if self._chart.mark is not None:
            self._say_bars(answer)
        self._show_again()

    def _mark_bar(self, answer: Answer) -> None:
        """Ask for the bar one is on, and for more as one goes on; a second time ends that."""
        if self._chart.bar is None:
            self._chart = Chart(len(answer.filters.bars) - 1)
        elif self._chart.mark is None:
            self._chart = Chart(self._chart.bar, self._chart.bar)
            self._say_bars(answer)
        else:
            self._chart = Chart(self._chart.bar)
        self._show_again()

    def _say_bars(self, answer: Answer) -> None:
        bar, mark = self._chart.bar or 0, self._chart.mark or 0
        first, last = (answer.filters.bars[each] for each in (min(bar, mark), max(bar, mark)))
        text = edit.set_span(answer.query.text, "date", first.start or None, last.end or None)
        self._say(text)

    def _step_date(self, row: Row, answer: Answer, step: int) -> None:
        """Move the first or last month by one, starting from the end of the library it is at."""
        if answer.filters.published is None:
            return
        zone = self._clock().tzinfo
        first, last = (
            dates.local(datetime.fromtimestamp(time, zone)) for time in answer.filters.published
        )
        span = dates.calendar_span(row.value[:7]) if row.value else None
        if span is None:
            month = first if row.kind is Kind.SINCE else last
        else:
            month = max(first, min(dates.add_months(span.start, step), last))
        self.set_date(is_start=row.kind is Kind.SINCE, text=f"{month:%Y-%m}")

    def set_date(self, *, is_start: bool, text: str) -> None:
        """Set the first or the last date of the query; an empty text means any.

        Raises:
            InvalidQueryError: when the text is no date.
        """
        if self._answer is None:
            return
        query = self._answer.query
        since, until = edit.span(query, "date") or ("", "")
        since, until = (text, until) if is_start else (since, text)
        self._say(edit.set_span(query.text, "date", since or None, until or None))

    def action_rename_saved(self) -> None:
        """Rename the saved search under the cursor."""
        self._want("rename")

    def action_delete_saved(self) -> None:
        """Delete the saved search under the cursor, or no longer follow what is followed."""
        self._want("delete")
        self._want_rule("delete", Kind.FOLLOWED)

    def action_mute_value(self) -> None:
        """Mute the value under the cursor."""
        self._want_rule("mute", Kind.VALUE, Kind.SAVED)

    def action_follow_value(self) -> None:
        """Follow the value under the cursor, or no longer."""
        self._want_rule("delete", Kind.FOLLOWED)
        self._want_rule("follow", Kind.VALUE, Kind.SAVED)

    def _want_rule(self, what: str, *kinds: Kind) -> None:
        if self._row is not None and self._row.kind in kinds:
            self.post_message(self.RuleWanted(what, self._row))

    def action_saved_up(self) -> None:
        """Move the saved search under the cursor up."""
        self._want("move", -1)

    def action_saved_down(self) -> None:
        """Move the saved search under the cursor down."""
        self._want("move", 1)

    def _want(self, what: str, step: int = 0) -> None:
        if self._row is not None and self._row.kind is Kind.SAVED:
            self.post_message(self.SavedWanted(what, self._row.value, step))

    def _say(self, query: str) -> None:
        self.post_message(self.Edited(query))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.forget()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.forget()

    def on_click(self, event: events.Click) -> None:
        """Choose the value the mouse points at."""
        y = event.y + self.scroll_offset.y
        if 0 <= y < len(self._rows) and self._rows[y].is_stop:
            self.cursor = y
            self.action_choose()


def _looks_same(first: Answer, second: Answer) -> bool:
    """Whether two answers have the same filters, set in the same way: words are none of them."""
    return (
        first.filters is second.filters
        and first.has_marks == second.has_marks
        and _settings(first) == _settings(second)
    )


def _settings(answer: Answer) -> list[str]:
    return [term.text for term in answer.query.terms if term.field is not None]
