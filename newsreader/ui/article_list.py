"""The list pane: a virtual list that draws the lines it shows and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import events
from textual.message import Message
from textual.reactive import reactive

from newsreader.actions import Scope
from newsreader.model import Article
from newsreader.store.store import EMPTY_VIEW, View
from newsreader.ui.bindings import bindings_of
from newsreader.ui.cells import Line, wrap
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.ink import InkView
from newsreader.ui.list_rows import Measures, compact_measures, compact_row, roomy_row

NARROW = 80
"""Screens below this width have no blank line between two roomy rows."""


class ArticleList(InkView):
    """The articles of a view. The selection is an id; the cursor's row follows from it."""

    DEFAULT_CSS = """
    ArticleList { background: $background; }
    """
    BINDINGS = bindings_of(Scope.LIST)

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    density: reactive[str] = reactive("roomy", repaint=False, init=False)

    class Moved(Message):
        """The cursor stands on another article, or on none."""

        def __init__(self, article: Article | None) -> None:
            super().__init__()
            self.article = article

        def can_replace(self, message: Message) -> bool:
            """Only the last of several moves matters."""
            return isinstance(message, ArticleList.Moved)

    class Chosen(Message):
        """The reader wants to read the article under the cursor."""

    class LeftBehind(Message):
        """The reader moves to the pane on the left."""

    class Paging(Message):
        """The reader pages the article without leaving the list."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        glyphs: Glyphs = UNICODE,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(glyphs=glyphs, id=id)
        self._clock = clock
        self._now = clock()
        self._view: View = EMPTY_VIEW
        self._note: tuple[Line, ...] = ()
        self._note_lines: list[Line] = []
        self._measures: Measures | None = None
        self._anchor: str | None = None

    @property
    def view(self) -> View:
        """The articles listed."""
        return self._view

    @property
    def current(self) -> Article | None:
        """The article under the cursor."""
        return self._view.article(self.cursor) if len(self._view) else None

    @property
    def row_height(self) -> int:
        """Lines an article takes."""
        if self.density == "compact":
            return 1
        return 2 if self.app.size.width < NARROW else 3

    def show(
        self, view: View, note: tuple[Line, ...] = (), *, is_same_question: bool = True
    ) -> None:
        """Show *view*, with *note* below its last article.

        The cursor stays on the article the reader went to last, at its distance from the top of
        the pane, and comes back to it when it was out of the view for a while. Meanwhile it
        stands where that article stood, or on the first of the answer to another question.
        """
        offset = self.cursor * self.row_height - self.scroll_offset.y
        self._view, self._note = view, note
        self._now = self._clock()
        position = None if self._anchor is None else view.position(self._anchor)
        is_kept = position is not None
        if position is None:
            stay = is_same_question and self._anchor is not None
            position = max(0, min(self.cursor, len(view) - 1)) if stay else 0
        self.set_reactive(ArticleList.cursor, position)
        self._relayout()
        if is_kept:
            self.call_after_refresh(self._restore, max(0, position * self.row_height - offset))
        else:
            self.call_after_refresh(self._reveal)
        self.post_message(self.Moved(self.current))

    def _restore(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self._reveal()

    def _relayout(self) -> None:
        width = self.size.width
        self._measures = compact_measures(width) if self.density == "compact" else None
        self._note_lines = [()] if self._note and len(self._view) else []
        for paragraph in self._note:
            if paragraph:
                wrapped = wrap(paragraph, max(10, width - 6))
                self._note_lines.extend((("   ", "text"), *line) for line in wrapped)
            else:
                self._note_lines.append(())
        self.resize_lines(len(self._view) * self.row_height + len(self._note_lines))

    def on_resize(self) -> None:
        """Set the rows anew and keep the cursor in sight."""
        self._relayout()
        self.call_after_refresh(self._reveal)

    def watch_density(self) -> None:
        """Set the rows anew and keep the cursor in sight."""
        self._relayout()
        self.call_after_refresh(self._reveal)

    def is_cursor(self, y: int) -> bool:
        """The lines of the cursor's article, without the blank one."""
        row, part = divmod(y, self.row_height)
        return row == self.cursor and part < 2 and row < len(self._view)

    def line(self, y: int) -> Line:
        """One line of an article, or of the note after the last one."""
        row, part = divmod(y, self.row_height)
        if row >= len(self._view):
            beyond = y - len(self._view) * self.row_height
            return self._note_lines[beyond] if beyond < len(self._note_lines) else ()
        if part > 1:
            return ()
        article = self._view.article(row)
        if self._measures is not None:
            line = compact_row(article, self._measures, self._now, self.glyphs)
        else:
            line = roomy_row(article, self.size.width, self._now, self.glyphs)[part]
        if row == self.cursor:
            blank, role = line[0]
            line = ((self.glyphs.cursor, "accent"), (blank[1:], role), *line[1:])
        return line

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an article."""
        return max(0, min(cursor, len(self._view) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows anew and follow. Only a reader's own move comes here."""
        self._anchor = self.current.id if self.current else None
        height = self.row_height
        self.refresh_lines_at(old * height, height)
        self.refresh_lines_at(new * height, height)
        self._reveal()
        self.post_message(self.Moved(self.current))

    def _reveal(self) -> None:
        height = self.row_height
        extra = len(self._note_lines) if self.cursor == len(self._view) - 1 else 0
        shown = min(height + extra, max(1, self.size.height))
        self.reveal(self.cursor * height, shown)

    @property
    def _page(self) -> int:
        return max(1, self.size.height // self.row_height - 1)

    def action_down(self) -> None:
        """Next article."""
        self.cursor += 1

    def action_up(self) -> None:
        """Previous article."""
        self.cursor -= 1

    def action_top(self) -> None:
        """First article."""
        self.cursor = 0

    def action_bottom(self) -> None:
        """Last article."""
        self.cursor = len(self._view) - 1

    def action_page_down(self) -> None:
        """A page of articles down."""
        self.cursor += self._page

    def action_page_up(self) -> None:
        """A page of articles up."""
        self.cursor -= self._page

    def action_half_down(self) -> None:
        """Half a page of articles down."""
        self.cursor += max(1, self._page // 2)

    def action_half_up(self) -> None:
        """Half a page of articles up."""
        self.cursor -= max(1, self._page // 2)

    def action_read(self) -> None:
        """Go and read."""
        if self.current is not None:
            self._anchor = self.current.id
            self.post_message(self.Chosen())

    def action_left(self) -> None:
        """Go left."""
        self.post_message(self.LeftBehind())

    def action_page_article(self) -> None:
        """Page the article from here."""
        self.post_message(self.Paging())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a double click reads."""
        row = (event.y + self.scroll_offset.y) // self.row_height
        if 0 <= row < len(self._view):
            self.cursor = row
            if event.chain >= 2:
                self.action_read()
