"""Adding to the one file of the journal that is ours, so that what is added stays."""

from __future__ import annotations

import errno
import os
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from newsreader.config.replace import make_private, only_one, replace_file
from newsreader.marks.journal import SUFFIX
from newsreader.marks.record import DamagedError, Record, decode, decode_or_none, encode

_SLOTS = 64
_CHUNK = 1 << 16
_REMEMBERED = 10_000
"""Records of this session that are written again when the file was taken away."""
_WORTH = 1 << 18
"""Bytes of a file below which it is not made shorter."""
_DEVICE: Final = re.compile(r"[0-9a-f]{8}")


def sync_folder(folder: Path) -> None:
    """See to it that the names in *folder* stay.

    Raises:
        OSError: when that cannot be done.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Writer:
    """Adds records to a file in *folder* that no other process writes to.

    *locks* is a folder of this machine alone. The file is chosen and opened with the first
    record: of the files of this device that are free, the one that was written to last.
    """

    def __init__(self, folder: Path, locks: Path) -> None:
        self._folder = folder
        self._locks = locks
        self._device = ""
        self._slot: int | None = None
        self._lock: int | None = None
        self._file: int | None = None
        self._size = 0
        self._number = 0
        self._compact_from = _WORTH
        self._written: deque[Record] = deque(maxlen=_REMEMBERED)
        self._is_named = False
        """Whether the folder is known to keep the file's name."""
        self._is_replaced = False
        """Whether what was written has to be written again."""

    @property
    def name(self) -> str:
        """The name of the writer, which is that of its file."""
        return f"{self._device}.{self._slot}"

    @property
    def path(self) -> Path:
        """The file."""
        return self._folder / f"{self.name}{SUFFIX}"

    def open(self) -> None:
        """Choose a file and make it ready.

        Raises:
            OSError: when that cannot be done.
        """
        if self._lock is None:
            self._choose()
        if self._file is None:
            self._open()

    def close(self) -> None:
        """Let others have the file."""
        for descriptor in (self._file, self._lock):
            if descriptor is not None:
                os.close(descriptor)
        self._file = self._lock = self._slot = None

    def append(self, records: list[Record]) -> tuple[int, bytes]:
        """Add *records* and wait until they are kept; where in the file they stand, and how.

        Raises:
            OSError: when they could not be kept; none of them counts then.
        """
        if self._file is not None and not self._is_there(self._size):
            self._let_go()
        self.open()
        file = self._file
        if file is None:  # pragma: no cover - open() has opened it or raised
            raise OSError("no file")
        again = self._written if self._is_replaced else ()
        lines = b"".join(
            encode(record._replace(number=self._number + count))
            for count, record in enumerate((*again, *records), 1)
        )
        start = self._size
        try:
            _write(file, lines)
            os.fsync(file)
        except OSError:
            # What a failed write or sync has left behind is not to be relied on.
            with suppress(OSError):
                os.ftruncate(file, start)
            with suppress(OSError):
                os.close(file)
            self._file = None
            raise
        if not self._is_there(start + len(lines)):
            self._let_go()
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        self._is_replaced = False
        self._size += len(lines)
        self._number += len(again) + len(records)
        self._written.extend(records)
        return start, lines

    def _let_go(self) -> None:
        """Something has put another file in the place of ours: what we wrote may not be in it."""
        if self._file is not None:
            os.close(self._file)
        self._file, self._is_named, self._is_replaced = None, False, True

    def _is_there(self, size: int) -> bool:
        """Whether the file that is open is the one that has the name, and as long as it must be."""
        if self._file is None:
            return False
        mine = os.fstat(self._file)
        try:
            named = self.path.stat()
        except OSError:
            return False
        return (mine.st_dev, mine.st_ino, mine.st_size) == (named.st_dev, named.st_ino, size)

    def _choose(self) -> None:
        import fcntl

        make_private(self._locks)
        self._device = device(self._locks)
        for slot in sorted(range(_SLOTS), key=self._last_written):
            lock = os.open(
                self._locks / f"marks.{slot}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                continue
            except OSError:
                # No locks on this file system: a name that nobody else has.
                slot = int.from_bytes(os.urandom(5)) + _SLOTS
            self._slot, self._lock = slot, lock
            return
        raise OSError("all files of the journal are in use")

    def _last_written(self, slot: int) -> tuple[float, int]:
        try:
            status = (self._folder / f"{self._device}.{slot}{SUFFIX}").stat()
        except OSError:
            return (0.0, slot)
        return (-status.st_mtime, slot)

    def _open(self) -> None:
        make_private(self._folder)
        self._is_named = self._is_named and self.path.exists()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        file = os.open(self.path, flags, 0o600)
        try:
            self._mend(file)
            if not self._is_named:
                sync_folder(self._folder)
            self._is_named = True
        except OSError:
            os.close(file)
            raise
        self._file = file

    def _mend(self, file: int) -> None:
        """Let the next record begin on a line of its own: drop what a crash left half written."""
        size = os.fstat(file).st_size
        end, tail = _last_line(file, size)
        if tail:
            try:
                decode(tail)
            except DamagedError:
                os.ftruncate(file, end)
            else:
                _write(file, b"\n")
            size = os.fstat(file).st_size
        self._size = size
        self._number = _number_before(file, size)

    def compact(self) -> int | None:
        """Make the file shorter if that is worth it; its new size, or None.

        Raises:
            OSError: when that cannot be done; the file is as it was.
        """
        if self._file is None or self._size < self._compact_from or not self._is_there(self._size):
            return None
        from newsreader.marks.compact import NotSameError, compacted

        try:
            made = compacted(self.path.read_bytes())
        except NotSameError:
            self._compact_from = 2 * self._size
            return None
        # What stays long is not looked at again before it is twice as long.
        self._compact_from = max(_WORTH, 2 * len(made))
        if 2 * len(made) > self._size:
            return None
        replace_file(self.path, made)
        # From here on the old file is nobody's, and must not be written to.
        os.close(self._file)
        self._file, self._is_named = None, False
        self._open()
        return len(made)

    def sessions(self, before: str = "") -> Iterator[list[Record]]:
        """The records of each session in the file, the last one first, each oldest first.

        With *before*, of those that began before that stamp.

        Raises:
            OSError: when the file cannot be read.
        """
        self.open()
        records: list[Record] = []
        for line in _lines_backwards(self.path):
            record = decode_or_none(line)
            if record is None or (before and record.at >= before):
                continue
            if not record.starts_session:
                records.append(record)
            elif records:
                yield records[::-1]
                records = []
        if records:
            yield records[::-1]


def device(locks: Path) -> str:
    """The name of this device in the journal: eight hexadecimal digits, made once.

    It is bound to this machine, so that a copy of the folder elsewhere gets another.

    Raises:
        OSError: when it cannot be kept.
    """
    import platform

    from newsreader.text.blake import blake2b

    status = locks.stat()
    marks = (platform.node(), str(locks), _machine(), str(status.st_dev), str(status.st_ino))
    machine = blake2b("\n".join(marks).encode(), digest_size=8).hexdigest()
    path = locks / "device"
    name = _named_before(path, machine)
    if not name:
        with only_one(path):
            name = _named_before(path, machine) or os.urandom(4).hex()
            replace_file(path, f"{name} {machine}\n".encode("ascii"))
    return name


def _named_before(path: Path, machine: str) -> str:
    """The name that *machine* has in the file at *path*; empty for none."""
    with suppress(OSError, ValueError):
        name, bound = path.read_text(encoding="ascii").split()
        if bound == machine and _DEVICE.fullmatch(name):
            return name
    return ""


def _machine() -> str:
    """What systemd and others call this machine, where they do."""
    with suppress(OSError, UnicodeDecodeError):
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    return ""


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def _last_line(file: int, size: int) -> tuple[int, bytes]:
    """What stands behind the last end of a line, and where it starts."""
    tail = b""
    while len(tail) < size:
        length = min(_CHUNK, size - len(tail))
        tail = os.pread(file, length, size - len(tail) - length) + tail
        end = tail.rfind(b"\n")
        if end >= 0:
            return size - len(tail) + end + 1, tail[end + 1 :]
    return 0, tail


def _number_before(file: int, size: int) -> int:
    """The number of the last record, or 0."""
    place = size
    while place:
        start, line = _last_line(file, place - 1)
        record = decode_or_none(line)
        if record is not None:
            return record.number
        place = start
    return 0


def _lines_backwards(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        descriptor = file.fileno()
        place = os.fstat(descriptor).st_size
        while place:
            start, line = _last_line(descriptor, place - 1)
            yield line
            place = start
