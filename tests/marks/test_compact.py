"""A journal that is made shorter comes to the same, and can still be undone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marks.devices import Ticking, book

from newsreader.library.verbs import VERBS, act
from newsreader.marks import writer
from newsreader.marks.check import check_journal
from newsreader.marks.compact import compacted
from newsreader.marks.journal import Reader

KEYS = [f"{number:012x}" for number in range(6)]
UNDOABLE = [name for name in VERBS if name != "open"]


def busy(folder: Path, chance: random.Random, count: int) -> None:
    clock = Ticking()
    for _ in range(3):
        marks = book(folder, now=clock)
        for _ in range(count):
            keys = chance.sample(KEYS, chance.randint(1, 3))
            act(marks, VERBS[chance.choice(UNDOABLE)], keys, chance.choice("xyz"))
            if chance.random() < 0.2:
                marks.undo()
            if chance.random() < 0.1:
                marks.see(keys)
            marks.keep()
        marks.close()


@given(st.integers(0, 10**6))
def test_it_comes_to_the_same(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("journal")
    busy(folder, random.Random(seed), 15)
    (file,) = (folder / "marks").iterdir()
    whole = book(folder, state="other")
    expected = {key: whole.marks(key) for key in KEYS}
    file.write_bytes(compacted(file.read_bytes()))
    after = book(folder, now=Ticking(2 * 10**12))
    assert {key: after.marks(key) for key in KEYS} == expected
    (check,) = check_journal(folder / "marks")
    assert (check.issues, check.missing, check.is_torn) == ((), 0, False)
    assert compacted(file.read_bytes()) == file.read_bytes()
    whole.close()
    after.close()


def test_damaged_lines_and_those_of_a_later_version_stay(tmp_path: Path) -> None:
    busy(tmp_path, random.Random(1), 20)
    (file,) = (tmp_path / "marks").iterdir()
    lines = file.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b'"v":1', b'"v":9')
    made = compacted(b"".join(lines))
    assert lines[3] in made
    assert len(made) < sum(map(len, lines))


def test_a_long_file_is_made_shorter_while_others_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_WORTH", 2_000)
    reader = Reader(tmp_path / "marks")
    clock = Ticking()
    marks = book(tmp_path, now=clock, with_index=True)
    for number in range(60):
        act(marks, VERBS["star" if number % 2 else "unstar"], KEYS)
        marks.keep()
    assert not marks.tidy()  # all of it is of this session, and can be undone
    marks.close()
    for verb in ("later", "unlater"):
        marks = book(tmp_path, now=clock, with_index=True)
        marks._load(KEYS)
        act(marks, VERBS[verb], KEYS[:1])
        marks.close()
    list(reader.news())
    marks = book(tmp_path, now=clock, with_index=True)
    marks._load(KEYS)
    act(marks, VERBS["later"], KEYS[:1])
    marks.keep()
    (file,) = (tmp_path / "marks").iterdir()
    before = file.stat().st_size
    assert marks.tidy()
    assert file.stat().st_size < before / 5
    assert marks.read() == set()
    act(marks, VERBS["read"], KEYS[:2])
    marks.keep()
    stamps = {record.at for batch in reader.news() for record in batch.records}
    assert stamps
    other = book(tmp_path, state="other")
    for key in KEYS:
        assert other.marks(key) == marks.marks(key)
    assert marks.undo()
    assert marks.undo()
    assert marks.marks(KEYS[0]).later is None
    assert marks.undo()  # of the session before
    assert marks.marks(KEYS[0]).later is not None
    other.close()
    marks.close()


def test_a_file_that_cannot_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_WORTH", 2_000)
    for seed in range(4):
        busy(tmp_path, random.Random(seed), 30)
    (file,) = (tmp_path / "marks").iterdir()
    marks = book(tmp_path, now=Ticking(10**12 * 2))
    act(marks, VERBS["read"], KEYS)
    marks.keep()
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("newsreader.marks.writer.replace_file", full)
        with pytest.raises(OSError, match="No space"):
            marks.tidy()
    assert file.read_bytes() == before
    act(marks, VERBS["unread"], KEYS)
    marks.keep()
    marks.close()
