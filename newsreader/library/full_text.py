"""The full text of articles: fetched when it is asked for, kept, and put in the body's place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from newsreader.model import Article, ChangeSet, Piece
from newsreader.model.row import Row
from newsreader.model.table import Flag

if TYPE_CHECKING:
    from newsreader.fetching.asking import Outcome, Request
    from newsreader.fetching.helper import Helper
    from newsreader.fetching.pages import KeptPage, Pages

_TAG = re.compile(r"<[^<>]*>")
_FLAGS = int(Flag.BODY | Flag.FULL_TEXT)
_BODY_LINE = 2
"""The place of the body among the lines of a row's text."""


class FullTexts:
    """The texts of pages that are kept in *folder*; without one, nothing is fetched.

    Any thread may ask.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._pages: Pages | None = None
        self._origins: dict[str, str] = {}
        self._news: dict[str, str] = {}
        self._lock = Lock()

    @property
    def can_fetch(self) -> bool:
        """Whether there is a place to keep pages."""
        return self.folder is not None

    @property
    def pages(self) -> Pages | None:
        """The texts that are kept; None when there is no folder of them."""
        if self._pages is None and self.folder is not None and self.folder.is_dir():
            self._pages = self._open(self.folder)
        return self._pages

    def _open(self, folder: Path) -> Pages:
        from newsreader.fetching.pages import Pages

        with self._lock:
            self._pages = self._pages or Pages(folder)
        return self._pages

    def of(self, article: Article) -> Article:
        """*article* with the text of its page as its body, if that is kept."""
        page = self._page(article)
        if page is None:
            self._origins.pop(article.id, None)
            return article
        self._origins[article.id] = _origin(page)
        return replace(article, body=page.html, body_is_html=True)

    def in_changes(self, changes: ChangeSet) -> ChangeSet:
        """*changes* with the texts of pages in their rows, so that these are found by them."""
        if self.pages is None:
            return changes
        added, updated = (tuple(map(self.in_row, rows)) for rows in changes[:2])
        return ChangeSet(added, updated, changes.removed)

    def in_row(self, row: Row) -> Row:
        """*row* with the text of its page, if that is kept."""
        pages = self.pages
        # Asking for a file that is not there would take too long for each of many rows.
        page = pages.get(row.addresses[0]) if pages is not None and self.has_of(row) else None
        if page is None:
            return row
        from html import unescape

        from newsreader.text.fold import fold

        lines = row.text.split("\n")
        lines[_BODY_LINE] = fold(unescape(_TAG.sub(" ", page.html)))
        return row._replace(text="\n".join(lines), flags=row.flags | _FLAGS)

    def has_of(self, row: Row) -> bool:
        """Whether the text of the page of *row* is kept."""
        pages = self.pages
        return pages is not None and bool(row.addresses) and pages.has(row.addresses[0])

    def kept_keys(self) -> Collection[int]:
        """The numbers of the addresses whose texts are kept now."""
        pages = self.pages
        return pages.look() if pages is not None else ()

    def has(self, article: Piece) -> bool:
        """Whether the text of its page is kept."""
        pages, key = self.pages, _key(article)
        return pages is not None and key is not None and pages.has(key)

    def path(self, article: Piece) -> Path | None:
        """The file of its text, be it there or not."""
        key = _key(article)
        if self.folder is None or key is None:
            return None
        return self._open(self.folder).path(key)

    def forget(self, articles: Iterable[Piece]) -> int:
        """Keep the texts of *articles* no longer; how many there were."""
        paths = map(self.path, articles)
        return self._forget(path for path in paths if path is not None)

    def forget_all(self) -> int:
        """Keep no text any longer; how many there were."""
        from newsreader.fetching.room import kept_files

        files = kept_files(self.folder) if self.folder is not None else ()
        return self._forget(file.path for file in files)

    def _forget(self, paths: Iterable[Path | str]) -> int:
        from newsreader.fetching.room import remove

        gone = remove(paths)
        if self.pages is not None:
            self.pages.forget(gone)
        return len(gone)

    def _page(self, article: Piece) -> KeptPage | None:
        pages = self.pages
        key = _key(article) if pages is not None else None
        return pages.get(key) if pages is not None and key is not None else None

    def told(self, article_id: str) -> str:
        """What there is to say of the full text of an article; empty when nothing is."""
        return self._news.get(article_id) or self._origins.get(article_id, "")

    def tell(self, article_id: str, sentence: str) -> None:
        """Have *sentence* said of the full text of an article in this session."""
        self._news[article_id] = sentence

    def forget_news(self) -> None:
        """Say no more than the next start will."""
        self._news.clear()

    def fetch(self, article: Article, helper: Helper, request: Request) -> Outcome:
        """Do *request* with *helper*, and keep the text. It takes as long as the web does.

        What was kept stays when there is trouble.
        """
        from time import time

        from newsreader.fetching.pages import KeptPage

        key = _key(article)
        if key is None or self.folder is None:
            from newsreader.fetching.asking import Outcome

            outcome = Outcome(trouble="The article has no address to fetch a page from.")
        else:
            outcome = helper.fetch(request)
            if not outcome.trouble:
                page = KeptPage(outcome.url, time(), outcome.title, outcome.html, article.id)
                try:
                    self._open(self.folder).keep(key, page)
                except OSError as error:
                    reason = error.strerror or error
                    trouble = f"The text cannot be kept in {self.folder}: {reason}."
                    outcome = outcome._replace(trouble=trouble)
        return outcome


def request_for(
    article: Piece, *, robots: bool = False, allows_private: bool = False, seconds: float = 20.0
) -> Request:
    """What to ask for *article*: its page, and its AMP versions if that fails."""
    from newsreader.fetching.asking import Request
    from newsreader.text.amp import own_page

    page = own_page(article.url)
    others = dict.fromkeys((article.url, article.amp_url, article.cdn_amp_url))
    amp = tuple(url for url in others if url not in ("", page))
    return Request(page, amp, robots, allows_private, seconds)


def is_from(article: Piece, names: tuple[str, ...]) -> bool:
    """Whether *article* is of a provider or below a domain that is one of *names*."""
    from newsreader.text.amp import own_page
    from newsreader.text.urls import host_of

    provider = article.provider
    own = (provider.name, provider.domain) if provider is not None else ()
    domains = [host_of(own_page(article.url)), *own[1:]]
    wanted = [name.lower() for name in names]
    return any(name.lower() in wanted for name in own if name) or any(
        domain == name or domain.endswith(f".{name}") for name in wanted for domain in domains
    )


def _key(article: Piece) -> int | None:
    """The number of its first address, as rows have it."""
    from newsreader.sources.rows import addresses
    from newsreader.text.urls import address_key

    found = addresses(article)
    return address_key(found[0]) if found else None


def _origin(page: KeptPage) -> str:
    from datetime import UTC, datetime

    from newsreader.text import dates
    from newsreader.text.urls import plain_host

    when = dates.full(datetime.fromtimestamp(page.fetched_at, UTC))
    return f"Full text from {plain_host(page.url)}, fetched on {when}."
