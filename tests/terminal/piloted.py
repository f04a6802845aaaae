"""The app without a terminal, and what is on its screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from driver import Reader, reading
from rich.style import Style
from textual.widget import Widget


def squeezed(text: str) -> str:
    """*text* without white space, which wrapping changes."""
    return "".join(text.split())


class Piloted(Reader):
    """A reader who looks at cells and styles."""

    @property
    def lines(self) -> list[str]:
        """The screen as text without white space."""
        return [squeezed(strip.text) for strip in self.strips]

    @property
    def styles(self) -> list[Style]:
        return [segment.style for strip in self.strips for segment in strip if segment.style]

    def text_of(self, widget: Widget) -> str:
        """What is shown where *widget* is, without white space and bars."""
        region = widget.region
        strips = self.strips[region.y : region.bottom]
        text = "".join(strip.crop(region.x, region.right).text for strip in strips)
        return squeezed(text).replace("▌", "")

    def assert_no_action(self) -> None:
        for style in self.styles:
            assert not style.link
            assert not [key for key in style.meta if key.startswith("@")]


@asynccontextmanager
async def piloted(folder: Path, **options: Any) -> AsyncIterator[Piloted]:
    """The app on *folder*, once everything is read."""
    async with reading(folder, **options) as reader:
        yield Piloted(reader.app, reader.pilot, reader.opened)
