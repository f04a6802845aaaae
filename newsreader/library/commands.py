"""Running the reader's own commands on articles: argument vectors, and never a shell."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import NamedTuple

from newsreader.config.commands import PLACE
from newsreader.library.browser import TERMINAL_BROWSERS, LaunchError
from newsreader.model import Article, NewsreaderError, Piece
from newsreader.text.sanitize import clean_block
from newsreader.text.urls import openable

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


NO_OUTCOME = Outcome("", 0)
"""It said nothing, and all is well."""


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


def filled(words: tuple[str, ...], piece: Piece, file: str) -> tuple[str, ...]:
    """The argument vector that *words* are for *piece*, of which *file* holds the Markdown.

    No argument becomes an option through what an article says.

    Raises:
        UnsafeUrlError: when there is no address that may be opened.
        LaunchError: when it is no article with a file, or the program is not there.
    """

    def value(place: re.Match[str]) -> str:
        if place[1] == "url":
            return openable(piece.url)
        if place[1] == "title":
            return piece.headline
        if place[1] == "file":
            return file
        if not isinstance(piece, Article):
            raise LaunchError("A related story has no file of its own.")
        return os.path.abspath(piece.path)  # noqa: PTH100 - as it is named, links and all

    made: list[str] = []
    for word in words[1:]:
        argument = PLACE.sub(value, word)
        is_foreign = word.startswith("{") and argument.startswith("-")
        made.append(f" {argument}" if is_foreign else argument)
    return found((words[0], *made))


class Task(NamedTuple):
    """A command to run, and the folder to remove when it has ended, if any."""

    argv: tuple[str, ...]
    folder: str = ""

    def clean_up(self) -> None:
        """Remove what was made for it."""
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def task_for(
    words: tuple[str, ...], piece: Piece, name: str, text_of: Callable[[Piece], str]
) -> Task:
    """What to run so that *words* do their work on *piece*.

    If they ask for a file, its text is written to one called *name*.

    Raises:
        UnsafeUrlError, LaunchError: as :func:`filled`; or when the file cannot be written.
    """
    if not any("{file}" in word for word in words):
        return Task(filled(words, piece, ""))
    folder = ""
    try:
        folder = tempfile.mkdtemp(prefix="newsreader-")
        file = Path(folder) / name
        file.write_text(text_of(piece), "utf-8", "replace")
        return Task(filled(words, piece, str(file)), folder)
    except (OSError, NewsreaderError) as error:
        Task((), folder).clean_up()
        if isinstance(error, NewsreaderError):
            raise
        raise LaunchError(f"The article cannot be written: {error.strerror}.") from None


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
        with suppress(RuntimeError):  # The screen may be gone meanwhile.
            tell(Outcome(text, None if is_cut else code, is_cut))
