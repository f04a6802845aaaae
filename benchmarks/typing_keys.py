"""How long it takes from a key in the search box to the new list on the screen.

``python benchmarks/typing_keys.py [--folder FOLDER] [--limit-ms 33] [--facets-limit-ms 100]``
types queries letter by letter into newsreader on two libraries of made-up articles. It ends with
1 when, in the larger one, the slowest 5 of 100 keys of any kind of query take longer than a limit,
or when the answer to a key never comes.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

# The script's own folder is first on sys.path when it is run as a file.
from corpus import PER_FOLDER, stock, write_corpus
from figures import cells, p95
from first_paint import environment
from terminal import Terminal, TerminalError

from newsreader.library.library import Library
from newsreader.model import InvalidQueryError

COLUMNS, LINES = 120, 40
FILTERS_END = 27
LIST = slice(30, 74)
"""Columns that are surely the list's, between its edges."""
QUIET_SECONDS = 0.3
"""After so long without a byte, all that a key does is done."""
TIMEOUT_SECONDS = 10.0
READING_SECONDS = 600.0
_CATEGORIES = "CATEGORIES"
_BELOW = 12
"""The first line that what is offered while typing never covers."""
_INDEX_SECONDS = 2e-4
"""For each article: so long the index of words takes at most, which is made after the start."""


class Asked(NamedTuple):
    """A query to type; ``kind`` groups the times."""

    kind: str
    text: str


class Expected(NamedTuple):
    """What the screen will say: the count of the list, and that of the first category if any."""

    shown: int
    category: int | None


class Times(NamedTuple):
    """Milliseconds from a key until a pane is as it will be; None when it did not change.

    ``lost`` says that the answer never came.
    """

    listed: float | None
    counted: float | None
    lost: bool = False


Samples = Mapping[str, Sequence[Times]]


def queries() -> tuple[Asked, ...]:
    """What is typed: frequent, rarer, rare and missing words, and all else that one can ask."""
    words, publishers = stock().words, stock().publishers
    plain = [word for word in words if word.isascii()]
    return (
        Asked("words", "police"),
        Asked("words", "facial"),
        Asked("words", plain[1_000]),
        Asked("words", plain[15_000]),
        Asked("words", "zyzzyva"),
        Asked("words", "climate energy"),
        Asked("words", '"facial recognition"'),
        Asked("fields", 'topic:"computer vision"'),
        Asked("fields", "topic:AI"),
        Asked("fields", f"provider:{publishers[3].domain}"),
        Asked("fields", "category:blog"),
        Asked("ranges", "quality>=60"),
        Asked("ranges", "quality:40..69"),
        Asked("ranges", "date:2022..2023"),
        Asked("combined", "police topic:AI quality>=40"),
    )


def beginnings(text: str) -> Iterator[str]:
    """*text* as it grows, letter by letter."""
    return (text[:end] for end in range(1, len(text) + 1))


def expectations(folder: Path, asked: Sequence[Asked]) -> dict[str, Expected | None]:
    """What each beginning of each query finds; None for one that is no query."""
    library = Library([folder])
    library.load()
    now = datetime.now().astimezone()
    expected: dict[str, Expected | None] = {}
    for text in ("", *(start for each in asked for start in beginnings(each.text))):
        if text in expected:
            continue
        try:
            answer = library.answer(text, now=now, typing=True)
        except InvalidQueryError:
            expected[text] = None
            continue
        values = answer.filters.facets["category"]
        expected[text] = Expected(len(answer.view), values[0].count if values else None)
    return expected


