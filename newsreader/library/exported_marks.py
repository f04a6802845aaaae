"""The marks of articles that are written to other files, so that they are found again there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from newsreader.library.mark_book import MarkBook
from newsreader.marks.names import names_of
from newsreader.marks.record import Record, encode
from newsreader.model import Article
from newsreader.model.marks import NO_MARKS

MARKS_FILE: Final = "marks.jsonl"
"""The name of the file that marks are in, beside the files of their articles."""


class ExportedMarks:
    """Collects articles with the files that they are written to, and has their marks."""

    def __init__(self, book: MarkBook) -> None:
        self._book = book
        self._names: dict[str, tuple[str, ...]] = {}

    def add(self, article: Article, path: str) -> None:
        """Take the marks of *article* along, which is to be found at *path*."""
        if self._book.marks(article.id) != NO_MARKS:
            names = names_of(replace(article, path=path)).sure
            root = self._root(article.id)
            self._names[root] = (*self._names.get(root, ()), *names)

    def _root(self, article_id: str) -> str:
        return self._book.state.root(self._book.key(article_id))

    def lines(self) -> Iterator[bytes]:
        """The lines of a journal that another newsreader can take in."""
        number = 0
        for record in self._book.exported():
            root = self._book.state.root(_any_key(record))
            names = self._names.get(root)
            if names is not None:
                number += 1
                every = tuple(dict.fromkeys((root, *(n for s in record.names for n in s), *names)))
                yield encode(record._replace(number=number, names=(every,)))


def _any_key(record: Record) -> str:
    return record.kept[0].key if record.kept else record.names[0][0]
