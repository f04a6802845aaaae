"""A pane that shows a page of any length, and lays out the rest of it when nothing else happens."""

from __future__ import annotations

from time import monotonic

from textual.message import Message
from textual.timer import Timer

from newsreader.ui.cells import Line
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.ink import InkView
from newsreader.ui.page_flow import Page

_SLICE = 0.004
_REST = 0.012
"""Seconds of laying out when nothing else happens, and of leaving it to others in between."""
_PATIENCE = 0.012
"""Seconds that a key may take to lay out what it brings into sight."""
_SETTLING = 0.25
"""Seconds until what was found out meanwhile is put in its place."""


class PageView(InkView):
    """Shows a :class:`Page`. What one reads stays where it is while the rest is laid out."""

    class Scrolled(Message):
        """Another part of the page is in sight, or of another page."""

        def can_replace(self, message: Message) -> bool:
            """Several of them say no more than one."""
            return isinstance(message, PageView.Scrolled)

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._page = Page()
        self._work: Timer | None = None
        self._settled_at = 0.0
        self._is_settling = False
        self._wants_end = False

    def line(self, y: int) -> Line:
        """One line of the page."""
        return self._page.line(y)

    @property
    def share(self) -> float | None:
        """How much of the page was in sight by now, up to 1; None when all of it is."""
        height = self.virtual_size.height
        if not self.size or height <= self.size.height:
            return None
        return min(1.0, (self.scroll_offset.y + self.size.height) / height)

    def set_page(self, page: Page, *, keep_place: bool) -> None:
        """Show *page*, and give up what was done for another. ``keep_place`` says it is the same
        story as before, set anew.
        """
        if self._work is not None:
            self._work.stop()
            self._work = None
        top = 0
        if keep_place:
            old, top = self._page, self.scroll_offset.y
            if len(old.parts) > 1:
                top = page.line_at(old.place(old.reach(top, 0)))
        else:
            self._wants_end = False
        self._page = page
        self.post_message(self.Scrolled())
        y = page.reach(top, self.size.height)
        self.resize_lines(page.height)
        if len(page.parts) > 1 and y != self.scroll_offset.y:
            self._is_settling = True
            self._jump(y)
            self._is_settling = False
        if not page.is_exact:
            self._work = self.set_interval(_REST + _SLICE, self._go_on)

    def _go_on(self) -> None:
        """Lay out some more while nothing else happens."""
        page = self._page
        if not self.size:
            return
        if page.is_short:
            self._settle(_SLICE)
            return
        page.work(_SLICE)
        if page.has_news and (page.is_known or monotonic() - self._settled_at > _SETTLING):
            self._settle(_SLICE)
        if page.is_exact and self._work is not None:
            self._work.stop()
            self._work = None

    def _settle(self, seconds: float = _PATIENCE) -> None:
        """Lay out what is in sight; what is known of it stays where it is on the screen."""
        page = self._page
        if self._is_settling or not self.size or page.is_exact:
            return
        self._is_settling = True
        self._settled_at = monotonic()
        before, made = self.scroll_offset.y, page.lines_made
        y = page.reach(before, self.size.height, seconds)
        if self._wants_end:
            y = page.reach(page.height, self.size.height, seconds)
            self._wants_end = not page.is_exact
        if page.height != self.virtual_size.height or page.lines_made != made:
            self.resize_lines(page.height)
        if y != before:
            self._jump(y)
        self._is_settling = False

    def _jump(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def _go(self, y: int) -> None:
        self._jump(y)
        self._settle()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Lay out what comes into sight."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < old_value and not self._is_settling:
            self._wants_end = False
        if round(old_value) != round(new_value):
            self._settle()
            self.post_message(self.Scrolled())

    def _go_to_end(self) -> None:
        self._wants_end = not self._page.is_exact
        self._go(self.virtual_size.height)
