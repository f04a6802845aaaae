"""What turning files into rows costs, beside reading them only and beside ``frontmatter.load``.

``python benchmarks/indexing.py [FOLDER] [--files 10000] [--repeats 5] [--limit 10]`` measures in
turns, over the files below *FOLDER* or as many made-up ones, by the clock: reading their bytes,
``frontmatter.load`` of a sample of them, ``read_row`` of each, and ``read_rows`` with two
processes, their start included. It ends with 1 when ``frontmatter.load`` takes less than *limit*
times as long as ``read_rows``, by the medians.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import frontmatter
from corpus import write_corpus

from newsreader.model import Issue
from newsreader.sources.crew import FileToRead, read_rows
from newsreader.sources.folder import find
from newsreader.sources.row_reading import read_row

SAMPLE = 1_000
"""Files that ``frontmatter.load`` reads in a turn."""
PROCESSES = 2

Way = Callable[[Sequence[FileToRead]], None]


def raw(files: Sequence[FileToRead]) -> None:
    """Only the bytes."""
    for file in files:
        with open(file.path, "rb") as opened:  # noqa: PTH123 - the quickest way there is
            opened.read()


def plain_load(files: Sequence[FileToRead]) -> None:
    """What python-frontmatter makes of the files, or nothing where it fails."""
    for file in files:
        try:
            frontmatter.load(str(file.path))
        except Exception:  # noqa: BLE001 - it raises nearly anything
            continue


def here(files: Sequence[FileToRead]) -> None:
    """Every row in this process."""
    for path, source, name in files:
        read_row(path, source=source, name=name)


def crew(files: Sequence[FileToRead]) -> None:
    """Every row with the help of other processes."""
    for _ in read_rows(files, PROCESSES):
        pass


WAYS: dict[str, Way] = {
    "raw read": raw,
    "frontmatter.load": plain_load,
    "read_row": here,
    f"read_rows, {PROCESSES} processes": crew,
}


def measured(files: Sequence[FileToRead], repeats: int) -> dict[str, list[float]]:
    """The microseconds a file that each way takes, in turns."""
    some = files[:: max(1, len(files) // SAMPLE)]
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(repeats):
        for name, way in WAYS.items():
            chosen = some if way is plain_load else files
            start = time.perf_counter()
            way(chosen)
            taken[name].append((time.perf_counter() - start) / len(chosen) * 1e6)
    return taken


def report(taken: dict[str, list[float]], count: int) -> float:
    """Print the table; how many times as fast as frontmatter.load reading in parallel is."""
    middle = {name: statistics.median(each) for name, each in taken.items()}
    load = middle["frontmatter.load"]
    print(f"{f'{count} files, us a file':<26}{'min':>8}{'median':>8}{'x raw':>8}{'x load':>8}")
    for name, each in taken.items():
        ratios = f"{middle[name] / middle['raw read']:8.1f}{load / middle[name]:8.1f}"
        print(f"{name:<26}{min(each):8.1f}{middle[name]:8.1f}{ratios}")
    return load / middle[f"read_rows, {PROCESSES} processes"]


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--limit", type=float, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        if options.folder is None:
            write_corpus(folder, options.files)
        found = (each for each in find(folder) if not isinstance(each, Issue))
        files = [FileToRead(each.path, str(folder), each.name) for each in found]
        gc.disable()  # as the program has it while it reads
        ratio = report(measured(files, options.repeats), len(files))
    return 0 if ratio >= options.limit else 1


if __name__ == "__main__":
    sys.exit(main())
