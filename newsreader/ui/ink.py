"""Drawing with roles instead of colours: the base of every widget that paints its own lines."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.ui.cells import Line, cut_line
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.inks import Inks


class InkView(ScrollView, can_focus=True):
    """A scrolling pane of lines drawn by role, which costs what it shows and no more.

    A subclass says how many lines there are by :meth:`resize_lines`, and what each is by
    :meth:`line`; it may mark some as the cursor by :meth:`is_cursor`.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    InkView {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-color-hover: $foreground 40%;
        scrollbar-color-active: $primary;
        scrollbar-background: transparent;
        scrollbar-background-hover: transparent;
        scrollbar-background-active: transparent;
    }
    """

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.glyphs = glyphs
        self._strips: LRUCache[Any, Strip] = LRUCache(512)
        self._inks: Inks | None = None

    def line(self, y: int) -> Line:
        """What stands on line *y*, counted from the top of the whole text."""
        raise NotImplementedError

    def line_key(self, y: int) -> Any:
        """All that line *y* depends on, but for width, cursor and focus."""
        return y

    def is_cursor(self, y: int) -> bool:
        """Whether line *y* belongs to the cursor."""
        return False

    def resize_lines(self, count: int) -> None:
        """Say that there are *count* lines now, and forget what was drawn."""
        self.forget()
        self.virtual_size = Size(self.scrollable_content_region.width, count)
        self.refresh()

    def forget(self) -> None:
        """Drop every line that was drawn; the next frame draws anew."""
        self._strips.clear()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        self._inks = None
        self.forget()
        super().notify_style_update()

    def refresh_lines_at(self, top: int, count: int) -> None:
        """Draw *count* lines anew from line *top* of the whole text on."""
        self.refresh(Region(0, top - self.scroll_offset.y, self.size.width, count))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        y += self.scroll_offset.y
        width = self.size.width
        if not 0 <= y < self.virtual_size.height:
            return Strip.blank(width, self.rich_style)
        cursor = ""
        if self.is_cursor(y):
            cursor = "cursor" if self.has_focus else "without focus"
        key = (self.line_key(y), width, cursor)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._draw(self.line(y), width, cursor)
        return strip

    def _draw(self, line: Line, width: int, cursor: str) -> Strip:
        if self._inks is None:
            app = self.app
            background = self.background_colors[1]
            is_ansi = app.native_ansi_color
            self._inks = Inks(app.theme_variables, background, is_ansi=is_ansi)
        style = self._inks.style
        segments: list[Segment] = []
        used = 0
        for text, role in cut_line(line, width, self.glyphs.ellipsis):
            segments.append(Segment(text, style(role, cursor)))
            used += cell_len(text)
        segments.append(Segment(" " * (width - used), style("text", cursor)))
        return Strip(segments, width)

    def reveal(self, top: int, height: int = 1) -> None:
        """Scroll as little as shows *height* lines from line *top* on."""
        self.scroll_to_region(
            Region(0, top, 1, height), animate=False, force=True, immediate=True, x_axis=False
        )
