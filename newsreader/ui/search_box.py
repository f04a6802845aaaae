"""The search box, laid over the top line while the reader types."""

from __future__ import annotations

from textual.message import Message
from textual.widgets import Input

from newsreader.actions import Scope
from newsreader.ui.bindings import bindings_of
from newsreader.ui.query_bar import LEAD, PLACEHOLDER
from newsreader.ui.safe_input import SafeInput


class SearchBox(SafeInput):
    """The query as text that can be typed."""

    DEFAULT_CSS = """
    SearchBox, SearchBox:focus {
        layer: above; border: none; height: 1; padding: 0; background: $panel;
    }
    """
    BINDINGS = bindings_of(Scope.SEARCH)

    class Kept(Message):
        """The reader is done with the box."""

    class Dropped(Message):
        """The reader leaves the box."""

    def __init__(self) -> None:
        super().__init__(placeholder=PLACEHOLDER, id="search")
        self.styles.offset = (LEAD, 0)

    def write(self, query: str) -> None:
        """Put *query* into the box without its being told as typed."""
        if self.value != query:
            with self.prevent(Input.Changed):
                self.value = query
                self.cursor_position = len(query)

    def action_keep(self) -> None:
        """Keep the query and go on."""
        self.post_message(self.Kept())

    def action_drop(self) -> None:
        """Leave the box."""
        self.post_message(self.Dropped())
