"""The full text of the article shown, which is fetched beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from newsreader.model import Article
from newsreader.ui.told_screen import ToldScreen

if TYPE_CHECKING:
    from newsreader.fetching.asking import Outcome
    from newsreader.library.text_fetching import TextFetcher


class FullTextScreen(ToldScreen):
    """Fetches the page of an article when the reader, or a setting, asks for it."""

    _text_fetcher: TextFetcher | None = None

    class TextFetched(Message):
        """A page was fetched, or there was trouble with it."""

        def __init__(self, article: Article, outcome: Outcome) -> None:
            super().__init__()
            self.article = article
            self.outcome = outcome

    def action_full_text(self) -> None:
        """Fetch the page behind the article that is shown."""
        piece = self.article_pane.piece
        if not self.library.full_texts.can_fetch:
            self.notify("There is no place to keep pages.", severity="warning", markup=False)
        elif isinstance(piece, Article):
            self._fetch_text(piece, is_asked=True)
        elif piece is not None:
            message = "Full text is for the articles of the library; o opens this story."
            self.notify(message, severity="warning", markup=False)

    def _fetch_text(self, article: Article, *, is_asked: bool) -> None:
        if self._text_fetcher is None:
            from newsreader.library.text_fetching import TextFetcher

            self._text_fetcher = TextFetcher(
                self.library,
                self._tell_text,
                allows_private=self.settings.fetch_private,
                most_bytes=self.library.keep.pages,
            ).start()
        if is_asked:
            self.library.full_texts.tell(article.id, "Fetching the page …")
            self.article_pane.relayout()
        self._text_fetcher.want(article, is_asked=is_asked)

    def _tell_text(self, article: Article, outcome: Outcome) -> None:
        self.post_message(self.TextFetched(article, outcome))

    def on_full_text_screen_text_fetched(self, event: TextFetched) -> None:
        """Show the text in the place of the body, or say what was wrong."""
        piece = self.article_pane.piece
        is_shown = isinstance(piece, Article) and piece.id == event.article.id
        self.article_pane.renew(event.article)
        if event.outcome.trouble and not is_shown:
            message = f"{event.article.headline}: {event.outcome.trouble}"
            self.notify(message, severity="warning", markup=False)

    def go_to(self, name: str) -> None:
        """Go to a pane; an article of a chosen source has its text fetched when it is opened."""
        super().go_to(name)
        piece = self.article_pane.piece
        names = self.settings.fetch_from
        if name != "article" or not names or not isinstance(piece, Article):
            return
        full_texts = self.library.full_texts
        if full_texts.can_fetch and not full_texts.told(piece.id):
            from newsreader.library.full_text import is_from

            if is_from(piece, names):
                self._fetch_text(piece, is_asked=False)

    def on_unmount(self) -> None:
        """Fetch nothing more."""
        if self._text_fetcher is not None:
            self._text_fetcher.stop()
            self.library.full_texts.forget_news()
