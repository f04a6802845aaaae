"""Making a file of the journal shorter without losing anything: what its records came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from newsreader.marks.clock import NEVER
from newsreader.marks.record import Kept, Record, decode_or_none, encode
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
    lines = [(line, decode_or_none(line)) for line in data.split(b"\n") if line]
    recent = _recent([record for _, record in lines])
    state = State()
    odd: list[bytes] = []
    for line, record in lines[:recent]:
        if record is None:
            odd.append(line)
        else:
            state.apply(record)
    kept = list(records_of(state, _ARTICLES))
    next_number = next((each.number for _, each in lines[recent:] if each), len(kept) + 1)
    start = next_number - len(kept)
    numbered = [record._replace(number=max(0, n)) for n, record in enumerate(kept, start)]
    verbatim = (*odd, *(line for line, _ in lines[recent:]))
    made = b"".join((*map(encode, numbered), *(line + b"\n" for line in verbatim)))
    remade = map(decode_or_none, made.split(b"\n"))
    if _contents(remade) != _contents(record for _, record in lines):
        raise NotSameError
    return made


def records_of(state: State, articles: int = 1) -> Iterator[Record]:
    """What *state* holds, as records of so many *articles* each."""
    roots = iter(sorted({*state.entries, *map(state.root, (*state.parents, *state.seen))}))
    while some := list(islice(roots, articles)):
        names = [state.names(root) for root in some]
        kept = [
            Kept(root, field, value, stamp)
            for root in some
            for field, (stamp, value) in sorted(state.entries.get(root, {}).items())
        ]
        seen = (name for each in names for name in each if name in state.seen)
        kept += (Kept(name, "seen", state.seen[name], NEVER) for name in seen)
        yield Record(
            max(each.stamp for each in kept) if kept else NEVER,
            names=tuple(each for each in names if len(each) > 1),
            kept=tuple(kept),
        )


def _recent(records: Sequence[Record | None]) -> int:
    """Where the last session begins that can be undone, and is not the one under way."""
    place, sessions = len(records), 0
    can_be_undone = False
    for number in range(len(records) - 1, -1, -1):
        record = records[number]
        if record is None:
            continue
        can_be_undone = can_be_undone or bool(record.before)
        if record.starts_session:
            place, sessions = number, sessions + 1
            if can_be_undone and sessions > 1:
                return place
    return place


def _contents(records: Iterable[Record | None]) -> _Contents:
    state = State()
    for record in records:
        if record is not None:
            state.apply(record)
    entries = {frozenset(state.names(root)): entry for root, entry in state.entries.items()}
    return _Contents(entries, state.seen)
