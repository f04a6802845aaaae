"""Writing the columns of a shelf."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeVar

from newsreader.model import Provider
from newsreader.model.table import UNKNOWN_TIME
from newsreader.store.sections import Writer
from newsreader.store.segment import NUMBERS, Segment
from newsreader.store.shelf import Shelf
from newsreader.store.vocabulary import Vocabulary

T = TypeVar("T")


_COMES_LATER: Final[Mapping[str, Any]] = MappingProxyType(
    {"published_at": None, "copies": 0, "hot": None}
)
"""What of a brief is not kept: the date is as a number, and stories are found anew."""


def note_first(writer: Writer, shelf: Shelf, rows: Sequence[int]) -> None:
    """Keep what a list shows of some *rows* of *shelf* with its columns."""
    briefs = ((row, shelf.brief(row)) for row in rows)
    writer.note(
        "first",
        [
            (row, *brief._replace(**_COMES_LATER), brief.published_at and shelf.published[row])
            for row, brief in briefs
        ],
    )


def columns_of(old: Shelf, segments: Sequence[Segment], gone: Sequence[int] = ()) -> Writer:
    """The columns of *old* with the rows *gone*, and with more *segments* after its own."""
    kept = len(old)
    size = kept + sum(map(len, segments))
    writer = Writer({"size": size})
    for name, code in NUMBERS:
        before = getattr(old, name)[:kept]
        writer.add(name, code, before, *(each.numbers(name) for each in segments))
    _add_codes(writer, old, segments)
    added = old.mark_columns.kept("added")
    if added is not None:
        unknown = array("q", [UNKNOWN_TIME]) * (size - kept)
        writer.add("added", "q", added, unknown)
    dead = bytearray(old.gone[:kept] if old.gone else bytes(kept)) + bytes(size - kept)
    for row in gone:
        dead[row] = 1
    if any(dead):
        writer.add("gone", "B", dead)
    return writer


def _add_codes(writer: Writer, old: Shelf, segments: Sequence[Segment]) -> None:
    for name in ("category", "type"):
        before = old.categories if name == "category" else old.types
        words = _vocabulary("", before)
        codes = [words.mapped(each.numbers(name), each.names(name)) for each in segments]
        writer.add(name, "i", getattr(old, name)[: len(old)], *codes)
        writer.add_strings(f"{name}.names", words.values)
    providers = _vocabulary(Provider(), old.providers)
    codes = [providers.mapped(each.numbers("provider"), each.providers) for each in segments]
    writer.add("provider", "i", old.provider[: len(old)], *codes)
    writer.add_strings("provider.names", (each.name for each in providers.values))
    writer.add_strings("domain.names", (each.domain for each in providers.values))
    topics = _vocabulary("", old.topic_names)
    codes = [topics.mapped(each.topics.codes, each.names("topics")) for each in segments]
    known = array("i", old.topics.ends[: len(old)])
    ends = [known]
    count = known[-1] if known else 0
    writer.add("topics", "i", array("i", old.topics.codes[:count]), *codes)
    writer.add_strings("topics.names", topics.values)
    for segment in segments:
        ends.append(array("i", [count + end for end in segment.topics.ends]))
        count += len(segment.topics.codes)
    writer.add("topics.ends", "i", *ends)


def _vocabulary(empty: T, values: Sequence[T]) -> Vocabulary[T]:
    vocabulary = Vocabulary(empty)
    for value in values:
        vocabulary.code(value)
    return vocabulary


def empty_shelf() -> Shelf:
    """Nothing."""
    writer = Writer({"size": 0})
    for name, code in (*NUMBERS, ("topics", "i"), ("topics.ends", "i"), ("order", "I")):
        writer.add(name, code)
    for name in ("category", "type", "provider"):
        writer.add(name, "i")
        writer.add_strings(f"{name}.names", [""])
    writer.add_strings("domain.names", [""])
    writer.add_strings("topics.names", [""])
    return Shelf(writer.sections(), ())
