"""Reading the sources into change sets, batch by batch."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsreader.library.identity import with_id
from newsreader.model import ChangeSet, Issue
from newsreader.model.row import Row
from newsreader.sources.folder import Found, exists, find
from newsreader.store.store import Snapshot
from newsreader.text.sanitize import clean_line

_FIRST_BATCH = 32
_TICK = 64


class Progress(NamedTuple):
    """How far reading has come, and what the last batch brings. Counts are of files."""

    done: int
    total: int
    changes: ChangeSet
    issues: tuple[Issue, ...]
    twins: tuple[tuple[str, str], ...] = ()
    """The ids of files that are of one identity, two by two."""


def ingest(roots: Sequence[Path], before: Snapshot) -> Iterator[Progress]:
    """Read the files at and below *roots* and say what is new against *before*.

    Yields often, with an empty change set between batches. A batch grows with what is already
    there, so that applying all of them costs no more than a few times the last one. What is in
    *before* and was not met again is removed by the last one.
    """
    from newsreader.sources.rows import read_row

    issues: list[Issue] = []
    files: list[tuple[str, Found]] = []
    met: set[tuple[int, int]] = set()
    for root in roots:
        if not exists(root):
            issues.append(Issue(clean_line(str(root)), "there is no such file or folder"))
            continue
        for found in find(root):
            if isinstance(found, Issue):
                issues.append(found)
            elif len(roots) == 1 or _is_new(found, met):
                files.append((str(root), found))

    paths: dict[str, str] = {}
    twins: list[tuple[str, str]] = []
    batch: list[Row] = []
    known = len(before)
    for done, (source, file) in enumerate(files, 1):
        reading = read_row(file.path, source=source, name=file.name)
        issues.extend(reading.issues)
        if reading.row is not None:
            batch.append(with_id(reading.row, paths, twins))
        if len(batch) >= max(_FIRST_BATCH, known // 4):
            known += len(batch)
            yield Progress(done, len(files), _changes(batch, before), _taken(issues))
            batch = []
        elif done % _TICK == 0:
            yield Progress(done, len(files), ChangeSet(), _taken(issues))
    last = _changes(batch, before)
    removed = tuple(name for name in before.ids() if name not in paths)
    changes = ChangeSet(last.added, last.updated, removed)
    yield Progress(len(files), len(files), changes, _taken(issues), tuple(twins))


def _is_new(found: Found, met: set[tuple[int, int]]) -> bool:
    """Whether the file was not met under another of the names that were opened."""
    try:
        status = found.path.stat()
    except OSError:
        return True
    identity = (status.st_dev, status.st_ino)
    is_new = identity not in met
    met.add(identity)
    return is_new


def _changes(batch: Sequence[Row], before: Snapshot) -> ChangeSet:
    added: list[Row] = []
    updated: list[Row] = []
    for row in batch:
        old = before.row(row.id)
        if old is None:
            added.append(row)
        elif before.columns.entry(old) != row._replace(key=""):
            updated.append(row)
    return ChangeSet(tuple(added), tuple(updated))


def _taken(issues: list[Issue]) -> tuple[Issue, ...]:
    taken = tuple(issues)
    issues.clear()
    return taken
