"""From a file to its row: quickly where it is an ordinary one, and by way of an article else."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from newsreader.model import Issue
from newsreader.model.row import Row
from newsreader.sources.article import parse_article
from newsreader.sources.quick import File, quick_row
from newsreader.sources.reading import FileStatus, UnreadableError, read_with_status
from newsreader.sources.rows import row_of
from newsreader.text.blake import blake2b
from newsreader.text.sanitize import clean_line


class RowReading(NamedTuple):
    """The row of one file, or None when it could not be used, and what was wrong.

    ``status`` is that of the file as it was read; None when it could not be.
    """

    row: Row | None
    issues: tuple[Issue, ...] = ()
    status: FileStatus | None = None


def read_row(path: Path | str, *, source: str = "", name: str = "") -> RowReading:
    """Read the file at *path*. Never raises for what the file holds or for not being readable.

    As :func:`newsreader.sources.article.read_article`, to the row of the article. Its ``id`` is
    left empty.
    """
    target = str(path)
    shown = clean_line(name or target)
    try:
        data, status = read_with_status(target, source)
    except UnreadableError as error:
        reason = clean_line(f"the file cannot be read: {error}")
        return RowReading(None, (Issue(shown, reason),))
    content = int.from_bytes(blake2b(data, digest_size=8).digest())
    file = File(source or target, shown, "" if target == shown else target, content)
    row = quick_row(data, file)
    if row is not None:
        return RowReading(row, (), status)
    article, issues = parse_article(data, source=file.source, name=shown)
    if article is None:
        return RowReading(None, issues, status)
    return RowReading(row_of(article)._replace(file=file.file, content=content), issues, status)
