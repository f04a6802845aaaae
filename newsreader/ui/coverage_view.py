"""The pieces of a coverage as a list: lays out the lines it shows and no others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from textual import events
from textual.message import Message
from textual.reactive import reactive

from newsreader.model import Piece
from newsreader.model.marks import Marks
from newsreader.ui.cells import Line
from newsreader.ui.coverage_lines import Entry, Look, entry_lines, height_of
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.ink import InkView


class CoverageView(InkView, can_focus=True, inherit_bindings=False):
    """Shows entries, one of which is the current one."""

    DEFAULT_CSS = """
    CoverageView { background: $surface; height: 1fr; }
    """

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The number of the current entry, from 0."""

    class Moved(Message):
        """The cursor stands on another piece."""

    class Chosen(Message):
        """The reader wants to read the current piece."""

    def __init__(
        self,
        marks_of: Callable[[str], Marks],
        *,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(glyphs=glyphs, id=id)
        self._marks_of = marks_of
        self._entries: Sequence[Entry] = ()
        self._tops: Sequence[int] = (0,)

    @property
    def look(self) -> Look:
        """What the entries are laid out for."""
        return Look(self.size.width, self.glyphs, self._marks_of)

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entries[self.cursor] if self.cursor < len(self._entries) else None

    def show(self, entries: Sequence[Entry], piece: Piece | None) -> None:
        """Show *entries*, with the cursor on *piece* if it is among them."""
        self._entries = entries
        places = (number for number, each in enumerate(entries) if each.piece is piece)
        self.set_reactive(CoverageView.cursor, next(places, 0))
        self._relayout()

    def _relayout(self) -> None:
        heights = (height_of(entry, self.look) for entry in self._entries)
        self._tops = list(accumulate(heights, initial=0))
        self.resize_lines(self._tops[-1])
        self.call_after_refresh(self._reveal)

    def on_resize(self) -> None:
        """Set the entries anew."""
        self._relayout()

    def _entry_at(self, y: int) -> int:
        return bisect_right(self._tops, y) - 1

    def line(self, y: int) -> Line:
        """One line of an entry; the margin of the current one has the cursor."""
        number = self._entry_at(y)
        line = entry_lines(self._entries[number], self.look)[y - self._tops[number]]
        if line and number == self.cursor:
            (margin, role), *rest = line
            return ((self.glyphs.cursor, "accent"), (margin[1:], role), *rest)
        return line

    def is_cursor(self, y: int) -> bool:
        """Whether *y* belongs to the current entry."""
        return self._entry_at(y) == self.cursor

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an entry."""
        return max(0, min(cursor, len(self._entries) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw both entries anew and follow."""
        for number in (old, new):
            if number < len(self._entries):
                self.refresh_lines_at(
                    self._tops[number], self._tops[number + 1] - self._tops[number]
                )
        self._reveal()
        self.post_message(self.Moved())

    def _reveal(self) -> None:
        if self.cursor < len(self._entries):
            top, bottom = self._tops[self.cursor : self.cursor + 2]
            self.reveal(top, min(bottom - top, max(1, self.size.height)))

    def page(self, pages: int) -> None:
        """Move by as many pieces as there are on a page."""
        y = self._tops[self.cursor] + pages * max(1, self.size.height - 1)
        self.cursor = self._entry_at(max(0, y))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a double click reads."""
        y = event.y + self.scroll_offset.y
        if 0 <= y < self._tops[-1]:
            self.cursor = self._entry_at(y)
            if event.chain >= 2:
                self.post_message(self.Chosen())
