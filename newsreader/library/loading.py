"""Whole articles of rows: read from their files when they are wanted, and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from threading import Lock

from newsreader.model import Article
from newsreader.store.shelf import Shelf

_MOST = 500
"""Articles that are kept."""


class Loader:
    """Reads the articles of rows. Any thread may ask."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int], Article] = OrderedDict()
        self._lock = Lock()

    def __call__(self, shelf: Shelf, row: int) -> Article | None:
        """The article of *row*, or None when its file cannot be read any more."""
        entry = shelf.entry(row)
        key = entry.id, entry.path, entry.content
        with self._lock:
            article = self._kept.get(key)
            if article is not None:
                self._kept.move_to_end(key)
                return article
        from newsreader.sources.article import read_article

        path = Path(entry.file or entry.path)
        found = read_article(path, source=entry.source, name=entry.path).article
        if found is None:
            return None
        article = replace(found, id=entry.id)
        with self._lock:
            self._kept[key] = article
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return article
