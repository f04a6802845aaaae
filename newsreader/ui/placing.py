"""Drawing so that one pane never moves another, however wide the terminal takes a text to be.

Terminals disagree about the width of emoji with selectors, joiners and skin tones, and of the
vowel signs of some scripts. Textual writes a whole frame row by row: one such character, and all
panes to the right of it are shifted. Here each pane's part of a row is put where it belongs, and
what may come out too short is written over blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

# The scripts, signs and blocks that all terminals agree on, by their first and last characters.
# As a pattern they would take a hundredth of the start.
_SURE = (
    ("\x20", "\u02ff"),
    ("\u0370", "\u0482"),
    ("\u048a", "\u0590"),
    ("\u2010", "\u2027"),
    ("\u2030", "\u205e"),
    ("\u20a0", "\u20bf"),
    ("\u2190", "\u2311"),
    ("\u2315", "\u2315"),
    ("\u2500", "\u25fc"),
    ("\u3000", "\u3029"),
    ("\u3030", "\u3098"),
    ("\u309b", "\u9fff"),
    ("\uac00", "\ud7a3"),
    ("\uff01", "\uffe6"),
)
_sure_characters: set[str] = set()
"""Those of them that were met."""


class PlacedUpdate(LayoutUpdate):
    """Strips, each written where it begins."""

    is_over_itself = False
    """Whether the same stands there already, so that nothing need be blanked first."""

    def __init__(self, placed: list[tuple[int, int, Strip]], region: Region) -> None:
        rows: dict[int, list[Strip]] = {}
        for _, y, strip in placed:
            rows.setdefault(y, []).append(strip)
        super().__init__(list(rows.values()), region)
        self._placed = placed

    def render_segments(self, console: Console) -> str:
        """The bytes for a terminal, as text."""
        parts: list[str] = []
        for x, y, strip in self._placed:
            place = Control.move_to(x, y).segment.text
            if not (self.is_over_itself or _is_sure(strip)):
                parts += (place, _blank(strip).render(console))
            parts += (place, strip.render(console))
        return "".join(parts)


def _blank(strip: Strip) -> Strip:
    *_, last = strip
    return Strip([Segment(" " * strip.cell_length, last.style)])


def _is_sure(strip: Strip) -> bool:
    return all(text.isascii() or _is_sure_text(text) for text, _, _ in strip)


def _is_sure_text(text: str) -> bool:
    for each in set(text) - _sure_characters:
        if not any(first <= each <= last for first, last in _SURE):
            return False
        _sure_characters.add(each)
    return True


class PlacingCompositor(Compositor):
    """Puts each pane's part of a row where it begins."""

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """The whole screen."""
        if simplify:
            return super().render_full_update(simplify)
        region = self.size.region
        self._dirty_regions.clear()
        chops = self._render_chops(region, lambda _: True)
        placed = list(_placed(chops))
        if all(_is_sure(strip) for _, _, strip in placed):
            return LayoutUpdate([row.values() for row in chops], region)
        return PlacedUpdate(placed, region)

    def render_partial_update(self) -> Any:
        """What changed: whole parts of rows where a text of no sure width is among it."""
        update = super().render_partial_update()
        if not isinstance(update, ChopsUpdate):
            return update
        changed = [
            (x, y, strip)
            for y, first, last in update.spans
            for (x, strip), end in zip(update.chops[y].items(), update.chop_ends[y], strict=False)
            if strip is not None and x <= last and end > first
        ]
        if all(_is_sure(strip) for _, _, strip in changed):
            return update
        return PlacedUpdate(changed, self.size.region)


def _placed(chops: Any) -> Iterator[tuple[int, int, Strip]]:
    for y, row in enumerate(chops):
        for x, strip in row.items():
            if strip is not None:
                yield x, y, strip


def place_panes(screen: Screen[Any]) -> None:
    """Let *screen* draw so that one pane never moves another."""
    screen._compositor = PlacingCompositor()


def in_next_frame(*widgets: Widget) -> None:
    """Have what *widgets* want drawn in the very next frame.

    By themselves they tell the screen when they are next idle, and the frame of the key that
    changed them may just be out by then.
    """
    for widget in widgets:
        widget._check_refresh()
