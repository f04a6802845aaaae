"""How long a hostile pattern in the search box holds the interface.

``python benchmarks/patterns.py [--limit-ms 100]`` asks patterns that make a backtracking engine
run for years, of articles that they are made for, in the app itself without a terminal. While each
is answered, a timer on the app's own loop takes the longest time between two of its ticks. It ends
with 1 when that is longer than the limit.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from newsreader.library.library import Library
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.main_screen import MainScreen

PATTERNS = (
    "/(a+)+$/",
    "/(a|a)*b/",
    "/(a|aa)+$/",
    "/(.*a){20}$/",
    "/(x+x+)+y/",
    "/^(([a-z])+.)+[A-Z]([a-z])+$/",
    "/((a*)*)*b/",
    "/(?:a{1,50}){1,10}b/",
    "/[ab]*c[ab]*c[ab]*d/i",
)
ARTICLES, LETTERS = 300, 20_000
TICK_SECONDS = 0.002


def write(folder: Path) -> None:
    """Articles of what such patterns take longest for."""
    for number in range(ARTICLES):
        body = ("a" * LETTERS, "x" * LETTERS, "ab" * (LETTERS // 2))[number % 3]
        text = f"---\ntitle: Article {number}\n---\n{body}!\n"
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")


async def longest_pauses(folder: Path) -> list[tuple[str, float, float]]:
    """Each pattern, the longest time without a tick, and the time to the answer, in ms."""
    found = []
    app = NewsreaderApp(Library([folder]))
    async with app.run_test(size=(120, 40)) as pilot:
        main = app.screen_stack[0]
        assert isinstance(main, MainScreen)
        main.reading.wait()
        await pilot.pause(1)
        for pattern in ("", *PATTERNS):
            ticks = [perf_counter()]
            main.query_text = pattern
            while main.answer is None or main.answer.query.text != pattern:
                await asyncio.sleep(TICK_SECONDS)
                ticks.append(perf_counter())
            ticks.append(perf_counter())
            pauses = [after - before for before, after in pairwise(ticks)]
            found.append((pattern, 1000 * max(pauses), 1000 * (ticks[-1] - ticks[0])))
    return found[1:]


def main() -> int:
    """Measure, print the table, and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--limit-ms", type=float, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        write(Path(name))
        found = asyncio.run(longest_pauses(Path(name)))
    print(f"{ARTICLES} articles of {LETTERS:,} letters, ms{'longest pause':>28}{'answer':>10}")
    for pattern, pause, answer in found:
        print(f"{pattern:<40}{pause:22.1f}{answer:10.1f}")
    return 1 if max(pause for _, pause, _ in found) > options.limit_ms else 0


if __name__ == "__main__":
    sys.exit(main())
