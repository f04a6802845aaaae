"""Makes the pictures of the app: ``python screenshots/make.py``.

The real app on the sample articles, driven headless by keys, at a fixed time in UTC.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path

from newsreader.config.paths import samples
from newsreader.config.settings import Settings
from newsreader.library.library import Library
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.main_screen import MainScreen

HERE = Path(__file__).parent
NOW = datetime(2023, 8, 9, 18, 0, tzinfo=UTC)
WIDE, MEDIUM, NARROW = (150, 40), (100, 30), (64, 24)

Keys = tuple[str, ...]
PICTURES: dict[str, tuple[tuple[int, int], Settings, Keys]] = {
    "main": (WIDE, Settings(), ("j", "j")),
    "medium": (MEDIUM, Settings(), ("j",)),
    "narrow": (NARROW, Settings(), ("j",)),
    "related": (WIDE, Settings(), ("j", "enter", "]", "]", "enter")),
    "filters": (
        WIDE,
        Settings(),
        ("/", *"detroit", "enter", "f", "G", "k", "k", "k", *"llllll"),
    ),
    "no-match": (MEDIUM, Settings(), ("/", *"contract quality>=99", "enter")),
    "help": (WIDE, Settings(), ("?",)),
    "light": (WIDE, Settings(theme="newsreader-light"), ("j", "j", "enter", "]")),
    "compact": (WIDE, Settings(density="compact"), (")", "j")),
}


async def picture(name: str) -> str:
    """One picture as SVG, the same at each call."""
    size, settings, keys = PICTURES[name]
    library = Library([samples()], are_samples=True)
    app = NewsreaderApp(library, settings, clock=lambda: NOW)
    async with app.run_test(size=size) as pilot:
        await _settle(app, pilot)
        for key in keys:
            await pilot.press("space" if key == " " else key)
        await _settle(app, pilot)
        svg = app.export_screenshot(title="newsreader")
    return re.sub(r"terminal-\d+", f"newsreader-{name}", svg)


async def _settle(app: NewsreaderApp, pilot: object) -> None:
    from textual.pilot import Pilot

    assert isinstance(pilot, Pilot)
    assert isinstance(app.screen_stack[0], MainScreen)
    app.screen_stack[0].reading.wait()
    for _ in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause()


def main() -> None:
    """Write every picture."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    for name in PICTURES:
        (HERE / f"{name}.svg").write_text(asyncio.run(picture(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
