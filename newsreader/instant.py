"""The last frame, put up by a bare interpreter: before Textual, and before anything of ours.

A frame is kept when the reader quits, with a key of all that it depends on, and is only put up
when it is what the app would show first. The app then draws over it. Nothing may be imported here
that a bare interpreter has not loaded, but for what is needed once there is a frame.
"""

from __future__ import annotations

import os
import sys
from time import time

from newsreader import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_MAGIC = b"newsreader frame 1"
_MOST = 1 << 20
"""Bytes of the file. A longer one is none of ours."""
_NAMES = frozenset(
    (
        *("HOME", "LANG", "LANGUAGE", "TZ", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR"),
        *("TERM_PROGRAM", "UNICODE_VERSION", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),
        *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"),
    )
)
_PREFIXES = ("NEWSREADER_", "TEXTUAL", "LC_", "PYTHON")
_REGULAR = 0o100000
_KIND = 0o170000
_DIGITS = "0123456789;"
_FOREIGN = (
    *((0x00, 0x1F), (0x7F, 0x9F), (0x61C, 0x61C), (0x200E, 0x200F), (0x2028, 0x202E)),
    *((0x2066, 0x206F), (0xD800, 0xDFFF), (0xE0000, 0xE0FFF)),
)
"""Characters that no text on the screen has, as in :mod:`newsreader.ui.net`."""
_UP = "\x1b[?1049h\x1b[?25l"
_DOWN = "\x1b[?1049l\x1b[?25h"
_APP_DOWN = (
    "\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    "\x1b[?1016l\x1b[?1004l\x1b[<u"
) + _DOWN


# What is kept


def frame_file() -> str:
    """The file of the last frame, in the folder of what newsreader may lose, as on Linux."""
    said = os.environ.get
    folder = said("NEWSREADER_STATE")
    if not folder:
        folder = os.path.join(said("XDG_STATE_HOME", "").strip() or "~/.local/state", "newsreader")
    return os.path.join(os.path.expanduser(folder), "frame")


def start_of(arguments: Sequence[str]) -> str | None:
    """All that a start depends on but files, the time and the size of the terminal.

    None for a start that shows no frame: with options, or with ``NEWSREADER_FRAME=0``.

    Raises:
        OSError: when the folder one is in is gone.
    """
    environment = os.environ
    if environment.get("NEWSREADER_FRAME") == "0" or "COLUMNS" in environment:
        return None
    if "LINES" in environment or any(word.startswith("-") for word in arguments):
        return None
    folder = "" if all(map(os.path.isabs, arguments)) else os.getcwd()
    said = [
        (name, value)
        for name, value in environment.items()
        if name in _NAMES or name.startswith(_PREFIXES)
    ]
    program = (__version__, sys.version, sys.executable, sys.prefix)
    return repr((*program, list(arguments), folder, sorted(said)))


def stamp(path: str) -> str:
    """What tells whether the file or folder at *path* is as it was; ``-`` when there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return "-"
    times = f"{status.st_mtime_ns}.{status.st_ctime_ns}"
    return f"{status.st_ino}.{status.st_size}.{times}"


def packed(key: str, until: float, stamps: Iterable[tuple[str, str]], frame: str) -> bytes:
    """The file of a *frame* that may be put up from now *until* some seconds since 1970.

    *stamps* are paths and what :func:`stamp` said of them before they were read.
    """
    parts = [key, str(int(time())), str(int(until))]
    for path, mark in stamps:
        parts += (path, mark)
    body = "\0".join((*parts, frame)).encode("utf-8", "surrogateescape")
    return _head(body) + b"\n" + body


def frame_in(content: bytes, key: str, now: float) -> str | None:
    """The frame in the *content* of a file, if everything is as its *key* and stamps say.

    Raises:
        ValueError: when the content is none of ours.
    """
    head, _, body = content.partition(b"\n")
    if head != _head(body):
        return None
    known, since, until, *stamps, frame = body.decode("utf-8", "surrogateescape").split("\0")
    if known != key or not int(since) <= now < int(until):
        return None
    if any(stamp(path) != mark for path, mark in zip(stamps[::2], stamps[1::2], strict=True)):
        return None
    return frame if is_drawing(frame) else None


def _head(body: bytes) -> bytes:
    from binascii import crc32

    return b"%s %08x" % (_MAGIC, crc32(body))


def is_drawing(text: str) -> bool:
    """Whether *text* only moves the cursor, sets colours and writes what may be on the screen."""
    first, *runs = text.split("\x1b")
    for run in runs:
        rest = run[1:].lstrip(_DIGITS)
        if run[:1] != "[" or rest[:1] not in ("m", "H"):
            return False
    characters = {*text} - {"\x1b", "\n"}
    return bool(runs) and not first and not any(map(_is_foreign, characters))


def _is_foreign(character: str) -> bool:
    if character.isprintable():
        return False
    return any(low <= ord(character) <= high for low, high in _FOREIGN)


def private_content(path: str) -> bytes:
    """What is in the file at *path*, if it is this user's alone and no link; else nothing.

    Raises:
        OSError: when it cannot be read.
    """
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(file)
        is_private = status.st_uid == os.getuid() and not status.st_mode & 0o077
        if not is_private or status.st_mode & _KIND != _REGULAR or status.st_size > _MOST:
            return b""
        return os.read(file, _MOST)
    finally:
        os.close(file)


# What stands


class Stand:
    """The terminal between the first line of the program and its end."""

    def __init__(self) -> None:
        self.start: str | None = None
        """What :func:`start_of` said of this start."""
        self.frame = ""
        """The frame that was put up."""
        self.size = (0, 0)
        """Its columns and lines."""
        self._attributes: list[Any] | None = None
        self._has_app = False

    @property
    def is_alone(self) -> bool:
        """Whether a frame stands, and there is no app yet."""
        return bool(self.frame) and not self._has_app

    def begin(self, arguments: Sequence[str]) -> None:
        """Put up the frame that was kept, if it is what the app would show first."""
        try:
            self.start = start_of(arguments)
            if self.start is None or not _is_terminal():
                return
            self.size = columns, lines = os.get_terminal_size(1)
            key = sized(self.start, columns, lines)
            frame = frame_in(private_content(frame_file()), key, time())
            if frame:
                self._put_up(frame)
        except (OSError, ValueError):
            return  # There is no frame, or none to be trusted.

    def _put_up(self, frame: str) -> None:
        import termios

        self.watch()
        if self._attributes is None:
            return
        quiet = list(self._attributes)
        # As Textual will have it, but for Ctrl+C: keys are kept for the app, and not echoed.
        quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        never = bytes((os.fpathconf(0, "PC_VDISABLE"),))
        keys = quiet[6] = list(quiet[6])
        keys[termios.VMIN], keys[termios.VTIME] = 1, 0
        keys[termios.VQUIT] = keys[termios.VSUSP] = never
        try:
            termios.tcsetattr(0, termios.TCSANOW, quiet)
        except termios.error:
            return
        self.frame = frame
        _write(_UP + frame)

    def watch(self) -> None:
        """Remember how the terminal is, and make it so again when the program is told to end."""
        # The module signal takes a third of the time that there is.
        import _signal  # type: ignore[import-not-found]
        import termios

        if self._attributes is not None:
            return
        try:
            self._attributes = termios.tcgetattr(0)
        except termios.error:
            return
        # An interrupt that is raised wherever Python happens to be may be lost in an import.
        for number in (_signal.SIGTERM, _signal.SIGHUP, _signal.SIGINT):
            if _signal.getsignal(number) in (_signal.SIG_DFL, _signal.default_int_handler):
                _signal.signal(number, self._die)

    def _die(self, number: int, _: object) -> None:
        import _signal

        self._restore()
        _signal.signal(number, _signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def take_over(self) -> list[Any] | None:
        """There is an app from now on. How the terminal was before."""
        self._has_app = True
        return self._attributes

    def take_down(self) -> None:
        """Take away a frame that no app has taken over, so that what is said next can be read."""
        if self.is_alone:
            self._restore()
            self.frame = ""

    def _restore(self) -> None:
        import termios

        try:
            _write(_APP_DOWN if self._has_app else _DOWN if self.frame else "")
            # What was typed was meant for the reader, not for the shell that comes next.
            termios.tcflush(0, termios.TCIFLUSH)
            termios.tcsetattr(0, termios.TCSANOW, self._attributes or termios.tcgetattr(0))
        except (OSError, termios.error):
            return  # There is no terminal any more.


def sized(start: str, columns: int, lines: int) -> str:
    """The key of a frame: a start, on a terminal of that size."""
    return f"{start} {columns}x{lines}"


def _is_terminal() -> bool:
    """Whether input, output and messages are one terminal, and it is ours now."""
    if not all(map(os.isatty, range(3))) or len({os.fstat(file).st_rdev for file in range(3)}) > 1:
        return False
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return True  # Nobody decides whose it is.


def _write(text: str) -> None:
    data = text.encode("utf-8")
    while data:
        data = data[os.write(2, data) :]


STAND = Stand()
"""The one terminal that a program has."""
