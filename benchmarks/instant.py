"""How long until a start that has a last frame shows it, beside Python alone and an empty app.

``python benchmarks/instant.py [--repeats 25] [--limit 2.5]`` ends with 1 when the first row takes
more than *limit* times as long as ``python -c pass``, by the medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# The script's own folder is first on sys.path when it is run as a file.
from first_paint import EMPTY_APP, ROOT, environment
from terminal import Terminal, TerminalError

ROW = "All Cases of Mistaken"
ALTERNATE_SCREEN = b"\x1b[?1049h"
REST = 3.0
"""Seconds until all files were looked at, and what that wrote is old enough for a frame."""
READER = (sys.executable, "-m", "newsreader", str(ROOT / "seeds"))


def python_alone(env: Mapping[str, str], _: Path) -> float:
    """Seconds of the shortest program there is."""
    with Terminal((sys.executable, "-c", "pass"), env=env) as terminal:
        return terminal.wait_end()


def empty_app(env: Mapping[str, str], folder: Path) -> float:
    """Seconds to the first text of an empty Textual app."""
    with Terminal((sys.executable, str(folder / "empty_app.py")), env=env) as terminal:
        return terminal.wait_for("Nothing to see")


def last_frame(env: Mapping[str, str], _: Path) -> float:
    """Seconds to the first row of the frame of the last time."""
    return framed(env, READER, ROW)


def framed(env: Mapping[str, str], reader: Sequence[str], row: str) -> float:
    """Seconds to *row*, which must have come with the frame of the last time."""
    with Terminal(reader, env=env) as terminal:
        seconds = terminal.wait_for(row)
        if terminal.chunks[0].data.startswith(ALTERNATE_SCREEN + b"\x1b[?1000h"):
            raise TerminalError("There was no last frame.")
        return seconds


def no_frame(env: Mapping[str, str], _: Path) -> float:
    """Seconds to the first row without a last frame."""
    with Terminal(READER, env={**env, "NEWSREADER_FRAME": "0"}) as terminal:
        return terminal.wait_for(ROW)


RUNNERS: dict[str, Callable[[Mapping[str, str], Path], float]] = {
    "python -c pass": python_alone,
    "empty Textual app": empty_app,
    "without a frame": no_frame,
    "with the last frame": last_frame,
}


def prepare(env: Mapping[str, str], reader: Sequence[str], row: str) -> None:
    """Visit once, so that there is a last frame."""
    with Terminal(reader, env=env) as terminal:
        terminal.wait_for(row)
        terminal.settle(REST)
        terminal.send("q")
        terminal.wait_end()


def measure(repeats: int, folder: Path) -> dict[str, list[float]]:
    """The seconds of each, in turns, after one that does not count."""
    (folder / "empty_app.py").write_text(EMPTY_APP, encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    env = {**environment(home), "NEWSREADER_FRAME": "1"}
    prepare(env, READER, ROW)
    times: dict[str, list[float]] = {name: [] for name in RUNNERS}
    for turn in range(repeats + 1):
        for name, run in RUNNERS.items():
            seconds = run(env, folder)
            if turn:
                times[name].append(seconds)
    return times


def report(times: Mapping[str, list[float]]) -> float:
    """Print the table; returns the ratio of the last to the first, by the medians."""
    first, *_, last = medians = [statistics.median(each) for each in times.values()]
    print(f"{'milliseconds':<20}{'min':>9}{'median':>9}{'p95':>9}{'ratio':>9}")
    for (name, seconds), median in zip(times.items(), medians, strict=True):
        ordered = sorted(seconds)
        p95 = ordered[round(0.95 * (len(ordered) - 1))]
        cells = (f"{1000 * value:9.1f}" for value in (ordered[0], median, p95))
        print(f"{name:<20}{''.join(cells)}{median / first:9.2f}")
    return last / first


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=25, help="starts of each that count")
    parser.add_argument("--limit", type=float, default=2.5, help="the greatest ratio that passes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        try:
            ratio = report(measure(max(1, options.repeats), Path(name)))
        except TerminalError as error:
            print(error, file=sys.stderr)
            return 1
    if ratio > options.limit:
        print(f"That is over the limit of {options.limit}.")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
