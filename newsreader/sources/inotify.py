"""Linux' own way to say which files change, as the kernel gives it."""

from __future__ import annotations

import os
import struct
from errno import EMFILE, ENFILE, ENOMEM, ENOSPC
from typing import NamedTuple


class Mask:
    """Bits that say what happened. The values are the kernel's."""

    MODIFY = 0x2
    ATTRIB = 0x4
    CLOSE_WRITE = 0x8
    MOVED_FROM = 0x40
    MOVED_TO = 0x80
    CREATE = 0x100
    DELETE = 0x200
    DELETE_SELF = 0x400
    MOVE_SELF = 0x800
    UNMOUNT = 0x2000
    Q_OVERFLOW = 0x4000
    IGNORED = 0x8000
    ONLYDIR = 0x1000000
    ISDIR = 0x40000000


class Event(NamedTuple):
    """Something that happened in the folder of a *watch*, to what is called *name* in it.

    *name* is empty if it happened to the folder itself. *mask* has bits of `Mask`.
    """

    watch: int
    mask: int
    name: str


_WANTED = (
    Mask.MODIFY
    | Mask.ATTRIB
    | Mask.CLOSE_WRITE
    | Mask.MOVED_FROM
    | Mask.MOVED_TO
    | Mask.CREATE
    | Mask.DELETE
    | Mask.DELETE_SELF
    | Mask.MOVE_SELF
    | Mask.ONLYDIR
)
NO_MORE = frozenset({EMFILE, ENFILE, ENOMEM, ENOSPC})
"""The errors that say that a limit of the system is reached."""

_HEADER = struct.Struct("iIII")
_QUEUE = 1 << 20
"""Bytes: about what the kernel's queue holds at most."""


class Inotify:
    """Folders that are watched, and what happens in them. All may raise OSError."""

    def __init__(self) -> None:
        """Ask for a queue. Raises OSError when the system has no more."""
        # Imported here, on the watching thread: the start does not wait for it.
        import ctypes

        self._libc = ctypes.CDLL(None, use_errno=True)
        self._error_number = ctypes.get_errno
        self.handle = self._checked(self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))

    @staticmethod
    def is_here() -> bool:
        """Whether this system knows it."""
        import ctypes

        return hasattr(ctypes.CDLL(None), "inotify_init1")

    def add(self, folder: str) -> int:
        """Watch *folder*; the number of the watch, which is the same if it was watched before."""
        path = os.fsencode(folder)
        return self._checked(self._libc.inotify_add_watch(self.handle, path, _WANTED))

    def remove(self, watch: int) -> None:
        """Watch a folder no longer. One that is gone is none any more, which is no error."""
        self._libc.inotify_rm_watch(self.handle, watch)

    def read(self) -> list[Event]:
        """What happened since this was last asked. It does not wait."""
        try:
            data = os.read(self.handle, _QUEUE)
        except BlockingIOError:
            return []
        events = []
        at = 0
        while at < len(data):
            watch, mask, _, length = _HEADER.unpack_from(data, at)
            at += _HEADER.size
            name = data[at : at + length].partition(b"\0")[0]
            events.append(Event(watch, mask, os.fsdecode(name)))
            at += length
        return events

    def close(self) -> None:
        """Give back all watches. Once is enough, but more do no harm."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1

    def _checked(self, result: int) -> int:
        if result < 0:
            number = self._error_number()
            raise OSError(number, os.strerror(number))
        return result
