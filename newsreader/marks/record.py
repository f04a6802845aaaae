"""The lines of a journal: JSON objects, each with a stamp, a number and a checksum.

``docs/marks.md`` describes the format for other programs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from newsreader.marks.clock import is_stamp
from newsreader.model import Issue
from newsreader.model.marks import Value
from newsreader.text.blake import blake2b
from newsreader.text.sanitize import clean_block, clean_line

VERSION: Final = 1
"""The version of the format that this program writes, and the latest that it understands."""
MAX_LINE: Final = 1 << 26
"""Bytes of a line. A longer one is no record."""

_SUM: Final = b',"sum":"'
_DIGITS = 12
_TAIL = len(_SUM) + _DIGITS + len(b'"}')
_MOST_TAG = 100
_MOST_NOTE = 100_000
_MOST_NUMBER = 1 << 53
INSTANTS: Final = ("read", "starred", "later", "opened", "seen")
"""Fields whose value is a time in milliseconds since 1970, or null for not so."""


class DamagedError(Exception):
    """A line is no record as it was written."""


class Change(NamedTuple):
    """Some fields get values, in some articles."""

    values: Mapping[str, Value]
    keys: tuple[str, ...]


class Kept(NamedTuple):
    """A field of an article as it stands, with the stamp of the record that made it so."""

    key: str
    field: str
    value: Value
    stamp: str


class Record(NamedTuple):
    """One thing that was done, to any number of articles: whole or not at all.

    ``before`` is what the fields were; ``names`` are sets of names for one article each.
    ``undoes`` and ``redoes`` are the stamps of records. ``kept`` stands in a journal that was
    made shorter, in place of the records of before. ``number`` counts the lines of a file.
    """

    at: str
    verb: str = ""
    changes: tuple[Change, ...] = ()
    before: tuple[Change, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    undoes: str = ""
    redoes: str = ""
    kept: tuple[Kept, ...] = ()
    starts_session: bool = False
    number: int = 0

    @property
    def keys(self) -> frozenset[str]:
        """The articles that it changes."""
        return frozenset(key for change in self.changes for key in change.keys)


def encode(record: Record) -> bytes:
    """The line of *record*, with its end."""
    data: dict[str, Any] = {"v": VERSION, "n": record.number, "at": record.at}
    for name in ("verb", "undoes", "redoes"):
        if text := getattr(record, name):
            data[name] = text
    if record.changes:
        data["set"] = [[dict(values), keys] for values, keys in record.changes]
    if record.before:
        data["was"] = [[dict(values), keys] for values, keys in record.before]
    if record.names:
        data["names"] = record.names
    if record.kept:
        data["kept"] = record.kept
    if record.starts_session:
        data["session"] = True
    body = json.dumps(data, separators=(",", ":")).encode("ascii")[:-1]
    return body + _SUM + _digest(body) + b'"}\n'


def decode(line: bytes) -> Record | None:
    """The record of *line*, without its end; None for one of a kind that is not known here.

    Raises:
        DamagedError: when it is not as it was written, or not as a record must be.
    """
    if not _TAIL < len(line) <= MAX_LINE:
        raise DamagedError("it is no record")
    body, tail = line[:-_TAIL], line[-_TAIL:]
    if tail != _SUM + _digest(body) + b'"}':
        raise DamagedError("its checksum is another")
    try:
        data = json.loads(body + b"}")
        if not isinstance(data, dict) or not is_stamp(data["at"]):
            raise DamagedError("it has no time")
        if data["v"] != VERSION or not data.keys() & _KINDS:
            return None
        return _record(data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedError("it is not as a record must be") from error


def decode_or_none(line: bytes) -> Record | None:
    """The record of *line*; None also for a damaged one."""
    try:
        return decode(line)
    except DamagedError:
        return None


class Lines(NamedTuple):
    """What some lines held: records, what was damaged, and how many were of a later version."""

    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    unknown: int


def decode_lines(lines: Iterable[bytes], path: Path, first: int = 1) -> Lines:
    """The records of *lines* of the file at *path*, of which the first has the number *first*.

    Empty lines are nothing.
    """
    records: list[Record] = []
    issues: list[Issue] = []
    unknown = 0
    for number, line in enumerate(lines, first):
        if not line:
            continue
        try:
            record = decode(line)
        except DamagedError as error:
            place = clean_line(str(path))
            issues.append(Issue(place, f"a mark was damaged: {error}", line=number))
            continue
        if record is None:
            unknown += 1
        else:
            records.append(record)
    return Lines(tuple(records), tuple(issues), unknown)


_KINDS: Final = frozenset(("set", "kept", "names", "session", "undoes", "redoes"))


def _record(data: Mapping[str, Any]) -> Record:
    return Record(
        at=data["at"],
        verb=clean_line(_text(data.get("verb", ""), 200)),
        changes=tuple(_change(each) for each in data.get("set", ())),
        before=tuple(_change(each) for each in data.get("was", ())),
        names=tuple(tuple(_key(name) for name in each) for each in data.get("names", ())),
        undoes=_stamp(data.get("undoes", "")),
        redoes=_stamp(data.get("redoes", "")),
        kept=tuple(_kept(each) for each in data.get("kept", ())),
        starts_session=bool(data.get("session")),
        number=_number(data["n"]),
    )


def _change(data: Any) -> Change:
    values, keys = data
    known = {field: checked(field, value) for field, value in values.items()}
    return Change(MappingProxyType(known), tuple(_key(key) for key in keys))


def _kept(data: Any) -> Kept:
    key, field, value, stamp = data
    base, at, rest = field.partition("@")
    if at:
        # One of several notes, or that one was written over.
        if base not in ("note", "over") or not is_stamp(rest):
            raise ValueError(field)
        value = _note_text(value) if base == "note" else None
    else:
        value = checked(field, value)
    return Kept(_key(key), field, value, _stamp(stamp) or _wrong(stamp))


def checked(field: str, value: Any) -> Value:
    """*value* as the *field* of a change takes it, made safe to show.

    Raises:
        ValueError: when it takes no such value.
    """
    if field in INSTANTS or field.startswith("tag:"):
        if field.startswith("tag:") and clean_tag(field[4:]) != field[4:]:
            raise ValueError(field)
        return None if value is None else _number(value)
    if field == "position":
        if value is None:
            return None
        line, lines = value
        return (_number(line), _number(lines))
    if field == "note":
        text, over = value
        return (_note_text(text), tuple(_stamp(each) or _wrong(each) for each in over))
    # What a later version knows is carried along.
    if not isinstance(value, int | str | None) or len(field) > _MOST_TAG or "@" in field:
        raise ValueError(field)
    return value


def clean_tag(text: str) -> str:
    """*text* as the name of a tag: one word in small letters."""
    words = clean_line(text).casefold().replace(",", " ").replace('"', " ").split()
    return "-".join(words).lstrip("#-")[:_MOST_TAG]


def clean_note(text: str) -> str:
    """*text* as a note."""
    return clean_block(text).strip()[:_MOST_NOTE]


def _note_text(value: Any) -> str:
    return clean_note(_text(value, 4 * _MOST_NOTE))


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(value)
    return value


def _key(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 64 or not value.isalnum():
        raise ValueError(value)
    return value


def _stamp(value: Any) -> str:
    if value != "" and not is_stamp(value):
        raise ValueError(value)
    return str(value)


def _wrong(value: Any) -> str:
    raise ValueError(value)


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _MOST_NUMBER:
        raise ValueError(value)
    return value


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGITS // 2).hexdigest().encode("ascii")
