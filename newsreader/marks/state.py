"""What all records come to: per article and field, the value with the greatest stamp.

Applying records in any order, twice or in parts, comes to the same: every field is a register of
the last writer, what was seen first is the least, and notes that do not know of each other stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from threading import RLock

from newsreader.marks.record import Change, Record
from newsreader.model.marks import NO_MARKS, Entry, Marks, Position, Register, Value, wins

NOTE, OVER, TAG = "note@", "over@", "tag:"


class State:
    """What was done to each article. Any thread may ask and apply.

    An article may have several names; they lead to one of them, its root.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.entries: dict[str, Entry] = {}
        self.seen: dict[str, int] = {}
        """When each article was met first; apart, for it is of all articles."""
        self.parents: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        self._marks: dict[str, Marks] = {}

    def root(self, name: str) -> str:
        """The name under which the marks of the article *name* are kept."""
        parents = self.parents
        while name in parents:
            name = parents[name]
        return name

    def names(self, name: str) -> tuple[str, ...]:
        """All names of the article *name*."""
        root = self.root(name)
        return (root, *self._names.get(root, ()))

    def known(self, names: Iterable[str]) -> str | None:
        """The root of the first of *names* of which there is anything, if any."""
        with self.lock:
            for name in names:
                root = self.root(name)
                if root != name or root in self.entries:
                    return root
        return None

    def marks(self, name: str) -> Marks:
        """The marks of an article by any of its names."""
        root = self.root(name)
        marks = self._marks.get(root)
        if marks is None:
            with self.lock:
                entry = self.entries.get(root)
                seen = [self.seen[each] for each in self.names(root) if each in self.seen]
                marks = _marks_of(entry) if entry else NO_MARKS
                if seen:
                    marks = marks._replace(seen=min(seen))
                if entry is not None:
                    self._marks[root] = marks
        return marks

    def value(self, name: str, field: str) -> Value:
        """The value of a field as a change gives it; that of a note is its whole text."""
        if field == "note":
            return self.marks(name).note
        entry = self.entries.get(self.root(name), {})
        return entry[field][1] if field in entry else None

    def notes(self, name: str) -> tuple[str, ...]:
        """The stamps of the notes that stand."""
        return tuple(stamp for stamp, _ in _notes_of(self.entries.get(self.root(name), {})))

    def apply(self, record: Record) -> set[str]:
        """Bring a record in; the roots of the articles for which that changes anything."""
        changed: set[str] = set()
        for names in record.names:
            changed |= self.link(names)
        for change in record.changes:
            changed |= self._change(change, record.at)
        with self.lock:
            for kept in record.kept:
                if kept.field == "seen":
                    self.see((kept.key,), kept.value)
                elif self._set(kept.key, kept.field, (kept.stamp, kept.value)):
                    changed.add(self.root(kept.key))
        return changed

    def _change(self, change: Change, stamp: str) -> set[str]:
        registers: dict[str, Register] = {}
        for field, value in change.values.items():
            if field == "note" and isinstance(value, tuple):
                text, over = value
                registers[NOTE + stamp] = (stamp, text)
                registers.update((OVER + each, (stamp, None)) for each in over)
            elif field == "seen":
                self.see(change.keys, value)
            else:
                registers[field] = (stamp, value)
        changed: set[str] = set()
        if not registers:
            return changed
        for start in range(0, len(change.keys), _AT_ONCE):
            with self.lock:
                for key in change.keys[start : start + _AT_ONCE]:
                    moved = [self._set(key, *each) for each in registers.items()]
                    if any(moved):
                        changed.add(self.root(key))
        return changed

    def see(self, names: Iterable[str], at: Value) -> None:
        """Know that articles were there *at* a time, in milliseconds, if not before."""
        if isinstance(at, int):
            seen = self.seen
            with self.lock:
                for name in names:
                    if seen.get(name, at) >= at:
                        seen[name] = at
                        self._marks.pop(self.root(name), None)

    def _set(self, name: str, field: str, register: Register) -> bool:
        root = self.root(name)
        entry = self.entries.setdefault(root, {})
        old = entry.get(field)
        if old is not None and not wins(register, old):
            return False
        entry[field] = register
        self._marks.pop(root, None)
        return old is None or old[1] != register[1]

    def link(self, names: Iterable[str]) -> set[str]:
        """Let all *names* be of one article; the roots that change."""
        changed: set[str] = set()
        with self.lock:
            roots = sorted({self.root(name) for name in names})
            for other in roots[1:]:
                self.parents[other] = roots[0]
                mine = self._names.setdefault(roots[0], [])
                mine += (other, *self._names.pop(other, ()))
                changed |= {roots[0], other}
                self._marks.pop(other, None)
                for field, register in self.entries.pop(other, {}).items():
                    self._set(roots[0], field, register)
                self._marks.pop(roots[0], None)
        return changed

    def absorb(self, entries: Mapping[str, Entry], parents: Mapping[str, str]) -> None:
        """Bring in what was kept of the records of before."""
        with self.lock:
            for name, parent in parents.items():
                self.link((name, parent))
            for name, entry in entries.items():
                for field, register in entry.items():
                    self._set(name, field, register)


_AT_ONCE = 2_000
"""Articles that are changed before another thread may ask."""


def _notes_of(entry: Entry) -> Iterator[tuple[str, str]]:
    for field in sorted(entry):
        stamp = field.removeprefix(NOTE)
        if stamp != field and OVER + stamp not in entry:
            text = entry[field][1]
            if isinstance(text, str) and text:
                yield stamp, text


def _marks_of(entry: Entry) -> Marks:
    instants = {
        name: value
        for name in ("read", "starred", "later", "opened")
        if name in entry and isinstance(value := entry[name][1], int)
    }
    tags = tuple(
        sorted(
            field.removeprefix(TAG)
            for field, (_, value) in entry.items()
            if field.startswith(TAG) and value is not None
        )
    )
    position = entry["position"][1] if "position" in entry else None
    return Marks(
        **instants,
        tags=tags,
        notes=tuple(text for _, text in _notes_of(entry)),
        position=Position(*position) if isinstance(position, tuple) else None,
    )
