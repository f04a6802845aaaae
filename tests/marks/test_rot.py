"""Damage to the files of a journal: the rest stands, and what is lost is told."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from marks.devices import Ticking, book

from newsreader.library.verbs import VERBS, act
from newsreader.marks.journal import Reader
from newsreader.marks.record import DamagedError, decode
from newsreader.marks.writer import Writer

COUNT = 60


def flipped(data: bytearray, chance: random.Random) -> bytearray:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))]


def zeroed(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.choice((1, 16, 512)))
    data[start:end] = bytes(end - start)
    return data


def swapped(data: bytearray, chance: random.Random) -> bytearray:
    lines = bytes(data).splitlines(keepends=True)
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return bytearray(b"".join(lines))


def whole_lines(data: bytes) -> tuple[set[str], list[int]]:
    """The stamps of the records that are as they were, and the numbers of damaged lines."""
    stamps: set[str] = set()
    damaged: list[int] = []
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            record = decode(line) if line else None
        except DamagedError:
            damaged.append(number)
        else:
            if record is not None:
                stamps.add(record.at)
    return stamps, damaged


@pytest.mark.parametrize("damage", [flipped, cut, zeroed, swapped])
def test_what_is_whole_is_recovered_and_what_is_damaged_is_told(
    tmp_path: Path, damage: object
) -> None:
    assert callable(damage)
    marks = book(tmp_path, now=Ticking())
    keys = [f"{number:012x}" for number in range(COUNT)]
    for key in keys:
        act(marks, VERBS["read"], [key])
        marks.keep()
    marks.close()
    (file,) = (tmp_path / "marks").iterdir()
    original = file.read_bytes()
    all_stamps, _ = whole_lines(original)
    chance = random.Random(str(damage.__name__))  # type: ignore[attr-defined]
    for _ in range(60):
        data = bytes(damage(bytearray(original), chance))
        file.write_bytes(data)
        stamps, damaged = whole_lines(data)
        if damage is swapped:
            assert stamps == all_stamps
        reader = Reader(tmp_path / "marks")
        batches = list(reader.news())
        assert {record.at for batch in batches for record in batch.records} == stamps
        told = [issue.line for batch in batches for issue in batch.issues]
        assert told == damaged
        # The next session can go on from there.
        after = book(tmp_path, now=Ticking())
        assert sum(after.marks(key).read is not None for key in keys) >= len(stamps) - 1
        act(after, VERBS["star"], keys[:1])
        after.keep()
        after.close()
        last = book(tmp_path, now=Ticking())
        assert last.marks(keys[0]).starred is not None
        last.close()


def test_a_file_that_is_replaced_is_read_again(tmp_path: Path) -> None:
    here, there = (book(tmp_path / name, now=Ticking()) for name in ("here", "there"))
    for key in ("a1", "b2", "c3"):
        act(here, VERBS["read"], [key])
    here.keep()
    (file,) = (tmp_path / "here" / "marks").iterdir()
    copy = tmp_path / "there" / "marks" / file.name
    copy.parent.mkdir(parents=True)
    lines = file.read_bytes().splitlines(keepends=True)
    copy.write_bytes(b"".join(lines[:2]))
    there.read()
    assert there.marks("a1").read
    assert not there.marks("b2").read
    copy.unlink()
    copy.write_bytes(b"".join([lines[0], *lines[2:]]))
    there.read()
    assert there.marks("b2").read
    assert there.marks("c3").read
    here.close()
    there.close()


def test_what_is_no_journal_is_left_alone(tmp_path: Path) -> None:
    import os

    folder = tmp_path / "marks"
    folder.mkdir()
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "loop.jsonl").symlink_to("loop.jsonl")
    (folder / "folder.jsonl").mkdir()
    (folder / ".hidden.jsonl").write_bytes(b"x\n")
    (folder / "notes.txt").write_bytes(b"x\n")
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "zeros.jsonl").write_bytes(bytes(100_000) + b"\n")
    reader = Reader(folder)
    (batch,) = reader.news()
    assert (batch.name, len(batch.issues), batch.records) == ("zeros.jsonl", 1, ())
    assert list(reader.news()) == []


def test_a_torn_last_line_is_dropped_and_a_whole_one_is_ended(tmp_path: Path) -> None:
    marks = book(tmp_path, now=Ticking())
    act(marks, VERBS["read"], ["a1"])
    act(marks, VERBS["read"], ["b2"])
    marks.close()
    (file,) = (tmp_path / "marks").iterdir()
    data = file.read_bytes()
    for torn, left in ((data[:-1], 3), (data[:-2], 2), (data + b'{"v":1', 3)):
        file.write_bytes(torn)
        writer = Writer(tmp_path / "marks", tmp_path / "state")
        writer.open()
        writer.close()
        assert file.read_bytes().count(b"\n") == left
        assert file.read_bytes().endswith(b"\n")
