"""Whole articles of rows: read from their files when they are wanted, and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from threading import Lock

from newsreader.library.full_text import FullTexts
from newsreader.model import Article
from newsreader.store.shelf import Shelf

_MOST = 500
"""Articles that are kept."""


class Loader:
    """Reads the articles of rows, with their full text if it is kept. Any thread may ask."""

    def __init__(self, full_texts: FullTexts) -> None:
        self._full_texts = full_texts
        self._kept: OrderedDict[tuple[str, str, int], Article] = OrderedDict()
        self._lock = Lock()

    def kept(self, shelf: Shelf, row: int) -> Article | None:
        """The article of *row* if it was read before; no file is looked at."""
        key = _key(shelf, row)
        with self._lock:
            article = self._kept.get(key)
            if article is not None:
                self._kept.move_to_end(key)
            return article

    def __call__(self, shelf: Shelf, row: int) -> Article | None:
        """The article of *row*, or None when its file cannot be read any more."""
        article = self.kept(shelf, row)
        if article is not None:
            return article
        from newsreader.sources.article import read_article

        key = _key(shelf, row)
        article_id, path, _ = key
        file = Path(shelf.text("file", row) or path)
        found = read_article(file, source=shelf.text("source", row), name=path).article
        if found is None:
            return None
        article = self._full_texts.of(replace(found, id=article_id))
        with self._lock:
            self._kept[key] = article
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return article

    def forget(self, article_id: str) -> None:
        """Read the article anew when it is wanted next."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == article_id]:
                del self._kept[key]


def _key(shelf: Shelf, row: int) -> tuple[str, str, int]:
    """What tells an article as its file is now from all others."""
    segment, inner = shelf.place(row)
    return shelf.id(row), shelf.text("path", row), segment.numbers("content")[inner]
