"""Running the reader's own commands on articles: argument vectors, and never a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import NamedTuple

from newsreader.library.browser import TERMINAL_BROWSERS, LaunchError
from newsreader.text.sanitize import clean_block

MOST_OUTPUT = 64 * 1024
"""Bytes of output that are shown. A command that goes on beyond them is ended."""
_IN_TERMINAL = frozenset(
    ("bat", "batcat", "emacs", "fzf", "glow", "helix", "hx", "joe", "kak", "less", "micro", "more",
     "most", "mutt", "nano", "neomutt", "nvim", "sk", "vi", "view", "vim", *TERMINAL_BROWSERS)
)  # fmt: skip
"""Programs that want the terminal for themselves."""


class Outcome(NamedTuple):
    """What a command came to: what it said, made safe, and its exit code if it ended by itself."""

    text: str
    code: int | None
    is_cut: bool = False


def words_of(text: str) -> tuple[str, ...]:
    """The argument vector that *text* says, as a shell splits words but without one.

    Raises:
        LaunchError: when it says none, or its program is not there.
    """
    try:
        words = shlex.split(text)
    except ValueError:
        raise LaunchError("A quote is not closed.") from None
    if not words:
        raise LaunchError("There is no command.")
    return found(tuple(words))


def found(words: tuple[str, ...]) -> tuple[str, ...]:
    """*words* with the path of the program that the first of them names.

    Raises:
        LaunchError: when there is no such program.
    """
    program = shutil.which(os.path.expanduser(words[0]))  # noqa: PTH111 - a name as well
    if program is None:
        raise LaunchError(f"There is no program {words[0]}.")
    return (program, *words[1:])


def wants_terminal(argv: tuple[str, ...]) -> bool:
    """Whether a command is one that draws on the terminal."""
    return PurePath(argv[0]).name in _IN_TERMINAL


class Running:
    """A command that runs beside the screen, given *data*. *tell* is called from a thread.

    Raises:
        LaunchError: when it cannot be started.
    """

    def __init__(self, argv: tuple[str, ...], data: bytes, tell: Callable[[Outcome], None]) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - an argument vector of the reader's
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise LaunchError(f"{argv[0]} could not be started: {reason}.") from None
        for work in (lambda: self._feed(data), lambda: self._listen(tell)):
            threading.Thread(target=work, name="command", daemon=True).start()

    def stop(self) -> None:
        """End it, and what it has started."""
        with suppress(OSError):
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGTERM)

    def _feed(self, data: bytes) -> None:
        given = self._process.stdin
        with suppress(OSError):  # It may have read enough.
            if given is not None:
                with given:
                    given.write(data)

    def _listen(self, tell: Callable[[Outcome], None]) -> None:
        said = self._process.stdout
        output = b""
        if said is not None:
            with said:
                output = said.read(MOST_OUTPUT + 1)
        is_cut = len(output) > MOST_OUTPUT
        if is_cut:
            self.stop()
        code = self._process.wait()
        text = clean_block(output[:MOST_OUTPUT].decode("utf-8", "replace")).rstrip()
        tell(Outcome(text, None if is_cut else code, is_cut))
