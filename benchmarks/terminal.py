"""A terminal to run programs in: what is on its screen, and since when."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType

import pyte

GRACE_SECONDS = 0.2
"""For so long a program may end by itself before it is killed."""
QUIET = 0.25
"""After so many seconds without a byte, all that a key does is done."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes that were read at once, and how many seconds after the start."""

    seconds: float
    data: bytes


class TerminalError(Exception):
    """What was waited for did not come."""


class Terminal:
    """A program in a pseudo terminal that answers none of its questions.

    *argv* is started by the constructor, with *env* as its whole environment; all times are
    seconds since then.
    """

    def __init__(
        self, argv: Sequence[str], *, env: Mapping[str, str], columns: int = 120, lines: int = 40
    ) -> None:
        self.chunks: list[Chunk] = []
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self._started = perf_counter()
        try:
            self._process = subprocess.Popen(
                argv, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
            )
        except OSError:
            os.close(self._master)
            raise
        finally:
            os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def wait_for(self, text: str, timeout: float = 30.0) -> float:
        """The seconds from the start until *text* was on one line of the screen.

        The bytes are only collected until they hold its longest word, so that drawing the screen
        here takes no time from the program.

        Raises:
            TerminalError: after *timeout* seconds from now, or when the program ends without it.
        """
        deadline = perf_counter() + timeout
        while True:
            found = self._seconds_of(text)
            if found is not None:
                return found
            if not self._read(deadline):
                reason = "is not on the screen" if self.is_running else "never came: the end"
                shown = "\n".join(line for line in self.screen_lines() if line)
                raise TerminalError(f"{text!r} {reason}, but:\n{shown}")

    def wait_end(self, timeout: float = 30.0) -> float:
        """The seconds from the start until the program has ended.

        Raises:
            TerminalError: after *timeout* seconds from now.
        """
        deadline = perf_counter() + timeout
        while self._read(deadline):
            pass
        try:
            self._process.wait(max(0.0, deadline - perf_counter()))
        except subprocess.TimeoutExpired:
            raise TerminalError("it does not end") from None
        return perf_counter() - self._started

    def settle(self, quiet: float = QUIET) -> None:
        """Wait until nothing has come for *quiet* seconds."""
        while self._read(perf_counter() + quiet):
            pass

    def send(self, keys: str) -> None:
        """Type *keys*."""
        os.write(self._master, keys.encode())

    def screen_lines(self) -> list[str]:
        """The lines of the screen as last read, without the spaces at their ends."""
        self._feed(len(self.chunks))
        return [line.rstrip() for line in self._screen.display]

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process.poll() is None

    def close(self) -> None:
        """Kill the program with all of its process group, if they have not ended soon."""
        if self._master < 0:
            return
        deadline = perf_counter() + GRACE_SECONDS
        while self.is_running and self._read(deadline):
            pass
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)
        self._master = -1

    def _read(self, deadline: float) -> bool:
        """Read what there is, waiting until *deadline*; false when nothing came."""
        timeout = max(0.0, deadline - perf_counter())
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux's way to say that the other end is closed
            data = b""
        if data:
            self.chunks.append(Chunk(perf_counter() - self._started, data))
        return bool(data)

    def _seconds_of(self, text: str) -> float | None:
        word = max(text.split(), key=len).encode()
        raw = b"".join(chunk.data for chunk in self.chunks)
        if word not in raw:
            return None
        while self._fed < len(self.chunks):
            self._feed(self._fed + 1)
            if any(text in line for line in self._screen.display):
                return self.chunks[self._fed - 1].seconds
        return None

    def _feed(self, count: int) -> None:
        for chunk in self.chunks[self._fed : count]:
            self._stream.feed(chunk.data)
        self._fed = max(self._fed, count)
