"""Opening the SQLite file of the index: made anew when it is damaged, or of another version."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from newsreader.config.replace import make_private

_APPLICATION: Final = 0x4E657773  # "News"


class Tables(NamedTuple):
    """The tables of an index, and the version of them and of what they are derived by."""

    version: int
    statements: str


MARKS: Final = Tables(
    1,
    """
CREATE TABLE entries (name TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seen (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE parents (name TEXT PRIMARY KEY, parent TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
    folder TEXT, file TEXT, offset INTEGER, line INTEGER, print TEXT,
    PRIMARY KEY (folder, file)
) WITHOUT ROWID;
""",
)


def open_database(path: Path, tables: Tables) -> sqlite3.Connection:
    """A connection to the index at *path*, which is made if it is not there or not to be used.

    Any thread may use it, one at a time.

    Raises:
        sqlite3.Error: when that cannot be done.
        OSError: when its folder cannot be made.
    """
    make_private(path.parent)
    try:
        return _opened(path, tables)
    except _OtherError:
        pass
    except sqlite3.OperationalError:
        raise  # It is in use, or there is no room: nothing is wrong with it.
    except sqlite3.DatabaseError:
        pass
    set_aside(path)
    return _opened(path, tables)


def set_aside(path: Path) -> None:
    """Give way for a new index: what was there is kept under another name."""
    with suppress(OSError):
        path.replace(path.with_name(f"{path.name}.damaged"))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


class _OtherError(Exception):
    """The file is of another program or version."""


def _opened(path: Path, tables: Tables) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _prepare(connection, tables)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, tables: Tables) -> None:
    if _mark(connection) == (_APPLICATION, tables.version):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _mark(connection) == (_APPLICATION, tables.version):
            return
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise _OtherError
        for statement in tables.statements.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {tables.version}")
    finally:
        connection.execute("COMMIT")


def _mark(connection: sqlite3.Connection) -> tuple[int, int]:
    found = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    )
    application, version = found
    return application, version
