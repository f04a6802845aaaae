"""A page in which one finds text: all matches are lit, and keys lead from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from newsreader.ui.cells import Line
from newsreader.ui.inks import HERE
from newsreader.ui.page_flow import Page
from newsreader.ui.page_view import PageView

if TYPE_CHECKING:
    from newsreader.ui.page_find import Finder

_SLICE = 0.004
_REST = 0.012
"""Seconds of looking, and of leaving the time to others in between."""
_OF_FINDING = frozenset(("find_next", "find_previous", "end_find"))


def _here(_: str) -> str:
    return HERE


class FindView(PageView):
    """Shows a page, and what is looked for in it."""

    _finder: Finder | None = None
    _looking: Timer | None = None
    _is_shown = False
    """Whether the current match was brought into sight."""

    class Found(Message):
        """Something else was found: what to say of it; ``is_over`` when nothing is looked for."""

        def __init__(self, say: str, *, is_over: bool = False) -> None:
            super().__init__()
            self.say = say
            self.is_over = is_over

    @property
    def is_finding(self) -> bool:
        """Whether something is looked for."""
        return self._finder is not None

    def find(self, needle: str) -> None:
        """Look for *needle* from where one was when one began."""
        if self._finder is not None and self._finder.needle == needle:
            return
        if self._finder is None:
            # Imported here, as below: the start finds nothing.
            from newsreader.ui.page_find import Finder

            self._finder = Finder(self._page, needle, self.scroll_offset.y)
        else:
            self._finder.look_for(needle)
        self._look_on()

    def end_find(self) -> None:
        """Look for nothing any more."""
        if self._finder is not None:
            self._finder = None
            self._stop_looking()
            self.post_message(self.Found("", is_over=True))
            self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of matches have other meanings when nothing is looked for."""
        if action in _OF_FINDING and not self.is_finding:
            return False
        return super().check_action(action, parameters)

    def action_end_find(self) -> None:
        """Look for nothing any more."""
        self.end_find()

    def action_find_next(self) -> None:
        """The next match."""
        self.find_step(1)

    def action_find_previous(self) -> None:
        """The match before."""
        self.find_step(-1)

    def find_step(self, step: int) -> None:
        """Go to the next match, or to the one before."""
        if self._finder is not None:
            self._finder.step(step)
            self._is_shown = False
            self._show_match()

    def set_page(self, page: Page, *, keep_place: bool) -> None:
        """Show *page*; in one that is the same story set anew, look for the same."""
        finder, self._finder = self._finder, None
        super().set_page(page, keep_place=keep_place)
        if finder is None:
            return
        self._finder = finder
        if not keep_place:
            self.end_find()
            return
        from newsreader.ui.page_find import Finder

        self._finder = Finder(page, finder.needle, self.scroll_offset.y)
        self._finder.go_on_as(finder)
        self._look_on(shows=False)

    def _look_on(self, *, shows: bool = True) -> None:
        self._is_shown = not shows
        self._stop_looking()
        self._look()
        if self._finder is not None and not self._finder.is_over:
            self._looking = self.set_interval(_REST + _SLICE, self._look)

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.stop()
            self._looking = None

    def _look(self) -> None:
        finder = self._finder
        if finder is None:
            return
        finder.work(_SLICE)
        if finder.is_over:
            self._stop_looking()
        self._show_match()

    def _show_match(self) -> None:
        finder = self._finder
        if finder is None:
            return
        if finder.current is not None and not self._is_shown:
            self._is_shown = True
            self._go_to_line(finder.place(finder.current))
            # What is around it is laid out now, and may be longer than it was taken to be.
            self.reveal(finder.place(finder.current))
        self.post_message(self.Found(_told(finder)))
        self.redraw()

    def _go_to_line(self, y: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self._page.height != self.virtual_size.height:
            self.resize_lines(self._page.height)
        if not top <= y < top + height:
            self._go(y - height // 3)

    def _shown_line(self, y: int) -> Line:
        finder = self._finder
        if finder is None or not finder.needle:
            return super()._shown_line(y)
        line = self.line(y)
        spans, here = finder.on_line(y)
        if not spans:
            return line
        from newsreader.ui.highlights import split

        return tuple(split(split(line, spans), here, _here))


def _told(finder: Finder) -> str:
    total = finder.total
    if not finder.needle.strip():
        return ""
    if finder.is_over:
        return f"{finder.number:,} of {total:,}" if total else "not found"
    return f"{finder.number:,} of {total:,} so far" if total else "looking"
