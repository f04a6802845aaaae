"""What the reader did to articles, as columns."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from copy import copy

from newsreader.model.marks import NO_MARKS, Marks
from newsreader.model.table import UNKNOWN_TIME, Mark
from newsreader.store.vocabulary import Vocabulary

INSTANTS = ("read", "starred", "added", "opened")


class MarkColumns:
    """The marks of *size* rows. Columns that nothing stands in take no room; none ever changes."""

    def __init__(self, size: int, tag_names: Vocabulary[str] | None = None) -> None:
        self.size = size
        self.tag_names = tag_names or Vocabulary("")
        self.tags: Mapping[int, tuple[int, ...]] = {}
        self.notes: Mapping[int, str] = {}
        self.bits: bytes | bytearray = bytes(size)
        """For each row its :class:`~newsreader.model.table.Mark` bits."""
        self._instants: dict[str, array[int] | memoryview] = {}

    def instants(self, name: str) -> array[int] | memoryview:
        """One of :data:`INSTANTS`, in seconds."""
        return self._instants.get(name) or array("q", [UNKNOWN_TIME]) * self.size

    def kept(self, name: str) -> array[int] | memoryview | None:
        """The same; None when there is nothing in it."""
        return self._instants.get(name)

    def with_bits(self, bits: bytes) -> MarkColumns:
        """The same with other bits."""
        other = copy(self)
        other.bits = bits
        return other

    def set_added(self, column: memoryview) -> None:
        """Begin with a column of when each article was met first."""
        self._instants["added"] = column

    def changed(self, marks: Mapping[int, Marks]) -> MarkColumns:
        """The same with the marks of some rows in place of what they were."""
        other = copy(self)
        other._instants = dict(self._instants)
        other.tags, other.notes = self._tags(marks), self._notes(marks)
        bits = {row: _bits(each) for row, each in marks.items()}
        if any(self.bits[row] != value for row, value in bits.items()):
            other.bits = bytearray(self.bits)
            for row, value in bits.items():
                other.bits[row] = value
        for name, attribute in zip(INSTANTS, ("read", "starred", "seen", "opened"), strict=True):
            values = {row: _seconds(getattr(each, attribute)) for row, each in marks.items()}
            if name == "added":
                # Never taken back: it is not known here, as nobody asked the index for it.
                values = {row: value for row, value in values.items() if value != UNKNOWN_TIME}
            known = self._instants.get(name)
            if known is None and all(value == UNKNOWN_TIME for value in values.values()):
                continue
            column = _copy(self.instants(name))
            if known is not None and all(known[row] == value for row, value in values.items()):
                continue
            for row, value in values.items():
                column[row] = value
            other._instants[name] = column
        return other

    def _tags(self, marks: Mapping[int, Marks]) -> Mapping[int, tuple[int, ...]]:
        found = {row: tuple(map(self.tag_names.code, each.tags)) for row, each in marks.items()}
        if all(self.tags.get(row, ()) == tags for row, tags in found.items()):
            return self.tags
        both = {**self.tags, **found}
        return {row: tags for row, tags in both.items() if tags}

    def _notes(self, marks: Mapping[int, Marks]) -> Mapping[int, str]:
        found = {row: each.note if each.notes else "" for row, each in marks.items()}
        if all(self.notes.get(row, "") == note for row, note in found.items()):
            return self.notes
        both = {**self.notes, **found}
        return {row: note for row, note in both.items() if note}

    def met(self, rows: Sequence[int], seconds: int) -> MarkColumns:
        """The same with some *rows* met first at that time."""
        other = copy(self)
        column = _copy(self.instants("added"))
        for row in rows:
            column[row] = seconds
        other._instants = {**self._instants, "added": column}
        return other

    def picked(self, rows: Sequence[int]) -> MarkColumns:
        """The marks of some *rows* alone, in that order."""
        other = copy(self)
        other.size = len(rows)
        other.bits = bytes(map(self.bits.__getitem__, rows))
        other._instants = {
            name: array("q", map(column.__getitem__, rows))
            for name, column in self._instants.items()
        }
        places = {row: place for place, row in enumerate(rows)} if self.tags or self.notes else {}
        other.tags = {places[row]: tags for row, tags in self.tags.items() if row in places}
        other.notes = {places[row]: note for row, note in self.notes.items() if row in places}
        return other

    def grown(self, size: int, marks: Mapping[int, Marks]) -> MarkColumns:
        """The same for *size* rows, of which the first ones are these, with more *marks*."""
        other = copy(self)
        more = size - self.size
        other.size = size
        other.bits = self.bits + bytes(more)
        unknown = array("q", [UNKNOWN_TIME]) * more
        other._instants = {name: _copy(column) + unknown for name, column in self._instants.items()}
        some = {row: each for row, each in marks.items() if each is not NO_MARKS}
        return other.changed(some) if some else other


def _copy(column: array[int] | memoryview) -> array[int]:
    copied = array("q")
    copied.frombytes(memoryview(column).cast("B"))
    return copied


def _seconds(milliseconds: int | None) -> int:
    return UNKNOWN_TIME if milliseconds is None else milliseconds // 1000


def _bits(marks: Marks) -> int:
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
