"""The top of the screen: the search box, the order, and a line of chips or of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from newsreader.actions import Scope
from newsreader.model import InvalidQueryError
from newsreader.query import Query
from newsreader.ui.bindings import bindings_of
from newsreader.ui.cells import Line, Run, cut, line_len
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.ink import InkView

_LEAD = 4
"""Cells before the text of the search box."""


class SearchBox(Input):
    """The query as text."""

    DEFAULT_CSS = """
    SearchBox, SearchBox:focus {
        border: none; height: 1; padding: 0; background: transparent; width: 1fr;
        &.-textual-compact { border: none; }
    }
    """
    BINDINGS = bindings_of(Scope.SEARCH)

    class Left(Message):
        """The reader is done with the box."""

    def action_keep(self) -> None:
        """Keep the query and go on."""
        self.post_message(self.Left())

    def action_drop(self) -> None:
        """Leave the box as it stands."""
        self.post_message(self.Left())


class QueryBar(Horizontal):
    """One line: the search box on the left, the order of the list on the right."""

    DEFAULT_CSS = """
    QueryBar {
        height: 1; background: $panel; padding: 0 1 0 1;
        & #lead { width: 3; color: $primary; text-style: bold; }
        & #order { width: auto; color: $foreground 60%; padding-left: 2; }
        &:ansi #order { text-style: dim; }
    }
    """

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._glyphs = glyphs

    def compose(self) -> ComposeResult:
        """The lead, the box and the order."""
        yield Static(Content(f" {self._glyphs.search} "), id="lead")
        yield SearchBox(placeholder="Search: words, topic:AI, quality>=60 …", id="search")
        yield Static(Content(""), id="order")

    @property
    def box(self) -> SearchBox:
        """The search box."""
        return self.query_one(SearchBox)

    def write(self, query: str) -> None:
        """Put *query* into the box without its being told as typed."""
        box = self.box
        if box.value != query:
            with box.prevent(Input.Changed):
                box.value = query
                box.cursor_position = len(query)

    def show_order(self, order: str) -> None:
        """Say how the list is sorted."""
        self.query_one("#order", Static).update(Content(order))


class TermLine(InkView):
    """The terms of the query as chips that can be removed, or what is wrong with it.

    Takes no room when there is neither.
    """

    DEFAULT_CSS = """
    TermLine {
        height: 1; background: $panel; display: none; overflow-y: hidden;
        &.-shown { display: block; }
    }
    """
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        ("left,h", "previous", "Previous"),
        ("right,l", "next", "Next"),
        ("enter,delete,backspace,x", "remove", "Remove"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Removed(Message):
        """The reader removed a term, by its place in the query."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._terms: tuple[str, ...] = ()
        self._error: InvalidQueryError | None = None
        self._scrolled = 0

    @property
    def has_terms(self) -> bool:
        """Whether there is a chip to stand on."""
        return bool(self._terms) and self._error is None

    def show(self, query: Query) -> None:
        """Show the terms of *query*."""
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
        self.resize_lines(1)

    def line(self, y: int) -> Line:
        """The only line."""
        if self._error is not None:
            return self._complaint(self._error)
        return tuple(run for _, run in self._chips())

    def line_key(self, y: int) -> Any:
        """What the line depends on."""
        return (self.cursor, self.has_focus)

    def _complaint(self, error: InvalidQueryError) -> Line:
        column = _LEAD + cell_len(error.query[: error.column]) - self._scrolled
        column = max(_LEAD, min(column, self.size.width - 2))
        room = self.size.width - column - 3
        message = error.message
        if cell_len(message) > room and column - 2 > room:
            message = cut(message, column - 2, self.glyphs.ellipsis)
            blank = " " * (column - 1 - cell_len(message))
            return ((blank, "text"), (message, "error"), (" ^", "error"))
        return (
            (" " * column, "text"),
            ("^ ", "error"),
            (cut(message, max(1, room), self.glyphs.ellipsis), "error"),
        )

    def _chips(self) -> Iterator[tuple[int, Run]]:
        """The runs of the line, each with the number of its chip, or -1."""
        yield -1, (" " * _LEAD, "text")
        for number, term in enumerate(self._terms):
            is_current = self.has_focus and number == self.cursor
            shown = cut(term, 40, self.glyphs.ellipsis)
            lead = self.glyphs.cursor if is_current else " "
            yield number, (lead, "accent")
            yield number, (shown, "accent" if is_current else "text")
            yield number, (f" {self.glyphs.remove}", "whisper")
            yield -1, ("  ", "text")

    def watch_cursor(self) -> None:
        """Draw anew."""
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

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
        if self._error is not None:
            return
        used = 0
        for number, run in self._chips():
            used += line_len((run,))
            if event.x < used:
                if number >= 0:
                    self.post_message(self.Removed(number))
                return
