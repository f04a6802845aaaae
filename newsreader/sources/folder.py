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


def exists(path: Path) -> bool:
    """Whether there is anything at *path* that may be looked at."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this *name* is hidden, or a backup."""
    return name.startswith((".", "#", "~$")) or name.endswith(_BACKUP_ENDINGS)


def has_article_name(path: Path) -> bool:
    """Whether a file at *path* is taken for an article."""
    return path.suffix.lower() in SUFFIXES


def leads_below(link: Path, root: Path) -> bool:
    """Whether *link* leads to something at or below *root*, which has no links in it."""
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def find(root: Path) -> Iterator[Found | Issue]:
    """The article files at or below *root*, in order of their paths.

    A file that is named outright counts whatever its name. Hidden and backup files are passed
    over, and so is whatever is not a regular file or leads out of *root*. A folder that cannot
    be read gives an Issue.
    """
    if not root.is_dir():
        yield Found(root, str(root))
        return
    yield from _below(root, root.resolve(), MAX_DEPTH, set())


def _below(
    folder: Path, root: Path, depth: int, seen: set[tuple[int, int]]
) -> Iterator[Found | Issue]:
    try:
        status = folder.stat()
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        reason = f"the folder cannot be read: {error.strerror or error}"
        yield Issue(clean_line(str(folder)), reason)
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for entry in entries:
        if is_passed_over(entry.name):
            continue
        path = Path(entry.path)
        if entry.is_symlink() and not leads_below(path, root):
            continue
        if _is(entry.is_dir):
            if depth == 0:
                reason = f"folders are nested deeper than {MAX_DEPTH}; this one is left out"
                yield Issue(clean_line(entry.path), reason, Severity.WARNING)
            else:
                yield from _below(path, root, depth - 1, seen)
        elif has_article_name(path) and _is(entry.is_file):
            yield Found(path, entry.path)


def _is(test: Callable[[], bool]) -> bool:
    try:
        return test()
    except OSError:
        return False
