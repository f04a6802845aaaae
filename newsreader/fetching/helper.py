"""A process that fetches and reads pages for this one, and is ended when it takes too long."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from newsreader.fetching.asking import Outcome, Request, outcome_of

if TYPE_CHECKING:
    from subprocess import Popen

_GRACE = 2.0
"""Seconds beyond a request's own in which the process may come to its end."""
_START = 10.0
"""Seconds that the process may take to start, of which the page has nothing."""
_MOST = 16_000_000
"""Bytes of an answer."""
_CHUNK = 256 * 1024


class Helper:
    """Fetches one page after the other, for one thread at a time."""

    def __init__(self) -> None:
        self._process: Popen[bytes] | None = None
        self._busy = Lock()

    def fetch(self, request: Request) -> Outcome:
        """What becomes of *request*, within its seconds and a few more."""
        with self._busy:
            is_new = self._process is None
            try:
                process = self._process or self._start()
            except OSError as error:
                reason = error.strerror or error
                return Outcome(trouble=f"No other program can be started: {reason}.")
            end = monotonic() + request.seconds + _GRACE + (_START if is_new else 0)
            answer = self._ask(process, request, end)
            if not isinstance(answer, Outcome):
                try:
                    return outcome_of(json.loads(answer))
                except (ValueError, RecursionError):
                    answer = _died(request)
            self._let_go()
            return answer

    def _start(self) -> Popen[bytes]:
        import subprocess

        from newsreader.fetching.worker import command

        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            command(sys.path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        return self._process

    def _ask(self, process: Popen[bytes], request: Request, end: float) -> bytes | Outcome:
        """The line that it answers before *end*, else what to say instead."""
        import select

        line = json.dumps(request._asdict()).encode() + b"\n"
        assert process.stdin is not None  # noqa: S101
        with suppress(OSError):  # it is dead, which shows where its answers come from
            process.stdin.write(line)
        assert process.stdout is not None  # noqa: S101
        pipe, received = process.stdout.fileno(), bytearray()
        poll = select.poll()
        poll.register(pipe, select.POLLIN | select.POLLHUP)
        while not received.endswith(b"\n"):
            left = end - monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                return Outcome(trouble=f"The {request.noun} did not come in time.")
            data = os.read(pipe, _CHUNK)
            received += data
            if not data or len(received) > _MOST:
                return _died(request)
        return bytes(received)

    def end(self) -> None:
        """Let no page be waited for any more. Any thread may say so."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process, if there is one, whatever it is at. Any thread may say so."""
        self.end()
        with self._busy:
            self._let_go()

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _died(request: Request) -> Outcome:
    return Outcome(trouble=f"The {request.noun} could not be read: it is too large or too complex.")
