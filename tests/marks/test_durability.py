"""Kills, faults of the disk, and many processes at once: what was said to be kept is kept."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from marks.devices import Ticking, book

from newsreader.library.keeper import Keeper
from newsreader.library.verbs import VERBS, act

ROOT = Path(__file__).parents[2]
CALLS = ("open", "write", "fsync", "ftruncate", "mkdir", "replace")

ACTOR = """
import sys
from pathlib import Path
from newsreader.config.paths import MarkPlaces
from newsreader.library.mark_book import MarkBook
from newsreader.library.verbs import VERBS, act
folder, number = Path(sys.argv[1]), int(sys.argv[2])
book = MarkBook(MarkPlaces(folder / "marks", folder / "state", folder / "index.db"))
book.open()
for count in range(2500):
    assert act(book, VERBS["read"], [f"{number:04x}{count:08x}"])
    if count % 25 == 24:
        book.keep()
        book.read()
book.close()
"""


def test_no_kill_loses_or_doubles_a_mark() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "kills.py"), "--kills", "100"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 lost, 0 doubled, 0 damaged" in result.stdout


def test_four_processes_at_once_keep_all_they_do(tmp_path: Path) -> None:
    actors = [
        subprocess.Popen([sys.executable, "-c", ACTOR, str(tmp_path), str(n)], cwd=ROOT)
        for n in range(4)
    ]
    assert [actor.wait(120) for actor in actors] == [0] * 4
    for with_index in (False, True):
        after = book(tmp_path, with_index=with_index)
        keys = [f"{number:04x}{count:08x}" for number in range(4) for count in range(2500)]
        after._load(keys)
        assert sum(after.marks(key).read is not None for key in keys) == 10_000
        assert after.issues == ()
        after.close()


class Failing:
    """Lets one call of the system fail."""

    def __init__(self, which: int, code: int) -> None:
        self.left = which
        self.code = code
        self.failed = ""

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.failed = name
                if name == "write":
                    call(args[0], bytes(args[1])[: len(args[1]) // 2])
                raise OSError(self.code, os.strerror(self.code))
            return call(*args, **options)

        return wrapped


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_each_call_that_fails_once_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    for which in range(1, 200):
        folder = tmp_path / f"{which}"
        failing = Failing(which, code)
        told = 0
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, failing.wrap(name, getattr(os, name)))
            marks = book(folder, now=Ticking())
            for number in range(4):
                act(marks, VERBS["read"], [f"{number:012x}"])
                try:
                    marks.keep()
                except OSError:
                    told += 1
                    assert marks.pending
            marks.keep()
            assert not marks.pending
            marks.close()
        after = book(folder, now=Ticking())
        assert all(after.marks(f"{number:012x}").read for number in range(4))
        assert after.issues == ()
        after.close()
        if not failing.failed:
            break
        # What only tidies up may fail unseen; everything else is told.
        assert told == 1 or failing.failed in ("open", "mkdir"), failing.failed
    assert which > 10


def test_a_keeper_holds_what_cannot_be_kept_and_tries_again(tmp_path: Path) -> None:
    marks = book(tmp_path, now=Ticking())
    blocked = tmp_path / "marks"
    blocked.write_text("in the way")
    news: list[set[str]] = []
    keeper = Keeper(marks, news.append)
    act(marks, VERBS["read"], ["a1"])
    keeper._try_keeping()
    assert keeper.error
    assert marks.pending == 1
    assert marks.marks("a1").read
    blocked.unlink()
    keeper._try_keeping()
    assert keeper.error == ""
    assert marks.pending == 0
    assert len(news) == 2
    marks.close()


def test_keepers_see_each_others_marks(tmp_path: Path) -> None:
    from threading import Event

    arrived = Event()
    changed: set[str] = set()

    def told(names: set[str]) -> None:
        changed.update(names)
        if names:
            arrived.set()

    here, there = (book(tmp_path, state=name) for name in ("here", "there"))
    listening = Keeper(there, told).start()
    acting = Keeper(here, lambda _: None).start()
    act(here, VERBS["star"], ["a1"])
    acting.keep()
    assert arrived.wait(5)
    assert changed == {"a1"}
    assert there.marks("a1").starred
    assert acting.stop()
    assert listening.stop()


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    marks = book(tmp_path, with_index=True, now=Ticking())
    act(marks, VERBS["read"], ["a1"])
    marks.close()
    index = tmp_path / "state" / "index.db"
    for damage in (b"no database at all" * 100, b"", bytes(5_000)):
        index.write_bytes(damage)
        after = book(tmp_path, with_index=True, now=Ticking())
        after._load(["a1"])
        assert after.marks("a1").read
        after.close()
    marks = book(tmp_path, with_index=True, now=Ticking())
    assert not marks.state.entries  # nothing had to be read again
    marks._load(["a1"])
    assert marks.marks("a1").read
    marks.close()
