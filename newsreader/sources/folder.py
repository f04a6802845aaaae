"""Finding the article files below a folder."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsreader.model import Issue, Severity
from newsreader.text.sanitize import clean_line

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".yaml", ".yml", ".html", ".htm"})
"""The file names that are taken for articles when a folder is opened."""
MAX_DEPTH = 32
"""Folders below folders."""

_BACKUP_ENDINGS = ("~", ".bak", ".orig", ".swp", ".tmp")


class Found(NamedTuple):
    """A file to read. ``name`` is its path as a person would write it, below what was opened."""

    path: Path
    name: str


class Listing(NamedTuple):
    """The article files of one folder, in order of their names, and when it was changed last."""

    folder: str
    files: list[os.DirEntry[str]]
    mtime_ns: int = 0


def exists(path: Path) -> bool:
    """Whether there is anything at *path* that may be looked at."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this *name* is hidden, or a backup."""
    return name.startswith((".", "#", "~$")) or name.endswith(_BACKUP_ENDINGS)


def has_article_name(name: str) -> bool:
    """Whether a file of this *name* is taken for an article."""
    dot = name.rfind(".")
    return dot > 0 and name[dot:].lower() in SUFFIXES


def leads_below(link: Path, root: Path) -> bool:
    """Whether *link* leads to something at or below *root*, which has no links in it."""
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def find(root: Path) -> Iterator[Found | Issue]:
    """The article files at or below *root*: those of a folder by name, then its folders.

    A file that is named outright counts whatever its name. Hidden and backup files are passed
    over, and so is whatever is not a regular file or leads out of *root*. A folder that cannot
    be read gives an Issue.
    """
    if not root.is_dir():
        yield Found(root, str(root))
        return
    for found in listings(root):
        if isinstance(found, Issue):
            yield found
        else:
            yield from (Found(Path(entry.path), entry.path) for entry in found.files)


def listings(root: Path) -> Iterator[Listing | Issue]:
    """The folder *root* and all below it, as :func:`find` finds them."""
    yield from listings_below(str(root), root)


def listings_below(folder: str, root: Path) -> Iterator[Listing | Issue]:
    """The same for *folder*, which is below *root*."""
    depth = MAX_DEPTH - folder.removeprefix(str(root)).count("/")
    yield from _below(folder, root.resolve(), depth, set())


def _below(
    folder: str, root: Path, depth: int, seen: set[tuple[int, int]]
) -> Iterator[Listing | Issue]:
    try:
        status = os.stat(folder)  # noqa: PTH116 - of every folder
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        reason = f"the folder cannot be read: {error.strerror or error}"
        yield Issue(clean_line(folder), reason)
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    files: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    for entry in entries:
        name = entry.name
        if is_passed_over(name):
            continue
        if entry.is_symlink() and not leads_below(Path(entry.path), root):
            continue
        if _is(entry.is_dir):
            folders.append(entry)
        elif has_article_name(name) and _is(entry.is_file):
            files.append(entry)
    if files:
        yield Listing(folder, files, status.st_mtime_ns)
    for entry in folders:
        if depth == 0:
            reason = f"folders are nested deeper than {MAX_DEPTH}; this one is left out"
            yield Issue(clean_line(entry.path), reason, Severity.WARNING)
        else:
            yield from _below(entry.path, root, depth - 1, seen)


def _is(test: Callable[[], bool]) -> bool:
    try:
        return test()
    except OSError:
        return False
