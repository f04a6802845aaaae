"""All links of an article: the text of each, and plainly where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from newsreader.model import Piece
from newsreader.text.counted import counted
from newsreader.text.doubts import doubt_about
from newsreader.text.links import MOST_LINKS, Target
from newsreader.text.urls import absolute, plain_host
from newsreader.ui.cells import Line
from newsreader.ui.dialogs import Dialog
from newsreader.ui.lines_view import LinesView

_LONGEST = 300
"""Characters of the text and of the address of a link that are shown at most."""


class LinksDialog(Dialog):
    """Lists the addresses of *piece*, and the links in its text; dismissed with a number from 0."""

    BINDINGS: ClassVar[list[BindingType]] = [("y", "copy", "Copy")]
    title_text = "Links"
    hint_text = "j k move   ⏎ open   y copy the address   Esc close"

    def __init__(self, piece: Piece, copy: Callable[[str], None]) -> None:
        super().__init__(classes="-tall")
        self._base = piece.url
        self._copy = copy
        self.targets = [Target(link.kind.value, link.url) for link in piece.links]
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
        known = {target.url for target in self.targets}
        for text, written in found:
            url = absolute(written, self._base)
            if url not in known:
                self.targets.append(Target(text, url))
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
    text = " ".join(target.text.split())[:_LONGEST]
    doubt = doubt_about(target.url, target.text)
    where = plain_host(target.url) or target.url[:_LONGEST]
    margin = (" " * (digits + 3), "text")
    lines: list[Line] = [
        ((f" {number:>{digits}}  ", "accent"), (text or where, "text")),
        (margin, (target.url[:_LONGEST] if where in target.url else where, "whisper")),
    ]
    if doubt:
        lines.append((margin, (doubt, "heat")))
    return lines
