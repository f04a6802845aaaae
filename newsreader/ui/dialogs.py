"""What opens over the main screen: help, problems, a choice, a question for a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.model import Issue, NewsreaderError, Severity
from newsreader.ui.cells import Line, wrap
from newsreader.ui.help_text import help_lines
from newsreader.ui.lines_view import LinesView
from newsreader.ui.placing import place_panes
from newsreader.ui.safe_input import SafeInput


class Dialog(ModalScreen[int | None]):
    """A panel over the main screen, with a title, closed by Escape or q."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            background: $panel; padding: 1 2; width: 84; max-width: 100%;
            height: auto; max-height: 90%;
        }
        & .title { text-style: bold; margin-bottom: 1; }
        & .hint { color: $foreground 60%; margin-top: 1; }
        &:ansi .hint { text-style: dim; }
        & LinesView { background: $panel; height: auto; max-height: 1fr; }
        & Input, & Input:focus {
            border: none; height: 1; padding: 0 1; margin-bottom: 1; background: $surface;
        }
        &.-tall > Vertical { height: 90%; }
        &.-tall LinesView { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", "Close"),
        ("q", "close", "Close"),
    ]

    title_text = ""
    hint_text = ""
    _is_done = False

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        place_panes(self)

    def compose(self) -> ComposeResult:
        """The title, what is inside, and a hint."""
        with Vertical():
            yield Static(Content(self.title_text), classes="title")
            yield from self.inside()
            if self.hint_text:
                yield Static(Content(self.hint_text), classes="hint")

    def inside(self) -> ComposeResult:
        """What the dialog shows."""
        yield from ()

    def dismiss(self, result: int | None = None) -> AwaitComplete:
        """Close with *result*, once: the keys that close it may come two at a time."""
        if self._is_done or not self.is_current:
            return AwaitComplete()
        self._is_done = True
        return super().dismiss(result)

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)


class ChoiceDialog(Dialog):
    """One of several; dismissed with its number from 0."""

    hint_text = "⏎ choose   Esc close"

    def __init__(self, title: str, choices: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self.title_text = title
        self._choices = choices
        self._current = current

    def inside(self) -> ComposeResult:
        """The choices, one a line."""
        items = [((("  ", "text"), (choice, "text")),) for choice in self._choices]
        yield LinesView(items, has_cursor=True, cursor=self._current, id="choices")

    def on_mount(self) -> None:
        """Fit the choices."""
        for lines in self.query(LinesView):  # none when it was closed at once
            lines.styles.height = len(self._choices)

    def on_lines_view_chosen(self, event: LinesView.Chosen) -> None:
        """Close with the choice."""
        self.dismiss(event.number)


DATE_HINT = "2020, 2020-07, 2020-07-01, 30d, or last monday. Empty for any.   Esc close"


class TextDialog(Dialog):
    """Asks for a text. *accept* takes it, or raises NewsreaderError to say what is wrong."""

    def __init__(self, title: str, text: str, accept: Callable[[str], None], hint: str) -> None:
        super().__init__()
        self.title_text = title
        self.hint_text = hint
        self._text = text
        self._accept = accept

    def inside(self) -> ComposeResult:
        """The box, and what is wrong with what is in it."""
        yield SafeInput(self._text, id="answer")
        yield Static(Content(""), id="complaint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Use the text, or say what is wrong with it."""
        try:
            self._accept(event.value.strip())
        except NewsreaderError as error:
            self.query_one("#complaint", Static).update(Content(str(error)))
        else:
            self.dismiss(None)


class ProblemsDialog(Dialog):
    """The files that had problems: where, what, and what was done. Opens them in an editor."""

    BINDINGS: ClassVar[list[BindingType]] = [("e", "edit", "Edit")]
    hint_text = (
        "j k move   e or ⏎ edit the file   Esc close   On the command line: newsreader check"
    )

    def __init__(self, issues: Sequence[Issue], edit: Callable[[Issue], None]) -> None:
        super().__init__(classes="-tall")
        self._issues = issues
        self._edit = edit
        self.title_text = f"Problems in files: {len(issues)}" if issues else "No problems"

    def inside(self) -> ComposeResult:
        """The problems."""
        yield LinesView(has_cursor=bool(self._issues), id="problems")

    def on_resize(self) -> None:
        """Wrap to the width of the dialog."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        view = self.query_one(LinesView)
        width = max(10, view.size.width - 3)
        items: list[list[Line]] = []
        for issue in self._issues:
            role = "error" if issue.severity is Severity.ERROR else "heat"
            fate = "left out" if issue.severity is Severity.ERROR else "shown"
            complaint = [(f"{fate}: ", role), (issue.reason, "text")]
            item = [*wrap([(issue.place, "strong")], width), *wrap(complaint, width)]
            items.append([*((("  ", "text"), *line) for line in item), ()])
        view.show(items or [[(("Every file was read without a complaint.", "text"),)]])

    def action_edit(self) -> None:
        """Open the file of the current problem in the reader's editor, at its line."""
        if self._issues:
            self._edit(self._issues[self.query_one(LinesView).cursor])

    def on_lines_view_chosen(self) -> None:
        """The same by Enter or the mouse."""
        self.action_edit()


class HelpDialog(Dialog):
    """All keys and the query language, searchable."""

    hint_text = "Type to search   ↑ ↓ PgUp PgDn scroll   Esc close"

    def __init__(self) -> None:
        super().__init__(classes="-tall")
        self.title_text = "Help"

    def inside(self) -> ComposeResult:
        """A search box over the lines."""
        yield SafeInput(placeholder="Search the help", id="needle")
        yield LinesView(id="lines")

    def on_mount(self) -> None:
        """Show everything."""
        self.query_one(LinesView).can_focus = False

    def on_resize(self) -> None:
        """Wrap to the width of the dialog."""
        self.call_after_refresh(self._fill)

    def on_input_changed(self) -> None:
        """Show what holds the words typed."""
        self._fill()

    def _fill(self) -> None:
        view = self.query_one(LinesView)
        lines = help_lines(self.query_one(Input).value, view.size.width - 1)
        view.show([(line,) for line in lines])

    def on_key(self, event: object) -> None:
        """Let the box keep the letters and the lines have the scrolling keys."""
        from textual.events import Key

        steps = {"down": 1, "up": -1, "pagedown": 15, "pageup": -15}
        if isinstance(event, Key) and event.key in steps:
            event.prevent_default()
            event.stop()
            self.query_one(LinesView).action_step(steps[event.key])
