"""A pane of ready-made lines, with or without a cursor: for help, problems and choices."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.reactive import reactive

from newsreader.ui.cells import Line
from newsreader.ui.ink import InkView


class LinesView(InkView):
    """Shows lines; with ``has_cursor`` one of them is the current one."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        ("j,down", "step(1)", "Down"),
        ("k,up", "step(-1)", "Up"),
        ("g,home", "step(-1000000)", "First"),
        ("G,end", "step(1000000)", "Last"),
        ("pagedown,ctrl+d,space", "page(1)", "Page down"),
        ("pageup,ctrl+u", "page(-1)", "Page up"),
        ("enter", "choose", "Choose"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Chosen(Message):
        """The reader chose a line, by its number from 0."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(
        self,
        lines: Sequence[Line] = (),
        *,
        has_cursor: bool = False,
        cursor: int = 0,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._lines = tuple(lines)
        self._has_cursor = has_cursor
        self.set_reactive(LinesView.cursor, cursor)

    def on_mount(self) -> None:
        """Say how many lines there are."""
        self.resize_lines(len(self._lines))
        if self._has_cursor:
            self.call_after_refresh(self.reveal, self.cursor)

    def on_resize(self) -> None:
        """Draw at the new width."""
        self.resize_lines(len(self._lines))

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines, from the first."""
        self._lines = tuple(lines)
        self.set_reactive(LinesView.cursor, 0)
        self.resize_lines(len(self._lines))
        self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def line(self, y: int) -> Line:
        """One of the lines."""
        return self._lines[y] if y < len(self._lines) else ()

    def is_cursor(self, y: int) -> bool:
        """Whether *y* is the current line."""
        return self._has_cursor and y == self.cursor

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw both lines anew and follow."""
        self.refresh_lines_at(old, 1)
        self.refresh_lines_at(new, 1)
        self.reveal(new)

    def action_step(self, step: int) -> None:
        """Move the cursor, or scroll."""
        if self._has_cursor:
            self.cursor = max(0, min(self.cursor + step, len(self._lines) - 1))
        else:
            y = self.scroll_offset.y + step
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def action_page(self, pages: int) -> None:
        """Move by a page."""
        self.action_step(pages * max(1, self.size.height - 1))

    def action_choose(self) -> None:
        """Choose the current line."""
        if self._has_cursor:
            self.post_message(self.Chosen(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Choose the line the mouse points at."""
        y = event.y + self.scroll_offset.y
        if self._has_cursor and 0 <= y < len(self._lines):
            self.cursor = y
            self.action_choose()
