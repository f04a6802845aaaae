"""``newsreader index``: bring the index up to date, make it anew, compare it with the files."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from newsreader.cli import output
from newsreader.cli.errors import FAILED, OK
from newsreader.cli.messages import say, say_issues
from newsreader.config.paths import images_dir, pages_dir
from newsreader.fetching.room import kept_files
from newsreader.library.library import Library
from newsreader.model import ConfigError
from newsreader.text import dates
from newsreader.text.counted import counted
from newsreader.text.sanitize import clean_line

_UNITS = ("bytes", "KiB", "MiB", "GiB")


def run(library: Library, options: Namespace) -> int:
    """Run ``newsreader index``."""
    if options.status:
        return _tell_status(library, options)
    if not library.has_any_root:
        names = clean_line(", ".join(map(str, library.roots)))
        raise ConfigError(f"There is no such file or folder: {names}.")
    if options.verify:
        return _verify(library)
    if options.rebuild:
        library.forget()
    added = updated = removed = 0
    for progress in shown(library.ingest(), "Reading"):
        added += len(progress.changes.added)
        updated += len(progress.changes.updated)
        removed += len(progress.changes.removed)
    say_issues(library.issues)
    articles = counted(len(library.snapshot), "article")
    print(f"{articles}: {added:,} added, {updated:,} updated, {removed:,} removed.")
    return OK if library.is_kept else FAILED


class _Step(Protocol):
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...


S = TypeVar("S", bound=_Step)


def shown(progress: Iterable[S], what: str) -> Iterator[S]:
    """*progress* with a bar on a terminal: how many, how fast, how long still."""
    if not sys.stderr.isatty():
        yield from progress
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, rate="")
        for step in progress:
            speed = bar.tasks[task].speed
            rate = f"{speed:,.0f} a second" if speed else ""
            bar.update(task, completed=step.done, total=step.total, rate=rate)
            yield step


def _verify(library: Library) -> int:
    """Read every file again, and say which articles are not what the index has."""
    from newsreader.library.verifying import verify

    wrong = 0
    for step in shown(verify(library), "Comparing"):
        for what in step.wrong:
            wrong += 1
            print(clean_line(what))
    if wrong:
        say(f"{counted(wrong, 'difference')}. newsreader index brings it up to date.")
        return FAILED
    print(f"{counted(len(library.snapshot), 'article')}: all as in the files.")
    return OK


def _tell_status(library: Library, options: Namespace) -> int:
    status = library.index_status()
    fetched = {"pages": _extent(pages_dir()), "images": _extent(images_dir())}
    if options.json:
        data = status._asdict() | {"folder": str(status.folder), "fetched": fetched}
        print(output.as_json(data))
        return OK
    print(f"{'folder':<10}{clean_line(str(status.folder))}")
    print(f"{'articles':<10}{status.articles:,}")
    print(f"{'size':<10}{_size(status.size)}")
    made = datetime.fromtimestamp(status.written_at).astimezone() if status.written_at else None
    print(f"{'written':<10}{dates.full(made) if made else 'never'}")
    for name, extent in fetched.items():
        print(f"{name:<10}{extent['files']:,}, {_size(extent['size'])}")
    return OK


def _extent(folder: Path) -> dict[str, int]:
    """How much of what was fetched is kept in *folder*."""
    files = kept_files(folder)
    return {"files": len(files), "size": sum(file.size for file in files)}


def _size(count: int) -> str:
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:,.0f} {_UNITS[unit]}" if unit == 0 else f"{size:,.1f} {_UNITS[unit]}"
