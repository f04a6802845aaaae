"""A pane of ready-made lines, with or without a cursor: for help, problems and choices."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.reactive import reactive

from newsreader.ui.cells import Line
from newsreader.ui.ink import InkView

Item = Sequence[Line]
"""The lines that belong together: the cursor is on all of them or on none."""


class LinesView(InkView):
    """Shows items of one line or more; with *has_cursor* one of them is the current one."""

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
    """The number of the current item, from 0."""

    class Chosen(Message):
        """The reader chose an item, by its number from 0."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(
        self,
        items: Sequence[Item] = (),
        *,
        has_cursor: bool = False,
        cursor: int = 0,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._has_cursor = has_cursor
        self._take(items)
        self.set_reactive(LinesView.cursor, cursor)

    def _take(self, items: Sequence[Item]) -> None:
        self._lines = [line for item in items for line in item]
        self._owners = [number for number, item in enumerate(items) for _ in item]
        self._count = len(items)

    def on_mount(self) -> None:
        """Say how many lines there are."""
        self.resize_lines(len(self._lines))
        if self._has_cursor:
            self.call_after_refresh(self._reveal)

    def on_resize(self) -> None:
        """Draw at the new width."""
        self.resize_lines(len(self._lines))

    def show(self, items: Sequence[Item]) -> None:
        """Show other items; the cursor stays on its number as far as there are so many."""
        self._take(items)
        self.set_reactive(LinesView.cursor, max(0, min(self.cursor, self._count - 1)))
        self.resize_lines(len(self._lines))
        if self._has_cursor:
            self.call_after_refresh(self._reveal)
        else:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def line(self, y: int) -> Line:
        """One of the lines."""
        return self._lines[y] if y < len(self._lines) else ()

    def is_cursor(self, y: int) -> bool:
        """Whether *y* belongs to the current item."""
        return self._has_cursor and y < len(self._owners) and self._owners[y] == self.cursor

    def watch_cursor(self) -> None:
        """Draw anew and follow."""
        self.refresh()
        self._reveal()

    def _reveal(self) -> None:
        if self.cursor in self._owners:
            top = self._owners.index(self.cursor)
            self.reveal(top, min(self._owners.count(self.cursor), max(1, self.size.height)))

    def action_step(self, step: int) -> None:
        """Move the cursor, or scroll."""
        if self._has_cursor:
            self.cursor = max(0, min(self.cursor + step, self._count - 1))
        else:
            y = self.scroll_offset.y + step
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def action_page(self, pages: int) -> None:
        """Move by a page."""
        self.action_step(pages * max(1, self.size.height - 1))

    def action_choose(self) -> None:
        """Choose the current item."""
        if self._has_cursor and self._count:
            self.post_message(self.Chosen(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Choose the item the mouse points at."""
        y = event.y + self.scroll_offset.y
        if self._has_cursor and 0 <= y < len(self._owners):
            self.cursor = self._owners[y]
            self.action_choose()
