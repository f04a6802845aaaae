"""The files of the journal: one for each device and writer, so that no file has two writers."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from newsreader.marks.record import MAX_LINE, Record, decode_lines
from newsreader.model import Issue
from newsreader.model.marks import Place
from newsreader.text.blake import blake2b
from newsreader.text.sanitize import clean_line

SUFFIX: Final = ".jsonl"
_CHUNK = 1 << 20
_PRINT = 64
"""Bytes before a place in a file by which it is known again."""
_MOST_ISSUES = 20
_TOO_LONG = b"?"
"""Stands for a line that is too long to be held, and is no record."""
_NAME = re.compile(r"[^/\0]{1,240}\.jsonl")


class Batch(NamedTuple):
    """Some records of a file, and what was wrong with others."""

    name: str
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]


class Reader:
    """Reads what is new in the journal files of a folder, whoever wrote them.

    A file that is not what it was is read again from its start; records may come twice.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places: dict[str, Place] = {}
        self._seen: dict[str, tuple[int, int]] = {}
        self._unread: dict[str, tuple[int, int]] = {}
        self._damaged: dict[str, Place] = {}

    def news(self) -> Generator[Batch, None, None]:
        """The records that were not read yet, a batch for some of a file's at a time."""
        for name, status in files_in(self.folder):
            seen = (status.st_size, status.st_mtime_ns)
            before = self._seen.get(name)
            if before == seen:
                continue
            if name in self._damaged or (before is not None and status.st_size <= before[0]):
                # Changed, and not only added to: what was damaged may be whole now.
                self.places.pop(name, None)
                self._damaged.pop(name, None)
            try:
                yield from self._read(name)
                self._seen[name] = seen
            except OSError as error:
                if self._unread.get(name) != seen:
                    self._unread[name] = seen
                    issue = Issue(_shown(self.folder / name), f"cannot be read: {error.strerror}")
                    yield Batch(name, (), (issue,))

    def fits(self) -> bool:
        """Whether every file is, up to its place, what it was."""
        for name, place in self.places.items():
            try:
                with _opened(self.folder / name) as file:
                    if not _is_there(file, place):
                        return False
            except OSError:
                return False
        return True

    def safe_places(self) -> dict[str, Place]:
        """The places, but none behind a damaged line: that is read, and told, again."""
        return {**self.places, **self._damaged}

    def start_again(self) -> None:
        """Take nothing as read."""
        self.places.clear()
        self._seen.clear()
        self._damaged.clear()

    def skip_all(self, name: str) -> None:
        """Take a file as read to its end."""
        with _opened(self.folder / name) as file:
            size = os.fstat(file).st_size
            self.places[name] = Place(size, 0, _print(_before(file, size)))

    def skip(self, name: str, before: int, written: bytes, lines: int) -> None:
        """Take *written*, which was added to a file at *before*, as read if nothing is between."""
        place = self.places.get(name, Place())
        if place.offset == before and len(written) >= _PRINT:
            self.places[name] = Place(
                before + len(written), place.line + lines, _print(written[-_PRINT:])
            )

    def _read(self, name: str) -> Iterator[Batch]:
        place = self.places.get(name, Place())
        with _opened(self.folder / name) as file:
            if place.offset and not _is_there(file, place):
                place = Place()
            rest = b""
            skipped = 0
            while chunk := _pread(file, place.offset + skipped + len(rest)):
                *lines, tail = (rest + chunk).split(b"\n")
                rest = tail
                if not lines and skipped + len(rest) > MAX_LINE:
                    skipped, rest = skipped + len(rest), b""
                if not lines:
                    continue
                end = place.offset + skipped + sum(map(len, lines)) + len(lines)
                if skipped:
                    lines[0] = _TOO_LONG
                    skipped = 0
                found = decode_lines(lines, self.folder / name, place.line + 1)
                if found.issues:
                    self._damaged.setdefault(name, place)
                place = Place(end, place.line + len(lines), _print(_before(file, end)))
                self.places[name] = place
                yield Batch(name, found.records, found.issues[:_MOST_ISSUES])


class _Opened(NamedTuple):
    descriptor: int

    def __enter__(self) -> int:
        return self.descriptor

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)


def _opened(path: Path) -> _Opened:
    return _Opened(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC))


def _pread(file: int, offset: int) -> bytes:
    return os.pread(file, _CHUNK, offset)


def files_in(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The journal files below *folder*, by their names."""
    found: list[tuple[str, os.stat_result]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name) and not entry.name.startswith("."):
                with suppress(OSError, UnicodeEncodeError):
                    entry.name.encode()
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode):
                        found.append((entry.name, status))
    return iter(sorted(found))


def _is_there(file: int, place: Place) -> bool:
    return _print(_before(file, place.offset)) == place.print


def _before(file: int, offset: int) -> bytes:
    """The bytes right before *offset* by which a place is known again; fewer in a shorter file."""
    size = min(_PRINT, offset)
    return os.pread(file, size, offset - size)


def _print(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()


def _shown(path: Path) -> str:
    return clean_line(str(path))
