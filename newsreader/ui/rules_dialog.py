"""The rules there are: what each does, until when, and to how many articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from newsreader.config.rules import Rule
from newsreader.ui.dialogs import Dialog
from newsreader.ui.lines_view import LinesView
from newsreader.ui.rule_choices import rule_lines

_NONE = (
    ((("There are no rules.", "text"),),),
    ((("X in the list mutes, W follows.", "whisper"),),),
)


class RulesDialog(Dialog):
    """Lists *rules*, later with their counts. *want* is told what to do with one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("d,delete", "want('delete')", "Delete"),
        ("e", "want('edit')", "Edit"),
    ]
    hint_text = "j k move   ⏎ what it matches   e its last day   d delete   Esc close"
    title_text = "Rules"

    def __init__(
        self,
        rules: Sequence[Rule],
        today: date,
        want: Callable[[str, Rule], None],
    ) -> None:
        super().__init__(classes="-tall")
        self._rules = rules
        self._counts: Mapping[str, int | None] = {}
        self._today = today
        self._want = want

    def inside(self) -> ComposeResult:
        """The rules."""
        yield LinesView(self._items(), has_cursor=True, id="rules")

    def _items(self) -> Sequence[Sequence[tuple[tuple[str, str], ...]]]:
        return [*rule_lines(self._rules, self._counts, self._today)] or _NONE

    def show(self, rules: Sequence[Rule], counts: Mapping[str, int | None]) -> None:
        """Show these *rules* with the *counts* of their queries."""
        self._rules, self._counts = rules, counts
        self.query_one(LinesView).show(self._items())

    def action_want(self, what: str) -> None:
        """Do something with the rule under the cursor."""
        if self._rules:
            self._want(what, self._rules[self.query_one(LinesView).cursor])

    def on_lines_view_chosen(self) -> None:
        """Close, and show what the rule matches."""
        if self._rules:
            rule = self._rules[self.query_one(LinesView).cursor]
            self.dismiss(None)
            self._want("show", rule)
