"""The bytes of a file, whole, and of a regular file only."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path
from typing import NamedTuple

MAX_BYTES = 16 * 1024 * 1024
"""A longer file is no article. Text may need four times its bytes in memory, more than once."""
_ATTEMPTS = 3
_MOMENT = 0.002
"""Seconds between two looks at a file that was just written."""
_YOUNG = 100_000_000
"""A file written to this many nanoseconds ago may be so again with no change to its time."""
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW | getattr(os, "O_NOCTTY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class UnreadableError(Exception):
    """The file cannot be read; the message says why."""


class FileStatus(NamedTuple):
    """What tells one version of a file from another; ``size`` is in bytes."""

    size: int
    mtime_ns: int
    inode: int


def read_bytes(path: Path, root: str = "") -> bytes:
    """The bytes of the file at *path*, as :func:`read_with_status` reads them."""
    return read_with_status(path, root)[0]


def read_with_status(path: Path | str, root: str = "") -> tuple[bytes, FileStatus]:
    """The bytes of the regular file at *path*, never a mixture of an old and a new version.

    With the status that the file had when they were read. A link is followed when it was asked
    for by name, or leads to a file below the folder *root*. Never waits for a pipe or a device.

    Raises:
        UnreadableError: when it is no regular file, is too long or keeps changing.
    """
    target = str(path)
    for _ in range(_ATTEMPTS):
        try:
            found = _read_once(target)
        except (OSError, ValueError) as error:
            if getattr(error, "errno", None) == errno.ELOOP and target == str(path):
                target = _resolved(target, root)
                continue
            if getattr(error, "errno", None) == errno.ENXIO:
                raise UnreadableError("it is a pipe or a socket, not a file") from None
            raise UnreadableError(_explained(error)) from None
        if found is not None:
            return found
    raise UnreadableError("it is being written to all the time")


def _explained(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return reason or str(error)


def _resolved(link: str, root: str) -> str:
    try:
        target = os.path.realpath(link, strict=True)
        if root and root != link:
            base = os.path.realpath(root)
            if target != base and not target.startswith(base.rstrip("/") + "/"):
                raise UnreadableError("it is a link that leads out of the folder")
    except (OSError, ValueError) as error:
        raise UnreadableError(_explained(error)) from None
    return target


def _read_once(path: str) -> tuple[bytes, FileStatus] | None:
    """The bytes and the status, or None when the file changed meanwhile."""
    descriptor = os.open(path, _FLAGS)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            kind = next((name for test, name in _KINDS if test(before.st_mode)), "something else")
            raise UnreadableError(f"it is {kind}, not a file")
        if before.st_size > MAX_BYTES:
            raise UnreadableError(f"it is longer than {MAX_BYTES // 1024 // 1024} MiB")
        data = os.read(descriptor, before.st_size + 1)
        while 0 < len(data) < before.st_size:
            more = os.read(descriptor, before.st_size + 1 - len(data))
            if not more:
                break
            data += more
        if time.time_ns() - before.st_mtime_ns < _YOUNG:
            # Whoever writes it has a moment to go on, if they are not done.
            time.sleep(_MOMENT)
            if os.pread(descriptor, len(data) + 1, 0) != data:
                return None
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    version = _version(after)
    return (data, version) if len(data) == before.st_size and version == _version(before) else None


def _version(status: os.stat_result) -> FileStatus:
    return FileStatus(status.st_size, status.st_mtime_ns, status.st_ino)
