"""Taking back what was done, and doing it again: both are records like any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from newsreader.marks.record import Change, Record
from newsreader.marks.state import State
from newsreader.model.marks import Value


class Undo:
    """What can be taken back, the last thing first, and what can be done again."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._done: list[Record] = []
        self._undone: list[Record] = []
        for record in records:
            self.note(record)

    @property
    def last(self) -> Record | None:
        """What would be taken back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Record | None:
        """What would be done again: the record that took it back."""
        return self._undone[-1] if self._undone else None

    def note(self, record: Record) -> None:
        """Know of a record that was made."""
        if record.undoes:
            _drop(self._done, record.undoes)
            self._undone.append(record)
        elif record.redoes:
            _drop(self._undone, record.redoes)
            self._done.append(record)
        elif record.before:
            self._done.append(record)
            self._undone.clear()

    def put_under(self, earlier: Undo) -> None:
        """Go on with what was done *earlier* when all of one's own is taken back."""
        self._done[:0] = earlier._done
        if not self._done[len(earlier._done) :]:
            self._undone[:0] = earlier._undone


def _drop(records: list[Record], stamp: str) -> None:
    if records and records[-1].at == stamp:
        records.pop()


def setting(state: State, keys: Iterable[str], values: Mapping[str, Value]) -> Record:
    """The record, yet without a time, that gives *values* to fields of articles.

    Articles that have them are left out.
    """
    groups: dict[tuple[Value, ...], list[str]] = defaultdict(list)
    fields = tuple(values)
    wanted = tuple(values.values())
    for key in keys:
        found = tuple(state.value(key, field) for field in fields)
        if found != wanted or ("note" in fields and len(state.notes(key)) > 1):
            groups[found].append(key)
    changed = tuple(key for group in groups.values() for key in group)
    if not changed:
        return Record("")
    before = tuple(
        Change(MappingProxyType(dict(zip(fields, found, strict=True))), tuple(group))
        for found, group in groups.items()
    )
    return _written(state, Record("", changes=(Change(values, changed),), before=before))


def reverting(state: State, record: Record) -> Record:
    """The record that gives back what *record* changed, where nobody changed it since."""
    left: dict[tuple[str, str], Value] = {
        (key, field): _plain(value)
        for change in record.changes
        for key in change.keys
        for field, value in change.values.items()
    }
    changes: list[Change] = []
    before: list[Change] = []
    for change in record.before:
        for field, value in change.values.items():
            keys = tuple(
                key
                for key in change.keys
                if (key, field) in left and state.value(key, field) == left[key, field]
            )
            if keys:
                changes.append(Change(MappingProxyType({field: _plain(value)}), keys))
                groups: dict[Value, list[str]] = defaultdict(list)
                for key in keys:
                    groups[left[key, field]].append(key)
                before.extend(
                    Change(MappingProxyType({field: was}), tuple(group))
                    for was, group in groups.items()
                )
    return _written(state, Record("", record.verb, tuple(changes), tuple(before)))


def _plain(value: Value) -> Value:
    """A value as it is compared: of a note only its text."""
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return value[0]
    return value


def _written(state: State, record: Record) -> Record:
    """*record* with its notes over those that stand now, an article at a time."""
    if not any("note" in change.values for change in record.changes):
        return record
    changes: list[Change] = []
    for change in record.changes:
        if "note" not in change.values:
            changes.append(change)
            continue
        for key in change.keys:
            text = _plain(change.values["note"]) or ""
            values = {**change.values, "note": (text, state.notes(key))}
            changes.append(Change(MappingProxyType(values), (key,)))
    before = tuple(
        Change(MappingProxyType({f: _as_note(f, v) for f, v in values.items()}), keys)
        for values, keys in record.before
    )
    return record._replace(changes=tuple(changes), before=before)


def _as_note(field: str, value: Value) -> Value:
    return (_plain(value) or "", ()) if field == "note" else value
