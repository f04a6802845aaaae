"""The top of the screen: the query, the order, and a line of chips or of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive

from newsreader.model import InvalidQueryError
from newsreader.query import Query
from newsreader.ui.cells import Line, Run, cut, fit, line_len
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.ink import InkLine

LEAD = 4
"""Cells before the text of the query."""
PLACEHOLDER = "Search: words, topic:AI, quality>=60 …"


class QueryBar(InkLine):
    """One line: the query on the left, the order of the list on the right.

    It only shows the query. To type, a :class:`~newsreader.ui.search_box.SearchBox` is laid over
    it, which nobody pays for who does not search.
    """

    query_text: reactive[str] = reactive("", init=False)
    order: reactive[str] = reactive("", init=False)

    class Clicked(Message):
        """The reader wants to search."""

    class RoomChanged(Message):
        """There is another width for the query."""

    def watch_query_text(self) -> None:
        """Show it."""
        self.redraw()

    def watch_order(self) -> None:
        """Show it."""
        self.redraw()
        self.post_message(self.RoomChanged())

    def on_resize(self) -> None:
        """There is another width for the query."""
        self.post_message(self.RoomChanged())

    @property
    def room(self) -> int:
        """The width in cells that is left for the query."""
        return max(1, self.size.width - LEAD - cell_len(self.order) - 4)

    def line(self) -> Line:
        """The only line."""
        text, role = (self.query_text, "text") if self.query_text else (PLACEHOLDER, "whisper")
        return (
            (fit(f"  {self.glyphs.search}", LEAD), "accent"),
            (fit(text, self.room, self.glyphs.ellipsis), role),
            (f"  {self.order}  ", "whisper"),
        )

    def on_click(self) -> None:
        """Search."""
        self.post_message(self.Clicked())


class TermLine(InkLine, can_focus=True):
    """The terms of the query as chips that can be removed, or what is wrong with it.

    Takes no room when there is neither.
    """

    DEFAULT_CSS = """
    TermLine {
        display: none;
        &.-shown { display: block; }
    }
    """
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        ("left,h", "previous", "Previous"),
        ("right,l", "next", "Next"),
        ("enter,delete,backspace,x", "remove", "Remove"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    tells_words: reactive[bool] = reactive(default=False, init=False)
    """Whether to say what the query means instead, while it is typed."""
    offers_from: reactive[int | None] = reactive(None, init=False)
    """The column of the query from which on there is an offer to complete it."""

    class Removed(Message):
        """The reader removed a term, by its place in the query."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._query = Query()
        self._terms: tuple[str, ...] = ()
        self._error: InvalidQueryError | None = None
        self._scrolled = 0

    @property
    def has_terms(self) -> bool:
        """Whether there is a chip to stand on."""
        return bool(self._terms) and self._error is None

    def show(self, query: Query) -> None:
        """Show the terms of *query*."""
        self._query = query
        self._terms = tuple(term.text for term in query.terms)
        self._error = None
        self.set_reactive(TermLine.cursor, max(0, min(self.cursor, len(self._terms) - 1)))
        self._update()

    def complain(self, error: InvalidQueryError, scrolled: int) -> None:
        """Show *error* under its column of the search box, which is scrolled by *scrolled*."""
        self._error = error
        self._scrolled = scrolled
        self._update()

    def _update(self) -> None:
        self.set_class(bool(self._terms) or self._error is not None, "-shown")
        self.redraw()

    def line(self) -> Line:
        """The only line."""
        if self._error is not None:
            return self._complaint(self._error)
        if self.tells_words:
            return self._words()
        return tuple(run for _, run in self._chips())

    def _words(self) -> Line:
        from newsreader.query.in_words import in_words

        words = in_words(self._query) or "everything, the newest first"
        return ((" " * LEAD, "text"), (words, "whisper"))

    def _complaint(self, error: InvalidQueryError) -> Line:
        # What only is not finished yet is not held against the reader.
        end = len(error.query) if self.offers_from is None else self.offers_from
        is_unfinished = self.tells_words and error.column >= end
        role = "whisper" if is_unfinished else "error"
        column = LEAD + cell_len(error.query[: error.column]) - self._scrolled
        column = max(LEAD, min(column, self.size.width - 2))
        room = self.size.width - column - 3
        message = error.message
        if cell_len(message) > room and column - 2 > room:
            message = cut(message, column - 2, self.glyphs.ellipsis)
            blank = " " * (column - 1 - cell_len(message))
            return ((blank, "text"), (message, role), (" ^", role))
        return (
            (" " * column, "text"),
            ("^ ", role),
            (cut(message, max(1, room), self.glyphs.ellipsis), role),
        )

    def _chips(self) -> Iterator[tuple[int, Run]]:
        """The runs of the line, each with the number of its chip, or -1.

        What does not fit is left out on either side of the current chip.
        """
        chips = [self._chip(number) for number in range(len(self._terms))]
        sizes = [line_len(chip) + 2 for chip in chips]
        room = self.size.width - LEAD - 2
        first = 0
        if self.has_focus:
            while first < self.cursor and sum(sizes[first : self.cursor + 1]) > room:
                first += 1
        yield -1, (fit(f"   {self.glyphs.ellipsis}" if first else "", LEAD), "whisper")
        for number in range(first, len(chips)):
            if sizes[number] > room and number > first:
                yield -1, (f"+{len(chips) - number}", "whisper")
                return
            room -= sizes[number]
            yield from ((number, run) for run in chips[number])
            yield -1, ("  ", "text")

    def _chip(self, number: int) -> tuple[Run, ...]:
        is_current = self.has_focus and number == self.cursor
        shown = cut(self._terms[number], 40, self.glyphs.ellipsis)
        return (
            (self.glyphs.cursor if is_current else " ", "accent"),
            (shown, "accent" if is_current else "text"),
            (f" {self.glyphs.remove}", "whisper"),
        )

    def watch_offers_from(self) -> None:
        """What is wrong there is only unfinished."""
        self.redraw()

    def watch_tells_words(self) -> None:
        """Tell the words, or show the chips again."""
        self.redraw()

    def watch_cursor(self) -> None:
        """Draw anew."""
        self.redraw()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.redraw()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()

    def action_previous(self) -> None:
        """Previous chip."""
        self.cursor = max(0, self.cursor - 1)

    def action_next(self) -> None:
        """Next chip."""
        self.cursor = min(len(self._terms) - 1, self.cursor + 1)

    def action_remove(self) -> None:
        """Remove the chip under the cursor."""
        if self.has_terms:
            self.post_message(self.Removed(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Remove the chip the mouse points at."""
        if self._error is not None or self.tells_words:
            return
        used = 0
        for number, run in self._chips():
            used += line_len((run,))
            if event.x < used:
                if number >= 0:
                    self.post_message(self.Removed(number))
                return