class Reader(Terminal):
    """newsreader on a folder; tells which panes change when."""

    def __init__(self, folder: Path, total: int, home: Path) -> None:
        argv = (sys.executable, "-m", "newsreader", str(folder))
        super().__init__(argv, env=environment(home), columns=COLUMNS, lines=LINES)
        self._total = total

    def wait_until_read(self) -> None:
        """Wait until all files are read, and the rest of the start is over."""
        deadline = perf_counter() + READING_SECONDS
        everything = f"{self._total:,} of {self._total:,}"
        while perf_counter() < deadline:
            # A second after the end, garbage is looked for again.
            is_quiet = not self._read(perf_counter() + 2)
            status = self.screen_lines()[-1]
            if is_quiet and everything in status and "reading" not in status:
                sleep(self._total * _INDEX_SECONDS)
                return
        raise TerminalError("Not all files were read in time.")

    def press(self, key: str, expected: Expected | None) -> Times:
        """Type *key*, wait until the screen says *expected*, and take the times."""
        listed, filters, status = self._panes()
        sent = perf_counter() - self._started
        first = len(self.chunks)
        self.send(key)
        before = (listed, status), filters
        seen: list[tuple[float, tuple[str, str], str]] = []
        deadline = perf_counter() + TIMEOUT_SECONDS
        while True:
            while self._read(min(deadline, perf_counter() + QUIET_SECONDS)):
                pass
            # Drawing here takes the program's time, hence only when the answer must be there.
            raw = b"".join(chunk.data for chunk in self.chunks[first:])
            if expected is None or self._count(expected).encode() in raw or self._says(expected):
                while self._fed < len(self.chunks):
                    self._feed(self._fed + 1)
                    listed, filters, status = self._panes()
                    seconds = self.chunks[self._fed - 1].seconds
                    seen.append((1000 * (seconds - sent), (listed, status), filters))
                if expected is None or self._says(expected):
                    # A frame that comes in pieces may blank a row before it is drawn again.
                    end = (listed, status)
                    when_listed = next((at for at, now, _ in seen if now == end), None)
                    when_counted = next((at for at, _, now in seen if now == filters), None)
                    return Times(
                        when_listed if end != before[0] else None,
                        when_counted if filters != before[1] else None,
                    )
            if perf_counter() > deadline:
                return Times(None, None, lost=True)

    def _panes(self) -> tuple[str, str, str]:
        """The text of the list, the filters and the status line."""
        lines = self._screen.display
        listed = "\n".join(line[LIST] for line in lines[_BELOW:-1])
        filters = "\n".join(line[:FILTERS_END] for line in lines[_BELOW:-1])
        found = re.search(r"[\d,]+ of [\d,]+", lines[-1])
        return listed, filters, found[0] if found else ""

    def _count(self, expected: Expected) -> str:
        return f"{expected.shown:,} of {self._total:,}"

    def _says(self, expected: Expected) -> bool:
        _, filters, status = self._panes()
        lines = [line.split() for line in filters.split("\n")]
        place = lines.index([_CATEGORIES]) if [_CATEGORIES] in lines else -1
        count = expected.category
        has_category = count is None or lines[place + 1][-1:] == [str(count)]
        return has_category and status == self._count(expected)


def measure(folder: Path, total: int, home: Path) -> Samples:
    """The times of all keys, by kind; keys that change nothing and mistakes are left out."""
    asked = queries()
    expected = expectations(folder, asked)
    samples: dict[str, list[Times]] = defaultdict(list)
    reader = Reader(folder, total, home)
    with reader:
        reader.wait_until_read()
        reader.press("/", expected[""])
        for each in asked:
            for text in beginnings(each.text):
                times = reader.press(text[-1], expected[text])
                if times.lost:
                    print(f"{text} was never answered among {total:,}.", file=sys.stderr)
                if expected[text] is not None:
                    samples[each.kind].append(times)
            reader.press("\x15", expected[""])
    return samples


def known(times: Sequence[Times], pane: str) -> list[float]:
    """The times of a pane, ``listed`` or ``counted``, that has changed."""
    return [value for each in times if (value := getattr(each, pane)) is not None]


def report(small: Samples, large: Samples, counts: Sequence[int], pane: str) -> float:
    """Print the table of a pane; returns the worst p95 of the larger library."""
    few, many = (f"{count:,}" for count in counts)
    print(f"{'':<10}{'keys':>5}{few + ' articles':>27}{many + ' articles':>27}{'ratio':>8}")
    print(f"{'':<10}{'':>5}" + f"{'min':>9}{'median':>9}{'p95':>9}" * 2)
    worst = 0.0
    for kind in large:
        less, more = known(small[kind], pane), known(large[kind], pane)
        if not less or not more:
            continue
        ratio = statistics.median(more) / statistics.median(less)
        print(f"{kind:<10}{len(more):>5}{cells(less)}{cells(more)}{ratio:8.1f}")
        worst = max(worst, p95(more))
    return worst


def library_of(folder: Path, count: int) -> Path:
    """The folder of a library of *count* articles, written when it is not there yet."""
    library = folder / str(count)
    last = library / f"{(count - 1) // PER_FOLDER:04}" / f"{count - 1:06}.md"
    if not last.exists():
        write_corpus(library, count)
    return library


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where the libraries are, or are to stay")
    parser.add_argument("--few", type=int, default=1_000, help="articles in the smaller library")
    parser.add_argument("--many", type=int, default=100_000, help="articles in the larger one")
    parser.add_argument("--limit-ms", type=float, default=33, help="for the list")
    parser.add_argument("--facets-limit-ms", type=float, default=100, help="for the filters")
    options = parser.parse_args()
    counts = (options.few, options.many)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        home.mkdir()
        folder = options.folder or Path(name)
        try:
            small, large = (measure(library_of(folder, count), count, home) for count in counts)
        except TerminalError as error:
            print(error, file=sys.stderr)
            return 1
    print("milliseconds from a key to the list")
    listed = report(small, large, counts, "listed")
    print("\nmilliseconds from a key to the counts of the filters")
    counted = report(small, large, counts, "counted")
    lost = sum(times.lost for kinds in (small, large) for many in kinds.values() for times in many)
    is_slow = listed > options.limit_ms or counted > options.facets_limit_ms
    if is_slow:
        limits = f"{options.limit_ms:g} and {options.facets_limit_ms:g} ms"
        print(f"\nThat is over the limits of {limits}.")
    return int(is_slow or lost > 0)


if __name__ == "__main__":
    raise SystemExit(main())
