"""Makes the pictures of the app: ``python screenshots/make.py``.

The real app on the sample articles, driven headless by keys, at a fixed time in UTC. A key that
begins with ``@`` goes to the filter of that label.
"""

from __future__ import annotations

import asyncio
import os
import re
import runpy
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from newsreader.config.paths import MarkPlaces, samples
from newsreader.config.settings import Settings
from newsreader.fetching.kept_images import KeptImages
from newsreader.library.library import Library
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.main_screen import MainScreen
from newsreader.ui.saved_screen import SavedFiles

HERE = Path(__file__).parent
NOW = datetime(2023, 8, 9, 18, 0, tzinfo=UTC)
WIDE, MEDIUM, NARROW = (150, 40), (100, 30), (64, 24)

SAVED = """
[[search]]
name = "Police in Detroit"
query = "detroit police"

[[search]]
name = "New and good"
query = "date:2023.. OR quality>=80"

[[search]]
name = "Only in related stories"
query = "-title:lansing related.title:lansing"
"""

Keys = tuple[str, ...]
PICTURES: dict[str, tuple[tuple[int, int], Settings, Keys]] = {
    "main": (WIDE, Settings(), ("j", "j")),
    "medium": (MEDIUM, Settings(), ("j",)),
    "narrow": (NARROW, Settings(), ("j",)),
    "related": (WIDE, Settings(), ("j", "enter", "]", "]", "enter")),
    "filters": (
        WIDE,
        Settings(),
        ("/", *"detroit", "enter", "f", "@at least any", *"lllll"),
    ),
    "completion": (MEDIUM, Settings(), ("/", *"detroit provider:", "down")),
    "histogram": (WIDE, Settings(), ("f", "@by time", "l", "enter", "l")),
    "saved": (WIDE, Settings(), ("f", "@Police in Detroit", "enter")),
    "groups": (WIDE, Settings(), ("B", "j", "j", "enter", "j", "j", "x", "-", "-", "G", "x")),
    "story": (WIDE, Settings(), ("j", "c", "g", "j", "j")),
    "stories": (WIDE, Settings(), ("/", *"group:story", "enter", "j")),
    "hot": (WIDE, Settings(), ("4", "j", "w")),
    "no-match": (MEDIUM, Settings(), ("/", *"contract quality>=99", "enter")),
    "help": (WIDE, Settings(), ("?",)),
    "light": (WIDE, Settings(theme="newsreader-light"), ("j", "j", "enter", "]")),
    "compact": (WIDE, Settings(density="compact"), (")", "j")),
    "insight": (WIDE, Settings(), ("I", "h", "h")),
    "page": (WIDE, Settings(), ("enter",)),
    "zen": (WIDE, Settings(), ("z",)),
    "find": (WIDE, Settings(read_after=0), ("enter", "/", *"harbour", "enter", "n")),
    "hints": (WIDE, Settings(), ("enter", "f")),
    "pictures": (MEDIUM, Settings(images="halfblock"), ("z",)),
    "image": (MEDIUM, Settings(images="halfblock"), ("i",)),
}
WITH_IMAGES = ("pictures", "image")
WITH_TEXT = ("page", "zen", "find", "hints", *WITH_IMAGES)
"""Pictures of an article that has a text."""
IMAGE = "https://harbourpost.example/solvej.jpg"
FRONT = f"images: [{{url: '{IMAGE}', title: The Solvej leaves in the evening}}]\n"
TEXT = """\
---
title: The ferry that runs on yesterday's wind
excerpt: For a year the island has stored what its turbines make at night. Now the boat sails on it.
publishedDateTime: 2023-08-08T07:30:00Z
webUrl: https://harbourpost.example/ferry
quality: 81
heat: 64
topics: [Energy, Islands]
provider: {name: Harbour Post, domain: harbourpost.example}
---
At a quarter past six the *Solvej* leaves the harbour without a sound. What drives her was made
**between two and five in the morning**, when nobody on the island needed it.

## Nine tonnes of batteries

The yard put them where the engines used to be. They are charged at the quay, by a
[plug as tall as a door](https://harbourpost.example/plug), in eleven minutes:

| leg | minutes | of the charge |
|---|---:|---:|
| harbour to Norholm | 25 | 18 % |
| Norholm to the mainland | 40 | 31 % |
| and back with the tide | 58 | 39 % |

> We used to smell of diesel at every christening, says the mate. Now the cake tastes of cake.

The timetable is a small program on a screen in the wheelhouse, and short enough to be printed
here:

```python
def may_sail(charge: float, headwind: float) -> bool:
    needed = 0.31 + 0.02 * headwind  # and a tenth for the unforeseen
    return charge >= 1.1 * needed
```

1. Below 45 per cent the harbour master is called.
2. Below 40 the old boat is made ready.
3. It has happened twice.

More on the [turbines](https://harbourpost.example/turbines), and on who
[pays for them](https://islandbank.example/loans) until 2041.
"""

