"""The bar at the bottom in which one types what to find in the article."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from newsreader.actions import Scope
from newsreader.ui.bindings import bindings_of
from newsreader.ui.safe_input import KeyedInput


class FindBox(KeyedInput):
    """What is typed."""

    SCOPE = Scope.FIND
    BINDINGS = bindings_of(SCOPE)

    class Typed(Message):
        """What is looked for is another."""

        def __init__(self, needle: str) -> None:
            super().__init__()
            self.needle = needle

    class Left(Message):
        """The reader goes back to the text, having typed *needle*; an empty one ends it."""

        def __init__(self, needle: str) -> None:
            super().__init__()
            self.needle = needle

    class Stepped(Message):
        """The reader goes on to another match."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for it, unless more was typed since."""
        if event.value == self.value:
            self.post_message(self.Typed(event.value))

    def action_keep(self) -> None:
        """Back to the text, where the matches stay lit."""
        self.post_message(self.Left(self.value.strip() and self.value))

    def action_drop(self) -> None:
        """Back to the text as it was."""
        self.post_message(self.Left(""))

    def action_next(self) -> None:
        """The next match."""
        self.post_message(self.Stepped(1))

    def action_previous(self) -> None:
        """The match before."""
        self.post_message(self.Stepped(-1))


class FindBar(Horizontal):
    """A box to type in, and how much was found."""

    DEFAULT_CSS = """
    FindBar {
        layer: above; dock: bottom; height: 1; background: $panel;
        & Static { width: auto; padding: 0 2; color: $foreground 60%; }
        &:ansi Static { color: $foreground; }
        & FindBox, & FindBox:focus {
            width: 1fr; border: none; height: 1; padding: 0; background: $panel;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """The box, and the count to the right of it."""
        yield Static(Content("Find"))
        yield FindBox(id="find")
        yield Static(Content(""), id="found")

    @property
    def box(self) -> FindBox:
        """The box."""
        return self.query_one(FindBox)

    def say(self, text: str) -> None:
        """Say how much was found."""
        self.query_one("#found", Static).update(Content(text))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it from the screen, which would take it for its query."""
        event.stop()

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """The same."""
        event.stop()
