"""What the records of a journal came to, with an index that lets no start read the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from newsreader.config.paths import MarkPlaces
from newsreader.marks.clock import NEVER, Clock
from newsreader.marks.journal import Reader
from newsreader.marks.record import Record
from newsreader.marks.state import State
from newsreader.model import Issue
from newsreader.model.marks import Place

if TYPE_CHECKING:
    from newsreader.index.marks import MarkIndex

_MOST_ISSUES = 100


class IndexedMarks:
    """A state of marks, of which only what is asked for is taken from the index.

    Without an index, or when it fails, all of the journal is read.
    """

    def __init__(self, places: MarkPlaces, now: Callable[[], int]) -> None:
        self.places = places
        self.now = now
        """The time of day, in milliseconds since 1970."""
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
        """Use the index; when marks are in memory already, it has to be told of all of them."""
        path, state = self.places.index_file, self.state
        if path is None or self._index is not None:
            return
        try:
            from newsreader.index.marks import MarkIndex

            self._index = MarkIndex(path, self.places.journal)
            if self.knows_any:
                self._dirty |= {*state.entries, *state.parents, *state.seen}
                return
            self._reader.places.update(self._index.places())
            if not self._reader.fits():
                # Files are not what the index was made of: it may know of more than they.
                self._index.clear()
                self._reader.start_again()
        except Exception as error:  # noqa: BLE001 - SQLite raises many; all can do without
            self._give_up_index(error)

    @property
    def knows_any(self) -> bool:
        """Whether anything at all was ever done."""
        return bool(self.state.entries or self.state.seen or self._reader.places)

    def marked(self) -> set[str]:
        """The names under which anything was done."""
        state = self.state
        names: list[str] = []
        if self._index is not None:
            try:
                names = self._index.names(with_seen=False)
            except Exception as error:  # noqa: BLE001 - as above
                self._give_up_index(error)
        return {*names, *state.entries, *state.parents}

    def _load(self, wanted: Iterable[str]) -> None:
        if self._index is not None:
            names = list(wanted)
            try:
                entries, parents = self._index.load(names)
                stamps = (stamp for entry in entries.values() for stamp, _ in entry.values())
                self._clock.meet(max(stamps, default=NEVER))
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
        self._close_index()
        self._must_reread = True
        path = self.places.index_file
        if path is not None and type(error).__name__ == "DatabaseError":
            from newsreader.index.database import set_aside

            set_aside(path)
        self.report((Issue(str(path), f"the index cannot be used: {error}"),))

    def _close_index(self) -> None:
        index, self._index = self._index, None
        if index is not None:
            with suppress(Exception):  # A damaged one cannot even be closed sometimes.
                index.close()

    def report(self, issues: Iterable[Issue]) -> None:
        """Add to what was wrong, of which the latest is kept."""
        self.issues = (*self.issues, *issues)[-_MOST_ISSUES:]
