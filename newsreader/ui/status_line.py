"""The bottom of the screen: where one is, what happens, and the keys that matter now."""

from typing import NamedTuple

from textual.reactive import reactive

from newsreader.actions import ACTIONS, Scope
from newsreader.text.counted import counted
from newsreader.ui.bindings import key_label
from newsreader.ui.cells import Line, Run, cut, line_len
from newsreader.ui.ink import InkLine

_HINTS = {
    Scope.LIST: ("read", "open", "search", "filters", "sort", "help"),
    Scope.ARTICLE: ("left", "follow", "next_related", "back", "open", "copy", "help"),
    Scope.FILTERS: ("choose", "exclude", "more", "clear", "help"),
    Scope.SEARCH: ("keep", "drop"),
    Scope.INSIGHT: ("choose", "block_next", "close"),
}
_HINTS_ON_SELECTION = ("open", "copy", "drop", "help")
_OF_STORIES = frozenset(("follow", "next_related"))
_KEYS = {(action.scope, action.id): action for action in ACTIONS}


class Status(NamedTuple):
    """What the line says. ``activity`` is what is happening, empty when nothing is."""

    shown: int = 0
    total: int = 0
    order: str = ""
    filters: int = 0
    hidden: int = 0
    """Articles that would match but for rules."""
    problems: int = 0
    activity: str = ""
    library: str = ""
    selected: int = 0
    unread: int | None = None
    """Of all articles; None where nothing can be marked."""
    held: int = 0
    """Marks that could not be saved yet, and ``trouble`` why."""
    trouble: str = ""


class Progress(NamedTuple):
    """How much of an article was in sight, up to 1, and the minutes of text that are left."""

    share: float
    minutes: int = 0


class StatusLine(InkLine):
    """One line: the state on the left, the keys of the focused pane on the right."""

    status: reactive[Status] = reactive(Status(), init=False)
    scope: reactive[Scope] = reactive(Scope.LIST, init=False)
    has_stories: reactive[bool] = reactive(default=False, init=False)
    """Whether the article shown has related stories."""

    progress: reactive[Progress | None] = reactive(None, init=False)
    """How far one is in the article; None when all of it is in sight."""

    def watch_progress(self) -> None:
        """Say it, where that is said."""
        if self.scope is Scope.ARTICLE:
            self.redraw()

    def watch_status(self) -> None:
        """Say it."""
        self.redraw()

    def watch_has_stories(self) -> None:
        """Offer the keys for stories, or not."""
        self.redraw()

    def watch_scope(self) -> None:
        """Show the keys of the pane."""
        self.redraw()

    def line(self) -> Line:
        """The only line."""
        width = self.size.width
        left = self._state()
        room = width - line_len(left) - 3
        right = self._hints(room)
        blank = width - line_len(left) - line_len(right) - 1
        return (*left, (" " * max(0, blank), "text"), *right, (" ", "text"))

    def _hints(self, room: int) -> list[Run]:
        """As many keys as there is room for; the one for help before any other."""
        hints: list[list[Run]] = []
        is_on_selection = self.scope is Scope.LIST and self.status.selected
        for name in _HINTS_ON_SELECTION if is_on_selection else _HINTS[self.scope]:
            action = _KEYS.get((self.scope, name)) or _KEYS[(Scope.ANYWHERE, name)]
            if name not in _OF_STORIES or self.has_stories:
                keys = (f" {key_label(action.keys[0])}", "accent")
                hints.append([keys, (f" {action.text.lower()} ", "whisper")])
        *others, last = hints
        shown: list[Run] = []
        for hint in others:
            if line_len(shown) + line_len(hint) + line_len(last) > room:
                break
            shown += hint
        return [*shown, *last] if line_len(last) <= room else shown

    def _state(self) -> tuple[Run, ...]:
        status = self.status
        dot = f" {self.glyphs.dot} "
        runs: list[Run] = [("  ", "text")]
        if self.scope is Scope.ARTICLE and self.progress is not None:
            runs += [*self._read(self.progress), (dot, "whisper")]
        shown = f"{status.shown:,} of {status.total:,}" if status.total else "no articles"
        runs.append((shown, "text"))
        for run in self._more():
            if line_len(runs) + line_len((run,)) + 3 > self.size.width - 2:
                break
            runs += [(dot, "whisper"), run]
        return tuple(runs)

    def _more(self) -> list[Run]:
        """What else there is to say, what matters most first."""
        status = self.status
        more: list[Run] = []
        if status.selected:
            more.append((f"{status.selected:,} selected", "accent"))
        if status.trouble:
            more.append((f"! {counted(status.held, 'mark')} not saved: {status.trouble}", "error"))
        if status.unread is not None and status.total:
            more.append((f"{status.unread:,} unread", "text"))
        if status.activity:
            more.append((status.activity, "accent"))
        if status.problems:
            more.append((f"{counted(status.problems, 'problem')} (Ctrl-e)", "error"))
        if status.hidden:
            more.append((f"{status.hidden:,} hidden by rules", "text"))
        if status.filters:
            more.append((counted(status.filters, "filter"), "text"))
        if status.order:
            more.append((status.order, "whisper"))
        if status.library:
            more.append((cut(status.library, 30, self.glyphs.ellipsis), "whisper"))
        return more

    def _read(self, progress: Progress) -> list[Run]:
        percent = int(100 * progress.share)
        read, left = self.glyphs.bar(percent, cells=10)
        runs = [(read, "accent"), (left, "track"), (f" {percent} %", "text")]
        if progress.minutes and percent < 100:
            runs.append((f" {self.glyphs.dot} {progress.minutes:,} min left", "text"))
        return runs
