"""What was found of stories the last time, and which articles it is about."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np

from newsreader.store.sections import Sections
from newsreader.store.shelf import Shelf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


@lru_cache(maxsize=200_000)
def term_number(term: str) -> int:
    """What stands for a term."""
    return crc32(term.encode("utf-8", "surrogatepass"))


class KnownWords:
    """What a sample of articles tells of words, each by its number."""

    def __init__(self, counts: Mapping[int, int], names: AbstractSet[int]) -> None:
        self.counts = counts
        self.names = names

    def count(self, term: str) -> int:
        return self.counts.get(term_number(term), 0)

    def is_name(self, term: str) -> bool:
        return term_number(term) in self.names


class Before:
    """What was found the last time, and which rows of *shelf* it is about."""

    def __init__(self, shelf: Shelf, sections: Sections) -> None:
        contents = np.asarray(sections.array("contents"))
        self.old_of = _matched(contents_of(shelf), contents)
        """For each row the row that it was, or -1."""
        self.new_of = np.full(len(contents), -1, np.int64)
        """For each row of then the row that it is, or -1."""
        there = np.flatnonzero(self.old_of >= 0)
        self.new_of[self.old_of[there]] = there
        if shelf.gone is not None:
            gone = np.flatnonzero(np.asarray(shelf.gone))
            self.new_of[self.old_of[gone][self.old_of[gone] >= 0]] = -1
        self.counted = int(sections.meta["counted"])
        terms, counts = (sections.array(name) for name in ("words", "words.counts"))
        names = frozenset(sections.array("names"))
        self.words = KnownWords(dict(zip(terms, counts, strict=True)), names)
        self.ends, self.terms, self.weights = (
            sections.array(name) for name in ("terms.ends", "terms", "weights")
        )
        self._links = [np.asarray(sections.array(f"links.{name}")) for name in LINKS]
        self._copied = [np.asarray(sections.array(f"copied.{name}")) for name in LINKS[:2]]
        self.story = np.asarray(sections.array("story"))

    def links(self) -> tuple[Array, Array, Array, Array]:
        """The links that are left; and the rows that have lost one."""
        first, second, score = self._links
        first, second = self.new_of[first], self.new_of[second]
        left = (first >= 0) & (second >= 0)
        lost = np.concatenate((first[~left], second[~left]))
        return first[left], second[left], score[left], lost[lost >= 0]

    def copied(self) -> list[tuple[int, int]]:
        """The pairs of copies that are left."""
        one, other = (self.new_of[rows] for rows in self._copied)
        left = (one >= 0) & (other >= 0)
        return list(zip(one[left].tolist(), other[left].tolist(), strict=True))


LINKS: Final = ("first", "second", "score")


def contents_of(shelf: Shelf) -> Array:
    """What stands for all that is in the file of each row."""
    parts = [np.asarray(segment.numbers("content")) for segment in shelf.segments]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _matched(new: Array, old: Array) -> Array:
    """For each of *new* the place in *old* with the same number, or -1; each place once."""
    found = np.full(len(new), -1, np.int64)
    size = min(len(new), len(old))
    differing = np.flatnonzero(new[:size] != old[:size])
    same = int(differing[0]) if len(differing) else size
    found[:same] = np.arange(same)
    rest = {content: place + same for place, content in enumerate(old[same:].tolist())}
    for place, content in enumerate(new[same:].tolist()):
        found[same + place] = rest.pop(content, -1)
    return found
