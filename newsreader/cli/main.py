"""Running a command. Data goes to standard output, messages to standard error.

Exit codes: 0 done, 1 something asked for was not found or has problems, 2 wrong usage or a bad
query.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from newsreader.cli import output
from newsreader.cli.parser import UsageError, parse_arguments
from newsreader.config.paths import config_file, samples
from newsreader.config.settings import Settings, load
from newsreader.library.library import Library
from newsreader.model import InvalidQueryError, NewsreaderError
from newsreader.text.sanitize import clean_block

OK, FAILED, USAGE = 0, 1, 2

OpenScreen = Callable[[Library, Settings], None]


def main(arguments: Sequence[str], open_screen: OpenScreen) -> int:
    """Run one command line and return its exit code. *open_screen* runs the reader."""
    try:
        options = parse_arguments(arguments)
        settings = load(config_file())
        library = _library(options.paths, settings)
        if options.command == "open" and sys.stdin.isatty() and sys.stdout.isatty():
            open_screen(library, settings)
            return OK
        return _COMMANDS[options.command](library, options)
    except UsageError as error:
        _say(str(error))
        return USAGE
    except InvalidQueryError as error:
        from newsreader.query import caret

        _say(f"{error.message}\n{caret(error)}")
        return USAGE
    except NewsreaderError as error:
        _say(str(error))
        return FAILED
    except BrokenPipeError:
        # The reader of our output has had enough. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _say(message: str) -> None:
    print(f"newsreader: {clean_block(message)}", file=sys.stderr)


def _library(paths: Sequence[Path], settings: Settings) -> Library:
    if paths:
        return Library(paths)
    if settings.library:
        return Library(settings.library)
    return Library([samples()], are_samples=True)


def _loaded(library: Library) -> int:
    """Read everything, tell the problems, and return the exit code so far."""
    library.load()
    for issue in library.issues:
        print(output.issue_line(issue), file=sys.stderr)
    nothing_asked_for_exists = not any(root.exists() for root in library.roots)
    return FAILED if nothing_asked_for_exists else OK


def _now() -> datetime:
    return datetime.now().astimezone()


def _open(library: Library, options: argparse.Namespace) -> int:
    """Without a terminal to draw on: the list as text."""
    del options
    code = _loaded(library)
    answer = library.answer("", now=_now(), with_facets=False)
    for line in output.list_lines(answer.view, None):
        print(line)
    return code


def _list(library: Library, options: argparse.Namespace) -> int:
    library.answer(options.query, options.sort, now=_now(), with_facets=False)
    code = _loaded(library)
    answer = library.answer(options.query, options.sort, now=_now(), with_facets=False)
    articles = islice(answer.view, options.limit)
    if options.json:
        print(output.as_json([output.article_data(article) for article in articles]))
    elif options.jsonl:
        for article in articles:
            print(output.as_json(output.article_data(article), indent=None))
    elif options.urls:
        for article in articles:
            if article.url:
                print(article.url)
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for line in output.list_lines(articles, width):
            print(line)
    return code


def _show(library: Library, options: argparse.Namespace) -> int:
    code = _loaded(library)
    if code == OK or not library.roots:
        article = library.find(options.article)
        if options.json:
            print(output.as_json(output.article_data(article)))
        elif options.markdown:
            print(output.article_markdown(article))
        else:
            print(output.article_text(article))
    return code


def _facets(library: Library, options: argparse.Namespace) -> int:
    from newsreader.query import count, parse

    parse(options.query)
    code = _loaded(library)
    answer = library.answer(options.query, now=_now(), with_facets=False)
    values = count(library.snapshot.columns, answer.view.rows, options.field)
    if options.json:
        rows = [{"value": each.value, "label": each.label, "count": each.count} for each in values]
        print(output.as_json(rows))
    else:
        widest = max((len(str(each.count)) for each in values), default=1)
        for each in values:
            print(f"{each.count:>{widest}}  {each.label}")
    return code


def _check(library: Library, options: argparse.Namespace) -> int:
    library.load()
    if options.json:
        print(output.as_json([output.issue_data(issue) for issue in library.issues]))
    else:
        for issue in library.issues:
            print(output.issue_line(issue))
        files = len({issue.path for issue in library.issues})
        problems = len(library.issues)
        articles = len(library.snapshot)
        summary = f"{articles} articles, {problems} problems in {files} files"
        print(f"newsreader: {summary}", file=sys.stderr)
    return FAILED if library.issues else OK


_COMMANDS: dict[str, Callable[[Library, argparse.Namespace], int]] = {
    "open": _open,
    "list": _list,
    "show": _show,
    "facets": _facets,
    "check": _check,
}
