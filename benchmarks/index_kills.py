"""Kill a program that makes an index, again and again, and see whether the index is whole.

``python benchmarks/index_kills.py [--kills 50] [--files 5000]`` makes up articles, starts
``newsreader index`` on them, kills it at a random moment (SIGKILL), and asks for the list after
each tenth kill. In between some files change. It ends with 1 when the index is not as the files
are in the end, or when something of the index is told.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import sleep

# The script's own folder is first on sys.path when it is run as a file.
from corpus import write_corpus
from first_paint import environment

_LONGEST = 2.5
"""Seconds that a program lives, at most."""


def run(env: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run newsreader to its end."""
    argv = [sys.executable, "-m", "newsreader", *map(str, arguments)]
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=False)


def kill_one(env: dict[str, str], folder: Path, seconds: float) -> None:
    """Start indexing, and end it with its processes after some *seconds*."""
    argv = [sys.executable, "-m", "newsreader", "index", str(folder)]
    process = subprocess.Popen(
        argv, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def change(folder: Path, chance: random.Random, number: int) -> None:
    """Change, add and remove some files."""
    files = sorted(folder.rglob("*.md"))
    for path in chance.sample(files, 20):
        path.write_text(f"---\ntitle: Changed {number} {path.name}\n---\nText.\n")
    for path in chance.sample(files, 5):
        path.unlink()
    (folder / f"new{number}.md").write_text(f"---\ntitle: New {number}\n---\nText.\n")


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--files", type=int, default=5_000)
    options = parser.parse_args()
    chance = random.Random(1)
    strange = 0
    with tempfile.TemporaryDirectory() as name:
        folder, env = Path(name) / "news", environment(Path(name) / "home")
        write_corpus(folder, options.files)
        for number in range(options.kills):
            kill_one(env, folder, chance.random() * _LONGEST)
            if number % 10 == 9:
                told = run(env, "list", folder, "--limit", "1").stderr
                strange += sum("index" in line or "Traceback" in line for line in told.split("\n"))
            change(folder, chance, number)
        run(env, "index", folder)
        verified = run(env, "index", "--verify", folder)
        there = len(list(folder.rglob("*.md")))
    print(f"{options.kills} kills: {verified.stdout.strip()} {there:,} files. {strange} strange.")
    return int(verified.returncode != 0 or strange > 0 or f"{there:,} " not in verified.stdout)


if __name__ == "__main__":
    sys.exit(main())
