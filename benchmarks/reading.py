"""What reading files safely costs, beside a plain ``frontmatter.load`` of the same files.

``python benchmarks/reading.py [FOLDER] [--repeats 15] [--limit 1.5]`` reads every file below
*FOLDER* (the samples, unless another is given) in turns with both readers, and ends with 1 when
ours takes more than *limit* times as long, by the medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import frontmatter

from newsreader.model import Issue
from newsreader.sources.article import read_article
from newsreader.sources.folder import find

ROOT = Path(__file__).resolve().parent.parent


def plain_load(path: Path) -> object:
    """What python-frontmatter makes of the file, or nothing where it fails."""
    try:
        return frontmatter.load(str(path))
    except Exception:  # noqa: BLE001 - it raises nearly anything
        return None


def seconds_for(read: Callable[[Path], object], paths: list[Path]) -> float:
    """The processor's seconds for reading all of *paths* one after another."""
    start = time.process_time()
    for path in paths:
        read(path)
    return time.process_time() - start


def main() -> int:
    """Measure, print the table and the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--limit", type=float, default=1.5)
    options = parser.parse_args()
    found = (each for each in find(options.folder) if not isinstance(each, Issue))
    paths = [each.path for each in found]
    readers = {"frontmatter.load": plain_load, "newsreader": read_article}
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for read in readers.values():
        seconds_for(read, paths)
    for turn in range(options.repeats):
        for name in readers if turn % 2 == 0 else reversed(readers):
            taken[name].append(seconds_for(readers[name], paths))
    print(f"{f'{len(paths)} files, ms each':<24}{'min':>9}{'median':>9}")
    for name, seconds in taken.items():
        low, middle = (
            1000 * value / len(paths) for value in (min(seconds), statistics.median(seconds))
        )
        print(f"{name:<24}{low:9.2f}{middle:9.2f}")
    plain, ours = map(statistics.median, taken.values())
    print(f"\nnewsreader / frontmatter.load: {ours / plain:.2f}")
    return 1 if ours > options.limit * plain else 0


if __name__ == "__main__":
    sys.exit(main())
