"""All rows at one moment: columns over segments. Never changes; a new one shares what is the same.

What a :class:`~newsreader.model.table.Table` has to have is here, in arrays that may be mapped
from a file. A row that is gone keeps its place until its segment is written anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from newsreader.model import Article
from newsreader.model.brief import Brief
from newsreader.model.row import Row
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME, Flag, Having
from newsreader.store.mark_columns import MarkColumns
from newsreader.store.plain_columns import PlainColumns
from newsreader.store.sections import Sections
from newsreader.store.segment import Segment, id_key
from newsreader.store.story_columns import StoryColumns
from newsreader.text.urls import address_key

if TYPE_CHECKING:
    from newsreader.store.words import Words

_LOOKUP = 50
"""So many ids are gone through in the time in which one is looked up."""


class _Lines(Sequence[str]):
    """Something of each row of some segments, decoded when it is asked for."""

    def __init__(self, shelf: Shelf, of: Callable[[Segment, int], str]) -> None:
        self._shelf = shelf
        self._of = of

    def __len__(self) -> int:
        return len(self._shelf)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...
    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        return self._of(*self._shelf.place(row))


def _text(segment: Segment, row: int) -> str:
    return segment.texts[row]


def _folded_title(segment: Segment, row: int) -> str:
    return segment.texts[row].partition("\n")[0]


class Shelf(PlainColumns):
    """The :class:`~newsreader.model.table.Table` of a store, from *sections* and their *segments*.

    *load* gives the whole article of a row, or None when it is not to be had any more.

    Raises:
        DamagedIndexError: from every method, when a buffer is not what it should be.
    """

    def __init__(
        self,
        sections: Sections,
        segments: Sequence[Segment],
        load: Callable[[Shelf, int], Article | None] | None = None,
        marks: MarkColumns | None = None,
    ) -> None:
        self.segments = tuple(segments)
        self.load = load
        self._starts: list[int] = [0]
        for segment in segments:
            self._starts.append(self._starts[-1] + len(segment))
        self._size = self._starts[-1]
        super().__init__(sections, marks or _marks_in(sections, self._size))
        self.renamed: Mapping[str, str] = {}
        """What some sources are called now."""
        self.texts = _Lines(self, _text)
        """All that is searched, as :attr:`~newsreader.model.row.Row.text`."""
        self.titles = _Lines(self, _folded_title)
        """The folded headlines."""

    def __len__(self) -> int:
        return self._size

    def with_marks(self, marks: MarkColumns) -> Shelf:
        """The same articles with other marks."""
        other = copy(self)
        other.mark_columns = marks
        return other

    def with_stories(self, stories: StoryColumns | None) -> Shelf:
        """The same articles with other stories."""
        other = copy(self)
        other.__dict__.pop("_stories", None)
        other.story_columns = stories
        return other

    def rest(self) -> None:
        """Take no memory for what is mapped, until it is looked at again."""
        self._sections.rest()
        for segment in self.segments:
            segment.rest()

    def without(self, rows: Sequence[int]) -> Shelf:
        """The same articles but for some *rows*, which are as if they were gone."""
        import numpy as np

        is_gone = np.zeros(len(self), np.uint8)
        if self.gone is not None:
            is_gone[:] = np.asarray(self.gone)
        is_gone[np.asarray(rows, np.intp)] = 1
        other, order = copy(self), np.asarray(self.newest_first)
        other.gone, other.newest_first = is_gone.data, order[is_gone[order] == 0].data
        return other

    # Words

    @cached_property
    def _words(self) -> dict[str, list[Words | None]]:
        from newsreader.store.words import Words

        return {
            name: [
                Words(each.sections, name, len(each)) if each.has_words else None
                for each in self.segments
            ]
            for name in ("words", "title_words")
        }

    def having(self, text: str, *, prefix: bool, in_title: bool = False) -> Having | None:
        """See the protocol."""
        from newsreader.text.fold import is_unspaced

        if is_unspaced(text) or not any(each.has_words for each in self.segments):
            return None
        from newsreader.store.having import having

        words = self._words["title_words" if in_title else "words"]
        return having(words, self._starts, text, prefix=prefix)

    # Rows

    def place(self, row: int) -> tuple[Segment, int]:
        """The segment of a row, and its row there."""
        number = bisect_right(self._starts, row) - 1
        if row < 0 or number >= len(self.segments):
            raise IndexError(row)
        return self.segments[number], row - self._starts[number]

    def text(self, field: str, row: int) -> str:
        """A text of a row: ``id``, ``source``, ``path``, ``title`` and so on."""
        segment, inner = self.place(row)
        text = segment.text(field, inner)
        if self.renamed and field in ("source", "path", "file"):
            source = segment.text("source", inner)
            now = self.renamed.get(source, source)
            return f"{now}{text.removeprefix(source)}" if text.startswith(source) else text
        return text

    def id(self, row: int) -> str:
        """The id of the article of *row*."""
        segment, inner = self.place(row)
        return segment.id(inner)

    def row(self, article_id: str) -> int | None:
        """The row of the article with that id."""
        found = self._found(lambda segment: segment.with_id(article_id))
        return next(found, None)

    def rows_of(self, ids: Collection[str]) -> dict[str, int]:
        """The rows of the articles with some ids, of those that are there."""
        if len(ids) * len(self.segments) * _LOOKUP < len(self):
            each = ((name, self.row(name)) for name in ids)
            return {name: row for name, row in each if row is not None}
        keys = {id_key(name): name for name in ids}
        gone, rows = self.gone, {}
        for start, segment in zip(self._starts, self.segments, strict=False):
            for name, inner in segment.with_ids(keys).items():
                if gone is None or not gone[start + inner]:
                    rows[name] = start + inner
        return rows

    def rows_with_address(self, address: str) -> Iterator[int]:
        """The rows of the articles that have that canonical address, if all is as it seems."""
        return self.rows_with_address_key(address_key(address))

    def rows_with_address_key(self, key: int) -> Iterator[int]:
        """The rows of the articles that have the address of that number."""
        return self._found(lambda segment: segment.with_address(key))

    def rows_with_name(self, name: str) -> Iterator[int]:
        """The rows of the articles that are known by *name*."""
        key = id_key(name)
        return self._found(lambda segment: segment.with_name(key))

    def _found(self, find: Callable[[Segment], Iterable[int]]) -> Iterator[int]:
        gone = self.gone
        for start, segment in zip(self._starts, self.segments, strict=False):
            for inner in find(segment):
                if gone is None or not gone[start + inner]:
                    yield start + inner

    def keys(self, field: str, row: int) -> tuple[int, ...]:
        """The ``addresses`` or ``related_addresses`` of a row, as numbers."""
        segment, inner = self.place(row)
        return segment.keys(field)[inner]

    def entry(self, row: int) -> Row:
        """A row as it was given to the store, but for what made its id."""
        segment, inner = self.place(row)
        entry = segment.row(inner)
        if not self.renamed:
            return entry
        source, path, file = (self.text(name, row) for name in ("source", "path", "file"))
        return entry._replace(source=source, path=path, file=file)

    def article(self, row: int) -> Article:
        """The whole article of *row*; what is known of it, when its file is gone."""
        found = None if self.load is None else self.load(self, row)
        return self.known(row) if found is None else found

    def known(self, row: int) -> Article:
        """What the columns have of an article."""
        brief = self.brief(row)
        provider = self.provider[row]
        flags = self.flags[row]
        return Article(
            id=brief.id,
            source=self.text("source", row),
            path=self.text("path", row),
            title=brief.headline,
            excerpt=self.text("excerpt", row),
            published_at=brief.published_at,
            published_text=brief.published_text,
            quality=brief.quality,
            heat=brief.heat,
            provider=self.providers[provider] if provider else None,
            topics=brief.topics,
            category=self.categories[self.category[row]],
            type=self.types[self.type[row]],
            is_published=False if flags & Flag.UNPUBLISHED else None,
        )

    @cached_property
    def _first_briefs(self) -> dict[int, Brief]:
        """What is kept of the first rows of the list, so that the first screen is in one place."""
        try:
            kept = self._sections.meta.get("first", ())
            return {row: _brief_from(*values) for row, *values in kept}
        except (TypeError, ValueError):
            return {}

    def brief(self, row: int) -> Brief:
        """What a list shows of an article."""
        known = self._first_briefs.get(row)
        brief = self._brief(row) if known is None else known
        told = self.story_columns
        if told is None:
            return brief
        hot = told.hot[row]
        return brief._replace(
            copies=0 if told.duplicate[row] else told.copies_count(row),
            hot=None if hot == UNKNOWN else hot,
        )

    def _brief(self, row: int) -> Brief:
        segment, inner = self.place(row)
        code, seconds = self.provider[row], self.published[row]
        quality, heat = self.quality[row], self.heat[row]
        names = self.topic_names
        label = ""
        if code:
            label = self._sections.strings("provider.names")[code]
            label = label or self._sections.strings("domain.names")[code]
        known = seconds != UNKNOWN_TIME
        return Brief(
            id=segment.id(inner),
            headline=segment.titles[inner],
            provider=label,
            published_at=datetime.fromtimestamp(seconds, UTC) if known else None,
            published_text="" if known else segment.text("published_text", inner),
            quality=None if quality == UNKNOWN else quality,
            heat=None if heat == UNKNOWN else heat,
            related=self.related[row],
            topics=tuple(names[topic] for topic in self.topics[row]),
            is_unpublished=bool(self.flags[row] & Flag.UNPUBLISHED),
        )


def _marks_in(sections: Sections, size: int) -> MarkColumns:
    """The marks that are kept with the columns: when each article was met first."""
    marks = MarkColumns(size)
    if "added" in sections:
        marks.set_added(sections.array("added")[:size])
    return marks


def _brief_from(*values: Any) -> Brief:
    *kept, seconds = values
    brief = Brief(*kept)
    moment = None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return brief._replace(published_at=moment, topics=tuple(brief.topics))
