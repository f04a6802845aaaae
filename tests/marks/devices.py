"""Books of marks in temporary folders, as devices that share a journal or a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsreader.config.paths import MarkPlaces
from newsreader.library.mark_book import MarkBook
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
