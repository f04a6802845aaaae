"""Which rows have a word: what answers a search in as long as it takes to look the word up.

An inverted index (Zobel and Moffat, "Inverted files for text search engines", 2006) without
positions: exact for one word or the start of one; for a phrase, the rows that have all its words.
The words are in order, and so are their rows, one word after another: the rows of all words with
one start are one piece of an array.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from newsreader.store.sections import Sections, Writer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

WORD = re.compile(r"\w+")
_SHORT = 2
"""Starts of words up to this length stand for so many words that their rows are kept as bits."""
_FREQUENT = 32
"""One of them is, when its words stand in one row of so many."""


def add_words(writer: Writer, name: str, texts: Sequence[str]) -> None:
    """Add the words of *texts*, which are folded, to a segment."""
    import numpy as np

    rows_of: dict[str, array[int]] = {}
    for row, text in enumerate(texts):
        for word in set(WORD.findall(text)):
            try:
                rows_of[word].append(row)
            except KeyError:
                rows_of[word] = array("I", (row,))
    words = sorted(rows_of)
    writer.add_strings(name, words)
    writer.add_numbers(f"{name}.rows.ends", "Q", accumulate(len(rows_of[word]) for word in words))
    writer.add(f"{name}.rows", "I", *(rows_of[word] for word in words))
    starts = sorted(_frequent_starts(words, rows_of, len(texts)))
    bits: list[bytes] = []
    for _, among in starts:
        mask = np.zeros(len(texts), np.bool_)
        for place in among:
            mask[np.frombuffer(rows_of[words[place]], np.uint32)] = True
        bits.append(np.packbits(mask, bitorder="little").tobytes())
    writer.add_strings(f"{name}.starts", (start for start, _ in starts))
    writer.add(f"{name}.bits", "B", *bits)


def _frequent_starts(
    words: Sequence[str], rows_of: dict[str, array[int]], size: int
) -> Iterator[tuple[str, range]]:
    """The starts of words that would take longest to look up, and the places of those words."""
    places: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for place, word in enumerate(words):
        for length in range(1, min(_SHORT, len(word)) + 1):
            found = places[word[:length]]
            if not found[0]:
                found[1] = place
            found[0] += len(rows_of[word])
            found[2] = place + 1
    for start, (count, first, last) in places.items():
        if count * _FREQUENT > size:
            yield start, range(first, last)


class Words:
    """The words of a segment."""

    def __init__(self, sections: Sections, name: str, size: int) -> None:
        self._size = size
        self._words = sections.strings(name)
        self._ends = sections.array(f"{name}.rows.ends")
        self._rows = sections.array(f"{name}.rows")
        self._starts = sections.strings(f"{name}.starts")
        self._bits = sections.array(f"{name}.bits")

    def mark(self, text: str, mask: Mask, *, is_open: bool) -> None:
        """Set *mask*, which is false, where a row has the word *text*, or one that starts so."""
        import numpy as np

        if is_open and len(text) <= _SHORT:
            for place in self._starts.find(text):
                length = -(-self._size // 8)
                bits = np.frombuffer(self._bits, np.uint8)[place * length : (place + 1) * length]
                mask[:] = np.unpackbits(bits, count=self._size, bitorder="little")
                return
        found = self._words.starting(text) if is_open else self._words.find(text)
        if found:
            first = self._ends[found.start - 1] if found.start else 0
            rows = np.frombuffer(self._rows, np.uint32)
            mask[rows[first : self._ends[found.stop - 1]]] = True
