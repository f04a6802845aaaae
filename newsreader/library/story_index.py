"""Finding the stories of a library: all of them, or what has changed since they were found.

What stories are found from, the terms of each article and the links between them, is kept with
them, so that only articles that are new have to be compared. How rare words are is that of the last
time when everything was compared, which is done again when there are half as many articles more.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from newsreader.library.stories_before import LINKS, Before, KnownWords, contents_of, term_number
from newsreader.library.story_links import Links, Vectors, links_of
from newsreader.model.table import UNKNOWN_TIME
from newsreader.store.sections import Sections, Writer
from newsreader.store.shelf import Shelf
from newsreader.stories.clusters import TOGETHER, clusters
from newsreader.stories.copies import LIKELY, are_copies
from newsreader.stories.item import Item
from newsreader.stories.links import WINDOW, Link, Ties
from newsreader.stories.terms import Rarity, Seen, names_in, vector

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

FORMAT: Final = 2
_SAMPLE: Final = 20_000
"""So many articles tell how rare words are."""
_GROWN: Final = 1.5
_SMALL: Final = 3_000
"""So few articles are always compared anew."""
_FULL: Final = 255
"""What a weight of 1 is kept as."""
_WHOLE: Final = 10_000
"""What a score of 1 is kept as."""
_LEAST_COUNT: Final = 2
"""Words that stand in fewer articles of the sample are all as rare."""
_BREATH: Final = 64
"""Rows after which others may go first."""
_AT_ONCE: Final = 20_000
"""Rows that are compared at once, beside those of the days before."""
_BODY: Final = 500
"""Characters of a body that stand for an excerpt where there is none."""

Breathe = Callable[[], None]


def vector_at(told: Sections, row: int) -> dict[int, float]:
    """The terms of a row as numbers with their weights, from what was written."""
    ends = told.array("terms.ends")
    piece = slice(ends[row - 1] if row else 0, ends[row])
    terms, weights = told.array("terms")[piece], told.array("weights")[piece]
    return {term: weight / _FULL for term, weight in zip(terms, weights, strict=True)}


def item_at(shelf: Shelf, row: int) -> Item:
    """The article of *row* with its texts."""
    segment, inner = shelf.place(row)
    title, excerpt = _texts(shelf, row)
    names = names_in(segment.titles[inner]) | names_in(segment.text("excerpt", inner))
    return _bare_item(shelf, row)._replace(title=title, excerpt=excerpt, names=frozenset(names))


def _texts(shelf: Shelf, row: int) -> tuple[str, str]:
    """The folded title of a row and its excerpt, or what stands for one."""
    segment, inner = shelf.place(row)
    title, excerpt, body, *_ = segment.texts[inner].split("\n", 3)
    return title, excerpt or body[:_BODY]


def _bare_item(shelf: Shelf, row: int) -> Item:
    """The same without the texts."""
    segment, inner = shelf.place(row)
    published = shelf.published[row]
    return Item(
        key=segment.numbers("content")[inner],
        published=None if published == UNKNOWN_TIME else published,
        addresses=segment.keys("addresses")[inner],
        related_addresses=segment.keys("related_addresses")[inner],
    )


def find_stories(
    shelf: Shelf, before: Sections | None = None, breathe: Breathe = lambda: None
) -> Writer:
    """The stories of *shelf*, to be written; *before* is what was written the last time.

    *breathe* is called now and then.

    Raises:
        DamagedIndexError: when a buffer is not what it should be.
    """
    kept = Before(shelf, before) if before is not None and len(shelf) > _SMALL else None
    if kept is not None and shelf.living > kept.counted * _GROWN:
        kept = None
    return _Finding(shelf, kept, breathe).writer()


class _Finding:
    """One search for stories."""

    def __init__(self, shelf: Shelf, kept: Before | None, breathe: Breathe) -> None:
        self._shelf = shelf
        self._kept = kept
        self._breathe = breathe
        self._size = len(shelf)
        self._counted = shelf.living if kept is None else kept.counted
        self._words = self._sampled() if kept is None else kept.words
        self._is_new = self._new_rows()
        self._ends, self._terms, self._weights = array("I"), array("I"), array("B")
        self._weigh()
        self._copied = [] if kept is None else kept.copied()
        self._touched = self._link()
        self._groups = self._group()

    def _new_rows(self) -> Array:
        """Which rows are to be compared."""
        gone = self._shelf.gone
        living = np.ones(self._size, np.bool_) if gone is None else np.asarray(gone) == 0
        return living if self._kept is None else living & (self._kept.old_of < 0)

    def _sampled(self) -> KnownWords:
        """What some of the articles tell of the words of all."""
        rows, seen = self._shelf.newest_first, Seen()
        step = max(1, len(rows) // _SAMPLE)
        for place, row in enumerate(rows[::step]):
            if place % _BREATH == 0:
                self._breathe()
            seen.add(item_at(self._shelf, row))
        counts = {term: count for term, count in seen.counts.items() if count >= _LEAST_COUNT}
        names = frozenset(term_number(term) for term in counts if seen.is_name(term))
        return KnownWords(
            {term_number(term): count * step for term, count in counts.items()}, names
        )

    # Terms

    def _weigh(self) -> None:
        """The terms of each row that say the most, as numbers, with weights from 0 to 255."""
        kept, rarity = self._kept, Rarity(self._words, self._counted)
        same = self._keep_terms()
        for row, is_new in enumerate(self._is_new[same:].tolist(), same):
            if row % _BREATH == 0:
                self._breathe()
            old = -1 if kept is None else kept.old_of[row]
            if is_new:
                weights = vector(item_at(self._shelf, row), rarity)
                found = {
                    term_number(term): round(weight * _FULL) for term, weight in weights.items()
                }
                self._terms.extend(found.keys())
                self._weights.extend(found.values())
            elif kept is not None and old >= 0:
                piece = slice(kept.ends[old - 1] if old else 0, kept.ends[old])
                self._terms.extend(kept.terms[piece])
                self._weights.extend(kept.weights[piece])
            self._ends.append(len(self._terms))

    def _keep_terms(self) -> int:
        """Take on the terms of the first rows that are what they were; how many these are."""
        kept = self._kept
        if kept is None:
            return 0
        differing = np.flatnonzero(kept.old_of != np.arange(self._size))
        same = int(differing[0]) if len(differing) else self._size
        last = kept.ends[same - 1] if same else 0
        self._ends.frombytes(kept.ends[:same].cast("B"))
        self._terms.frombytes(kept.terms[:last].cast("B"))
        self._weights.frombytes(kept.weights[:last].cast("B"))
        return same

    # Links

    def _link(self) -> Array:
        """Compare what is new; the rows whose links are not what they were."""
        is_new, found = self._is_new, list(self._compared())
        nothing = np.zeros(0, np.int64)
        first, second = (np.concatenate((nothing, *(each[n] for each in found))) for n in (0, 1))
        score = np.concatenate((np.zeros(0), *(each.score for each in found)))
        likely = np.flatnonzero(score >= LIKELY)
        for one, other in zip(first[likely].tolist(), second[likely].tolist(), strict=True):
            if self._are_copies(one, other):
                self._copied.append((one, other))
        columns = [first, second, np.rint(score * _WHOLE).astype(np.int64)]
        touched = [np.flatnonzero(is_new), *columns[:2]]
        if self._kept is not None:
            *old, lost = self._kept.links()
            columns = [np.concatenate(pair) for pair in zip(old, columns, strict=True)]
            touched.append(lost)
        self._first, self._second, self._score = columns
        return np.unique(np.concatenate(touched))

    def _compared(self) -> Iterator[Links]:
        """The links between rows of which at least one is new."""
        shelf = self._shelf
        rows = np.asarray(shelf.newest_first)[::-1]
        times = np.asarray(shelf.published)[rows]
        rows, times = rows[times != UNKNOWN_TIME], times[times != UNKNOWN_TIME]
        new = times[self._is_new[rows]]
        changes = np.zeros(len(rows) + 1, np.int64)
        np.add.at(changes, np.searchsorted(times, new - WINDOW), 1)
        np.add.at(changes, np.searchsorted(times, new + WINDOW, "right"), -1)
        is_near = np.cumsum(changes)[:-1] > 0
        rows, times = rows[is_near], times[is_near]
        for begin in range(0, len(rows), _AT_ONCE):
            # What came within the window before is compared with, but was compared already.
            before = int(np.searchsorted(times, times[begin] - WINDOW))
            some = slice(before, begin + _AT_ONCE)
            ties = self._ties(rows[some])
            for links in links_of(times[some], self._vectors(rows[some]), ties, begin - before):
                self._breathe()
                first, second = rows[some][links.first], rows[some][links.second]
                wanted = self._is_new[first] | self._is_new[second]
                yield Links(first[wanted], second[wanted], links.score[wanted])

    def _vectors(self, rows: Array) -> Vectors:
        ends = np.concatenate(([0], np.asarray(self._ends)))
        sizes = ends[rows + 1] - ends[rows]
        starts = np.repeat(ends[rows] - (np.cumsum(sizes) - sizes), sizes)
        places = starts + np.arange(len(starts))
        terms, weights = np.asarray(self._terms)[places], np.asarray(self._weights)[places]
        return Vectors(sizes, terms, weights / _FULL)

    def _ties(self, rows: Array) -> list[dict[int, float]]:
        ties, found = Ties(), []
        for place, row in enumerate(rows.tolist()):
            if place % _BREATH == 0:
                self._breathe()
            addresses = self._shelf.keys("addresses", row)
            listed = self._shelf.keys("related_addresses", row)
            found.append(ties.meet(place, addresses, listed))
        return found

    def _are_copies(self, one: int, other: int) -> bool:
        (title, excerpt), (other_title, other_excerpt) = (
            _texts(self._shelf, row) for row in (one, other)
        )
        return are_copies((title, other_title), (excerpt, other_excerpt))

    # Stories

    def _group(self) -> list[list[int]]:
        """The rows of each story, those that came first standing first."""
        first, second, score = self._first, self._second, self._score
        rows = np.concatenate((first, second))
        order = np.argsort(rows, kind="stable")
        others = np.concatenate((second, first))[order]
        scores = np.concatenate((score, score))[order]
        ends = np.searchsorted(rows[order], np.arange(self._size + 1))
        contents = contents_of(self._shelf)
        groups: list[list[int]] = []
        is_grouped = self._grouped_anew()
        seen = ~is_grouped
        for start in np.flatnonzero(is_grouped).tolist():
            if seen[start]:
                continue
            self._breathe()
            part = _part(start, ends, others, scores, seen)
            if len(part) > 1:
                groups += _stories_of(part, ends, others, scores, contents)
        return groups + self._untouched(is_grouped)

    def _grouped_anew(self) -> Array:
        """Which rows are put together anew: those of stories that have gained or lost a link."""
        mask = np.zeros(self._size, np.bool_)
        mask[self._touched] = True
        if self._kept is not None:
            old_of = self._kept.old_of
            story = np.where(old_of >= 0, self._kept.story[old_of], 0)
            changed = np.unique(story[mask])
            mask |= np.isin(story, changed[changed > 0])
        return mask

    def _untouched(self, is_grouped: Array) -> list[list[int]]:
        """The stories of then that have no row that is put together anew."""
        if self._kept is None:
            return []
        members: dict[int, list[int]] = {}
        old = np.flatnonzero(self._kept.story)
        for story, row in zip(self._kept.story[old].tolist(), self._kept.new_of[old], strict=True):
            if row >= 0 and not is_grouped[row]:
                members.setdefault(story, []).append(int(row))
        return list(members.values())

    # The result

    def writer(self) -> Writer:
        """What was found, and what it was found from."""
        shelf = self._shelf
        writer = Writer({"format": FORMAT, "size": self._size, "counted": self._counted})
        writer.add("contents", "Q", contents_of(shelf).astype(np.uint64).data)
        writer.add("terms.ends", "I", self._ends)
        writer.add("terms", "I", self._terms)
        writer.add("weights", "B", self._weights)
        for name, column in zip(LINKS, (self._first, self._second, self._score), strict=True):
            writer.add(f"links.{name}", "I", column.astype(np.uint32).data)
        for place, name in enumerate(LINKS[:2]):
            writer.add_numbers(f"copied.{name}", "I", (pair[place] for pair in self._copied))
        writer.add_numbers("words", "I", self._words.counts.keys())
        writer.add_numbers("words.counts", "I", self._words.counts.values())
        writer.add_numbers("names", "I", sorted(self._words.names))
        self._add_stories(writer)
        return writer

    def _add_stories(self, writer: Writer) -> None:
        shelf = self._shelf
        story = np.zeros(self._size, np.uint32)
        ids, titles = [""], [""]
        groups = [sorted(group, key=self._came) for group in self._groups]
        for group in sorted(groups, key=lambda group: self._came(group[0])):
            story[group] = len(ids)
            ids.append(shelf.id(group[0]))
        inside = story[self._first] == story[self._second]
        middle = np.bincount(self._first[inside], self._score[inside], self._size)
        middle += np.bincount(self._second[inside], self._score[inside], self._size)
        sums = middle.tolist()
        middles: dict[int, int] = {}
        rows = np.flatnonzero(story)
        for row, number in zip(rows.tolist(), story[rows].tolist(), strict=True):
            best = middles.setdefault(number, row)
            is_as_near = sums[row] == sums[best] and self._came(row) < self._came(best)
            if sums[row] > sums[best] or is_as_near:
                middles[number] = row
        for number in range(1, len(ids)):
            segment, inner = shelf.place(middles[number])
            titles.append(segment.titles[inner])
        writer.add("story", "I", story.data)
        copies = self._copies()
        writer.add("copies", "I", copies.data)
        writer.add("duplicate", "B", self._duplicates(copies))
        writer.add_strings("story.ids", ids)
        writer.add_strings("story.titles", titles)

    def _came(self, row: int) -> tuple[int, str]:
        return self._shelf.published[row], self._shelf.id(row)

    def _copies(self) -> Array:
        """A number for all copies of one article; 0 for those that are alone."""
        pairs = [*self._copied, *_with_one_address(self._shelf)]
        parents: dict[int, int] = {}

        def top(row: int) -> int:
            while parents.setdefault(row, row) != row:
                parents[row] = row = parents[parents[row]]
            return row

        for one, other in pairs:
            parents[top(other)] = top(one)
        numbers: dict[int, int] = {}
        copies = np.zeros(self._size, np.uint32)
        for row in sorted(parents):
            copies[row] = numbers.setdefault(top(row), len(numbers) + 1)
        return copies

    def _duplicates(self, copies: Array) -> bytearray:
        """1 for all copies but those that came first."""
        duplicates = bytearray(self._size)
        firsts: dict[int, int] = {}
        for row in np.flatnonzero(copies).tolist():
            first = firsts.setdefault(int(copies[row]), row)
            late = row
            if self._came(row) < self._came(first):
                firsts[int(copies[row])], late = row, first
            duplicates[late] = late != firsts[int(copies[row])]
        return duplicates


def _part(start: int, ends: Array, others: Array, scores: Array, seen: Array) -> list[int]:
    """The rows that may be in one story with *start*: no two groups without such a link join."""
    part, waiting = [], [start]
    seen[start] = True
    while waiting:
        row = waiting.pop()
        part.append(row)
        piece = slice(ends[row], ends[row + 1])
        near = others[piece][scores[piece] >= TOGETHER * _WHOLE]
        new = np.unique(near[~seen[near]])
        seen[new] = True
        waiting += new.tolist()
    return part


def _stories_of(
    part: Sequence[int], ends: Array, others: Array, scores: Array, contents: Array
) -> list[list[int]]:
    """The stories among the rows of *part*."""
    rows = sorted(part)
    places = {row: place for place, row in enumerate(rows)}
    found = (
        Link(place, places[other], score / _WHOLE)
        for row, place in places.items()
        for other, score in zip(
            others[ends[row] : ends[row + 1]].tolist(),
            scores[ends[row] : ends[row + 1]].tolist(),
            strict=True,
        )
        if other > row and other in places
    )
    keys = contents[rows].tolist()
    return [[rows[place] for place in group] for group in clusters(found, keys)]


def _with_one_address(shelf: Shelf) -> Iterator[tuple[int, int]]:
    """Pairs of rows that have an address in common."""
    keys, rows, start = [], [], 0
    for segment in shelf.segments:
        keys.append(np.asarray(segment.sections.array("addresses.keys")))
        rows.append(np.asarray(segment.sections.array("addresses.rows")).astype(np.int64) + start)
        start += len(segment)
    if not keys:
        return
    every, row = np.concatenate(keys), np.concatenate(rows)
    if shelf.gone is not None:
        living = np.asarray(shelf.gone)[row] == 0
        every, row = every[living], row[living]
    order = np.argsort(every, kind="stable")
    every, row = every[order], row[order]
    same = np.flatnonzero(every[1:] == every[:-1])
    yield from zip(row[same].tolist(), row[same + 1].tolist(), strict=True)
