"""Articles as columns: what lists, filters and facets read, one value a row."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING

from newsreader.model import Article, Provider
from newsreader.model.marks import NO_MARKS, Marks
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME, Flag, Having, Mark
from newsreader.store.vocabulary import Vocabulary
from newsreader.text.dates import local
from newsreader.text.fold import fold

if TYPE_CHECKING:
    from newsreader.store.word_index import WordIndex

_NUMBERS = ("published", "year", "quality", "heat", "related", "images", "flags")
_INSTANTS = ("read", "starred", "added", "opened")
_CODES = ("category", "type", "provider")
_LISTS = ("topics", "tags", "titles", "texts", "articles")


class _Index:
    """What finds rows by words and topics, once it is made. All columns of some rows share it."""

    __slots__ = ("topics", "words")

    def __init__(self) -> None:
        self.words: WordIndex | None = None
        self.topics: dict[int, list[int]] = {}


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
        self.marks = bytearray()
        self.read = array("q")
        self.starred = array("q")
        self.added = array("q")
        self.opened = array("q")
        self.tags: list[tuple[int, ...]] = []
        self.topics: list[tuple[int, ...]] = []
        self.titles: list[str] = []
        self.texts: list[str] = []
        self.articles: list[Article] = []
        self._categories = Vocabulary("")
        self._types = Vocabulary("")
        self._providers = Vocabulary(Provider())
        self._topics = Vocabulary("")
        self._tags = Vocabulary("")
        self._notes: dict[int, str] = {}
        self._topic_masks: dict[int, bytes] = {}
        self._index = _Index()

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

    @property
    def tag_names(self) -> Sequence[str]:
        """What the codes of ``tags`` mean."""
        return self._tags.values

    def note(self, row: int) -> str:
        """What the reader noted to the article of *row*."""
        return self._notes.get(row, "")

    def article(self, row: int) -> Article:
        """The whole article of *row*."""
        return self.articles[row]

    def with_topic(self, code: int) -> bytes:
        """A byte a row: 1 for those that have the topic, else 0."""
        mask = self._topic_masks.get(code)
        if mask is None or len(mask) != len(self):
            if self.indexed == len(self):
                marked = bytearray(len(self))
                for row in self._index.topics.get(code, ()):
                    marked[row] = 1
                mask = bytes(marked)
            else:
                mask = bytes([code in topics for topics in self.topics])
            self._topic_masks[code] = mask
        return mask

    @property
    def indexed(self) -> int:
        """How many of the first rows are in an index of their words."""
        words = self._index.words
        return words.size if words is not None else 0

    def index_words(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Make an index of the words and topics of all rows, unless *is_wanted* says no meanwhile.

        Any thread may: whoever asks goes without it until it is there.
        """
        from newsreader.store.word_index import NotWantedError, WordIndex

        rows: dict[int, list[int]] = defaultdict(list)
        for row, topics in enumerate(self.topics):
            for code in topics:
                rows[code].append(row)
        with suppress(NotWantedError):
            words = WordIndex(self.texts, is_wanted)
            self._index.topics = rows
            self._index.words = words

    def having(self, text: str, *, prefix: bool) -> Having | None:
        """The rows with *text*, as far as an index of words knows them; None when it does not."""
        words = self._index.words
        return None if words is None else words.having(text, prefix=prefix)

    def copy(self, rows: Iterable[int] | None = None) -> Columns:
        """The same columns, or *rows* of them, ready for more to be added."""
        other = Columns.__new__(Columns)
        chosen = None if rows is None else list(rows)
        for name in (*_NUMBERS, *_INSTANTS, *_CODES):
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
        other._tags = self._tags
        if chosen is None:
            other.marks, other._notes = self.marks[:], dict(self._notes)
        else:
            other.marks = bytearray(map(self.marks.__getitem__, chosen))
            noted = ((place, self._notes.get(row)) for place, row in enumerate(chosen))
            other._notes = {place: note for place, note in noted if note}
        other._topic_masks = {}
        other._index = _Index()
        if chosen is None:
            other._index.topics, other._index.words = self._index.topics, self._index.words
        return other

    def with_marks(self, marks: Mapping[int, Marks]) -> Columns:
        """The same columns with the marks of some rows in place of what they were."""
        other = copy(self)
        other.marks, other._notes = self.marks[:], dict(self._notes)
        for name in (*_INSTANTS, "tags"):
            setattr(other, name, getattr(self, name)[:])
        for row, each in marks.items():
            other._mark(row, each)
        if other.tags == self.tags:
            other.tags = self.tags
        return other

    def _mark(self, row: int, marks: Marks) -> None:
        self.marks[row] = _mark_bits(marks)
        self.read[row] = _seconds(marks.read)
        self.starred[row] = _seconds(marks.starred)
        self.added[row] = _seconds(marks.seen)
        self.opened[row] = _seconds(marks.opened)
        self.tags[row] = tuple(map(self._tags.code, marks.tags))
        if marks.notes:
            self._notes[row] = marks.note
        else:
            self._notes.pop(row, None)

    def append(self, article: Article, marks: Marks = NO_MARKS) -> None:
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
        self.marks.append(0)
        for name in _INSTANTS:
            getattr(self, name).append(UNKNOWN_TIME)
        self.tags.append(())
        if marks is not NO_MARKS:
            self._mark(len(self.articles) - 1, marks)


def _seconds(milliseconds: int | None) -> int:
    return UNKNOWN_TIME if milliseconds is None else milliseconds // 1000


def _mark_bits(marks: Marks) -> int:
    bits = Mark(0)
    for bit, value in (
        (Mark.READ, marks.read is not None),
        (Mark.STARRED, marks.starred is not None),
        (Mark.LATER, marks.later is not None),
        (Mark.OPENED, marks.opened is not None),
        (Mark.NOTE, marks.notes),
        (Mark.TAG, marks.tags),
    ):
        if value:
            bits |= bit
    return int(bits)


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
