"""Keeping the frame that the next start shows first, for :mod:`newsreader.instant`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import rich
import textual

import newsreader
from newsreader.config.last_place import last_place
from newsreader.config.paths import place_file, state_dir
from newsreader.config.replace import make_private, replace_file
from newsreader.config.settings import Settings
from newsreader.instant import frame_file, packed, sized, stamp
from newsreader.library.lasting import lasts_until, said_of_time
from newsreader.library.library import Library
from newsreader.library.reading import Reading
from newsreader.text.dates import now
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.main_screen import MainScreen
from newsreader.ui.saved_screen import saved_files

_TICK = 0.005
"""Seconds between two looks at a frame."""
_STILL = 3
"""Looks at the same frame after which it is the one that stays."""
_PATIENCE = 100
"""Looks after which there is none."""
_PROGRAM = (newsreader, textual, rich)


def keep_frame(start: str, library: Library, reading: Reading, settings: Settings) -> None:
    """Keep what this *start* would show now, if all that it depends on is known.

    It takes a moment, and is done when the screen is no longer ours.
    """
    file = Path(frame_file())
    if file.parent != state_dir():
        return  # On this platform nobody would look for it.
    with suppress(OSError, UnicodeEncodeError):
        place = last_place(place_file(), library.roots)
        paths = library.depends_on(place.article)
        columns, lines = os.get_terminal_size(1)
        if paths is None or not columns or not lines:
            return
        # First what the files are, then what comes of them: so a frame is never older than it says.
        stamps = _stamps([*paths, *_around()])
        if library.book is not None and library.has_marks and library.book.read():
            return
        seen = asyncio.run(_look(library, reading, settings, (columns, lines)))
        if seen is not None:
            text, until = seen
            make_private(file.parent)
            content = packed(sized(start, columns, lines), until.timestamp(), stamps, text)
            replace_file(file, content, is_private=True)


def _around() -> list[Path]:
    """Files that tell which program this is, and where on Earth."""
    names = [module.__file__ for module in _PROGRAM]
    return [*(Path(name) for name in names if name), Path("/etc/localtime")]


def _stamps(paths: Sequence[Path]) -> list[tuple[str, str]]:
    return [(name, stamp(name)) for name in (str(path.absolute()) for path in paths)]


async def _look(
    library: Library, reading: Reading, settings: Settings, size: tuple[int, int]
) -> tuple[str, datetime] | None:
    """The frame that a start comes to, and until when; None when it comes to none."""
    began = now()
    app = NewsreaderApp(
        library,
        settings,
        reading=reading,
        place=last_place(place_file(), library.roots),
        saved_files=saved_files(),
        clock=lambda: began,
    )
    running = asyncio.create_task(app.run_async(headless=True, size=size))
    try:
        text = await _still_frame(app)
        until = _until(app, began) if text else None
    finally:
        app.exit()
        await running
    return (text, until) if text and until else None


async def _still_frame(app: NewsreaderApp) -> str:
    """The whole screen once nothing happens on it any more; empty when that takes too long."""
    before, still = "", 0
    for _ in range(_PATIENCE):
        await asyncio.sleep(_TICK)
        if len(app._notifications):
            break  # It would be gone a moment later.
        frame = app.whole_frame() if _is_settled(app) else ""
        still = still + 1 if frame and frame == before else 0
        if still == _STILL:
            return frame
        before = frame
    return ""


def _is_settled(app: NewsreaderApp) -> bool:
    if not app.screen_stack or not isinstance(app.screen, MainScreen) or not app.screen.is_mounted:
        return False
    screen = app.screen
    return (
        screen.answer is not None
        and all(worker.is_finished for worker in app.workers)
        and screen.article_pane.piece is screen.list_pane.current
    )


def _until(app: NewsreaderApp, began: datetime) -> datetime | None:
    screen = app.screen
    if not isinstance(screen, MainScreen) or screen.answer is None:
        return None
    library, answer, saved = screen.library, screen.answer, screen.saved
    piece = screen.article_pane.piece

    def said(moment: datetime) -> object:
        counts = saved.counts(library, moment) if saved is not None else ()
        return said_of_time(library, answer, piece, moment), counts

    return lasts_until(said, began)
