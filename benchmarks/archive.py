"""newsreader on archives of several sizes, beside what each figure can be held against.

``python benchmarks/archive.py [--sizes 1000 100000] [--repeats 15] [--place FOLDER]`` makes up as
many articles as each size says (below *FOLDER*, where they and the index stay for the next time, if
one is given), measures in a pseudo-terminal of 120 by 40, and prints a table in Markdown:
milliseconds as median and 95th percentile. ``--sizes 1000 100000 1000000`` needs 8 GB of disk and
takes a quarter of an hour the first time.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

# The script's own folder is first on sys.path when it is run as a file.
from corpus import write_corpus
from figures import p95
from first_paint import EMPTY_APP, environment
from reading import plain_load
from terminal import QUIET, Chunk, Terminal, TerminalError

from newsreader.library.library import Library

SAMPLE = 1_000
WORDS = ("police", "facial", "climate")
_PAGES = 1024 * 1024 // os.sysconf("SC_PAGE_SIZE")


class Archive(NamedTuple):
    """A folder of made-up articles, and a home where newsreader keeps its index."""

    folder: Path
    home: Path
    size: int

    @property
    def env(self) -> dict[str, str]:
        """What a program there needs."""
        return environment(self.home)

    def library(self) -> Library:
        """Its library, with what the index has."""
        libraries = Path(self.env["XDG_CACHE_HOME"]) / "newsreader" / "libraries"
        return Library([self.folder], index_folder=libraries)


def archive_of(place: Path, size: int) -> Archive:
    """The archive of *size* articles below *place*, made up when it is not there."""
    archive = Archive(place / f"{size}", place / "home", size)
    archive.home.mkdir(exist_ok=True)
    if not archive.folder.is_dir():
        write_corpus(archive.folder, size)
    return archive


Rows = dict[str, dict[int, str]]


def shown(times: Sequence[float]) -> str:
    """Seconds as milliseconds: the median and the 95th percentile."""
    return f"{1000 * statistics.median(times):.1f} / {1000 * p95(times):.1f}"


def files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """All files below *folder*."""
    with os.scandir(folder) as scan:
        for entry in scan:
            if entry.is_dir():
                yield from files(Path(entry.path))
            else:
                yield entry


def timed(action: Callable[[], object]) -> float:
    """Seconds that *action* takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def indexing(archive: Archive) -> dict[str, str]:
    """A first index beside reading the files and frontmatter.load; then a look at all files."""
    argv = [sys.executable, "-m", "newsreader", "index", str(archive.folder)]

    def index() -> None:
        subprocess.run(argv, env=archive.env, check=False, capture_output=True)

    library = archive.library()
    was_there = library.is_restored
    library.close()
    cold = timed(index)
    paths = [entry.path for entry in files(archive.folder)]
    raw = timed(lambda: [Path(path).read_bytes() for path in paths])
    some = paths[:: max(1, len(paths) // SAMPLE)]
    load = timed(lambda: [plain_load(Path(path)) for path in some]) / len(some) * len(paths)
    bare = statistics.median(
        timed(lambda: [entry.stat() for entry in files(archive.folder)]) for _ in range(3)
    )
    library = archive.library()
    library.load()
    again = statistics.median(timed(library.load) for _ in range(3))
    size = library.index_status().size
    library.close()
    name = "index made, all texts searchable"
    first = "(was there)" if was_there else f"{cold:.1f} s, {cold / raw:.1f} x reading the files, "
    first += "" if was_there else f"{load / cold:.1f} x as fast as frontmatter.load"
    return {
        name: first,
        "index on disk": f"{size / 2**20:,.0f} MiB",
        "look at unchanged files": f"{again:.2f} s, {again / bare:.1f} x scandir and stat",
    }


def since(chunks: Sequence[Chunk], text: bytes) -> float | None:
    """When *text* came first, if it did."""
    return next((each.seconds for each in chunks if text in each.data), None)


REST = 0.1
"""Seconds after which what comes is not the answer to a key any more."""


class Screen(Terminal):
    """A program on a terminal whose keys are timed."""

    def brought(self, key: str, quiet: float = QUIET) -> list[Chunk]:
        """What *key* brings, in seconds since it was pressed."""
        first, sent = len(self.chunks), perf_counter() - self._started
        self.send(key)
        self.settle(quiet)
        return [Chunk(each.seconds - sent, each.data) for each in self.chunks[first:]]

    def press(self, key: str, quiet: float = QUIET) -> float | None:
        """Seconds from *key* to the last byte that it brings; None when it brings none.

        What comes after a rest, such as what the library has beside an article, is no part of it.
        """
        last: float | None = None
        for chunk in self.brought(key, quiet):
            if last is not None and chunk.seconds - last > REST:
                break
            last = chunk.seconds
        return last

    def bring(self, key: str, text: str) -> float:
        """Seconds from *key* to the last byte that comes with *text* or soon after it."""
        sent = perf_counter() - self._started
        self.send(key)
        self.wait_for(text)
        self.settle()
        return self.chunks[-1].seconds - sent

    def ask(self, key: str, text: bytes, quiet: float = QUIET) -> float | None:
        """Seconds from a key to the frame with *text*: that of the new list has its count."""
        return since(self.brought(key, quiet), text)

    @property
    def memory(self) -> float:
        """MiB of the program in memory, mapped files included."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) / _PAGES

    @property
    def wakes(self) -> int:
        """How often its threads were woken."""
        tasks = Path(f"/proc/{self._process.pid}/task").iterdir()
        lines = [line for task in tasks for line in (task / "status").read_text().splitlines()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt"))


def start(argv: Sequence[str], env: dict[str, str], text: str) -> tuple[Screen, float]:
    """A program, and the seconds until *text* is on the screen."""
    screen = Screen(argv, env=env, columns=120, lines=40)
    try:
        return screen, screen.wait_for(text)
    except TerminalError:
        screen.close()
        raise


def starts(archive: Archive, repeats: int, folder: Path) -> dict[str, str]:
    """A start with an index, beside an empty app; and memory when the list is there."""
    library = archive.library()
    columns = library.snapshot.columns
    title = columns.brief(columns.newest_first[0]).headline[:30]
    (folder / "empty.py").write_text(EMPTY_APP, encoding="utf-8")
    empty = [sys.executable, str(folder / "empty.py")], "Nothing to see"
    ours = [sys.executable, "-m", "newsreader", str(archive.folder)], title
    times: dict[str, list[float]] = {"empty": [], "ours": []}
    memory: dict[str, list[float]] = {"empty": [], "ours": []}
    for turn in range(repeats + 1):
        for name, (argv, text) in (("empty", empty), ("ours", ours)):
            screen, seconds = start(argv, archive.env, text)
            if turn:
                times[name].append(seconds)
                memory[name].append(screen.memory)
            screen.close()
    least = statistics.median(times["empty"])
    ratio = statistics.median(times["ours"]) / least
    grown = statistics.median(memory["ours"])
    return {
        "start to list": f"{shown(times['ours'])}, {ratio:.2f} x an empty Textual app",
        "memory, list shown": f"{grown:.0f} MiB, "
        f"{grown / statistics.median(memory['empty']):.1f} x an empty Textual app",
    }


def keys(archive: Archive, repeats: int) -> dict[str, str]:
    """Keys on the list and in the search box, in one session."""
    found: dict[str, str] = {}
    total = f" of {archive.size:,}".encode()
    argv = [sys.executable, "-m", "newsreader", str(archive.folder)]
    screen, _ = start(argv, archive.env, total.decode())
    with screen:
        screen.settle(6.0)
        for name, pressed in (
            ("cursor key", "j" * repeats),
            ("page key", "\x06" * repeats),
            ("last and first", "Gg" * (repeats // 2)),
        ):
            times = [each for key in pressed if (each := screen.press(key)) is not None]
            if times:
                found[name] = shown(times)
        insights = []
        for _ in range(repeats // 3):
            if (seconds := screen.ask("I", b"OVER TIME", quiet=2.0)) is not None:
                insights.append(seconds)
            screen.press("q")
        found["insight"] = shown(insights)
        screen.press("/")
        sleep(1.0)
        letters: list[float] = []
        for word in WORDS:
            for letter in word:
                seconds = screen.ask(letter, total)
                if seconds is not None:
                    letters.append(seconds)
            for _ in word:
                screen.press("\x7f")
        found["letter in the search box to list"] = shown(letters)
        most = 0.0
        for letter in WORDS[0]:
            screen.press(letter)
            most = max(most, screen.memory)
        found["memory while searching, at most"] = f"{most:.0f} MiB"
        screen.press("\r")
        screen.settle(2.0)
        found["memory after searching"] = f"{screen.memory:.0f} MiB"
        before, seconds = screen.wakes, 5.0
        sleep(seconds)
        found["wake-ups a second, idle"] = f"{(screen.wakes - before) / seconds:.1f}"
        screen.press("\x1b")
        screen.settle(1.0)
        screen.screen_lines()  # What came until now is not drawn while the clock runs.
        path = archive.folder / "live.md"
        began = perf_counter()
        path.write_text("---\ntitle: New\npublishedDateTime: 2099-01-01\n---\nText.\n")
        screen.wait_for(f" of {archive.size + 1:,}")
        found["new file to screen"] = f"{perf_counter() - began:.2f} s"
        path.unlink()
        screen.settle(1.0)
        screen.send("Q")
    return found


def machine() -> str:
    """What this ran on."""
    memory = os.sysconf("SC_PHYS_PAGES") / _PAGES / 1024
    return (
        f"{platform.system()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}"
    )


def measured(sizes: Sequence[int], repeats: int, place: Path) -> Rows:
    """All figures, by name and size."""
    rows: Rows = {}
    for size in sizes:
        archive = archive_of(place, size)
        for part in (
            indexing(archive),
            starts(archive, repeats, place),
            keys(archive, repeats),
        ):
            for name, text in part.items():
                rows.setdefault(name, {})[size] = text
                print(f"{size:,}: {name}: {text}", file=sys.stderr, flush=True)
    return rows


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--place", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows = measured(options.sizes, options.repeats, options.place or Path(name))
    print(f"\n| milliseconds: median / p95 | {' | '.join(f'{size:,}' for size in options.sizes)} |")
    print("|---" * (1 + len(options.sizes)) + "|")
    for figure, texts in rows.items():
        print(f"| {figure} | {' | '.join(texts.get(size, '') for size in options.sizes)} |")
    print(f"\n({machine()})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
