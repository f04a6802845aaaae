"""What a first index costs, beside reading the files only and beside ``frontmatter.load``.

``python benchmarks/indexing.py [FOLDER] [--files 10000] [--repeats 5] [--limit 10]`` measures in
turns, over the files below *FOLDER* or as many made-up ones: reading their bytes; opening, reading
and closing them as safely as the program does; ``frontmatter.load`` of a sample of them;
``read_row`` of each in one process; and a library whose index is made, until every article is in
the list and to be filtered, and until all texts are searchable and everything is written. Both by
the clock and by the processor's time of all processes, which others on the machine disturb less.
It ends with 1 when ``frontmatter.load`` takes less than *limit* times as long as the list, by the
medians.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import frontmatter
from corpus import write_corpus

from newsreader.library.library import Library
from newsreader.model import Issue
from newsreader.sources.crew import FileToRead
from newsreader.sources.folder import find
from newsreader.sources.reading import read_with_status
from newsreader.sources.row_reading import read_row

SAMPLE = 1_000
"""Files that ``frontmatter.load`` reads in a turn."""

Way = Callable[[Sequence[FileToRead]], None]


class Cost(NamedTuple):
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float


def now() -> Cost:
    """What this program and those that it ran have taken until now."""
    every = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Cost(time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in every))


def raw(files: Sequence[FileToRead]) -> None:
    """Only the bytes."""
    for file in files:
        with open(file.path, "rb") as opened:  # noqa: PTH123 - the quickest way there is
            opened.read()


def safely(files: Sequence[FileToRead]) -> None:
    """The bytes, with all guards."""
    for file in files:
        read_with_status(file.path, file.source)


def plain_load(files: Sequence[FileToRead]) -> None:
    """What python-frontmatter makes of the files, or nothing where it fails."""
    for file in files:
        try:
            frontmatter.load(str(file.path))
        except Exception:  # noqa: BLE001 - it raises nearly anything
            continue


def rows(files: Sequence[FileToRead]) -> None:
    """Every row in this process."""
    for path, source, name in files:
        read_row(path, source=source, name=name)


WAYS: dict[str, Way] = {
    "raw read": raw,
    "read with all guards": safely,
    "frontmatter.load": plain_load,
    "read_row, one process": rows,
}
LIST, EVERYTHING = "index: all in the list", "index: all searchable"


def index(folder: Path) -> dict[str, Cost]:
    """What a first index of *folder* has taken, the processes it has started included."""
    taken: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as made:
        library = Library([folder], index_folder=Path(made))
        for progress in library.ingest():
            if progress.changes:
                taken[LIST] = now()
        library.close()
        taken[EVERYTHING] = now()
    return taken


def measured(
    folder: Path, files: Sequence[FileToRead], repeats: int
) -> dict[str, list[tuple[float, float]]]:
    """The microseconds a file that each way takes, in turns."""
    some = files[:: max(1, len(files) // SAMPLE)]
    taken: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def note(name: str, start: Cost, end: Cost, count: int) -> None:
        clock, processor = (
            (last - first) / count * 1e6 for first, last in zip(start, end, strict=True)
        )
        taken[name].append((clock, processor))

    for _ in range(repeats):
        for name, way in WAYS.items():
            chosen = some if way is plain_load else files
            start = now()
            way(chosen)
            note(name, start, now(), len(chosen))
        start = now()
        for name, end in index(folder).items():
            note(name, start, end, len(files))
    return taken


def report(taken: dict[str, list[tuple[float, float]]], count: int) -> float:
    """Print the table; how many times as fast as frontmatter.load the list is, by the clock."""
    middle = {
        name: [statistics.median(column) for column in zip(*each, strict=True)]
        for name, each in taken.items()
    }
    load = middle["frontmatter.load"]
    title = f"{count:,} files, us a file"
    print(f"{title:<26}{'clock':>8}{'x load':>8}{'processor':>12}{'x load':>8}")
    for name, (clock, processor) in middle.items():
        print(f"{name:<26}{clock:8.1f}{load[0] / clock:8.1f}", end="")
        print(f"{processor:12.1f}{load[1] / processor:8.1f}")
    return float(load[0] / middle[LIST][0])


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
        files = [FileToRead(str(each.path), str(folder), each.name) for each in found]
        gc.disable()  # as the program has it while it reads
        ratio = report(measured(folder, files, options.repeats), len(files))
    return 0 if ratio >= options.limit else 1


if __name__ == "__main__":
    sys.exit(main())
