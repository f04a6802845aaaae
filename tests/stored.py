"""Articles in a store without files."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from newsreader.model import Article, ChangeSet
from newsreader.model.marks import Marks
from newsreader.sources.rows import row_of
from newsreader.store.shelf import Shelf
from newsreader.store.store import Store


class ArticleStore:
    """A store, and the articles that its rows stand for."""

    def __init__(self, *articles: Article, worth_words: int = 500) -> None:
        self._articles: dict[str, Article] = {}
        self.store = Store(self._load, worth_words=worth_words)
        if articles:
            self.add(articles)

    def _load(self, shelf: Shelf, row: int) -> Article:
        return self._articles[shelf.id(row)]

    def changes(
        self,
        added: Iterable[Article] = (),
        updated: Iterable[Article] = (),
        removed: Iterable[str] = (),
    ) -> ChangeSet:
        """What these mean for the store; their articles are known from now on."""
        added, updated = tuple(added), tuple(updated)
        self._articles.update((article.id, article) for article in (*added, *updated))
        return ChangeSet(tuple(map(row_of, added)), tuple(map(row_of, updated)), tuple(removed))

    def add(
        self, articles: Iterable[Article], marks_of: Callable[[str], Marks] | None = None
    ) -> int:
        """Add *articles*; the new revision."""
        return self.store.apply(self.changes(articles), marks_of)
