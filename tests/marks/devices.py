"""Books of marks and libraries in temporary folders, as devices that share a journal or copy it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsreader.config.paths import MarkPlaces
from newsreader.library.library import Library
from newsreader.library.mark_book import MarkBook
from newsreader.marks.record import _digest
from newsreader.marks.state import State
from newsreader.model.marks import Entry

START = 1_700_000_000_000


class Ticking:
    """A clock that goes on by a second with every look."""

    def __init__(self, at: int = START) -> None:
        self.at = at

    def __call__(self) -> int:
        self.at += 1_000
        return self.at


def book(
    folder: Path,
    *,
    state: str = "state",
    now: Callable[[], int] | None = None,
    with_index: bool = False,
) -> MarkBook:
    """A book whose journal is in *folder*."""
    index = folder / state / "index.db" if with_index else None
    places = MarkPlaces(folder / "marks", folder / state, index)
    opened = MarkBook(places, now or Ticking())
    opened.open()
    return opened


def contents(state: State) -> dict[frozenset[str], Entry]:
    """What *state* comes to, whatever names were chosen as roots."""
    return {frozenset(state.names(root)): entry for root, entry in state.entries.items() if entry}


def signed(data: object) -> bytes:
    """*data* as the line of a record, with its checksum, whatever it is."""
    return with_sum(json.dumps(data, separators=(",", ":")).encode()[:-1])


def with_sum(body: bytes) -> bytes:
    """A record's line that is whole but for its checksum and its end."""
    return body + b',"sum":"' + _digest(body) + b'"}'


def write_article(path: Path, title: str, *, url: str = "", body: str = "", date: str = "") -> None:
    """Write a file that the libraries of :func:`opened` read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = [f"title: {title}"]
    header += [f"originalUrl: {url}"] if url else []
    header += [f"date: {date}"] if date else []
    path.write_text("\n".join(("---", *header, "---", body)))


@contextmanager
def opened(
    root: Path, *folders: str, marks: Path | None = None, with_index: bool = True
) -> Iterator[Library]:
    """The articles of some *folders* of *root*, with their marks in it, or else in *marks*."""
    state = root / "state"
    places = MarkPlaces(marks or root / "marks", state, state / "index.db" if with_index else None)
    library = Library([root / folder for folder in folders], mark_places=places)
    library.load()
    try:
        yield library
    finally:
        if library.book is not None:
            library.book.close()


def starred(library: Library) -> set[str]:
    """The titles of what is starred, which queries see as well."""
    columns = library.snapshot.columns
    found = {each.title for each in library.snapshot if library.marks(each.id).starred}
    by_column = {each.title for row, each in enumerate(library.snapshot) if columns.marks[row] & 2}
    assert found == by_column
    return found
