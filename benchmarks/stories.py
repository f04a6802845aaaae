"""Finding the stories that made-up articles tell, when it is known which ones they are.

``python benchmarks/stories.py [--size 100000] [--place FOLDER]`` writes as many articles (below
*FOLDER*, where they and the index stay for the next time, if one is given), has their stories
found as the screen does, by another process, and prints a table in Markdown: how long that
takes, how keys fare meanwhile, and what is found.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

# The script's own folder is first on sys.path when it is run as a file.
from archive import Archive, Screen, machine, shown, start, timed
from planted import path_of, planted, write_planted

from newsreader.library.library import Library

MORE = 100
"""Articles that are added."""
KEYS = 60
_PATIENCE = 300.0


def made(size: int, place: Path) -> tuple[Archive, Sequence[int]]:
    """An archive with an index, and the events of its articles."""
    archive = Archive(place / f"planted-{size}", place / "home", size)
    archive.home.mkdir(parents=True, exist_ok=True)
    events = write_planted(archive.folder, size)
    argv = [sys.executable, "-m", "newsreader", "index", str(archive.folder)]
    subprocess.run(argv, env=archive.env, check=True, capture_output=True)
    return archive, events


def forget(archive: Archive) -> Path:
    """The file of the stories, which is not there any more."""
    with closing(archive.library()) as library:
        path = library.index_status().folder / "stories"
    path.unlink(missing_ok=True)
    return path


def of_children() -> float:
    """Seconds of the processor that other processes took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def finding(archive: Archive, events: Sequence[int]) -> Iterator[tuple[str, str]]:
    """All stories, what they are worth, and how long it takes when there is more."""
    forget(archive)
    with closing(archive.library()) as library:
        library.load()
        before = of_children()
        seconds = timed(library.know_stories)
        taken = of_children() - before
        yield "all stories found", f"{seconds:.1f} s ({taken:.1f} s of the processor)"
        yield from _worth(library, events)
        for number, article in enumerate(planted(archive.size + MORE)):
            if number >= archive.size:
                path = path_of(archive.folder, number)
                path.parent.mkdir(exist_ok=True)
                path.write_text(article.text, encoding="utf-8")
        library.load()
        yield f"{MORE} articles more", f"{timed(library.know_stories):.2f} s"
        for number in range(archive.size, archive.size + MORE):
            path_of(archive.folder, number).unlink()
        library.load()


def _worth(library: Library, events: Sequence[int]) -> Iterator[tuple[str, str]]:
    columns = library.snapshot.columns
    rows = columns.newest_first
    planted_in = [events[int(Path(columns.text("path", row)).stem)] for row in rows]
    # What is in no story is one of its own.
    found_in = [columns.story[row] or ~row for row in rows]
    sizes, events_of = Counter(found_in), Counter(planted_in)
    both = Counter(zip(found_in, planted_in, strict=True))
    # B-cubed: of each article, what share of its story is of its event, and the other way round.
    precision = sum(n * n / sizes[story] for (story, _), n in both.items()) / len(rows)
    recall = sum(n * n / events_of[event] for (_, event), n in both.items()) / len(rows)
    score = 2 * precision * recall / (precision + recall)
    yield "B-cubed: precision, recall, F1", f"{precision:.2f}, {recall:.2f}, {score:.2f}"
    largest, planted_largest = max(sizes.values()), max(events_of.values())
    yield (
        "largest story",
        f"{largest} articles, {largest / len(rows):.2%} (planted: {planted_largest})",
    )


def keys(archive: Archive) -> Iterator[tuple[str, str]]:
    """Cursor keys while stories are being found, and once they are."""
    path = forget(archive)
    argv = [sys.executable, "-m", "newsreader", str(archive.folder)]
    screen, _ = start(argv, archive.env, f" of {archive.size:,}")
    with screen:
        screen.settle(3.0)
        screen.send("=")
        began = perf_counter()
        meanwhile = []
        while not path.exists() and perf_counter() - began < _PATIENCE:
            meanwhile += _pressed(screen)
        screen.settle(3.0)
        afterwards = [each for _ in range(KEYS) for each in _pressed(screen)]
        screen.send("Q")
    for when, times in (("meanwhile", meanwhile), ("afterwards", afterwards)):
        yield f"cursor key {when}, median / p95 of {len(times)} keys", f"{shown(times)} ms"


def _pressed(screen: Screen) -> list[float]:
    seconds = screen.press("j")
    return [] if seconds is None else [seconds]


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--place", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        archive, events = made(options.size, options.place or Path(name))
        print(f"| | {options.size:,} articles |\n|---|---|")
        for part in (finding(archive, events), keys(archive)):
            for figure, text in part:
                print(f"| {figure} | {text} |", flush=True)
    print(f"\n({machine()})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
