"""The screen of a story: all that is told of it in time, and what one does with it as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import Worker, WorkerState

from newsreader.actions import Scope, of_scope
from newsreader.library.coverage import Coverage, coverage_of
from newsreader.library.library import Library
from newsreader.model import Article, Piece
from newsreader.ui.bindings import bindings_of, key_label
from newsreader.ui.cells import Line, Run, line_len
from newsreader.ui.coverage_lines import Look, entries_of, head_lines, time_line
from newsreader.ui.coverage_view import CoverageView
from newsreader.ui.full_screen import FullScreen
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.ink import InkLine, InkView
from newsreader.ui.opening import Opener
from newsreader.ui.placing import place_panes

_LOW = 18
"""Below so many lines the pieces have the room of the picture."""
_HINTS = ("read", "open", "reverse", "mark_read", "star", "copies", "close")


class _StoppedError(Exception):
    """The reader has gone back."""


class Verbs(Protocol):
    """What can be done to several articles as one, and taken back."""

    def toggle(self, field: str, verb: str, opposite: str, ids: Sequence[str]) -> None: ...
    def tag(self, ids: Sequence[str]) -> None: ...
    def opened(self, articles: Sequence[Article]) -> None: ...
    def action_undo(self) -> None: ...
    def action_redo(self) -> None: ...


class _Head(InkView, can_focus=False, inherit_bindings=False):
    """The title, the facts and the picture."""

    DEFAULT_CSS = """
    _Head { height: auto; margin: 1 0; background: $background; }
    """

    def __init__(self, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines, all of them."""
        if len(lines) != len(self._lines):
            self.styles.height = len(lines)
        self._lines = lines
        self.resize_lines(len(lines))

    def line(self, y: int) -> Line:
        """One of them."""
        return self._lines[y] if y < len(self._lines) else ()


class _Hints(InkLine):
    """The keys that matter."""

    def line(self) -> Line:
        """As many of them as there is room for; the way back before any other."""
        *others, last = [each for name in _HINTS for each in _ACTIONS if each.id == name]
        shown: list[Run] = [("  ", "text")]
        *hints, end = [
            ((key_label(action.keys[0]), "accent"), (f" {action.text.lower()}   ", "whisper"))
            for action in (*others, last)
        ]
        for hint in hints:
            if line_len((*shown, *hint, *end)) > self.size.width:
                break
            shown += hint
        return (*shown, *end)


_ACTIONS = of_scope(Scope.COVERAGE)


