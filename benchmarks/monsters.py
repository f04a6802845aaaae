"""How long a monstrous article takes to open, from the key to its first screen.

``python benchmarks/monsters.py [--repeats 5] [--limit-ms 100]`` ends with 1 when the median of one
of them is over the limit. Each is reached by one key in the list, from a short article before it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from figures import cells

# The script's own folder is first on sys.path when it is run as a file.
from first_paint import environment
from terminal import Terminal, TerminalError

QUIET_SECONDS = 0.2
"""After so long without a byte nothing more is drawn."""
SETTLE_SECONDS = 0.6
"""The rest of a long page is laid out for longer, and the scroll bar follows; so long is enough."""
ROW = "|{}" * 2_000 + "|\n"


@dataclass(slots=True)
class Monster:
    """An article, the word that its first screen shows and the list does not, and its times."""

    name: str
    body: str = ""
    header: str = ""
    title: str = ""
    seconds: list[float] = field(default_factory=list)

    @property
    def word(self) -> str:
        """A word that is nowhere else."""
        return "Begins" + "".join(self.name.title().split()).replace(",", "")

    @property
    def median(self) -> float:
        """Of the seconds."""
        return statistics.median(self.seconds)

    def text(self, minute: int) -> str:
        """The file, published at *minute* of an hour."""
        title = f"Title {self.name} {self.title.format(self.word)}"
        date = f"2024-01-01T10:{minute:02}:00"
        body = self.body.replace("WORD", self.word, 1)
        return f"---\ntitle: {title}\npublishedDateTime: {date}\n{self.header}---\n{body}"

    def row(self, ordinary: float) -> str:
        """Its line of the table, in milliseconds."""
        times = [1000 * each for each in self.seconds]
        return f"{self.name:<22}{cells(times)}{self.median / ordinary:9.2f}"


class Pane(Terminal):
    """A terminal whose past does not count."""

    def __enter__(self) -> Pane:
        return self

    def forget(self) -> None:
        """Read until nothing more comes, and forget it, but for what is on the screen."""
        end = perf_counter() + SETTLE_SECONDS
        while perf_counter() < end and self._read(perf_counter() + QUIET_SECONDS):
            pass
        self.screen_lines()
        # What is waited for is then drawn here only once it has come, not while it comes.
        self.chunks.clear()
        self._fed = 0

    def seconds_to(self, key: str, word: str) -> float:
        """The seconds from sending *key* until *word* is on the screen."""
        self.forget()
        if any(word in line for line in self.screen_lines()):
            raise TerminalError(f"{word!r} is on the screen before {key!r}")
        sent = perf_counter() - self._started
        self.send(key)
        return self.wait_for(word) - sent


def monsters() -> list[Monster]:
    """An ordinary article, and all the others."""
    paragraph = "Some *emphasis*, `code`, and [a link](https://b.example/) among the words. " * 3
    related = "".join(
        f"  - title: Story {n}\n    excerpt: {'So it goes. ' * 9}\n"
        f"    originalUrl: https://a.example/{n}\n"
        for n in range(5_000)
    )
    topics = "".join(f"  - topic {n}\n" for n in range(10_000))
    table = ROW.format("WORD", *("a" for _ in range(1_999)))
    return [
        Monster("ordinary", "WORD\n\n" + f"{paragraph}\n\n" * 12),
        Monster("a line of 5 MB", "WORD " + "words in a line " * 312_500),
        Monster("200,000 lines", "WORD\n" + "".join(f"line {n}\n" for n in range(200_000))),
        Monster("20,000 paragraphs", "WORD\n\n" + f"{paragraph}\n\n" * 20_000),
        Monster("2,000 columns", table + "|-" * 2_000 + "|\n" + ("|b" * 2_000 + "|\n") * 300),
        Monster("5,000 related", "WORD\n", header=f"related:\n{related}"),
        Monster("10,000 topics", "WORD\n", header=f"topics:\n{topics}"),
        Monster("a title of 100 kB", title="in words " * 8 + "{} " + "of a title " * 9_100),
    ]


def write(folder: Path, each: Sequence[Monster]) -> int:
    """The files of *each*, a short article before every one of them; how many."""
    folder.mkdir()
    for number, monster in enumerate(each):
        for name, minute in ((f"rest{number}", 2 * number), (f"monster{number}", 2 * number + 1)):
            is_rest = name.startswith("rest")
            shown = Monster(f"rest {number}", "WORD\n") if is_rest else monster
            (folder / f"{name}.md").write_text(shown.text(59 - minute), encoding="utf-8")
    return 2 * len(each)


def measure(each: Sequence[Monster], repeats: int, folder: Path) -> None:
    """Go to every one of them, and back to the short one before it, *repeats* times."""
    home = folder / "home"
    home.mkdir()
    count = write(folder / "articles", each)
    argv = (sys.executable, "-m", "newsreader", str(folder / "articles"))
    with Pane(argv, env=environment(home), columns=120, lines=40) as pane:
        pane.wait_for(f"{count} of {count}", timeout=120)
        for number, monster in enumerate(each):
            rest = Monster(f"rest {number}").word
            if number:
                pane.seconds_to("j", rest)
            for turn in range(repeats + 1):
                seconds = pane.seconds_to("j", monster.word)
                if turn:  # the first imports what it needs
                    monster.seconds.append(seconds)
                if turn < repeats:
                    pane.seconds_to("k", rest)
        pane.send("Q")


def report(each: Sequence[Monster]) -> float:
    """Print the table; returns the greatest median."""
    print(f"{'milliseconds':<22}{'min':>9}{'median':>9}{'p95':>9}{'ratio':>9}")
    for monster in each:
        print(monster.row(each[0].median))
    return max(monster.median for monster in each)


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="openings of each that count")
    parser.add_argument("--limit-ms", type=float, default=100, help="the greatest median to pass")
    options = parser.parse_args()
    each = monsters()
    with tempfile.TemporaryDirectory() as name:
        try:
            measure(each, max(1, options.repeats), Path(name))
        except TerminalError as error:
            print(error, file=sys.stderr)
            return 1
    if 1000 * report(each) > options.limit_ms:
        print(f"That is over the limit of {options.limit_ms:g} ms.")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
