"""The one table of roles: what a run of text is for, and how that looks under any theme.

Styles are made from the theme's colours here rather than by component classes in CSS, which
Textual would compute anew for each role, pane and change of state.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rich.style import Style
from textual.color import Color


class Ink(NamedTuple):
    """A colour of the theme, how much of it, and the weight of the letters."""

    color: str
    strength: float = 1.0
    weight: str = ""


ROLES: Mapping[str, Ink] = {
    "text": Ink("foreground", 0.9),
    "title": Ink("foreground", 1.0, "bold"),
    "whisper": Ink("foreground", 0.6),
    "accent": Ink("primary", 1.0, "bold"),
    "heading": Ink("foreground", 0.6, "bold"),
    "strong": Ink("foreground", 1.0, "bold"),
    "emphasis": Ink("foreground", 0.9, "italic"),
    "code": Ink("secondary"),
    "link": Ink("primary", 1.0, "underline"),
    "heat": Ink("warning"),
    "quality": Ink("secondary"),
    "track": Ink("foreground", 0.25),
    "error": Ink("error", 1.0, "bold"),
    "struck": Ink("foreground", 0.6, "strike"),
}
_CURSOR = Ink("primary", 0.22)
_CURSOR_WITHOUT_FOCUS = Ink("foreground", 0.08)
_FAINT = 0.7
"""Below this strength a terminal with its own colours is asked for dim letters."""


class Inks:
    """The styles of all roles on one background. *colors* are the variables of a theme."""

    def __init__(self, colors: Mapping[str, str], background: Color, *, is_ansi: bool) -> None:
        self._colors = colors
        self._background = background
        self._is_ansi = is_ansi
        self._style = lru_cache(maxsize=None)(self._make)

    def style(self, role: str, cursor: str = "") -> Style:
        """How *role* looks; *cursor* is ``cursor``, ``without focus``, or empty for elsewhere."""
        return self._style(role, cursor)

    def _make(self, role: str, cursor: str) -> Style:
        ink = ROLES[role]
        color = Color.parse(self._colors[ink.color])
        weight = Style.parse(ink.weight) if ink.weight else Style.null()
        if self._is_ansi:
            base = Style(color=color.rich_color, bgcolor=self._background.rich_color)
            if ink.strength < _FAINT:
                base += Style(dim=True)
            if cursor:
                base += Style(reverse=True) if cursor == "cursor" else Style(bold=True)
            return base + weight
        background = self._background
        if cursor:
            mark = _CURSOR if cursor == "cursor" else _CURSOR_WITHOUT_FOCUS
            background = background.blend(Color.parse(self._colors[mark.color]), mark.strength)
        shown = background.blend(color, ink.strength) if ink.strength < 1 else color
        return Style(color=shown.rich_color, bgcolor=background.rich_color) + weight
