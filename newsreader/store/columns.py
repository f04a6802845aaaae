"""Articles as columns: what lists, filters and facets read, one value a row."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.model import Article, Provider
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME, Flag, Having
from newsreader.store.vocabulary import Vocabulary
from newsreader.text.dates import local
from newsreader.text.fold import fold

if TYPE_CHECKING:
    from newsreader.store.word_index import WordIndex

_NUMBERS = ("published", "year", "quality", "heat", "related", "images", "flags")
_CODES = ("category", "type", "provider")
_LISTS = ("topics", "titles", "texts", "articles")


class Columns:
    """The :class:`~newsreader.model.table.Table` of a store.

    Filled by one thread and then read by any; a copy shares the vocabularies, which only grow.
    """

    def __init__(self) -> None:
        self.published = array("q")
        self.year = array("l")
        self.quality = array("l")
        self.heat = array("l")
        self.related = array("l")
        self.images = array("l")
        self.flags = array("l")
        self.category = array("l")
        self.type = array("l")
        self.provider = array("l")
        self.topics: list[tuple[int, ...]] = []
        self.titles: list[str] = []
        self.texts: list[str] = []
        self.articles: list[Article] = []
        self._categories = Vocabulary("")
        self._types = Vocabulary("")
        self._providers = Vocabulary(Provider())
        self._topics = Vocabulary("")
        self._words: WordIndex | None = None
        self._topic_masks: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def categories(self) -> Sequence[str]:
        """What the codes of ``category`` mean."""
        return self._categories.values

    @property
    def types(self) -> Sequence[str]:
        """What the codes of ``type`` mean."""
        return self._types.values

    @property
    def providers(self) -> Sequence[Provider]:
        """What the codes of ``provider`` mean: name and domain only."""
        return self._providers.values

    @property
    def topic_names(self) -> Sequence[str]:
        """What the codes of ``topics`` mean."""
        return self._topics.values

    def article(self, row: int) -> Article:
        """The whole article of *row*."""
        return self.articles[row]

    def with_topic(self, code: int) -> bytes:
        """A byte a row: 1 for those that have the topic, else 0."""
        mask = self._topic_masks.get(code)
        if mask is None or len(mask) != len(self):
            mask = self._topic_masks[code] = bytes([code in topics for topics in self.topics])
        return mask

    @property
    def indexed(self) -> int:
        """How many of the first rows are in an index of their words."""
        return self._words.size if self._words is not None else 0

    def index_words(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Make an index of the words of all rows, unless *is_wanted* says no meanwhile.

        Any thread may: whoever asks goes without it until it is there.
        """
        from newsreader.store.word_index import NotWantedError, WordIndex

        with suppress(NotWantedError):
            self._words = WordIndex(self.texts, is_wanted)

    def having(self, text: str, *, prefix: bool) -> Having | None:
        """The rows with *text*, as far as an index of words knows them; None when it does not."""
        return None if self._words is None else self._words.having(text, prefix=prefix)

    def copy(self, rows: Iterable[int] | None = None) -> Columns:
        """The same columns, or *rows* of them, ready for more to be added."""
        other = Columns.__new__(Columns)
        chosen = None if rows is None else list(rows)
        for name in (*_NUMBERS, *_CODES):
            column: array[int] = getattr(self, name)
            kept = (
                column[:]
                if chosen is None
                else array(column.typecode, map(column.__getitem__, chosen))
            )
            setattr(other, name, kept)
        for name in _LISTS:
            items = getattr(self, name)
            setattr(other, name, items[:] if chosen is None else [items[row] for row in chosen])
        other._categories, other._types = self._categories, self._types
        other._providers, other._topics = self._providers, self._topics
        other._topic_masks = {}
        other._words = self._words if chosen is None else None
        return other

    def append(self, article: Article) -> None:
        """Add *article* as the last row."""
        moment = article.published_at
        provider = article.provider
        self.published.append(UNKNOWN_TIME if moment is None else int(moment.timestamp()))
        self.year.append(UNKNOWN if moment is None else local(moment).year)
        self.quality.append(UNKNOWN if article.quality is None else article.quality)
        self.heat.append(UNKNOWN if article.heat is None else article.heat)
        self.related.append(len(article.related))
        self.images.append(len(article.images))
        self.flags.append(_flags(article))
        self.category.append(self._categories.code(article.category))
        self.type.append(self._types.code(article.type))
        self.provider.append(
            self._providers.code(
                Provider(name=provider.name, domain=provider.domain) if provider else Provider()
            )
        )
        self.topics.append(tuple(dict.fromkeys(map(self._topics.code, article.topics))))
        self.titles.append(fold(article.headline))
        self.texts.append(_text(article))
        self.articles.append(article)


def _flags(article: Article) -> int:
    flags = Flag(0)
    if article.is_published is not None:
        flags |= Flag.PUBLISHED if article.is_published else Flag.UNPUBLISHED
    if article.secured is not None:
        flags |= Flag.SECURED
    if article.body.strip():
        flags |= Flag.BODY
    if article.amp_url or article.cdn_amp_url:
        flags |= Flag.AMP
    return flags


def _text(article: Article) -> str:
    provider = article.provider
    parts = (
        article.headline,
        article.excerpt,
        article.body,
        *article.topics,
        *((provider.name, provider.domain) if provider else ()),
        *(related.title for related in article.related),
    )
    return "\n".join(fold(part) for part in parts if part)
