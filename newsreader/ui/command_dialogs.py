"""A command to type, and what a command has said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from newsreader.library.commands import NO_OUTCOME, Outcome, Running
from newsreader.model import NewsreaderError
from newsreader.ui.cells import wrap
from newsreader.ui.dialogs import Dialog, TextDialog
from newsreader.ui.lines_view import LinesView
from newsreader.ui.safe_input import SafeInput


class CommandDialog(TextDialog):
    """Asks for a command; Up and Down walk through those *before*, the newest last."""

    def __init__(self, title: str, accept: Callable[[str], None], before: Sequence[str]) -> None:
        hint = "⏎ run it with the articles as Markdown   ↑ ↓ those before   Esc close"
        super().__init__(title, "", accept, hint)
        self._lines = [*before, ""]
        self._place = len(before)

    def on_key(self, event: events.Key) -> None:
        """Walk through the commands of before."""
        step = {"up": -1, "down": 1}.get(event.key)
        if step is None:
            return
        event.prevent_default()
        event.stop()
        box = self.query_one(SafeInput)
        self._lines[self._place] = box.value
        self._place = max(0, min(self._place + step, len(self._lines) - 1))
        box.value = self._lines[self._place]
        box.cursor_position = len(box.value)


Start: TypeAlias = Callable[[Callable[[Outcome], None]], Running]


class OutputDialog(Dialog):
    """What a command says, once it has ended; to close it before ends the command.

    *start* starts one, and is told whom to tell of its outcome; else the *outcome* is there.
    """

    hint_text = "j k scroll   Esc close"

    class Ended(Message):
        """The command has ended."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(
        self, name: str, start: Start | None = None, outcome: Outcome = NO_OUTCOME
    ) -> None:
        super().__init__(classes="-tall")
        self._program = name
        self._start = start
        self._outcome = outcome
        self._command: Running | None = None
        self.title_text = f"{name} …" if start is not None else self._said

    @property
    def _said(self) -> str:
        """How the command ended."""
        text, code, is_cut = self._outcome
        how = "said more than is shown" if is_cut else f"ended with {code}" if code else "is done"
        return f"{self._program} {how}{'' if text else ', and said nothing'}"

    def inside(self) -> ComposeResult:
        """What the command says."""
        yield LinesView(id="output")

    def on_mount(self) -> None:
        """Start it."""
        if self._start is None:
            return
        try:
            self._command = self._start(self._tell)
        except NewsreaderError as error:
            self.app.notify(str(error), severity="error", markup=False)
            self.call_after_refresh(self.dismiss)

    def _tell(self, outcome: Outcome) -> None:
        self.post_message(self.Ended(outcome))

    def on_output_dialog_ended(self, event: Ended) -> None:
        """Show what it said and how it ended."""
        self._command = None
        self._outcome = event.outcome
        self.query_one(".title", Static).update(Content(self._said))
        self._fill()

    def on_resize(self) -> None:
        """Wrap to the width of the dialog."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        view = self.query_one(LinesView)
        width = max(10, view.size.width - 1)
        view.show([(line,) for line in wrap([(self._outcome.text, "text")], width)])

    def on_unmount(self) -> None:
        """Nobody looks at it any more."""
        if self._command is not None:
            self._command.stop()
