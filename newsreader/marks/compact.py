"""Making a file of the journal shorter without losing anything: what its records came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from newsreader.marks.record import DamagedError, Kept, Record, decode, encode
from newsreader.marks.state import State
from newsreader.model.marks import Entry

_ARTICLES = 100
"""Articles in one record: so many are lost at most when its line is damaged."""


class NotSameError(Exception):
    """What was made is not what it was made of."""


class _Contents(NamedTuple):
    entries: dict[frozenset[str], Entry]
    seen: dict[str, int]


def compacted(data: bytes) -> bytes:
    """The contents of a shorter file that comes to the same as *data*.

    The records of the last two sessions stay as they are, so that they can be undone, and so do
    lines that are damaged or of a later version.

    Raises:
        NotSameError: when that did not succeed.
    """
    *lines, tail = data.split(b"\n")
    if tail:
        lines.append(tail)
    recent = _last_session(lines)
    state = State()
    odd: list[bytes] = []
    for line in lines[:recent]:
        record = _record(line)
        if record is None:
            odd.append(line)
        else:
            state.apply(record)
    first = next((each.number for line in lines[recent:] if (each := _record(line))), 0)
    records = list(_records(state))
    start = (first or len(records) + 1) - len(records)
    made = b"".join(
        (
            *(
                encode(record._replace(number=max(0, start + number)))
                for number, record in enumerate(records)
            ),
            *(line + b"\n" for line in odd if line),
            *(line + b"\n" for line in lines[recent:] if line),
        )
    )
    if _contents(made) != _contents(data):
        raise NotSameError
    return made


def _last_session(lines: Sequence[bytes]) -> int:
    """Where the last session begins that can be undone, and is not the one under way."""
    place, sessions = len(lines), 0
    can_be_undone = False
    for number in range(len(lines) - 1, -1, -1):
        record = _record(lines[number])
        if record is None:
            continue
        can_be_undone = can_be_undone or bool(record.before)
        if record.starts_session:
            place, sessions = number, sessions + 1
            if can_be_undone and sessions > 1:
                return place
    return place


def _record(line: bytes) -> Record | None:
    try:
        return decode(line)
    except DamagedError:
        return None


def _records(state: State) -> Iterator[Record]:
    roots = iter(sorted({*state.entries, *state.parents.values(), *state.seen}))
    while some := list(islice(roots, _ARTICLES)):
        kept: list[Kept] = []
        names: list[tuple[str, ...]] = []
        for root in some:
            entry = state.entries.get(root, {})
            kept += (Kept(root, field, value, stamp) for field, (stamp, value) in entry.items())
            if root in state.seen:
                kept.append(Kept(root, "seen", state.seen[root], _NEVER))
            if state.root(root) == root and len(state.names(root)) > 1:
                names.append(state.names(root))
        at = max((each.stamp for each in kept), default=_NEVER)
        yield Record(at, names=tuple(names), kept=tuple(kept))


_NEVER = f"{0:012x}-{0:04x}-0"


def _contents(data: bytes) -> _Contents:
    state = State()
    for line in data.split(b"\n"):
        record = _record(line)
        if record is not None:
            state.apply(record)
    entries = {frozenset(state.names(root)): entry for root, entry in state.entries.items()}
    return _Contents(entries, state.seen)
