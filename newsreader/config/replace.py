"""Replacing a file whole, so that no reader ever sees half of it and no crash leaves half."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def replace_file(path: Path, content: bytes, *, is_private: bool = False) -> None:
    """Make *content* the whole of the file at *path*, which keeps its permissions.

    One that *is_private* is for this user alone, whatever it was before.

    A link is followed: what it leads to is replaced, and the link stays.

    Raises:
        OSError: when that cannot be done; the file is then as it was.
    """
    with whole_file(path, is_private=is_private) as out:
        out.write(content)


@contextmanager
def whole_file(path: Path, *, is_private: bool = False, is_new: bool = False) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of that at *path* when all is written.

    Of one that *is_new*, nothing may stand there yet.

    Raises:
        FileExistsError: when something does.
        OSError: when it cannot be written; what stands there is then as it was.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:80]}.{os.urandom(6).hex()}.tmp")
    file = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        with open(file, "wb") as out:  # noqa: PTH123 - a descriptor, which has no path
            with suppress(FileNotFoundError):
                mode = 0o600 if is_private else stat.S_IMODE(target.stat().st_mode)
                os.fchmod(file, mode)
            yield out
            out.flush()
            os.fsync(file)
        if is_new and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        os.replace(temporary, target)  # noqa: PTH105 - what Path.replace calls
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def make_private(folder: Path) -> None:
    """Make *folder*, and those above it that are missing, for this user alone.

    Raises:
        OSError: when that cannot be done.
    """
    if not folder.is_dir():
        if folder.parent != folder:
            make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Make the folder of *path* if it is missing, and let one process at a time change *path*.

    The folder itself is locked, so that no lock file lies about.

    Raises:
        OSError: when the folder cannot be made or opened.
    """
    import fcntl

    folder = Path(os.path.realpath(path)).parent
    make_private(folder)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # Some network file systems have no locks.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
