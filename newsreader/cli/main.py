"""Running a command line: what to open, and what to do with it.

Data goes to standard output, messages to standard error. Exit codes: 0 done, 1 something asked
for was not found or has problems, 2 wrong usage or a bad query.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from newsreader.cli.errors import FAILED, OK, USAGE, UsageError
from newsreader.config.paths import config_file, samples
from newsreader.config.settings import Settings, load
from newsreader.library.library import Library
from newsreader.model import InvalidQueryError, NewsreaderError, SourceError
from newsreader.text.sanitize import clean_block

OpenScreen = Callable[[Library, Settings], None]
_COMMANDS = ("open", "list", "show", "facets", "check")


def main(arguments: Sequence[str], open_screen: OpenScreen) -> int:
    """Run one command line and return its exit code. *open_screen* runs the reader."""
    try:
        return _run(arguments, open_screen)
    except UsageError as error:
        _say(str(error))
        return USAGE
    except InvalidQueryError as error:
        from newsreader.query.caret import caret

        _say(f"{error.message}\n{caret(error)}")
        return USAGE
    except NewsreaderError as error:
        _say(str(error))
        return FAILED
    except BrokenPipeError:
        # The reader of our output has had enough. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _run(arguments: Sequence[str], open_screen: OpenScreen) -> int:
    settings = load(config_file())
    if _is_only_paths(arguments):
        library = _library([Path(each) for each in arguments], settings)
        if _is_terminal():
            return _open(library, settings, open_screen)
    if not arguments or not (arguments[0] in _COMMANDS or arguments[0].startswith("-")):
        arguments = ("open", *arguments)
    from newsreader.cli.commands import COMMANDS
    from newsreader.cli.parser import parse_arguments

    options = parse_arguments(arguments)
    library = _library(options.paths, settings)
    if options.command == "open" and _is_terminal():
        return _open(library, settings, open_screen)
    return COMMANDS[options.command](library, options)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _open(library: Library, settings: Settings, open_screen: OpenScreen) -> int:
    if not library.has_any_root:
        names = ", ".join(map(str, library.roots))
        raise SourceError(f"There is no such file or folder: {names}.")
    open_screen(library, settings)
    return OK


def _is_only_paths(arguments: Sequence[str]) -> bool:
    """Whether the reader is to be opened, which needs no parser: its import takes a while."""
    if any(each.startswith("-") for each in arguments):
        return False
    return not arguments or arguments[0] not in _COMMANDS


def _library(paths: Sequence[Path], settings: Settings) -> Library:
    if paths:
        return Library(paths)
    if settings.library:
        return Library(settings.library)
    return Library([samples()], are_samples=True)


def _say(message: str) -> None:
    print(f"newsreader: {clean_block(message)}", file=sys.stderr)
