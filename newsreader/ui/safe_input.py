"""Boxes to type in that take no control characters, which a paste may bring."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.widgets import Input

from newsreader.actions import Scope
from newsreader.text.sanitize import clean_block


class SafeInput(Input):
    """Textual's box, its text made safe as it comes in."""

    def validate_value(self, value: str) -> str:
        """*value* on one line, without control characters."""
        return clean_block(value).replace("\n", " ")


class KeyedInput(SafeInput):
    """An input with keys of its own, those of a scope of the registry."""

    SCOPE: ClassVar[Scope]

    async def _on_key(self, event: events.Key) -> None:
        """Act on the box's own keys in their turn among the letters, not behind them."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if binding.id is not None and binding.id.startswith(f"{self.SCOPE.name.lower()}."):
                event.stop()
                event.prevent_default()
                await self.run_action(binding.action)
                return
        await super()._on_key(event)
