"""All links of an article: the text of each, and plainly where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from newsreader.model import Piece
from newsreader.text.counted import counted
from newsreader.text.links import LONGEST, MOST_LINKS, Target, numbered, plainly
from newsreader.ui.cells import Line
from newsreader.ui.dialogs import Dialog
from newsreader.ui.lines_view import LinesView
from newsreader.ui.page_sections import addresses_of


class LinksDialog(Dialog):
    """Lists the addresses of *piece*, and the links in its text; dismissed with a number from 0.

    *known* are all of them when they are known already.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("y", "copy", "Copy")]
    title_text = "Links"
    hint_text = "j k move   ⏎ open   y copy the address   Esc close"

    def __init__(
        self, piece: Piece, copy: Callable[[str], None], known: Sequence[Target] = ()
    ) -> None:
        super().__init__(classes="-tall")
        self._base = piece.url
        self._copy = copy
        self.targets = list(known) or addresses_of(piece)
        """The links that are listed."""

    def _title(self) -> str:
        count = len(self.targets)
        return f"The first {count:,} links" if count >= MOST_LINKS else counted(count, "link")

    def inside(self) -> ComposeResult:
        """The links."""
        yield LinesView(has_cursor=True, id="links")

    def _items(self) -> list[list[Line]]:
        return [
            _item(number, target, len(str(len(self.targets))))
            for number, target in enumerate(self.targets, 1)
        ]

    def add(self, found: Iterable[Target]) -> None:
        """List those *found* in the text as well."""
        self.targets = numbered(self.targets, found, self._base)
        if self.is_mounted:
            self.on_mount()

    def on_mount(self) -> None:
        """List what was found so far."""
        self.query_one(".title", Static).update(Content(self._title()))
        self.query_one(LinesView).show(self._items())

    def action_copy(self) -> None:
        """Copy the address under the cursor."""
        if self.targets:
            self._copy(self.targets[self.query_one(LinesView).cursor].url)

    def on_lines_view_chosen(self, event: LinesView.Chosen) -> None:
        """Close with the link."""
        self.dismiss(event.number)


def _item(number: int, target: Target, digits: int) -> list[Line]:
    text, where, doubt, _ = plainly(target)
    margin = (" " * (digits + 3), "text")
    lines: list[Line] = [
        ((f" {number:>{digits}}  ", "accent"), (text, "text")),
        (margin, (target.url[:LONGEST] if where in target.url else where, "whisper")),
    ]
    if doubt:
        lines.append((margin, (doubt, "heat")))
    return lines
