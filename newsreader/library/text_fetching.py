"""Fetching full texts beside the screen, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple

from newsreader.config.settings import Keep
from newsreader.fetching.asking import Outcome
from newsreader.fetching.helper import Helper
from newsreader.library.full_text import request_for
from newsreader.library.marked import MarkedArticles
from newsreader.library.text_room import make_room_for_texts
from newsreader.model import Article, Issue
from newsreader.text.sanitize import clean_line


class _Wish(NamedTuple):
    article: Article
    is_asked: bool


class TextFetcher:
    """Fetches the pages of articles on a thread of its own.

    *told* is called there with each article, which has its text then if there was no trouble. No
    more than *most_bytes* of texts are kept.
    """

    def __init__(
        self,
        library: MarkedArticles,
        told: Callable[[Article, Outcome], None],
        *,
        allows_private: bool = False,
        most_bytes: int = Keep().pages,
    ) -> None:
        self._library = library
        self._told = told
        self._allows_private = allows_private
        self._most_bytes = most_bytes
        self._has_kept = False
        self._wishes: SimpleQueue[_Wish | None] = SimpleQueue()
        self._helper = Helper()
        self._is_over = False
        self._thread = Thread(target=self._run, name="full texts", daemon=True)

    def start(self) -> TextFetcher:
        """Begin."""
        self._thread.start()
        return self

    def want(self, article: Article, *, is_asked: bool) -> None:
        """Fetch the page of *article*.

        Unless it *is_asked* for by the reader, what is kept stays and robots.txt is obeyed.
        """
        self._wishes.put(_Wish(article, is_asked))

    def stop(self) -> None:
        """Fetch nothing more, and end what is under way."""
        self._is_over = True
        self._helper.end()
        self._wishes.put(None)

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None and not self._is_over:
            try:
                self._do(*wish)
                if self._has_kept and self._wishes.empty() and not self._is_over:
                    self._has_kept = False
                    make_room_for_texts(self._library, self._most_bytes)
            except Exception as error:  # noqa: BLE001 - the thread must go on
                place = clean_line(wish.article.path)
                self._library.report(Issue(place, clean_line(f"full text: {error!r}")))
            if self._wishes.empty():
                self._helper.close()

    def _do(self, article: Article, is_asked: bool) -> None:
        full_texts = self._library.full_texts
        if not is_asked and full_texts.has(article):
            return
        request = request_for(article, robots=not is_asked, allows_private=self._allows_private)
        outcome = full_texts.fetch(article, self._helper, request)
        self._has_kept |= not outcome.trouble
        if self._is_over:
            return
        full_texts.tell(article.id, outcome.trouble)
        self._told(full_texts.of(article) if not outcome.trouble else article, outcome)
        if not outcome.trouble:
            self._library.know_full_text([article.id])
