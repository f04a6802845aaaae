"""How long the first screen takes, beside Python alone and an empty Textual app.

``python benchmarks/first_paint.py [--repeats 15] [--limit 1.35]`` ends with 1 when newsreader
takes more than *limit* times as long as the empty app, by the medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

# The script's own folder is first on sys.path when it is run as a file.
from figures import cells
from terminal import Terminal, TerminalError

ROOT = Path(__file__).resolve().parent.parent
EMPTY_APP = """\
from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Nothing to see")


Empty().run()
"""


@dataclass(slots=True)
class Contender:
    """A program, the text that shows it is there, and its times in seconds."""

    name: str
    argv: Sequence[str]
    text: str
    seconds: list[float] = field(default_factory=list)

    def run(self, env: dict[str, str]) -> float:
        """The seconds of one start in a home of its own folder's making."""
        with Terminal(self.argv, env=env, columns=120, lines=40) as terminal:
            seconds = terminal.wait_for(self.text)
            if terminal.is_running:
                terminal.send("Q")
            return seconds

    @property
    def median(self) -> float:
        """Of the seconds."""
        return statistics.median(self.seconds)

    def row(self) -> str:
        """Its line of the table, in milliseconds."""
        times = [1000 * each for each in self.seconds]
        return f"{self.name:<20}{cells(times, decimals=0)}"


def contenders(folder: Path) -> list[Contender]:
    """The three, from the least to the most."""
    empty_app = folder / "empty_app.py"
    empty_app.write_text(EMPTY_APP, encoding="utf-8")
    python = sys.executable
    return [
        Contender("python", (python, "-c", "print('hello')"), "hello"),
        Contender("empty Textual app", (python, str(empty_app)), "Nothing to see"),
        Contender(
            "newsreader seeds",
            (python, "-m", "newsreader", str(ROOT / "seeds")),
            "All Cases of Mistaken",
        ),
    ]


def environment(home: Path) -> dict[str, str]:
    """The least a program needs, with *home* for all that it may keep, and no last frame."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    folders = {
        f"XDG_{kind}_HOME": str(home / kind.lower())
        for kind in ("CONFIG", "CACHE", "DATA", "STATE")
    }
    return {
        "LANG": "C.UTF-8",
        **kept,
        **folders,
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "NEWSREADER_FRAME": "0",
        "PYTHONPATH": str(ROOT),
    }


def measure(runners: Sequence[Contender], repeats: int, folder: Path) -> None:
    """Run all in turns, after a start of each that does not count, to and fro."""
    home = folder / "home"
    home.mkdir()
    env = environment(home)
    for runner in runners:
        runner.run(env)
    for turn in range(repeats):
        for runner in runners if turn % 2 == 0 else reversed(runners):
            runner.seconds.append(runner.run(env))


def report(runners: Sequence[Contender]) -> float:
    """Print the table; returns the ratio of the last to the one before, by the medians."""
    print(f"{'milliseconds':<20}{'min':>9}{'median':>9}{'p95':>9}")
    for runner in runners:
        print(runner.row())
    empty, ours = runners[-2:]
    ratio = ours.median / empty.median
    least = min(ours.seconds) / min(empty.seconds)
    print(f"\n{ours.name} / {empty.name}: {ratio:.2f} by the medians, {least:.2f} by the minima")
    return ratio


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=15, help="starts of each that count")
    parser.add_argument("--limit", type=float, default=1.35, help="the greatest ratio that passes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runners = contenders(folder)
        try:
            measure(runners, max(1, options.repeats), folder)
        except TerminalError as error:
            print(error, file=sys.stderr)
            return 1
        ratio = report(runners)
    if ratio > options.limit:
        print(f"That is over the limit of {options.limit}.")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
