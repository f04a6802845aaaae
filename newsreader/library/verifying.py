"""Comparing what was kept of files with the files."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from newsreader.library.articles import Articles
from newsreader.library.full_text import FullTexts
from newsreader.library.ingest import processes
from newsreader.model.row import Row
from newsreader.sources.crew import FileToRead, read_rows
from newsreader.sources.row_reading import RowReading


class Compared(NamedTuple):
    """How far it has come, and what is not as it was: a line for a person each."""

    done: int
    total: int
    wrong: tuple[str, ...] = ()


def verify(articles: Articles) -> Iterator[Compared]:
    """Read the file of each article again, and compare all that is kept of it."""
    columns = articles.snapshot.columns
    total, done = columns.living, 0
    waiting: deque[Row] = deque()

    def files() -> Iterator[FileToRead]:
        for row in columns.newest_first:
            entry = columns.entry(row)
            waiting.append(entry)
            yield FileToRead(entry.file or entry.path, entry.source, entry.path)

    with closing(read_rows(files(), processes())) as batches:
        for batch in batches:
            done += len(batch.files)
            found = (
                _difference(waiting.popleft(), reading, articles.full_texts)
                for reading in batch.readings
            )
            yield Compared(done, total, tuple(filter(None, found)))


def _difference(kept: Row, reading: RowReading, full_texts: FullTexts) -> str:
    row = reading.row and full_texts.in_row(reading.row)
    if row is None:
        reason = reading.issues[-1].reason if reading.issues else "it gives no article"
        return f"{kept.path}: {reason}"
    if row._replace(id=kept.id, key="") == kept:
        return ""
    names = (name for name in Row._fields if name not in ("id", "key"))
    differing = [name for name in names if getattr(row, name) != getattr(kept, name)]
    return f"{kept.path}: not as it was read ({', '.join(differing)})"
