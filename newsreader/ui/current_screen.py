"""The article under the cursor: read beside the screen, and shown as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer

from newsreader.model import Article
from newsreader.ui.article_list import ArticleList
from newsreader.ui.reader_screen import ReaderScreen

if TYPE_CHECKING:
    from newsreader.library.fetching import Fetcher
    from newsreader.store.store import View

_LONG_BODY = 20_000
"""Characters of a body that is only laid out when the reader rests on its article."""
_REST = 0.035
"""Seconds: a little longer than a key that is held down takes to come again."""
_PATIENCE = 0.1
"""Seconds that the page before may stand until what is known of the next article is shown."""


class CurrentScreen(ReaderScreen):
    """Shows the article under the cursor, and reads those that a key may go to beforehand."""

    current: reactive[str | None] = reactive(None, repaint=False, init=False)

    _fetcher: Fetcher | None = None
    _showing: Timer | None = None
    _stand_in: Callable[[], Article] | None = None
    """What is known of the current article while it is being read."""

    class Fetched(Message):
        """An article was read."""

        def __init__(self, article: Article) -> None:
            super().__init__()
            self.article = article

    @on(ArticleList.Moved)
    def _moved(self, event: ArticleList.Moved) -> None:
        view, position = event.view, event.position
        article_id = None if position is None else view.id(position)
        shown = self.article_pane.piece
        if isinstance(shown, Article) and shown.id != article_id:
            self.note_place()
        self.current = article_id
        self._wait_for_nothing()
        if position is None:
            self.article_pane.show(None)
        elif shown is None:
            # The list comes first: the frame it is in does not wait for the article.
            self.call_after_refresh(self._show_at, view, position)
        else:
            self._show_at(view, position)

    def _show_at(self, view: View, position: int) -> None:
        if view.id(position) != self.current:
            return
        article = self.library.at_hand(view, position)
        following = self.list_pane.near_positions if view is self.list_pane.view else ()
        if article is not None:
            self._show_article(article)
            self._fetching.want(view, None, following)
            return
        self._fetching.want(view, position, following)
        columns, row = view.snapshot.columns, view.rows[position]
        self._stand_in = lambda: columns.known(row)
        self._showing = self.set_timer(_PATIENCE, self._show_stand_in)

    @property
    def _fetching(self) -> Fetcher:
        if self._fetcher is None:
            from newsreader.library.fetching import Fetcher

            self._fetcher = Fetcher(self._tell_fetched, self.library.report).start()
        return self._fetcher

    def _tell_fetched(self, article: Article) -> None:
        self.post_message(self.Fetched(article))

    def on_current_screen_fetched(self, event: Fetched) -> None:
        """Show the article, unless the reader has gone on."""
        if event.article.id == self.current and self._stand_in is not None:
            self._wait_for_nothing()
            self._show_article(event.article)

    def _show_article(self, article: Article) -> None:
        if len(article.body) > _LONG_BODY:
            self._showing = self.set_timer(_REST, lambda: self.article_pane.show(article))
        else:
            self.article_pane.show(article)

    def _show_stand_in(self) -> None:
        shown = self.article_pane.piece
        is_shown = isinstance(shown, Article) and shown.id == self.current
        if self._stand_in is not None and not is_shown:
            self.article_pane.show(self._stand_in())

    def _wait_for_nothing(self) -> None:
        self._stand_in = None
        if self._showing is not None:
            self._showing.stop()
            self._showing = None

    def go_to(self, name: str) -> None:
        """Go to a pane; what is shown in that of the article is the current one."""
        if name == "article":
            self._show_stand_in()
        super().go_to(name)

    @on(ArticleList.Paging)
    def _paging(self) -> None:
        self._show_stand_in()
        self.article_pane.page()

    def on_unmount(self) -> None:
        """Read nothing more."""
        if self._fetcher is not None:
            self._fetcher.stop()
