"""Kill a process that marks articles, again and again, and see whether anything is lost.

``python benchmarks/kills.py [--kills 2000] [--per-second 100]`` starts processes that mark articles
and say so as soon as a mark is kept, and kills each (SIGKILL) at a random moment after it has said
so up to three times, or not even that it has begun. It ends with 1
when a mark that was said to be kept is lost or doubled, or when a start is refused.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter, sleep

from newsreader.config.paths import MarkPlaces
from newsreader.library.mark_book import MarkBook
from newsreader.library.verbs import VERBS, act
from newsreader.marks.journal import Reader

_NAMES = ("read", "unread", "star", "unstar", "tag")
_SAID = 4
"""Lines that a process says before its last moment, at most; the first is that it has begun."""
_LONGEST = 0.02
"""Seconds of that moment, at most."""


def run(places: MarkPlaces, report: int, seed: int, per_second: float) -> None:
    """Mark articles for ever, and write each mark's stamp to *report* once it is kept."""
    chance = random.Random(seed)
    book = MarkBook(places)
    book.open()
    os.write(report, b"open\n")
    while True:
        keys = [f"{chance.randrange(1000):012x}" for _ in range(chance.choice((1, 1, 1, 50)))]
        record = act(book, VERBS[chance.choice(_NAMES)], keys, "t")
        if record is not None:
            book.keep()
            os.write(report, f"{record.at}\n".encode())
        if chance.random() < 0.05:
            book.save()
        sleep(chance.random() * 2 / per_second)


def kill_one(places: MarkPlaces, chance: random.Random, per_second: float) -> list[str]:
    """Start a process, kill it, and return what it said; raises when it could not start."""
    source, report = os.pipe()
    seed, count = chance.getrandbits(32), chance.randint(0, _SAID)
    moment = chance.random() * _LONGEST
    process = os.fork()
    if not process:
        os.close(source)
        try:
            run(places, report, seed, per_second)
        finally:
            os._exit(3)
    os.close(report)
    with os.fdopen(source, "rb") as said:
        first = b"".join(said.readline() for _ in range(count))
        sleep(moment)
        os.kill(process, signal.SIGKILL)
        lines = (first + said.read()).decode().split("\n")[:-1]
    _, status = os.waitpid(process, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("a start was refused")
    return lines[1:]


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=2_000)
    parser.add_argument("--per-second", type=float, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    started = perf_counter()
    kept: list[str] = []
    lost = doubled = damaged = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = MarkPlaces(folder / "marks", folder / "state", folder / "index.db")
        reader = Reader(places.journal)
        found: Counter[str] = Counter()
        for _ in range(options.kills):
            kept += kill_one(places, chance, options.per_second)
            for batch in reader.news():
                damaged += len(batch.issues)
        # A reader may read a file twice that has become shorter; what counts is what is in it.
        for batch in Reader(places.journal).news():
            found.update(record.at for record in batch.records if record.changes)
        lost = sum(not found[stamp] for stamp in kept)
        doubled = sum(count > 1 for count in found.values())
        whole, indexed = MarkBook(places._replace(index_file=None)), MarkBook(places)
        for book in (whole, indexed):
            book.open()
        keys = [f"{number:012x}" for number in range(1000)]
        indexed._load(keys)
        differ = sum(whole.marks(key) != indexed.marks(key) for key in keys)
    print(
        f"{options.kills:,} kills in {perf_counter() - started:.0f} s, {len(kept):,} marks kept: "
        f"{lost} lost, {doubled} doubled, {damaged} damaged, 0 refused starts, "
        f"{differ} that the index has otherwise"
    )
    return int(bool(lost or doubled or damaged or differ or len(kept) < options.kills // 20))


if __name__ == "__main__":
    sys.exit(main())
