"""How long marking takes, and what a long journal costs the start.

``python benchmarks/marks.py [--articles 100000] [--actions 1000000]`` marks articles read in one
verb and takes it back, then starts on a journal of so many actions that the index knows already,
and without one, in turns. It ends with 1 when the verb or its undo takes over a second, or the
start more than 1.1 times as long.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

# The script's own folder is first on sys.path when it is run as a file.
from first_paint import ROOT, environment
from terminal import Terminal

from newsreader.config.paths import MarkPlaces
from newsreader.library.mark_book import MarkBook
from newsreader.library.verbs import VERBS, act
from newsreader.marks.record import Change, Record
from newsreader.marks.writer import Writer

_AT_ONCE = 5_000


def bulk(folder: Path, count: int) -> tuple[float, float]:
    """Seconds to mark *count* articles read and have that kept, and to take it back."""
    book = MarkBook(MarkPlaces(folder / "marks", folder / "state", folder / "index.db"))
    book.open()
    keys = [f"{number:012x}" for number in range(count)]
    act(book, VERBS["star"], keys[::7])
    book.keep()
    started = perf_counter()
    act(book, VERBS["read"], keys)
    book.keep()
    middle = perf_counter()
    book.undo()
    book.keep()
    ended = perf_counter()
    assert book.marks(keys[0]).read is None
    book.close()
    return middle - started, ended - middle


def fill(home: Path, count: int) -> float:
    """Write a journal of *count* actions into an empty home; seconds to index it."""
    data = home / "data/newsreader/marks"
    state, index = home / "state/newsreader", home / "cache/newsreader/index.db"
    chance = random.Random(1)
    writer = Writer(data, state)
    time = 1_700_000_000_000
    for start in range(0, count, _AT_ONCE):
        records = [
            Record(
                f"{time + number:012x}-0000-x",
                changes=(
                    Change(
                        MappingProxyType({chance.choice(("read", "starred")): time + number}),
                        (f"{chance.getrandbits(48):012x}",),
                    ),
                ),
            )
            for number in range(start, min(count, start + _AT_ONCE))
        ]
        writer.append(records)
    writer.close()
    started = perf_counter()
    book = MarkBook(MarkPlaces(data, state, index))
    book.open()
    book.close()
    return perf_counter() - started


def start(home: Path) -> float:
    """Seconds until the newest title is on the screen."""
    argv = (sys.executable, "-m", "newsreader", str(ROOT / "seeds"))
    with Terminal(argv, env=environment(home), columns=120, lines=40) as terminal:
        return terminal.wait_for("All Cases of Mistaken")


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--actions", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=11)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        marked, undone = bulk(folder / "bulk", options.articles)
        print(f"{options.articles:,} articles marked read in {marked:.2f} s, undone {undone:.2f} s")
        empty, full = folder / "empty", folder / "full"
        indexed = fill(full, options.actions)
        print(f"{options.actions:,} actions of a journal indexed in {indexed:.0f} s")
        times: dict[Path, list[float]] = {empty: [], full: []}
        for _ in range(options.repeats):
            for home, found in times.items():
                shutil.rmtree(empty, ignore_errors=True)
                empty.mkdir()
                found.append(start(home) * 1000)
    for home, label in ((empty, "no journal"), (full, "the journal")):
        least, median = min(times[home]), statistics.median(times[home])
        print(f"start with {label:<12} min {least:.0f}, median {median:.0f} ms")
    ratio = statistics.median(times[full]) / statistics.median(times[empty])
    print(f"ratio {ratio:.2f}")
    return int(marked > 1 or undone > 1 or ratio > 1.1)


if __name__ == "__main__":
    sys.exit(main())
