"""Having the stories of a library found: here when articles are few, else by another program.

That program (``python -c`` with :func:`main`) maps the index, writes the stories beside it, and
takes no time from the one that draws the screen.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Final

from newsreader.config.replace import replace_file
from newsreader.library.story_index import FORMAT, find_stories
from newsreader.model.table import NO_CODE
from newsreader.store.sections import DamagedIndexError, Sections
from newsreader.store.shelf import Shelf
from newsreader.store.shelving import FolderShelving
from newsreader.store.story_columns import StoryColumns

_FEW: Final = 1_000
"""So few articles are compared in this program."""
_LOOK: Final = 0.05
"""Seconds between two looks at the other program."""
_NICE: Final = 10
_SCRIPT: Final = (
    "import sys; folder = sys.argv[1]; sys.path[:] = sys.argv[2:]; "
    "from newsreader.library.storytelling import main; main(folder)"
)


def stories_of(
    columns: Shelf,
    shelving: FolderShelving | None,
    before: Sections | None,
    wait: Callable[[], None],
) -> Sections:
    """The stories of *columns*, from the file of *shelving* if they are there, else found now.

    *before* is what was found the last time, where there is no such file. *wait* is called again
    and again meanwhile; what it raises ends the search.

    Raises:
        DamagedIndexError: when a part of the index is not what it should be.
    """
    name = "" if shelving is None else shelving.name_of(columns.sections)
    if shelving is None or not name:
        return find_stories(columns, before, wait).sections()
    kept = kept_stories(columns, shelving)
    if kept is None and columns.living > _FEW:
        _have_found(shelving.folder, wait)
        kept = kept_stories(columns, shelving)
    if kept is not None:
        return kept
    return _kept(shelving.stories, name, columns, _read(shelving.stories), wait)


def kept_stories(columns: Shelf, shelving: FolderShelving) -> Sections | None:
    """The stories in the file of *shelving*, if they are those of *columns*."""
    name, found = shelving.name_of(columns.sections), _read(shelving.stories)
    return found if found is not None and _is_of(found, name, len(columns)) else None


def columns_from(found: Sections) -> StoryColumns:
    """The columns that were found."""
    return StoryColumns(
        found.array("story"),
        found.array("copies"),
        found.array("duplicate"),
        found.strings("story.ids"),
        found.strings("story.titles"),
    )


def _read(path: Path) -> Sections | None:
    """The stories in the file at *path*, or None when there is none that can be used."""
    from mmap import ACCESS_READ, mmap

    try:
        with path.open("rb") as file:
            sections = Sections(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ)))
        if sections.meta["format"] != FORMAT:
            return None
        size, columns = int(sections.meta["size"]), columns_from(sections)
        lists = (columns.story, columns.copies, columns.duplicate, sections.array("contents"))
        are_whole = all(len(each) == size for each in lists)
        return sections if are_whole and len(columns.ids) == len(columns.titles) else None
    except (OSError, ValueError, KeyError, TypeError, DamagedIndexError):
        return None


def _is_of(found: Sections, name: str, size: int) -> bool:
    """Whether the stories are those of the columns in the file *name*."""
    if (found.meta.get("columns"), found.meta["size"]) != (name, size):
        return False
    return max(found.array("story"), default=NO_CODE) < len(found.strings("story.ids"))


def _kept(
    path: Path, name: str, columns: Shelf, before: Sections | None, wait: Callable[[], None]
) -> Sections:
    """The stories of *columns*, and that they are found at *path* from now on."""
    try:
        writer = find_stories(columns, before, wait)
    except (IndexError, ValueError, KeyError, DamagedIndexError):
        if before is None:
            raise
        # What was kept was damaged in a way that did not show.
        writer = find_stories(columns, None, wait)
    writer.note("columns", name)
    with suppress(OSError):
        replace_file(path, b"".join(writer.pieces()), is_private=True)
    return writer.sections()


def _have_found(folder: Path, wait: Callable[[], None]) -> None:
    """Have another program find the stories of the index in *folder*."""
    import subprocess

    flags = ["-I", "-S", "-B", "-X", f"utf8={sys.flags.utf8_mode}"]
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, *flags, "-c", _SCRIPT, str(folder), *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while process.poll() is None:
            wait()
            sleep(_LOOK)
    finally:
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()


def main(folder: str) -> None:
    """Find the stories of the index in *folder*, and end when the other side does."""
    import _thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    _thread.start_new_thread(_end_with_input, ())
    shelving = FolderShelving(Path(folder), {})
    opened = shelving.open()
    if opened is not None:
        shelf = Shelf(opened.columns, opened.segments)
        name = shelving.name_of(opened.columns)
        _kept(shelving.stories, name, shelf, _read(shelving.stories), lambda: None)


def _end_with_input() -> None:
    os.read(0, 1)
    os._exit(0)
