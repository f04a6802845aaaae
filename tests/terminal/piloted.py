"""The app without a terminal, and what is on its screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from conftest import NOW
from rich.style import Style
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from newsreader.config.settings import Settings
from newsreader.library.library import Library
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.main_screen import MainScreen


def squeezed(text: str) -> str:
    """*text* without white space, which wrapping changes."""
    return "".join(text.split())


@dataclass
class Piloted:
    app: NewsreaderApp
    pilot: Pilot[None]
    opened: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def main(self) -> MainScreen:
        (main,) = [each for each in self.app.screen_stack if isinstance(each, MainScreen)]
        return main

    async def settle(self) -> None:
        self.main.reading.wait()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    @property
    def strips(self) -> list[Strip]:
        return self.app.screen._compositor.render_strips()

    @property
    def lines(self) -> list[str]:
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
async def piloted(
    folder: Path, *, size: tuple[int, int] = (150, 40), settings: Settings | None = None
) -> AsyncIterator[Piloted]:
    """The app on *folder*, once everything is read."""
    opened: list[tuple[str, ...]] = []
    app = NewsreaderApp(
        Library([folder]),
        settings,
        clock=lambda: NOW,
        launcher=lambda launch: opened.append(launch.argv),
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        reader = Piloted(app, pilot, opened)
        await reader.settle()
        await reader.settle()
        yield reader
