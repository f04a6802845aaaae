"""Which rows have a word: what answers a search in as long as it takes to look the word up.

An inverted index (Zobel and Moffat, "Inverted files for text search engines", 2006) without
positions: exact for one word or the start of one; for a phrase, the rows that have all its words.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from time import sleep

from newsreader.model.table import Having
from newsreader.text.fold import is_unspaced

_WORD = re.compile(r"\w+")
_PAUSE_EVERY = 200
"""Rows indexed between two moments in which other threads may go on."""
_SHORT = 2
"""Starts of words up to this length stand for so many words that their rows are kept."""
_FREQUENT = 4
"""One of them is looked up beforehand when its words stand in one row of so many."""


class NotWantedError(Exception):
    """The index is not wanted any more."""


class WordIndex:
    """The words of *texts*, which are folded. Rows that were added later are not in it.

    Raises:
        NotWantedError: as soon as *is_wanted* says no.
    """

    def __init__(self, texts: Sequence[str], is_wanted: Callable[[], bool]) -> None:
        self.size = len(texts)
        self._rows: dict[str, array[int]] = {}
        rows = self._rows
        for row, text in enumerate(texts):
            for word in set(_WORD.findall(text)):
                try:
                    rows[word].append(row)
                except KeyError:
                    rows[word] = array("i", (row,))
            if row % _PAUSE_EVERY == 0:
                _give_way(is_wanted)
        self._words = sorted(rows)
        self._starts: dict[str, bytes] = {}
        for start in self._frequent_starts():
            self._starting(start)
            _give_way(is_wanted)

    def _frequent_starts(self) -> Iterator[str]:
        """The starts of words that would take longest to look up."""
        places: dict[str, int] = defaultdict(int)
        for word in self._words:
            for length in range(1, _SHORT + 1):
                places[word[:length]] += len(self._rows[word])
        for start, count in places.items():
            if (len(start) == 1 and start.isascii()) or count * _FREQUENT > self.size:
                yield start

    def having(self, text: str, *, prefix: bool) -> Having | None:
        """The rows that have folded *text* as whole words; with *prefix* its last one may go on.

        None for what has no words, or is written without spaces between them.
        """
        words = _WORD.findall(text)
        if not words or is_unspaced(text):
            return None
        is_open = prefix and _WORD.fullmatch(text[-1]) is not None
        *whole, last = words
        masks = [self._mask(self._rows.get(word, ())) for word in whole]
        masks.append(self._starting(last) if is_open else self._mask(self._rows.get(last, ())))
        return Having(_common(masks), is_exact=words == [text])

    def _starting(self, start: str) -> bytes:
        mask = self._starts.get(start)
        if mask is None:
            mask = self._mask(row for word in self._from(start) for row in self._rows[word])
            if len(start) <= _SHORT:
                self._starts[start] = mask
        return mask

    def _from(self, start: str) -> Iterator[str]:
        words = self._words
        for place in range(bisect_left(words, start), len(words)):
            if not words[place].startswith(start):
                return
            yield words[place]

    def _mask(self, rows: Iterable[int]) -> bytes:
        mask = bytearray(self.size)
        for row in rows:
            mask[row] = 1
        return bytes(mask)


def _give_way(is_wanted: Callable[[], bool]) -> None:
    if not is_wanted():
        raise NotWantedError
    sleep(0)


def _common(masks: Sequence[bytes]) -> bytes:
    if len(masks) == 1:
        return masks[0]
    numbers = (int.from_bytes(each, "little") for each in masks)
    both = reduce(lambda one, other: one & other, numbers)
    return both.to_bytes(len(masks[0]), "little")
