"""The store: one writer applies change sets, any number of readers hold snapshots."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate, takewhile
from threading import Lock

from newsreader.model import Article, ChangeSet
from newsreader.model.brief import Brief
from newsreader.model.marks import NO_MARKS, Marks
from newsreader.model.row import Row
from newsreader.model.table import FEW
from newsreader.store.mark_columns import MarkColumns
from newsreader.store.newest import newest_first
from newsreader.store.sections import Writer
from newsreader.store.segment import Segment, segment_of
from newsreader.store.shelf import Shelf
from newsreader.store.shelving import FolderShelving, Memory, Opened
from newsreader.store.story_columns import StoryColumns
from newsreader.store.written import columns_of, empty_shelf, note_first

Load = Callable[[Shelf, int], Article | None]
_MOST_SEGMENTS = 32
"""So many small segments one after another are written anew as one."""
_SEVERAL = 4
"""So many are, when nothing more is to come for now."""
_SMALL = 10_000
"""Rows of a segment that is small."""
_AT_ONCE = 100_000
"""Rows that are written anew at once: the fewer segments there are, the sooner words are found."""
_FIRST = 64
"""Rows that a first screen may show."""
WORTH_WORDS = 500
"""So many rows are worth an index of their words."""


class Snapshot:
    """The whole store at one revision. Never changes; equal only to itself.

    The ``edition`` counts the changes of articles, and the ``revision`` those of marks as well.
    """

    __slots__ = ("columns", "edition", "orders", "revision")

    def __init__(self, columns: Shelf, revision: int, edition: int) -> None:
        self.columns = columns
        self.revision = revision
        self.edition = edition
        self.orders: dict[object, Sequence[int]] = {}
        """All rows in orders that were asked for, to be kept by whoever made them."""

    def __len__(self) -> int:
        return self.columns.living

    def row(self, article_id: str) -> int | None:
        """The row of the article with that id."""
        return self.columns.row(article_id)

    def rows_of(self, ids: Collection[str]) -> dict[str, int]:
        """The rows of the articles with some ids, of those that are there."""
        return self.columns.rows_of(ids)

    def article(self, article_id: str) -> Article | None:
        """The article with that id."""
        row = self.row(article_id)
        return None if row is None else self.columns.article(row)

    def __iter__(self) -> Iterator[Article]:
        gone = self.columns.gone
        rows = (row for row in range(len(self.columns)) if gone is None or not gone[row])
        return map(self.columns.article, rows)

    def ids(self) -> Iterator[str]:
        """The ids of all articles, the newest first."""
        return map(self.columns.id, self.columns.newest_first)


class View:
    """An answer: articles in order, of one snapshot. Never changes; equal only to itself."""

    __slots__ = ("rows", "snapshot")

    def __init__(self, snapshot: Snapshot, rows: Sequence[int]) -> None:
        self.snapshot = snapshot
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def article(self, position: int) -> Article:
        """The whole article at *position*, which is read from its file if need be."""
        return self.snapshot.columns.article(self.rows[position])

    def brief(self, position: int) -> Brief:
        """What a list shows of the article at *position*."""
        return self.snapshot.columns.brief(self.rows[position])

    def id(self, position: int) -> str:
        """The id of the article at *position*."""
        return self.snapshot.columns.id(self.rows[position])

    def marks(self, position: int) -> int:
        """The :class:`~newsreader.model.table.Mark` bits of the article at *position*."""
        return self.snapshot.columns.marks[self.rows[position]]

    def position(self, article_id: str) -> int | None:
        """Where the article with that id stands, or None when it is not in the view."""
        row = self.snapshot.row(article_id)
        return None if row is None else _place(self.rows, row)

    def __iter__(self) -> Iterator[Article]:
        return map(self.snapshot.columns.article, self.rows)

    def briefs(self) -> Iterator[Brief]:
        """What a list shows of all articles of the view."""
        return map(self.snapshot.columns.brief, self.rows)

    def ids(self) -> Iterator[str]:
        """The ids of all articles of the view."""
        return map(self.snapshot.columns.id, self.rows)


def _place(rows: Sequence[int], row: int) -> int | None:
    if not isinstance(rows, memoryview) or len(rows) <= FEW:
        return next((place for place, each in enumerate(rows) if each == row), None)
    if "numpy" not in sys.modules:
        # The start asks where the reader was: importing numpy for it takes longer than asking.
        return _place_of(row.to_bytes(rows.itemsize, sys.byteorder), rows.tobytes())
    import numpy as np

    found = np.flatnonzero(np.asarray(rows) == row)
    return int(found[0]) if len(found) else None


def _place_of(item: bytes, items: bytes) -> int | None:
    """Where *item* stands among *items* of its length."""
    at = items.find(item)
    while at > 0 and at % len(item):
        at = items.find(item, at + 1)
    return at // len(item) if at >= 0 else None


EMPTY_VIEW = View(Snapshot(empty_shelf(), 0, 0), ())


def _written(
    old: Shelf, segments: Sequence[Segment], gone: Sequence[int]
) -> tuple[Writer, tuple[Segment, ...]]:
    """The columns of *old* without the rows *gone* and with more *segments*; and all segments."""
    writer = columns_of(old, segments, gone)
    every = (*old.segments, *segments)
    shelf = Shelf(writer.sections(), every)
    order = newest_first(shelf)
    writer.add("order", "I", order)
    note_first(writer, shelf, order[:_FIRST])
    return writer, every


def _like(old: Shelf, new: Shelf) -> Shelf:
    new.renamed = old.renamed
    return new


def _small_at_the_end(segments: Sequence[Segment]) -> int:
    """How many segments at the end are small."""
    return sum(1 for _ in takewhile(lambda each: len(each) < _SMALL, reversed(segments)))


def _most_small(segments: Sequence[Segment]) -> range:
    """The places of the most small segments that stand one after another."""
    longest = range(0)
    first = 0
    for place, segment in enumerate(segments):
        if len(segment) >= _SMALL:
            first = place + 1
        elif place + 1 - first > len(longest):
            longest = range(first, place + 1)
    return longest


class Store:
    """Articles in memory. Any thread may change them, one at a time, and none waits to read.

    *load* gives the whole article of a row, or None when it cannot be had any more. At least
    *worth_words* rows at once get an index of their words. What is new is kept in *shelving*.
    """

    def __init__(
        self,
        load: Load | None = None,
        shelving: Memory | None = None,
        worth_words: int = WORTH_WORDS,
    ) -> None:
        self._load = load
        self._shelving = shelving or Memory()
        self._worth_words = worth_words
        self._writing = Lock()
        shelf = empty_shelf()
        shelf.load = load
        self._snapshot = Snapshot(shelf, 0, 0)

    def restore(self, opened: Opened, renamed: Mapping[str, str]) -> None:
        """Begin with what was kept. *renamed* are the sources that have other names now."""
        shelf = Shelf(opened.columns, opened.segments, self._load)
        shelf.renamed = renamed
        self._snapshot = Snapshot(shelf, opened.edition, opened.edition)

    @property
    def snapshot(self) -> Snapshot:
        """The store as it stands, for any thread to keep as long as it likes."""
        return self._snapshot

    def apply(self, changes: ChangeSet, marks_of: Callable[[str], Marks] | None = None) -> int:
        """Bring *changes* in and return the new revision. Snapshots taken before stay as they are.

        *marks_of* tells what was done to the article with an id.

        An added article whose id is there counts as updated, and an updated one that is not
        there as added; removing what is not there does nothing.
        """
        with self._writing:
            return self._apply(changes, marks_of)

    def _apply(self, changes: ChangeSet, marks_of: Callable[[str], Marks] | None) -> int:
        old = self._snapshot.columns
        arriving = {row.id: row for row in (*changes.added, *changes.updated)}
        leaving = {*changes.removed, *arriving}
        there = old.rows_of(leaving)
        gone: Sequence[int] = list(there.values())
        rows = list(arriving.values())
        told = old.story_columns
        places = enumerate(row.id for row in rows)
        stories = {
            place: told.at(there[name])
            for place, name in places
            if told is not None and name in there
        }
        small = _small_at_the_end(old.segments)
        if small >= _MOST_SEGMENTS:
            run = range(len(old.segments) - small, len(old.segments))
            old, gone = self._rewritten(old, gone, run), ()
        segments = [self._segment(rows)] if rows else []
        marks = {}
        if marks_of is not None:
            known = ((len(old) + place, marks_of(row.id)) for place, row in enumerate(rows))
            marks = {row: each for row, each in known if each is not NO_MARKS}
        kept = old.mark_columns.changed(dict.fromkeys(gone, NO_MARKS))
        shelf = self._shelf(old, segments, gone, kept, marks)
        if old.story_columns is not None:
            at = {len(old) + place: values for place, values in stories.items()}
            shelf.story_columns = old.story_columns.grown(len(shelf), at)
        return self._become(shelf)

    def _segment(self, rows: Sequence[Row]) -> Segment:
        return self._shelving.segment(segment_of(rows))

    def _shelf(
        self,
        old: Shelf,
        segments: Sequence[Segment],
        gone: Sequence[int],
        kept: MarkColumns,
        marks: Mapping[int, Marks],
    ) -> Shelf:
        writer, every = _written(old, segments, gone)
        marked = kept.grown(sum(map(len, every)), marks)
        sections = self._shelving.columns(writer.pieces(), every, self._snapshot.edition + 1)
        return _like(old, Shelf(sections, every, self._load, marked))

    def settle(self) -> bool:
        """Write some segments anew as one, with its words; whether that was worth while.

        These are small ones next to each other, if they are several, since each is one more to look
        every word up in; or one that lacks its words.
        """
        with self._writing:
            old = self._snapshot.columns
            run = self._unsettled(old.segments)
            if not run:
                return False
            new = self._rewritten(old, (), run)
            shelf = self._shelf(new, (), (), new.mark_columns, {})
            shelf.story_columns = new.story_columns
            self._become(shelf)
            return True

    def _unsettled(self, segments: Sequence[Segment]) -> range:
        if not self._shelving.is_owner:
            return range(0)
        small = _most_small(segments)
        if len(small) >= _SEVERAL:
            return small
        for number, each in enumerate(segments):
            if len(each) >= self._worth_words and not each.has_words:
                sizes = accumulate(map(len, segments[number:]))
                fitting = sum(1 for _ in takewhile(lambda size: size <= _AT_ONCE, sizes))
                return range(number, number + max(1, fitting))
        return range(0)

    def _rewritten(self, old: Shelf, gone: Sequence[int], run: range) -> Shelf:
        """*old* without the rows *gone*, and with a *run* of its segments as one."""
        first, last = (sum(map(len, old.segments[:place])) for place in (run.start, run.stop))
        dead = bytearray(old.gone or bytes(len(old)))
        for row in gone:
            dead[row] = 1
        rows = [row for row in range(first, last) if not dead[row]]
        if len(rows) < self._worth_words:
            pieces = segment_of(list(map(old.entry, rows)))
        else:
            from newsreader.store.merging import merged

            pieces = merged(old.segments[run.start : run.stop], dead[first:last], with_words=True)
        segments = [self._shelving.segment(pieces), *old.segments[run.stop :]]
        marks = old.mark_columns.changed(dict.fromkeys(gone, NO_MARKS))
        stories = old.story_columns
        if len(rows) < last - first:
            picked = [*range(first), *rows, *range(last, len(old))]
            marks = marks.picked(picked)
            stories = None if stories is None else stories.picked(picked)
        left = [row for row in gone if row < first]
        shift = first + len(rows) - last
        left += [row + shift for row in range(last, len(old)) if dead[row]]
        cut = _like(old, Shelf(old.sections, old.segments[: run.start]))
        # It is on the way to what will be kept, and nothing that anybody may open.
        writer, every = _written(cut, segments, left)
        shelf = _like(old, Shelf(writer.sections(), every, self._load, marks))
        shelf.story_columns = stories
        return shelf

    def mark(self, marks: Mapping[str, Marks]) -> int:
        """Take on what was done to the articles with some ids, and return the new revision."""
        with self._writing:
            old = self._snapshot.columns
            rows = self._snapshot.rows_of(marks.keys())
            changed = {row: marks[name] for name, row in rows.items()}
            marked = old.with_marks(old.mark_columns.changed(changed))
            return self._become(marked, has_other_articles=False)

    def tell(self, columns: Shelf, stories: StoryColumns) -> bool:
        """Take on the *stories* of the rows of *columns*; false when there are others now."""
        with self._writing:
            old = self._snapshot.columns
            if old.sections is not columns.sections:
                return False
            self._become(old.with_stories(stories), has_other_articles=False)
            return True

    def meet(self, columns: Shelf, rows: Sequence[int], seconds: int) -> bool:
        """Note that articles were met first at some *seconds* since 1970.

        The *rows* are those of *columns*; false when there are others now.
        """
        with self._writing:
            old = self._snapshot.columns
            if old.sections is not columns.sections:
                return False
            marked = old.with_marks(old.mark_columns.met(rows, seconds))
            self._become(marked, has_other_articles=False)
            return True

    def keep(self) -> None:
        """Let what is kept have the marks that belong to it: when each article was met first."""
        with self._writing:
            snapshot = self._snapshot
            if isinstance(self._shelving, FolderShelving) and self._shelving.is_owner:
                old = snapshot.columns
                writer = columns_of(old, ())
                writer.add("order", "I", old.newest_first)
                note_first(writer, old, old.newest_first[:_FIRST])
                pieces = writer.pieces()
                sections = self._shelving.columns(pieces, old.segments, snapshot.edition)
                shelf = _like(old, Shelf(sections, old.segments, self._load, old.mark_columns))
                shelf.story_columns = old.story_columns
                self._snapshot = Snapshot(shelf, snapshot.revision, snapshot.edition)

    def _become(self, shelf: Shelf, *, has_other_articles: bool = True) -> int:
        before = self._snapshot
        edition = before.edition + has_other_articles
        self._snapshot = Snapshot(shelf, before.revision + 1, edition)
        return self._snapshot.revision
