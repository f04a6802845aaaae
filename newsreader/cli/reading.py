"""Reading the articles that a command is about."""

from __future__ import annotations

from newsreader.cli.errors import FAILED, OK
from newsreader.cli.messages import say_issues
from newsreader.library.library import Library


def read_all(library: Library) -> int:
    """Read everything and say the problems; the exit code so far."""
    library.load()
    say_issues(library.issues)
    return OK if library.has_any_root else FAILED
