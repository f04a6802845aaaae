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

from newsreader.text.urls import MAX_LENGTH

Fields = tuple[str, ...]
"""The fields of an article that a run of text shows; none for what is not of the article."""


def leading(role: str, url: str) -> str:
    """*role* for a run that leads to *url*, unless no browser would take that."""
    return f"{role}{LEADS_TO}{url}" if 0 < len(url) <= MAX_LENGTH else role


def pixels(upper: bytes, lower: bytes = b"") -> str:
    """The role of a cell of a picture, by the three bytes of a colour, or of two."""
    return f"{PIXELS}{upper.hex()}{lower.hex()}"


@lru_cache(maxsize=8_192)
def _painted(role: str) -> Style:
    upper, lower = role[1:7], role[7:13]
    return Style(color=f"#{upper}", bgcolor=f"#{lower}" if lower else None)


def role_of(role: str) -> str:
    """*role* without where its run leads."""
    return role.partition(LEADS_TO)[0]


class Ink(NamedTuple):
    """A colour of the theme, how much of it, and the weight of the letters."""

    color: str
    strength: float = 1.0
    weight: str = ""


ROLES: Mapping[str, Ink] = {
    "text": Ink("foreground", 0.9),
    "title": Ink("foreground", 1.0, "bold"),
    "quiet": Ink("foreground", 0.75),
    "whisper": Ink("foreground", 0.6),
    "star": Ink("warning", 1.0, "bold"),
    "accent": Ink("primary", 1.0, "bold"),
    "heading": Ink("foreground", 0.6, "bold"),
    "strong": Ink("foreground", 1.0, "bold"),
    "emphasis": Ink("foreground", 0.9, "italic"),
    "strong emphasis": Ink("foreground", 1.0, "bold italic"),
    "minor": Ink("foreground", 0.6, "bold"),
    "caption": Ink("foreground", 0.6, "italic"),
    "marked": Ink("warning", 1.0, "underline"),
    "aside": Ink("foreground", 0.6),
    "code": Ink("secondary"),
    "keyword": Ink("secondary", 1.0, "bold"),
    "string": Ink("primary"),
    "number": Ink("warning"),
    "comment": Ink("foreground", 0.6, "italic"),
    "figure": Ink("foreground", 0.9, "italic"),
    "link": Ink("primary", 1.0, "underline"),
    "heat": Ink("warning"),
    "quality": Ink("secondary"),
    "track": Ink("foreground", 0.25),
    "error": Ink("error", 1.0, "bold"),
    "struck": Ink("foreground", 0.6, "strike"),
    "ground": Ink("background", 1.0, "bold"),
    "tone0": Ink("foreground", 0.86),
    "tone1": Ink("foreground", 0.66),
    "tone2": Ink("foreground", 0.5),
    "tone3": Ink("foreground", 0.37),
    "tone4": Ink("foreground", 0.26),
    "tone5": Ink("foreground", 0.16),
}
HERE = "ground on heat"
"""The one of several matches that one is at."""
LEADS_TO = ">"
"""Between a role and an address: the run is part of a link to it."""
FIGURE = "figure"
"""What is said of a picture, and stands in its place while that is not there."""
LABEL = "ground on accent"
"""The letters that one types to take a link."""
ON = " on "
"""Between two roles: the first one's letters on a ground of the second one's colour."""
AT = "at:"
"""Before a role: the cursor is on this run, which is only a part of its line."""
PIXELS = "#"
"""What begins a role that is colours: of the upper half of a cell, and maybe of its lower half."""
MATCH = "match:"
"""Before a role: what the query looks for, in the colour of the role.

It is underlined on a tint of its own, and so seen without colours too.
"""
_MATCH = Ink("warning", 0.22, "underline")
_CURSOR = Ink("primary", 0.22)
_CURSOR_WITHOUT_FOCUS = Ink("foreground", 0.08)
_FEW = ("standard", "windows")
"""What rich calls a terminal of sixteen colours."""
_OF_SIXTEEN = {
    "primary": ("#5555ff", "#0000aa"),
    "secondary": ("#55ffff", "#00aaaa"),
    "warning": ("#ffff55", "#aa5500"),
    "error": ("#ff5555", "#aa0000"),
}
"""Those of the sixteen that stand for a theme's colours on a dark and on a light ground: the
nearest ones would mostly be grey.
"""
_FAINT = 0.7
"""Below this strength a terminal with its own colours, or few, is asked for dim letters."""


class Inks:
    """The styles of all roles on one background. *colors* are the variables of a theme.

    ``is_ansi`` says that they are the terminal's own; *system* is how many it has, as rich says it.
    """

    def __init__(
        self,
        colors: Mapping[str, str],
        background: Color,
        *,
        is_ansi: bool,
        system: str | None = None,
    ) -> None:
        has_few = system in _FEW and not is_ansi
        is_light = background.brightness > 0.5
        few = {name: shades[is_light] for name, shades in _OF_SIXTEEN.items()} if has_few else {}
        self._colors = {**colors, **few}
        self._background = background
        self._blends = not (is_ansi or has_few)
        self._style = lru_cache(maxsize=None)(self._make)

    def style(self, role: str, cursor: str = "") -> Style:
        """How *role* looks; *cursor* is ``cursor``, ``without focus``, or empty for elsewhere."""
        if role.startswith(PIXELS):
            return _painted(role)
        return self._style(role_of(role), cursor)

    def _make(self, role: str, cursor: str) -> Style:
        if role.startswith(AT):
            return self.style(role.removeprefix(AT), "cursor")
        role, _, ground = role.partition(ON)
        if ground:
            return self.style(role) + Style(bgcolor=self.style(ground).color)
        is_match = role.startswith(MATCH)
        ink = ROLES[role.removeprefix(MATCH)]
        color = Color.parse(self._colors[ink.color])
        weight = Style.parse(ink.weight) if ink.weight else Style.null()
        is_twice_underlined = is_match and bool(weight.underline)
        if is_match:
            weight += Style.parse("bold" if is_twice_underlined else _MATCH.weight)
        if not self._blends:
            style = self._unblended(ink, color, cursor, is_match=is_match) + weight
            return style + Style(reverse=not style.reverse) if is_twice_underlined else style
        background = self._background
        if cursor:
            background = self._tinted(
                background, _CURSOR if cursor == "cursor" else _CURSOR_WITHOUT_FOCUS
            )
        shown = background.blend(color, ink.strength) if ink.strength < 1 else color
        if is_match:
            background = self._tinted(background, _MATCH)
        return Style(color=shown.rich_color, bgcolor=background.rich_color) + weight

    def _tinted(self, background: Color, ink: Ink) -> Color:
        return background.blend(Color.parse(self._colors[ink.color]), ink.strength)

    def _unblended(self, ink: Ink, color: Color, cursor: str, *, is_match: bool) -> Style:
        """A style in the few colours of a terminal, which cannot be blended."""
        style = Style(color=color.rich_color, bgcolor=self._background.rich_color)
        if ink.strength < _FAINT and not is_match:
            style += Style(dim=True)
        if cursor:
            style += Style(reverse=True) if cursor == "cursor" else Style(bold=True)
        return style
