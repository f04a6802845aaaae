"""Drives the app as a person would, and reads the screen as a person would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time
from typing import Any

import pytest
from conftest import NOW
from textual.pilot import Pilot
from textual.strip import Strip
from textual.worker import WorkerCancelled

from newsreader.config.paths import MarkPlaces
from newsreader.config.settings import Settings
from newsreader.library.browser import Launch, ShowInstead
from newsreader.library.library import Library
from newsreader.text.urls import openable
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.main_screen import MainScreen


def a_browser(url: str) -> Launch | ShowInstead:
    """Every machine of the tests has this one."""
    safe = openable(url)
    return Launch(safe, ("browser", safe), foreground=False)


_BREATH = 0.003
"""Seconds for which a program that has nothing to do is looked at."""
_SOON = 0.02
"""Seconds: what is to come within a frame is waited for."""


async def idle(_min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the event loop has nothing to do, now or within a frame, and no thread works.

    Textual's own looks at the processor's time alone, for 20 ms at least and mostly for 40.
    """
    loop: Any = asyncio.get_running_loop()
    end = monotonic() + max_sleep
    while monotonic() < end:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        due = [timer.when() for timer in loop._scheduled if not timer.cancelled()]
        rest = min(due, default=float("inf")) - loop.time()
        if rest < _SOON:
            await asyncio.sleep(rest)
            continue
        before = process_time()
        await asyncio.sleep(_BREATH)
        if not loop._ready and process_time() - before < _BREATH / 5:
            return


@contextmanager
def quick_waits() -> Iterator[None]:
    """Pilots wait no longer than is needed, and frames come at once."""
    with pytest.MonkeyPatch.context() as patch:
        for user in ("textual.app", "textual.pilot"):
            patch.setattr(f"{user}.wait_for_idle", idle)
        patch.setattr("textual.screen.UPDATE_PERIOD", 0.002)
        yield


@dataclass
class Reader:
    """A running app. ``opened`` are the argument vectors of the browsers it started."""

    app: NewsreaderApp
    pilot: Pilot[None]
    opened: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def main(self) -> MainScreen:
        (main,) = [each for each in self.app.screen_stack if isinstance(each, MainScreen)]
        return main

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        for _ in range(3):
            self.main.reading.wait()
            await self._wait_for_workers()
            await self._wait_for_marks()
            await self._wait_for_article()
            await self.pilot.pause(0)
        await self.pilot.pause()

    async def _wait_for_marks(self) -> None:
        keeper = self.main.keeper
        while keeper is not None and keeper.book.pending and not keeper.error:
            await self.pilot.pause(0.005)

    async def _wait_for_article(self) -> None:
        while self.main._stand_in is not None:
            await self.pilot.pause(0.005)

    async def _wait_for_workers(self) -> None:
        while True:
            try:
                await self.app.workers.wait_for_complete()
            except WorkerCancelled:
                await self.pilot.pause()  # A newer one took its place.
            else:
                return

    async def until(self, is_so: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait for what a thread does at a time of its own."""
        for _ in range(int(seconds / 0.02)):
            if is_so():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"this never came; there is:\n{self.text}")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self._wait_for_workers()
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*("space" if char == " " else char for char in text))

    @property
    def strips(self) -> list[Strip]:
        """The lines of the screen."""
        return self.app.screen._compositor.render_strips()

    @property
    def lines(self) -> list[str]:
        """The screen as text."""
        return [strip.text.replace("\xa0", " ") for strip in self.strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def titles(self) -> list[str]:
        """The titles in the list."""
        return [article.title for article in self.main.list_pane.view]

    @property
    def toasts(self) -> list[str]:
        return [str(each.message) for each in self.app._notifications]

    @property
    def focus(self) -> str | None:
        return self.app.focused.id if self.app.focused else None


@asynccontextmanager
async def reading(
    *paths: Path,
    size: tuple[int, int] = (150, 40),
    settings: Settings | None = None,
    are_samples: bool = False,
    mark_places: MarkPlaces | None = None,
    index_folder: Path | None = None,
    pages_folder: Path | None = None,
    **options: Any,
) -> AsyncIterator[Reader]:
    """The app on *paths*, once everything is read."""
    opened: list[tuple[str, ...]] = []
    options.setdefault("planner", a_browser)
    app = NewsreaderApp(
        Library(
            paths,
            are_samples=are_samples,
            mark_places=mark_places,
            index_folder=index_folder,
            pages_folder=pages_folder,
        ),
        settings,
        clock=lambda: NOW,
        launcher=lambda launch: opened.append(launch.argv),
        **options,
    )
    with quick_waits():
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Reader(app, pilot, opened)
            await reader.settle()
            yield reader


def shown(lines: Sequence[str], *words: str) -> bool:
    """Whether some line has all *words*."""
    return any(all(word in line for word in words) for line in lines)


async def to_filter(reader: Reader, label: str) -> None:
    """Go to the first filter with that label."""
    await reader.press("f" if reader.focus != "filters" else "g", "g")
    for _ in range(80):
        if reader.main.filter_pane.current_label == label:
            return
        await reader.press("j")
    raise AssertionError(label)