class CoverageScreen(FullScreen[Piece]):
    """The coverage of the story of an article. Dismissed with the piece to read, or None."""

    DEFAULT_CSS = """
    CoverageScreen { background: $background; layout: vertical; }
    """
    BINDINGS = bindings_of(Scope.COVERAGE)

    class Loaded(Message):
        """The coverage is known; None when the article is gone."""

        def __init__(self, coverage: Coverage | None) -> None:
            super().__init__()
            self.coverage = coverage

    def __init__(
        self, library: Library, article: Article, verbs: Verbs, opener: Opener, glyphs: Glyphs
    ) -> None:
        super().__init__()
        place_panes(self)
        self.coverage: Coverage | None = None
        self._library = library
        self._article = article
        self._verbs = verbs
        self._opener = opener
        self._glyphs = glyphs
        self._unfolded: frozenset[int] = frozenset()
        self._is_newest_first = False
        self._is_over = False

    def compose(self) -> ComposeResult:
        """The head, the pieces, the keys."""
        yield _Head(glyphs=self._glyphs)
        yield CoverageView(self._library.marks, glyphs=self._glyphs, id="coverage")
        yield _Hints(glyphs=self._glyphs)

    def on_mount(self) -> None:
        """Find out what is told."""
        self._load()

    def on_unmount(self) -> None:
        """Nobody wants to know any more."""
        self._is_over = True

    def on_resize(self) -> None:
        """Draw at the new width."""
        self._show_head()

    @property
    def _view(self) -> CoverageView:
        return self.query_one(CoverageView)

    @work(thread=True, exit_on_error=False)
    def _load(self) -> None:
        def go_on() -> None:
            if self._is_over:
                raise _StoppedError

        try:
            self._library.know_stories(go_on)
        except _StoppedError:
            return
        self.post_message(self.Loaded(coverage_of(self._library, self._article.id)))

    def on_coverage_screen_loaded(self, event: Loaded) -> None:
        """Show it, with the cursor on the article that one came from."""
        coverage = self.coverage = event.coverage
        if coverage is None:
            self.notify("This article is gone.", severity="warning", markup=False)
            self.dismiss(None)
            return
        pieces = (each for each in coverage.pieces if isinstance(each, Article))
        here = next((each for each in pieces if each.id == self._article.id), None)
        for number, telling in enumerate(coverage.tellings):
            if here is not None and any(copy is here for copy in telling.copies):
                self._unfolded = frozenset((number,))
        self._show(here)

    def _show(self, piece: Piece | None) -> None:
        if self.coverage is not None:
            entries = entries_of(self.coverage, self._unfolded, newest_first=self._is_newest_first)
            self._view.show(entries, piece)
            self._show_head()

    @on(CoverageView.Moved)
    def _show_head(self) -> None:
        width, height = self.app.size
        look = Look(width, self._glyphs)
        coverage = self.coverage
        if coverage is None:
            waiting = Coverage("", self._article.headline, (), ())
            note: Line = (("  ", "text"), ("Looking for what else is told of it …", "whisper"))
            lines = [*head_lines(waiting, look)[:-2], note]
        else:
            lines = head_lines(coverage, look)
            picture = time_line(coverage, look, self._piece) if height >= _LOW else []
            lines += [(), *picture] if picture else []
        self.query_one(_Head).show(lines)

    def show_marks(self) -> None:
        """Draw the marks as they are now."""
        for view in self.query(CoverageView):  # There is none before it is shown.
            view.redraw()

    @property
    def _piece(self) -> Piece | None:
        current = self._view.current
        return current.piece if current is not None else None

    # Moving

    def action_down(self) -> None:
        """Next piece."""
        self._view.cursor += 1

    def action_up(self) -> None:
        """Previous piece."""
        self._view.cursor -= 1

    def action_top(self) -> None:
        """First piece."""
        self._view.cursor = 0

    def action_bottom(self) -> None:
        """Last piece."""
        self._view.cursor = sum(1 for _ in self.coverage.pieces) if self.coverage else 0

    def action_page_down(self) -> None:
        """A page down."""
        self._view.page(1)

    def action_page_up(self) -> None:
        """A page up."""
        self._view.page(-1)

    def action_reverse(self) -> None:
        """The newest first, or the oldest."""
        self._is_newest_first = not self._is_newest_first
        self._show(self._piece)

    def action_copies(self) -> None:
        """Show the copies of the piece, or hide them."""
        current = self._view.current
        if self.coverage is None or current is None:
            return
        telling = self.coverage.tellings[current.telling]
        if telling.copies:
            self._unfolded ^= {current.telling}
            self._show(telling.piece)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)

    # Verbs

    @on(CoverageView.Chosen)
    def action_read(self) -> None:
        """Read the piece where articles are read."""
        if self._piece is not None:
            self.dismiss(self._piece)

    def action_open(self) -> None:
        """Open the piece in a browser."""
        piece = self._piece
        if piece is not None:
            self._opener.open(piece.url)
            self._verbs.opened([piece] if isinstance(piece, Article) else [])

    def action_copy(self) -> None:
        """Copy the address of the piece."""
        if self._piece is not None:
            self._opener.copy(self._piece.url)

    def _as_one(self, do: Callable[[Sequence[str]], None]) -> None:
        if self.coverage is not None:
            do(self.coverage.ids)
            self.show_marks()

    def action_mark_read(self) -> None:
        """All articles of the story are read, or unread again."""
        self._as_one(lambda ids: self._verbs.toggle("read", "read", "unread", ids))

    def action_star(self) -> None:
        """Star all of them, or no longer."""
        self._as_one(lambda ids: self._verbs.toggle("starred", "star", "unstar", ids))

    def action_later(self) -> None:
        """Keep all of them for later, or no longer."""
        self._as_one(lambda ids: self._verbs.toggle("later", "later", "unlater", ids))

    def action_tag(self) -> None:
        """Tag all of them."""
        self._as_one(self._verbs.tag)

    def action_undo(self) -> None:
        """Take back what was done last."""
        self._verbs.action_undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._verbs.action_redo()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong, if ever anything does."""
        if event.state is WorkerState.ERROR:
            message = f"The coverage cannot be read: {event.worker.error!r}"
            self.notify(message, severity="error", markup=False)