TOPICS = ("AI", "Computer Vision", "Policing", "Privacy", "Elections", "Climate", "Housing")
PAPERS = ("The Courier", "Harbour Post", "City Ledger", "Morning Star Tribune", "Open Wire")
ARCHIVE = 300
"""Made-up articles of made-up papers."""


async def picture(name: str) -> str:
    """One picture as SVG, the same at each call."""
    with TemporaryDirectory() as folder:
        places = MarkPlaces(Path(folder) / "marks", Path(folder) / "state")
        if name == "insight":
            library = Library([_archive(Path(folder) / "archive")], mark_places=places)
        elif name in WITH_TEXT:
            text = TEXT
            if name in WITH_IMAGES:
                scene = runpy.run_path(str(HERE / "scene.py"))
                KeptImages(Path(folder) / "images").keep(IMAGE, scene["ferry"]())
                text = TEXT.replace("---\n", f"---\n{FRONT}", 1)
            (Path(folder) / "ferry.md").write_text(text, encoding="utf-8")
            pages = Path(folder) / "pages"
            library = Library([Path(folder) / "ferry.md"], mark_places=places, pages_folder=pages)
            library.load()
            library.see()  # Else it is noted a second after the start, which may be too late.
        else:
            library = Library([samples()], are_samples=True, mark_places=places)
            _mark(library)
        files = SavedFiles(Path(folder) / "searches.toml", Path(folder) / "looked.json")
        if name == "saved":
            files.searches.write_text(SAVED, encoding="utf-8")
            files.looked.write_text('{"new and good": "2023-08-01T00:00:00Z"}', encoding="utf-8")
        return await _driven(name, library, files)


def _archive(folder: Path) -> Path:
    """Three years of articles, in one folder."""
    folder.mkdir()
    draw = Random(7)
    for number in range(ARCHIVE):
        days = int(1095 * draw.random() ** 0.7)
        late = days / 1095
        weights = (6 * late + 1, 3 * late + 1, 3, 2 - late, 3 * (0.5 < late < 0.8), 2, 1 - late)
        topics = dict.fromkeys(draw.choices(TOPICS, weights, k=draw.choice((1, 1, 2))))
        paper = draw.choices(range(len(PAPERS)), (5, 4, 3, 2, 1))[0]
        day = (NOW - timedelta(days=1095 - days)).isoformat()
        quality = max(0, min(99, round(draw.gauss(40 + 9 * paper, 15))))
        text = (
            f"---\ntitle: Article {number}\npublishedDateTime: {day}\n"
            f"topics: {list(topics)}\nquality: {quality}\n"
            f"heat: {round(draw.expovariate(1 / 30))}\nprovider: {{name: {PAPERS[paper]}}}\n---\n"
        )
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    return folder


def _mark(library: Library) -> None:
    """Someone has read, starred and kept some."""
    library.load()
    newest, approves, renews, fight, _ = library.answer("", now=NOW).view
    library.act("read", [newest.id, renews.id])
    library.act("star", [renews.id])
    library.act("later", [fight.id])
    library.act("tag", [approves.id], "council")
    library.act("note", [renews.id], "Compare with what the council said in 2019.")


async def _driven(name: str, library: Library, files: SavedFiles) -> str:
    size, settings, keys = PICTURES[name]
    app = NewsreaderApp(library, settings, saved_files=files, clock=lambda: NOW)
    async with app.run_test(size=size) as pilot:
        await _settle(app, pilot)
        for key in keys:
            if key.startswith("@"):
                await _go_to(key[1:], app, pilot)
            else:
                await pilot.press("space" if key == " " else key)
                await _settle(app, pilot)
        await _settle(app, pilot)
        while name in WITH_IMAGES and not _shows_picture(app, is_viewer=name == "image"):
            await pilot.pause(0.02)
        svg = app.export_screenshot(title="newsreader")
    return re.sub(r"terminal-\d+", f"newsreader-{name}", svg)


def _shows_picture(app: NewsreaderApp, *, is_viewer: bool) -> bool:
    is_there = is_viewer == (len(app.screen_stack) > 1)
    return is_there and any("▀" in strip.text for strip in app.screen._compositor.render_strips())


async def _go_to(label: str, app: NewsreaderApp, pilot: Pilot[None]) -> None:
    main = app.screen_stack[0]
    assert isinstance(main, MainScreen)
    await pilot.press("g")
    for _ in range(99):
        if main.filter_pane.current_label == label:
            return
        await pilot.press("j")
    raise ValueError(label)


async def _settle(app: NewsreaderApp, pilot: Pilot[None]) -> None:
    assert isinstance(app.screen_stack[0], MainScreen)
    app.screen_stack[0].reading.wait()
    for _ in range(3):
        with suppress(WorkerCancelled):  # A newer one took its place.
            await app.workers.wait_for_complete()
        await pilot.pause(0)
    await pilot.pause()


def main() -> None:
    """Write every picture."""
    os.environ["TZ"] = "UTC"
    os.environ["COLORTERM"] = "truecolor"
    time.tzset()
    for name in PICTURES:
        (HERE / f"{name}.svg").write_text(asyncio.run(picture(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
