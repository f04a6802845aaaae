"""A box to type in that takes no control characters, which a paste may bring."""

from __future__ import annotations

from textual.widgets import Input

from newsreader.text.sanitize import clean_block


class SafeInput(Input):
    """Textual's box, its text made safe as it comes in."""

    def validate_value(self, value: str) -> str:
        """*value* on one line, without control characters."""
        return clean_block(value).replace("\n", " ")
