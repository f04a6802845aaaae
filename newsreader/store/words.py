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
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import TYPE_CHECKING

from newsreader.store.sections import Sections, Writer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

WORD = re.compile(r"\w+")
_ASCII = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_SHORT = 2
"""Starts of words up to this length stand for so many words that their rows are kept as bits."""
_FREQUENT = 32
"""One of them is, when its words stand in one row of so many."""


def words_of(text: str) -> set[str]:
    """The distinct words of folded *text*."""
    if text.isascii():
        return set(text.translate(_ASCII).split())
    return set(WORD.findall(text))


def add_words(writer: Writer, name: str, texts: Iterable[str]) -> None:
    """Add the words of *texts*, which are folded, to a segment."""
    import numpy as np

    # Counting the words as they are first asked for needs no Python for each of them.
    numbers: dict[str, int] = defaultdict(count().__next__)
    flat, lengths = array("I"), array("I")
    for text in texts:
        found = words_of(text)
        flat.extend(map(numbers.__getitem__, found))
        lengths.append(len(found))
    words = sorted(numbers)
    ranks = np.empty(len(words), np.uint32)
    ranks[[numbers[word] for word in words]] = np.arange(len(words), dtype=np.uint32)
    ranked = ranks[np.frombuffer(flat, np.uint32)] if flat else ranks
    counts = np.bincount(ranked, minlength=len(words))
    ends = np.cumsum(counts)
    rows = np.repeat(np.arange(len(lengths), dtype=np.uint32), np.asarray(lengths))
    rows = rows[_order_of(ranked)]
    writer.add_strings(name, words)
    writer.add(f"{name}.rows.ends", "Q", ends.astype(np.uint64).data)
    writer.add(f"{name}.rows", "I", rows.data)
    starts: list[str] = []
    bits: list[bytes] = []
    for start, among in _starts(words):
        first = int(ends[among.start - 1]) if among.start else 0
        last = int(ends[among.stop - 1])
        if (last - first) * _FREQUENT > len(lengths):
            mask = np.zeros(len(lengths), np.bool_)
            mask[rows[first:last]] = True
            starts.append(start)
            bits.append(np.packbits(mask, bitorder="little").tobytes())
    order = sorted(range(len(starts)), key=starts.__getitem__)
    writer.add_strings(f"{name}.starts", (starts[place] for place in order))
    writer.add(f"{name}.bits", "B", *(bits[place] for place in order))


def _order_of(numbers: NDArray[np.uint32]) -> NDArray[np.intp]:
    """The places of *numbers* in their order, those of equal ones as they are."""
    import numpy as np

    # Of 16 bits NumPy sorts in linear time, so it is done by halves, the lower one first.
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    upper = (numbers >> 16).astype(np.uint16)
    return order[np.argsort(upper[order], kind="stable")] if upper.any() else order


def _starts(words: Sequence[str]) -> Iterator[tuple[str, range]]:
    """The short starts of *words*, which are in order, and the places of those words."""
    for length in range(1, _SHORT + 1):
        first = 0
        for start, among in groupby(words, key=lambda word: word[:length]):
            last = first + sum(1 for _ in among)
            if len(start) == length:
                yield start, range(first, last)
            first = last


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
            # Numpy takes several times as long over indices of another size than its own.
            mask[rows[first : self._ends[found.stop - 1]].astype(np.intp)] = True
