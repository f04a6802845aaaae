"""What the records of a journal came to, with an index that lets no start read the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING

from newsreader.config.paths import MarkPlaces
from newsreader.marks.clock import Clock
from newsreader.marks.journal import Reader
from newsreader.marks.record import Record
from newsreader.marks.state import State
from newsreader.model import Issue
from newsreader.model.marks import Place

if TYPE_CHECKING:
    from newsreader.index.marks import MarkIndex

_MOST_ISSUES = 100
_NEVER = f"{0:012x}-{0:04x}-0"


class IndexedMarks:
    """A state of marks, of which only what is asked for is taken from the index.

    Without an index, or when it fails, all of the journal is read.
    """

    def __init__(self, places: MarkPlaces, now: Callable[[], int]) -> None:
        self.places = places
        self.issues: tuple[Issue, ...] = ()
        self.state = State()
        self._clock = Clock(now)
        self._reader = Reader(places.journal)
        self._disk = Lock()
        """Guards reader, writer and index."""
        self._lock = Lock()
        """Guards what is pending."""
        self._pending: list[Record] = []
        self._index: MarkIndex | None = None
        self._dirty: set[str] = set()
        self._must_reread = False
        self._saved_places: dict[str, Place] = {}

    def _open_index(self) -> None:
        path = self.places.index_file
        if path is not None and self.places.journal.is_dir():
            try:
                from newsreader.index.marks import MarkIndex

                self._index = MarkIndex(path, self.places.journal)
                self._reader.places.update(self._index.places())
                if not self._reader.fits():
                    # Files are not what the index was made of: it may know of more than they.
                    self._index.clear()
                    self._reader.start_again()
            except Exception as error:  # noqa: BLE001 - SQLite raises many; all can do without
                self._give_up_index(error)

    @property
    def _is_whole(self) -> bool:
        """Whether all of a journal is in memory, as there was no index to leave it in."""
        return self._index is None and not self._must_reread and self.knows_any

    @property
    def knows_any(self) -> bool:
        """Whether anything at all was ever done."""
        return bool(self.state.entries or self.state.seen or self._reader.places)

    def _try_index(self) -> None:
        path = self.places.index_file
        if path is None:
            return
        try:
            from newsreader.index.marks import MarkIndex

            self._index = MarkIndex(path, self.places.journal)
            state = self.state
            self._dirty |= {*state.entries, *state.parents, *state.seen}
        except Exception as error:  # noqa: BLE001 - SQLite raises many; all can do without
            self._give_up_index(error)

    def _load(self, wanted: Iterable[str]) -> None:
        if self._index is not None:
            names = list(wanted)
            try:
                entries, parents = self._index.load(names)
                stamps = (stamp for entry in entries.values() for stamp, _ in entry.values())
                self._clock.meet(max(stamps, default=_NEVER))
                self.state.absorb(entries, parents)
                for name, at in self._index.seen(names).items():
                    self.state.see((name,), at)
            except Exception as error:  # noqa: BLE001 - as above
                self._give_up_index(error)

    def _save(self) -> None:
        if self._index is None:
            return
        places = self._reader.safe_places()
        if not self._dirty and places == self._saved_places:
            return
        state, dirty = self.state, self._dirty
        try:
            with self._lock, state.lock:
                if self._pending:
                    return  # The index must not know what the journal does not.
                self._dirty = set()
                roots = {state.root(name) for name in dirty}
                entries = {
                    root: dict(state.entries[root]) for root in roots if root in state.entries
                }
                parents = {
                    name: root for root in roots for name in state.names(root) if name != root
                }
                seen = {name: state.seen[name] for name in dirty if name in state.seen}
            self._index.save(entries, parents, seen, places)
            self._saved_places = places
        except Exception as error:  # noqa: BLE001 - as above
            self._dirty |= dirty
            self._give_up_index(error)

    def _give_up_index(self, error: Exception) -> None:
        """Go on without the index: everything is in the journal."""
        self._index = None
        self._must_reread = True
        path = self.places.index_file
        if path is not None and type(error).__name__ == "DatabaseError":
            from newsreader.index.database import set_aside

            set_aside(path)
        self._report((Issue(str(path), f"the index cannot be used: {error}"),))

    def _report(self, issues: Iterable[Issue]) -> None:
        self.issues = (*self.issues, *issues)[-_MOST_ISSUES:]
