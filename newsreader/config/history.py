"""The queries that were kept, so that they can be asked again: one JSON text a line."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from newsreader.config.replace import make_private
from newsreader.text.sanitize import clean_line

MOST = 500
"""Queries that are remembered."""
_SLACK = 100
"""Lines beyond :data:`MOST` before the file is written anew."""
_LONGEST = 10_000
_MAX_BYTES = 4 * 1024 * 1024


class History:
    """The queries of one file, the newest last. No file and no line of it is ever an error."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._queries: list[str] | None = None

    @property
    def queries(self) -> tuple[str, ...]:
        """The queries, the newest last, each of them once. The file is read the first time."""
        return tuple(self._known())

    def add(self, query: str) -> None:
        """Remember *query* as the newest, on the disk as well if that can be done."""
        query = clean_line(query)
        if not query or len(query) > _LONGEST:
            return
        known = self._known()
        if known and known[-1] == query:
            return
        with suppress(ValueError):
            known.remove(query)
        known.append(query)
        del known[:-MOST]
        with suppress(OSError):
            self._append(query)

    def _known(self) -> list[str]:
        if self._queries is None:
            self._queries = _read(self.path)
        return self._queries

    def _append(self, query: str) -> None:
        make_private(self.path.parent)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
        file = os.open(self.path, flags, 0o600)
        try:
            os.write(file, _line(query))
        finally:
            os.close(file)
        if _lines(self.path) > MOST + _SLACK:
            self._shorten()

    def _shorten(self) -> None:
        """Write the file anew with what is to be remembered, of other processes as well."""
        from newsreader.config.replace import replace_file

        replace_file(self.path, b"".join(map(_line, _read(self.path))))


def _line(query: str) -> bytes:
    return f"{json.dumps(query)}\n".encode("ascii")


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _MAX_BYTES))
            return file.read(_MAX_BYTES)
    except (OSError, ValueError):
        return b""


def _lines(path: Path) -> int:
    return _bytes(path).count(b"\n")


def _read(path: Path) -> list[str]:
    queries: dict[str, None] = {}
    for line in _bytes(path).split(b"\n"):
        try:
            query = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(query, str) or len(query) > _LONGEST:
            continue
        query = clean_line(query)
        if query:
            queries.pop(query, None)
            queries[query] = None
    return list(queries)[-MOST:]
