"""Several segments as one, column by column: no row is made of them, and no text is decoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsreader.store.sections import Buffer, Writer
from newsreader.store.segment import FOUND, LISTS, NUMBERS, TEXTS, Segment
from newsreader.store.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray


class _Part(NamedTuple):
    """A segment, and which of its rows are kept; None when all are."""

    segment: Segment
    kept: NDArray[np.bool_] | None = None

    def chosen(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Those of the *values* of all rows whose rows are kept."""
        return values if self.kept is None else values[self.kept]

    def lengths(self, name: str) -> NDArray[np.int64]:
        """How long the text or list *name* of each row is."""
        ends = np.asarray(self.segment.numbers(f"{name}.ends"), np.int64)
        return ends - np.concatenate(([0], ends[:-1]))

    def items(self, name: str) -> NDArray[np.generic]:
        """The bytes of the texts *name*, or the numbers of the lists, of the rows that are kept."""
        values = np.asarray(self.segment.numbers(name))
        return values if self.kept is None else values[np.repeat(self.kept, self.lengths(name))]


def merged(segments: Sequence[Segment], gone: Buffer, *, with_words: bool) -> Iterator[Buffer]:
    """What one segment of the rows of *segments* is read from; *with_words* it has their index.

    *gone* has a byte for each row, 1 for those that are left out.
    """
    parts = _parts(segments, np.frombuffer(gone, np.bool_))
    size = sum(len(each.segment) if each.kept is None else int(each.kept.sum()) for each in parts)
    writer = Writer({"size": size})
    for name, code in (*NUMBERS, ("content", "Q")):
        numbers = [each.chosen(np.asarray(each.segment.numbers(name))) for each in parts]
        writer.add(name, code, *(column.data for column in numbers))
    for name in TEXTS:
        _add(writer, name, "Q", "B", parts, [each.items(name) for each in parts])
    _add_codes(writer, parts)
    ids = np.concatenate([each.chosen(_by_row(each.segment)) for each in parts])
    _add_finder(writer, "ids", ids, np.ones(size, np.int64))
    for name in LISTS:
        lists = [each.items(name) for each in parts]
        lengths = _add(writer, name, "i", "Q", parts, lists)
        if name in FOUND:
            _add_finder(writer, name, np.concatenate(lists), lengths)
    if with_words:
        from newsreader.store.words import add_words

        add_words(writer, "words", _texts(parts))
        add_words(writer, "title_words", (each.partition("\n")[0] for each in _texts(parts)))
    return writer.pieces()


def _parts(segments: Sequence[Segment], gone: NDArray[np.bool_]) -> list[_Part]:
    parts, first = [], 0
    for each in segments:
        left_out = gone[first : first + len(each)]
        parts.append(_Part(each, ~left_out if left_out.any() else None))
        first += len(each)
    return parts


def _texts(parts: Sequence[_Part]) -> Iterator[str]:
    for segment, kept in parts:
        for row, text in enumerate(segment.texts):
            if kept is None or kept[row]:
                yield text


def _add(
    writer: Writer,
    name: str,
    end_code: str,
    code: str,
    parts: Sequence[_Part],
    items: Sequence[NDArray[np.generic]],
) -> NDArray[np.int64]:
    """Add texts or lists; the length of each."""
    lengths = np.concatenate([each.chosen(each.lengths(name)) for each in parts])
    writer.add(f"{name}.ends", end_code, np.cumsum(lengths).astype(end_code).data)
    writer.add(name, code, *(each.data for each in items))
    return lengths.astype(np.int64)


def _by_row(segment: Segment) -> NDArray[np.uint64]:
    """The key of the id of each row."""
    keys = np.empty(len(segment), np.uint64)
    keys[np.asarray(segment.numbers("ids.rows"))] = np.asarray(segment.numbers("ids.keys"))
    return keys


def _add_finder(
    writer: Writer, name: str, keys: NDArray[np.generic], lengths: NDArray[np.int64]
) -> None:
    """Add what finds the rows whose lists, *lengths* long, have each of *keys*."""
    order = np.argsort(keys, kind="stable")
    rows = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    writer.add(f"{name}.keys", "Q", keys[order].data)
    writer.add(f"{name}.rows", "I", rows[order].data)


def _add_codes(writer: Writer, parts: Sequence[_Part]) -> None:
    for name in ("category", "type"):
        words = Vocabulary("")
        codes = [
            each.chosen(_mapped(each, name, words.codes(each.segment.names(name))))
            for each in parts
        ]
        writer.add(name, "i", *(each.data for each in codes))
        writer.add_strings(f"{name}.names", words.values)
    providers = Vocabulary(("", ""))
    codes = []
    for each in parts:
        pairs = zip(each.segment.names("provider"), each.segment.names("domain"), strict=True)
        codes.append(each.chosen(_mapped(each, "provider", providers.codes(pairs))))
    writer.add("provider", "i", *(each.data for each in codes))
    writer.add_strings("provider.names", (name for name, _ in providers.values))
    writer.add_strings("domain.names", (domain for _, domain in providers.values))
    topics = Vocabulary("")
    lists = [
        np.asarray(topics.codes(each.segment.names("topics")), np.int32)[each.items("topics")]
        for each in parts
    ]
    _add(writer, "topics", "i", "i", parts, lists)
    writer.add_strings("topics.names", topics.values)


def _mapped(part: _Part, name: str, codes: Sequence[int]) -> NDArray[np.int32]:
    return np.take(np.asarray(codes, np.int32), np.asarray(part.segment.numbers(name)))
