"""What the records of the journal came to, and how far they were read: so that no start waits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from newsreader.index.database import MARKS, open_database
from newsreader.model.marks import Entry, Place, wins


class MarkIndex:
    """The entries, names and places of one journal folder in the index at *path*.

    Any number of processes may use it: what one saves is merged with what is there.

    Raises:
        sqlite3.Error: from every method, when the file cannot be read or written.
        OSError: likewise.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self._folder = str(folder)
        self._lock = Lock()
        self._base = open_database(path, MARKS)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._base.close()

    def clear(self) -> None:
        """Forget everything."""
        with self._changing():
            for table in ("entries", "parents", "seen", "places"):
                self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - ours

    def places(self) -> dict[str, Place]:
        """How far each file of the journal was read."""
        with self._lock:
            rows = self._base.execute(
                "SELECT file, offset, line, print FROM places WHERE folder = ?", (self._folder,)
            ).fetchall()
        return {file: Place(offset, line, print_) for file, offset, line, print_ in rows}

    def load(self, names: Iterable[str]) -> tuple[dict[str, Entry], dict[str, str]]:
        """The entries of the articles that have *names*, and the parents that lead to them."""
        parents: dict[str, str] = {}
        wanted = set(names)
        with self._lock:
            asked = wanted
            while asked:
                found = self._all("SELECT name, parent FROM parents", asked)
                parents.update(found)
                asked = {parent for _, parent in found} - wanted
                wanted |= asked
            entries = {
                name: _entry(data)
                for name, data in self._all("SELECT name, data FROM entries", wanted)
            }
        return entries, parents

    def names(self, *, with_seen: bool = True) -> list[str]:
        """All names of which there is anything; *with_seen* also when an article was met first."""
        with self._lock:
            tables = ("entries", "parents", "seen")[: 3 if with_seen else 2]
            rows = self._base.execute(
                " UNION ".join(f"SELECT name FROM {table}" for table in tables)  # noqa: S608 - ours
            )
            return [name for (name,) in rows]

    def seen(self, names: Iterable[str]) -> dict[str, int]:
        """When each of *names* was met first."""
        with self._lock:
            return {name: int(at) for name, at in self._all("SELECT name, at FROM seen", names)}

    def save(
        self,
        entries: Mapping[str, Entry],
        parents: Mapping[str, str],
        seen: Mapping[str, int],
        places: Mapping[str, Place],
    ) -> None:
        """Add what was read up to *places*."""
        with self._changing():
            for name, parent in parents.items():
                self._link(name, parent)
            for name, entry in entries.items():
                self._merge(self._root(name), entry)
            self._base.executemany(
                "INSERT INTO seen VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET at = min(at, excluded.at)",
                seen.items(),
            )
            self._base.executemany(
                "INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?)",
                ((self._folder, file, *place) for file, place in places.items()),
            )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """All changes, or none of them."""
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    def _all(self, select: str, names: Iterable[str]) -> list[tuple[str, str]]:
        return self._base.execute(
            f"{select} WHERE name IN (SELECT value FROM json_each(?))",  # noqa: S608 - ours
            (json.dumps(list(names)),),
        ).fetchall()

    def _one(self, select: str, name: str) -> str | None:
        row = self._base.execute(select, (name,)).fetchone()
        return None if row is None else str(row[0])

    def _root(self, name: str) -> str:
        while (parent := self._one("SELECT parent FROM parents WHERE name = ?", name)) is not None:
            name = parent
        return name

    def _link(self, name: str, parent: str) -> None:
        root, other = sorted((self._root(name), self._root(parent)))
        if root == other:
            return
        self._base.execute("INSERT INTO parents VALUES (?, ?)", (other, root))
        data = self._one("SELECT data FROM entries WHERE name = ?", other)
        if data is not None:
            self._base.execute("DELETE FROM entries WHERE name = ?", (other,))
            self._merge(root, _entry(data))

    def _merge(self, root: str, entry: Entry) -> None:
        data = self._one("SELECT data FROM entries WHERE name = ?", root)
        merged = {} if data is None else _entry(data)
        for field, register in entry.items():
            if field not in merged or wins(register, merged[field]):
                merged[field] = register
        self._base.execute("INSERT OR REPLACE INTO entries VALUES (?, ?)", (root, _data(merged)))


def _data(entry: Entry) -> str:
    return json.dumps(entry, separators=(",", ":"))


def _entry(data: str) -> Entry:
    found: dict[str, Any] = json.loads(data)
    return {
        field: (stamp, tuple(value) if isinstance(value, list) else value)
        for field, (stamp, value) in found.items()
    }
