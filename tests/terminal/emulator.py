"""A terminal that a program runs in: every byte it sends is kept, and drawn when asked for."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic
from types import TracebackType

import pyte

_NOT_KNOWN = re.compile(r"\x1b\[(?:[<>]\d*u|\?\d+\$p|>q|16t|\?[\d;]*S)|\x1b[P_][^\x1b]*\x1b\\")


def _hear() -> None:
    """Tests may be run by a program that ignores what would end it, as nohup does."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Drawing:
    """What a terminal shows of the bytes that it gets."""

    def __init__(self, columns: int, lines: int) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def draw(self, data: bytes) -> None:
        """Show what comes next."""
        # pyte takes some newer sequences for older ones or for text; none of them draws.
        self._stream.feed(_NOT_KNOWN.sub("", self._decode(data)))


class Tty:
    """Runs *argv* in a terminal that answers none of its questions."""

    def __init__(
        self, argv: Sequence[str], *, env: Mapping[str, str], columns: int = 120, lines: int = 40
    ) -> None:
        self.data = bytearray()
        self.columns, self.lines = columns, lines
        self.drawing = Drawing(columns, lines)
        self._drawn = 0
        self._master, slave = pty.openpty()
        self._set_size()
        self.attributes = termios.tcgetattr(slave)
        self._slave = slave
        self._process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            start_new_session=True,
            preexec_fn=_hear,
        )

    def __enter__(self) -> Tty:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._close()

    def _close(self) -> None:
        for end in (self._master, self._slave):
            with suppress(OSError):
                os.close(end)
        self._master = self._slave = -1

    def hang_up(self, timeout: float = 10.0) -> int:
        """Be gone without a word, and give the exit code that the program ends with."""
        self._close()
        return self._process.wait(timeout)

    def _set_size(self) -> None:
        size = struct.pack("HHHH", self.lines, self.columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size; the program is told by a signal."""
        self._draw()
        self.drawing.screen.resize(lines, columns)
        self.columns, self.lines = columns, lines
        self._set_size()
        self.signal(signal.SIGWINCH)

    def signal(self, number: int) -> None:
        """Send a signal, as a terminal or a person would."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def send(self, keys: str, settle: float = 0.03) -> None:
        """Type *keys*, and read until nothing has come for *settle* seconds."""
        os.write(self._master, keys.encode("utf-8", "surrogateescape"))
        self.read(settle)

    def read(self, quiet: float, limit: float = 5.0) -> None:
        """Read until nothing has come for *quiet* seconds."""
        end = monotonic() + limit
        while monotonic() < end and self._read_some(quiet):
            pass

    def _read_some(self, timeout: float) -> bool:
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        data = os.read(self._master, 1 << 16)
        self.data += data
        return bool(data)

    def wait_for(self, is_there: Callable[[list[str]], bool], timeout: float = 15.0) -> list[str]:
        """The screen once *is_there* is true of its lines."""
        end = monotonic() + timeout
        while True:
            self.read(0.03)
            lines = self.screen()
            if is_there(lines):
                return lines
            shown = "\n".join(line for line in lines if line)
            assert monotonic() < end, f"this never came; there is:\n{shown}"
            assert self._process.poll() is None, f"it ended:\n{shown}"

    def screen(self) -> list[str]:
        """The lines of the screen."""
        self._draw()
        return [line.rstrip() for line in self.drawing.screen.display]

    def _draw(self) -> None:
        self.drawing.draw(bytes(self.data[self._drawn :]))
        self._drawn = len(self.data)

    def wait_end(self, timeout: float = 10.0) -> int:
        """The exit code, once the program has ended and all that it sent is read."""
        end = monotonic() + timeout
        while self._process.poll() is None:
            assert monotonic() < end, "it does not end"
            self._read_some(0.05)
        self.read(0.05)
        return self._process.returncode

    @property
    def are_attributes_restored(self) -> bool:
        """Whether echo, line mode and all else are as they were at the start."""
        return termios.tcgetattr(self._slave) == self.attributes
