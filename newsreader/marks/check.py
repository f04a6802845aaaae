"""Looking through the files of a journal for what is damaged or gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsreader.marks.journal import files_in
from newsreader.marks.record import decode_lines
from newsreader.model import Issue
from newsreader.text.sanitize import clean_line

_MOST_ISSUES = 20


class FileCheck(NamedTuple):
    """What a file of the journal holds.

    ``missing`` are the records between its first and its last that are not there, beside the
    damaged ones; ``unknown`` those that only a later version understands.
    """

    name: str
    records: int
    unknown: int
    missing: int
    is_torn: bool
    issues: tuple[Issue, ...]


def check_journal(folder: Path) -> Iterator[FileCheck]:
    """Check each file of the journal in *folder*."""
    for name, _ in files_in(folder):
        try:
            data = (folder / name).read_bytes()
        except OSError as error:
            issue = Issue(clean_line(str(folder / name)), f"cannot be read: {error.strerror}")
            yield FileCheck(clean_line(name), 0, 0, 0, is_torn=False, issues=(issue,))
            continue
        yield _check(folder / name, data)


def _check(path: Path, data: bytes) -> FileCheck:
    *lines, tail = data.split(b"\n")
    found = decode_lines(lines, path)
    numbers = {record.number for record in found.records}
    span = max(numbers) - min(numbers) + 1 if numbers else 0
    missing = max(0, span - len(numbers) - len(found.issues) - found.unknown)
    return FileCheck(
        clean_line(path.name),
        len(numbers),
        found.unknown,
        missing,
        is_torn=bool(tail),
        issues=found.issues[:_MOST_ISSUES],
    )
