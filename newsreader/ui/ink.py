"""Drawing with roles instead of colours: the base of every widget that paints its own lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from newsreader.ui.cells import Line, cut_line
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.inks import Fields, Inks, role_of

if TYPE_CHECKING:
    from newsreader.query.highlight import Marker
    from newsreader.query.query import Query


class Inked(Widget):
    """A widget that draws lines by role and keeps those it drew."""

    ALLOW_SELECT = False

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.glyphs = glyphs
        self._strips: LRUCache[Any, Strip] = LRUCache(512)
        self._inks: Inks | None = None

    def forget(self) -> None:
        """Drop every line that was drawn; the next frame draws anew."""
        self._strips.clear()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        self._inks = None
        self.forget()
        super().notify_style_update()

    def drawn(self, key: Any, make: Callable[[], Line], cursor: str = "") -> Strip:
        """The line that *make* gives, as wide as the widget; made once for a *key* and width."""
        width = self.size.width
        key = (key, width, cursor)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._draw(make(), width, cursor)
        return strip

    def _draw(self, line: Line, width: int, cursor: str) -> Strip:
        if self._inks is None:
            app = self.app
            background = self.background_colors[1]
            self._inks = Inks(
                app.theme_variables,
                background,
                is_ansi=app.native_ansi_color,
                system=app.console.color_system,
            )
        style = self._inks.style
        segments: list[Segment] = []
        used = 0
        for text, role in cut_line(line, width, self.glyphs.ellipsis):
            segments.append(Segment(text, style(role, cursor)))
            used += cell_len(text)
        segments.append(Segment(" " * (width - used), style("text", cursor)))
        return Strip(segments, width)


Content: TypeAlias = tuple[Line, str]
"""A line, and the kind of cursor on it, if any."""


_MOST_LINES = 1_000
"""Lines that are kept as they were made."""


def _nothing() -> Line:
    return ()


class InkLine(Inked):
    """A bar of one line."""

    DEFAULT_CSS = """
    InkLine { height: 1; background: $panel; }
    """

    def line(self) -> Line:
        """What stands on it."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew, for something has changed."""
        self.forget()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, and nothing below it."""
        return self.drawn(y, _nothing if y else self.line)


class InkView(Inked, ScrollView, can_focus=True):
    """A scrolling pane of lines drawn by role, which costs what it shows and no more.

    A subclass says how many lines there are by :meth:`resize_lines`, and what each is by
    :meth:`line`; it may mark some as the cursor by :meth:`is_cursor`. With a :attr:`marker`,
    what that finds is marked in those runs that show fields, by :attr:`SHOWS` or
    :meth:`fields_of`.
    """

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

    SHOWS: ClassVar[Mapping[str, Fields]] = {"title": ("title",)}
    """The fields that runs of a role show. What is not here is no content."""

    _marker: Marker | None = None

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._contents: dict[int, Content] = {}
        self._drawn: dict[int, Content] = {}
        """What was drawn last on each row of the screen."""

    def line(self, y: int) -> Line:
        """What stands on line *y*, counted from the top of the whole text."""
        raise NotImplementedError

    def fields_of(self, line: Line) -> Sequence[Fields]:
        """For each run of *line* the fields that it shows."""
        shows = self.SHOWS
        return [shows.get(role_of(role), ()) for _, role in line]

    @property
    def marker(self) -> Marker | None:
        """What marks the matches in the lines shown; None for no marks."""
        return self._marker

    def mark(self, query: Query) -> None:
        """Mark what *query* looks for, if it looks for words or patterns, and nothing else.

        It shows with the next :meth:`redraw`.
        """
        if query.root is None:
            self._marker = None
            return
        # Imported here: the start needs no marks.
        from newsreader.query.highlight import marker_of

        self._marker = marker_of(query)

    def _shown_line(self, y: int) -> Line:
        line, marker = self.line(y), self._marker
        if marker is None or not line:
            return line
        from newsreader.ui.highlights import mark

        if not marker.may_span_lines:
            return mark(line, marker, self.fields_of)
        glyphs = self.glyphs
        return mark(
            line,
            marker,
            self.fields_of,
            before=self.line(y - 1) if y else (),
            after=self.line(y + 1) if y + 1 < self.virtual_size.height else (),
            furniture=f" {glyphs.cursor}{glyphs.quote}",
        )

    def is_cursor(self, y: int) -> bool:
        """Whether line *y* belongs to the cursor."""
        return False

    def resize_lines(self, count: int) -> None:
        """Say that there are *count* lines now, which may be others."""
        size = Size(self.scrollable_content_region.width, count)
        if size != self.virtual_size:
            # By itself Textual would draw the whole pane anew for it.
            self.set_reactive(ScrollView.virtual_size, size)
            self._scroll_update(size)
            self.refresh(repaint=False, layout=True)
        self.redraw()

    def redraw(self) -> None:
        """Draw those lines anew that have changed."""
        self._contents.clear()
        top, width, drawn = self.scroll_offset.y, self.size.width, self._drawn
        rows = range(self.size.height)
        changed = [y for y in rows if drawn.get(y) != self._content(top + y)]
        if len(changed) == len(rows):
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def forget(self) -> None:
        """Drop every line that was drawn or made."""
        super().forget()
        self._contents.clear()
        self._drawn.clear()

    def refresh_lines_at(self, top: int, count: int) -> None:
        """Draw *count* lines anew from line *top* of the whole text on."""
        self.refresh(Region(0, top - self.scroll_offset.y, self.size.width, count))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        content = self._drawn[y] = self._content(y + self.scroll_offset.y)
        line, cursor = content
        return self.drawn(line, lambda: line, cursor)

    def _content(self, y: int) -> Content:
        """What stands on line *y* of the whole text, and what cursor is on it."""
        if not 0 <= y < self.virtual_size.height:
            return (), ""
        cursor = ""
        if self.is_cursor(y):
            cursor = "cursor" if self.has_focus else "without focus"
        content = self._contents.get(y)
        if content is None or content[1] != cursor:
            if len(self._contents) > _MOST_LINES:
                self._contents.clear()
            content = self._contents[y] = (self._shown_line(y), cursor)
        return content

    def reveal(self, top: int, height: int = 1) -> None:
        """Scroll as little as shows *height* lines from line *top* on."""
        self.scroll_to_region(
            Region(0, top, 1, height), animate=False, force=True, immediate=True, x_axis=False
        )
