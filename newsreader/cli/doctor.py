"""``newsreader doctor`` and ``newsreader paths``: what is where, and whether it is sound."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsreader.cli import output
from newsreader.cli.errors import FAILED, OK
from newsreader.config import paths
from newsreader.library.library import Library
from newsreader.model import NewsreaderError
from newsreader.text.counted import counted
from newsreader.text.sanitize import clean_line

_PLACES: dict[str, Callable[[], Path]] = {
    "config": paths.config_file,
    "searches": paths.searches_file,
    "rules": paths.rules_file,
    "marks": lambda: paths.mark_places().journal,
    "state": paths.state_dir,
    "index": paths.index_file,
    "libraries": paths.libraries_dir,
    "pages": paths.pages_dir,
    "images": paths.images_dir,
    "samples": paths.samples,
}


class Finding(NamedTuple):
    """What was looked at, whether it is sound, and what to know or do."""

    what: str
    is_sound: bool
    say: str


def show_paths(_: Library, options: Namespace) -> int:
    """Print where everything is."""
    places = {name: str(place()) for name, place in _PLACES.items()}
    if options.json:
        print(output.as_json(places))
    else:
        for name, place in places.items():
            print(f"{name:<10}{clean_line(place)}")
    return OK


def examine(_: Library, options: Namespace) -> int:
    """Look at all that newsreader depends on, and say what to do about it."""
    findings = [
        finding for look in (_config, _folders, _marks, _index, _terminal) for finding in look()
    ]
    if options.json:
        print(output.as_json([finding._asdict() for finding in findings]))
    else:
        for what, is_sound, say in findings:
            print(f"{'ok ' if is_sound else 'bad'}  {what:<10}{clean_line(say)}")
    return OK if all(finding.is_sound for finding in findings) else FAILED


def _config() -> Iterator[Finding]:
    from newsreader.config.rules import Rules
    from newsreader.config.searches import Searches
    from newsreader.config.settings import load

    file = paths.config_file()
    try:
        settings = load(file)
    except NewsreaderError as error:
        yield Finding("config", False, f"{error} Mend the file, or move it away.")
    else:
        say = str(file) if file.exists() else f"no {file}: everything is as by default"
        yield Finding("config", True, say)
        for folder in settings.library:
            if not folder.exists():
                yield Finding("config", False, f"library names {folder}, which is not there.")
    for name, entries in (
        ("searches", Searches(paths.searches_file())),
        ("rules", Rules(paths.rules_file())),
    ):
        issues = entries.load().issues
        for issue in issues:
            yield Finding(name, False, f"{issue} Mend the line, or delete it.")
        if not issues:
            yield Finding(name, True, str(entries.path))


def _folders() -> Iterator[Finding]:
    folders = (paths.data_dir(), paths.state_dir(), paths.cache_dir())
    for name, folder in zip(("data", "state", "cache"), folders, strict=True):
        there = folder
        while not there.exists() and there != there.parent:
            there = there.parent
        if not there.is_dir():
            yield Finding(name, False, f"{there} is not a folder; move it away.")
        elif not os.access(there, os.W_OK | os.X_OK):
            yield Finding(name, False, f"{there} cannot be written to; change its permissions.")
        elif folder.exists() and folder.stat().st_mode & 0o077 and name == "data":
            yield Finding(name, False, f"{folder} can be read by others: chmod 700 {folder}")
        else:
            yield Finding(name, True, str(folder))


def _marks() -> Iterator[Finding]:
    from newsreader.marks.check import check_journal

    folder = paths.mark_places().journal
    if not folder.is_dir():
        yield Finding("marks", True, "nothing is marked yet")
        return
    for file in check_journal(folder):
        for issue in file.issues:
            yield Finding("marks", False, f"{issue} The rest of the file is good.")
        if file.missing:
            gone = f"{counted(file.missing, 'record')} {'is' if file.missing == 1 else 'are'} gone"
            yield Finding("marks", False, f"{file.name}: {gone} from it.")
        if not file.issues and not file.missing:
            tail = "; its last line is not whole, and will be dropped" if file.is_torn else ""
            later = f", {file.unknown:,} of a later version" if file.unknown else ""
            yield Finding(
                "marks", True, f"{file.name}: {counted(file.records, 'record')}{later}{tail}"
            )


def _index() -> Iterator[Finding]:
    file = paths.index_file()
    if not file.exists():
        yield Finding("index", True, "not made yet")
        return
    import sqlite3

    try:
        base = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
        try:
            (result,) = base.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            base.close()
    except sqlite3.Error as error:
        result = str(error)
    if result == "ok":
        yield Finding("index", True, f"{file}, {file.stat().st_size // 1024:,} KiB")
    else:
        yield Finding("index", False, f"{file}: {result}. Delete it; it is made again by itself.")


def _terminal() -> Iterator[Finding]:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        yield Finding("terminal", False, f"the locale is {encoding}; set LANG to one with UTF-8")
    name = os.environ.get("TERM", "")
    if name in ("", "dumb"):
        yield Finding("terminal", False, f"TERM is {name or 'not set'}; set it to your terminal's")
    else:
        colors = os.environ.get("COLORTERM", "")
        yield Finding("terminal", True, f"TERM is {name}{f', {colors}' if colors else ''}")
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", True, python)
