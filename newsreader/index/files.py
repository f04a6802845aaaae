"""Which files were read, and what they were like then: so that no file is read twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple, TypeAlias

from newsreader.index.database import Tables, open_database

FILES: Final = Tables(
    1,
    """
CREATE TABLE files (
    folder TEXT, name TEXT, size INTEGER, mtime_ns INTEGER, inode INTEGER,
    id TEXT NOT NULL, twin_of TEXT, content INTEGER, issues TEXT,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE INDEX ids ON files (id);
CREATE TABLE state (edition INTEGER);
INSERT INTO state VALUES (0)
""",
)


Status: TypeAlias = tuple[int, int, int]
"""What tells whether a file has changed: bytes, nanoseconds since 1970, and its number."""


class File(NamedTuple):
    """A file that was read: its folder and name, what it was like, and what came of it.

    ``id`` is that of its article, empty when it gave none; ``twin_of`` is that of another article
    of the same identity. ``content`` stands for what was in the file. ``issues`` are what was
    wrong, as plain values.
    """

    folder: str
    name: str
    status: Status
    id: str
    twin_of: str = ""
    content: int = 0
    issues: tuple[tuple[Any, ...], ...] = ()


class FileIndex:
    """The files of one library, in the database at *path*. Any thread may ask, one at a time.

    Raises:
        sqlite3.Error: from every method, when the file cannot be read or written.
        OSError: likewise.
    """

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._base = open_database(path, FILES)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._base.close()

    @property
    def edition(self) -> int:
        """The edition of the store that was kept when this was saved last."""
        with self._lock:
            return int(self._base.execute("SELECT edition FROM state").fetchone()[0])

    def folders(self) -> list[str]:
        """All folders of which there are files."""
        with self._lock:
            rows = self._base.execute("SELECT DISTINCT folder FROM files").fetchall()
        return [folder for (folder,) in rows]

    def known(self, folder: str) -> dict[str, Status]:
        """What the files of a folder were like."""
        if not _is_text(folder):
            return {}
        with self._lock:
            rows = self._base.execute(
                "SELECT name, size, mtime_ns, inode FROM files WHERE folder = ?", (folder,)
            )
            return {name: (size, mtime_ns, inode) for name, size, mtime_ns, inode in rows}

    def ids(self, folder: str, names: Iterable[str]) -> dict[str, str]:
        """The ids that came of some files of a folder, by their names."""
        with self._lock:
            rows = self._base.execute(
                "SELECT name, id FROM files WHERE folder = ?"
                " AND name IN (SELECT value FROM json_each(?))",
                (folder, json.dumps(list(names))),
            )
            return dict(rows.fetchall())

    def twins(self) -> list[tuple[str, str]]:
        """The ids of files that are of one identity, two by two."""
        with self._lock:
            select = "SELECT twin_of, id FROM files WHERE twin_of IS NOT NULL"
            return self._base.execute(select).fetchall()

    def owners(self, ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """Each of *ids* with the folder and name of a file that gave it."""
        with self._lock:
            return self._base.execute(
                "SELECT id, folder, name FROM files WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()

    def all_ids(self) -> set[str]:
        """All ids there are."""
        with self._lock:
            return {name for (name,) in self._base.execute("SELECT id FROM files")}

    def issues(self) -> list[tuple[Any, ...]]:
        """What was wrong with all files: folder, name, and the values of each issue."""
        with self._lock:
            rows = self._base.execute(
                "SELECT folder, name, issues FROM files WHERE issues IS NOT NULL"
                " ORDER BY folder, name"
            ).fetchall()
        return [(folder, name, *issue) for folder, name, text in rows for issue in json.loads(text)]

    def clear(self) -> None:
        """Forget all files."""
        with self._lock, self._base:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.execute("DELETE FROM files")
            self._base.execute("UPDATE state SET edition = 0")

    def save(self, files: Iterable[File], gone: Iterable[tuple[str, str]], edition: int) -> None:
        """Know *files*, and no longer those *gone*, which are folders with names."""
        with self._lock, self._base:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany("DELETE FROM files WHERE folder = ? AND name = ?", gone)
            self._base.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_values(file) for file in files if _is_text(file.folder + file.name)),
            )
            self._base.execute("UPDATE state SET edition = ?", (edition,))


def _is_text(name: str) -> bool:
    """Whether *name* can be kept; what is called in no encoding is read each time."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _values(file: File) -> tuple[Any, ...]:
    # SQLite has no unsigned numbers.
    content = file.content - (1 << 64) if file.content >> 63 else file.content
    issues = json.dumps(file.issues) if file.issues else None
    place = file.folder, file.name
    return (*place, *file.status, file.id, file.twin_of or None, content, issues)
