"""Reading an article closely: finding in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from newsreader.actions import STARTS_TYPING
from newsreader.ui.article_view import ArticleView
from newsreader.ui.mark_screen import MarkScreen

if TYPE_CHECKING:
    from newsreader.ui.find_bar import FindBar, FindBox


class ReaderScreen(MarkScreen):
    """What one does within the article, as far as it takes more of the screen than its pane."""

    _find_bar: FindBar | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are letters while one types."""
        bar = self._find_bar
        if action in STARTS_TYPING and bar is not None and self.focused is bar.box:
            return False
        return super().check_action(action, parameters)

    def watch_pane(self, old: str, new: str) -> None:
        """Finding ends where the article does."""
        super().watch_pane(old, new)
        if new != "article":
            self.article_pane.end_find()

    # Finding

    async def action_search(self) -> None:
        """Search; in the article, find in its text."""
        if self.focused is self.article_pane and not self.is_leaving:
            await self._open_find()
        else:
            await super().action_search()

    async def action_search_all(self) -> None:
        """Search, wherever one is."""
        await super().action_search()

    async def _open_find(self) -> None:
        if self._find_bar is None:
            from newsreader.ui.find_bar import FindBar

            self._find_bar = FindBar()
            await self.mount(self._find_bar)
        bar = self._find_bar
        bar.display = True
        bar.box.select_all()
        self.set_focus(bar.box)

    def on_find_box_typed(self, event: FindBox.Typed) -> None:
        """Light what was typed."""
        if self._find_bar is not None and self._find_bar.display:
            self.article_pane.find(event.needle)

    def on_find_box_left(self, event: FindBox.Left) -> None:
        """Go back to the text."""
        self.set_focus(self.article_pane)
        if event.needle:
            self.article_pane.find(event.needle)
        else:
            self._close_find()
            self.article_pane.end_find()

    def on_find_box_stepped(self, event: FindBox.Stepped) -> None:
        """Go on to another match."""
        self.article_pane.find_step(event.step)

    @on(ArticleView.Found)
    def _tell_found(self, event: ArticleView.Found) -> None:
        if self._find_bar is None:
            return
        self._find_bar.say(event.say)
        if event.is_over:
            self._close_find()

    def _close_find(self) -> None:
        bar = self._find_bar
        if bar is not None:
            if self.focused is bar.box:
                self.set_focus(self.article_pane)
            bar.display = False
