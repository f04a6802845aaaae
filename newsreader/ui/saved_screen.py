"""Saved searches on the screen: saved, looked at, renamed, moved, deleted and brought back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, NamedTuple

from textual import on

from newsreader.config.paths import followed_file, looked_file, rules_file, searches_file
from newsreader.library.answer import SavedCount
from newsreader.model import ConfigError, Issue
from newsreader.ui.filter_pane import FilterPane
from newsreader.ui.query_screen import QueryScreen

if TYPE_CHECKING:
    from newsreader.library.library import Library
    from newsreader.library.saved import SavedSearches


_MOST_TOASTS = 3


class SavedFiles(NamedTuple):
    """Where saved searches are kept, and when each was looked at; and the same of rules."""

    searches: Path
    looked: Path
    rules: Path | None = None
    followed: Path | None = None


def saved_files() -> SavedFiles:
    """Where they are on this platform."""
    return SavedFiles(searches_file(), looked_file(), rules_file(), followed_file())


class _Change(NamedTuple):
    at: float
    take_back: Callable[[], object]


class SavedScreen(QueryScreen):
    """What the reader does with saved searches. The file is read when there is one."""

    library: Library
    saved_files: SavedFiles | None = None
    _saved: SavedSearches | None = None
    saved_counts: tuple[SavedCount, ...] = ()
    """What each saved search found when they were counted last."""
    _told: tuple[Issue, ...] = ()
    _changes: tuple[_Change, ...] = ()

    @property
    @abstractmethod
    def now(self) -> datetime:
        """The time."""

    @property
    def saved(self) -> SavedSearches | None:
        """The saved searches; None where there is no place to keep them."""
        if self._saved is None and self.saved_files is not None:
            from newsreader.library.saved import SavedSearches

            self._saved = SavedSearches(self.saved_files.searches, self.saved_files.looked)
        return self._saved

    def know_saved(self) -> None:
        """Let queries name the saved searches as the file has them now."""
        files = self.saved_files
        if files is not None and (self._saved is not None or files.searches.exists()):
            saved = self.saved
            self.library.searches = saved.queries if saved is not None else {}
            if saved is not None and saved.issues != self._told:
                self._told = saved.issues
                for issue in saved.issues[:_MOST_TOASTS]:
                    self.notify(str(issue), severity="warning", markup=False)

    def count_saved(self) -> None:
        """Count what each saved search finds. Any thread may: of many articles it takes a while."""
        if self._saved is not None:
            self.saved_counts = self._saved.counts(self.library, self.now)

    def action_save_search(self) -> None:
        """Ask for a name, and save the query under it."""
        from newsreader.ui.dialogs import TextDialog

        query = self.query_text.strip()
        if self.saved is None or not query or self.error is not None:
            what = "The query is not finished." if query else "There is no query to save."
            self.notify(what, severity="warning", markup=False)
            return

        def accept(name: str) -> None:
            saved = self.saved
            if saved is None:
                return
            before = saved.save(name, query, self.now)
            what = "Saved" if before is None else f"Changed; it was {before.query}"
            self._changed(f"{what}. search:{name.strip()} finds it." if before is None else what)

        hint = "⏎ save   Esc close   A name that is there already is given this query."
        self.app.push_screen(TextDialog("Save the query as", "", accept, hint))

    @on(FilterPane.SavedWanted)
    def _saved_wanted(self, event: FilterPane.SavedWanted) -> None:
        saved = self.saved
        if saved is None:
            return
        name = event.name
        match event.what:
            case "look":
                saved.look(name, self.now)
            case "rename":
                self._rename(saved, name)
            case "move":
                self._try(lambda: saved.move(name, event.step))
            case "delete":
                self._try(lambda: self._delete(saved, name))

    def _rename(self, saved: SavedSearches, old: str) -> None:
        from newsreader.ui.dialogs import TextDialog

        def accept(new: str) -> None:
            saved.rename(old, new)
            self._changed("")

        title = "Another name for the search"
        self.app.push_screen(TextDialog(title, old, accept, "⏎ rename   Esc close"))

    def _delete(self, saved: SavedSearches, name: str) -> None:
        deleted = saved.delete(name)
        self.note_change(lambda: self._try(lambda: saved.restore(deleted)))
        self.notify(f"Deleted {name}; u brings it back.", markup=False)

    def note_change(self, take_back: Callable[[], object]) -> None:
        """Remember what takes back a change that was made now."""
        self._changes += (_Change(time(), take_back),)

    @property
    def last_changed_at(self) -> float:
        """When, in seconds since 1970, the last of these changes was made; 0 for none."""
        return self._changes[-1].at if self._changes else 0.0

    def take_back(self) -> None:
        """Take back the last of the changes that are no marks."""
        *earlier, last = self._changes
        self._changes = tuple(earlier)
        last.take_back()

    def _try(self, change: Callable[[], object]) -> None:
        try:
            change()
        except ConfigError as error:
            self.notify(str(error), severity="error", markup=False)
        self._changed("")

    def _changed(self, message: str) -> None:
        if message:
            self.notify(message, markup=False)
        self.ask()
