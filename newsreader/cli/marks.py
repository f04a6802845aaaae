"""The commands about marks: mark articles, take the marks elsewhere, undo."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from newsreader.cli.errors import FAILED, OK, UsageError
from newsreader.cli.messages import say, say_issues
from newsreader.cli.reading import read_all
from newsreader.library.exported_marks import MARKS_FILE
from newsreader.library.library import Library
from newsreader.library.mark_book import MarkBook
from newsreader.library.verbs import VERBS, told
from newsreader.marks.record import DamagedError, Record, decode, encode
from newsreader.model import ConfigError, Issue
from newsreader.text.counted import counted
from newsreader.text.dates import now
from newsreader.text.sanitize import clean_line


def mark(library: Library, options: Namespace) -> int:
    """Run ``newsreader mark …``: a verb on the articles named or found."""
    verb = VERBS[options.verb]
    names = list(options.articles)
    given = ""
    if verb.takes:
        if not names:
            raise UsageError(f"mark {verb.name} takes {verb.takes}")
        given = names.pop(0)
    if bool(names) == bool(options.query):
        raise UsageError(f"mark {verb.name} takes either articles or -q QUERY")
    library.parse(options.query)
    code = read_all(library)
    if names:
        ids = [library.find(name).id for name in names]
    else:
        found = library.answer(options.query, now=now(), with_filters=False)
        ids = list(found.view.ids())
    try:
        record = library.act(verb.name, ids, given)
    except ValueError as error:
        raise UsageError(str(error)) from None
    _kept(_book(library))
    if record is not None:
        # The record has the names of the first of many articles only.
        library.know_again(ids)
    say(f"{told(record)}." if record is not None else "Nothing to change.")
    return code


def marks(library: Library, options: Namespace) -> int:
    """Run ``newsreader marks export|import|undo|redo``."""
    return _ACTIONS[options.action](library, options)


def _book(library: Library) -> MarkBook:
    book = library.book
    if book is None:  # pragma: no cover - the program always gives places
        raise ConfigError("There is no place for marks.")
    return book


def _kept(book: MarkBook) -> None:
    """See to it that all is on disk.

    Raises:
        ConfigError: when it cannot be.
    """
    try:
        book.close()
    except OSError as error:
        reason = error.strerror or error
        raise ConfigError(f"Marks cannot be kept in {book.places.journal}: {reason}.") from None


def _export(library: Library, options: Namespace) -> int:
    lines = b"".join(map(encode, _book(library).exported()))
    if options.file is None:
        sys.stdout.write(lines.decode("ascii"))
    else:
        from newsreader.config.replace import replace_file

        replace_file(options.file, lines)
    return OK


def _import(library: Library, options: Namespace) -> int:
    book = _book(library)
    records, issues = [], []
    for number, line in enumerate(_lines(options.file), 1):
        try:
            record = decode(line)
        except DamagedError as error:
            issues.append(Issue(clean_line(str(options.file)), f"{error}", line=number))
        else:
            if record is not None:
                records.append(record)
    say_issues(issues)
    changed = book.take_in(records)
    _kept(book)
    say(f"{counted(len(records), 'record')} read, {counted(changed, 'article')} changed.")
    return FAILED if issues else OK


def _lines(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        path /= MARKS_FILE
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}.") from None
    return (line for line in data.split(b"\n") if line.strip())


def _undo(library: Library, _: Namespace) -> int:
    return _taken(library, library.undo(), "undo")


def _redo(library: Library, _: Namespace) -> int:
    return _taken(library, library.redo(), "redo")


def _taken(library: Library, record: Record | None, what: str) -> int:
    _kept(_book(library))
    say(f"{told(record)}." if record is not None else f"There is nothing to {what}.")
    return OK if record is not None else FAILED


_ACTIONS: dict[str, Callable[[Library, Namespace], int]] = {
    "export": _export,
    "import": _import,
    "undo": _undo,
    "redo": _redo,
}
