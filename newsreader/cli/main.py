"""Running a command line: what to open, and what to do with it.

Data goes to standard output, messages to standard error. Exit codes: 0 done, 1 something asked
for was not found or has problems, 2 wrong usage or a bad query.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from newsreader.cli.errors import FAILED, OK, USAGE, UsageError
from newsreader.cli.messages import say
from newsreader.config.last_place import LastPlace, last_place
from newsreader.config.paths import (
    config_file,
    libraries_dir,
    mark_places,
    pages_dir,
    place_file,
    rules_file,
    samples,
)
from newsreader.config.settings import Settings, load
from newsreader.library.library import Library
from newsreader.model import InvalidQueryError, NewsreaderError, SourceError

OpenScreen = Callable[[Library, Settings, str, LastPlace | None], None]
"""Runs the reader on a library, from a query on or from where it was left."""
_COMMANDS = (
    *("open", "list", "show", "facets", "stats", "check", "search", "explain"),
    "export",
    *("mute", "follow", "rules"),
    *("mark", "marks", "paths", "doctor", "index", "stories", "story", "related", "fetch"),
)
_WITH_RULES = (
    *("open", "list", "facets", "stats", "stories", "search", "explain", "rules", "mark", "fetch"),
    "export",
)
"""Commands whose answers keep to the reader's rules."""
_FOLDERS = {"--config": "CONFIG", "--data": "DATA", "--state": "STATE", "--cache": "CACHE"}
"""Options that say where things are kept, by the variables that do so as well."""


def main(arguments: Sequence[str], open_screen: OpenScreen) -> int:
    """Run one command line and return its exit code. *open_screen* runs the reader."""
    try:
        code = _run(arguments, open_screen)
        sys.stdout.flush()
        return code
    except UsageError as error:
        say(str(error))
        return USAGE
    except InvalidQueryError as error:
        from newsreader.query.caret import caret

        say(f"{error.message}\n{caret(error)}")
        return USAGE
    except NewsreaderError as error:
        say(str(error))
        return FAILED
    except BrokenPipeError:
        _give_up_output()  # The reader of our output has had enough.
        return OK
    except OSError as error:
        _give_up_output()
        say(f"The output cannot be written: {error.strerror or error}.")
        return FAILED


def _give_up_output() -> None:
    """Nothing more is written, and Python does not complain of it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Sequence[str], open_screen: OpenScreen) -> int:
    arguments = _places_taken(arguments)
    # Two commands tell what is wrong with the file, and where it is.
    tells_of_file = arguments[:1] in (["doctor"], ["paths"])
    settings = Settings() if tells_of_file else load(config_file())
    if _is_only_paths(arguments) and _is_terminal():
        with closing(_library([Path(each) for each in arguments], settings)) as library:
            return _open(library, settings, open_screen)
    if not arguments or arguments[0] not in (*_COMMANDS, "-h", "--help", "--version"):
        arguments = ("open", *arguments)
    from newsreader.cli.commands import COMMANDS
    from newsreader.cli.parser import parse_arguments

    options = parse_arguments(arguments)
    with closing(_library(options.paths, settings)) as library:
        query = getattr(options, "query", "") or getattr(options, "rule_query", "")
        if "search:" in query.lower():
            library.searches = _saved()
        if options.command == "open" and _is_terminal():
            library.parse(options.query)
            query, is_fresh = options.query, options.fresh
            return _open(library, settings, open_screen, query, is_fresh=is_fresh)
        if options.command in _WITH_RULES and rules_file().exists():
            _tell_rules(library)
        return COMMANDS[options.command](library, options)


def _places_taken(arguments: Sequence[str]) -> list[str]:
    """*arguments* without the options that say where things are kept, which take effect."""
    left: list[str] = []
    rest = iter(arguments)
    for word in rest:
        name, has_value, value = word.partition("=")
        if name not in _FOLDERS or "--" in left:
            left.append(word)
            continue
        if not has_value and (value := next(rest, "")) == "":
            raise UsageError(f"{name} takes a path")
        os.environ[f"NEWSREADER_{_FOLDERS[name]}"] = value
    return left


def _saved() -> dict[str, str]:
    from newsreader.config.paths import searches_file
    from newsreader.config.searches import Searches

    loaded = Searches(searches_file()).load()
    for issue in loaded.issues:
        say(str(issue))
    return loaded.queries


def _tell_rules(library: Library) -> None:
    from newsreader.cli.rules import book

    library.searches = library.searches or _saved()
    book().tell(library)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _open(
    library: Library,
    settings: Settings,
    open_screen: OpenScreen,
    query: str = "",
    *,
    is_fresh: bool = False,
) -> int:
    if not library.has_any_root:
        names = ", ".join(map(str, library.roots))
        from difflib import get_close_matches

        near = get_close_matches(names, _COMMANDS, 1)
        hint = f" Did you mean newsreader {near[0]}?" if near else ""
        raise SourceError(f"There is no such file or folder: {names}.{hint}")
    begins_anew = bool(query) or is_fresh
    place = None if begins_anew else last_place(place_file(), library.roots)
    open_screen(library, settings, query, place)
    return OK


def _is_only_paths(arguments: Sequence[str]) -> bool:
    """Whether the reader is to be opened, which needs no parser: its import takes a while."""
    if any(each.startswith("-") for each in arguments):
        return False
    return not arguments or arguments[0] not in _COMMANDS


def _library(paths: Sequence[Path], settings: Settings) -> Library:
    roots = paths or settings.library
    return Library(
        roots or [samples()],
        are_samples=not roots,
        mark_places=mark_places(),
        index_folder=libraries_dir() if roots else None,
        hot=settings.hot,
        pages_folder=pages_dir(),
        keep=settings.keep,
    )
