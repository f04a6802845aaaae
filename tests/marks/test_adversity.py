"""What others do to the files while newsreader runs, and what must not become of marks then."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import MappingProxyType

import pytest
from marks.devices import Ticking, book, opened, signed, starred, write_article

from newsreader.library.verbs import VERBS, act
from newsreader.marks import journal
from newsreader.marks.clock import Clock
from newsreader.marks.journal import Reader
from newsreader.marks.record import Change, Record, encode

STAMP = "018bcfe56800-0000-abcd1234"


def own_file(folder: Path) -> Path:
    (file,) = (folder / "marks").glob("*.jsonl")
    return file


def replaced(file: Path, data: bytes) -> None:
    other = file.with_name("other.tmp")
    other.write_bytes(data)
    other.replace(file)


def truncated(file: Path, data: bytes) -> None:
    os.truncate(file, len(data))


@pytest.mark.parametrize("harm", [replaced, truncated, lambda file, _: file.unlink()])
@pytest.mark.parametrize("left", ["a line", "half a line"])
def test_our_own_file_is_replaced_while_we_write(tmp_path: Path, harm: object, left: str) -> None:
    assert callable(harm)
    marks = book(tmp_path, now=Ticking())
    for key in ("a1", "b2", "c3"):
        act(marks, VERBS["read"], [key])
        marks.keep()
    file = own_file(tmp_path)
    data = file.read_bytes()
    end = data.index(b"\n") + 1
    harm(file, data[: end if left == "a line" else end + 20])
    act(marks, VERBS["star"], ["d4"])
    marks.keep()
    marks.close()
    after = book(tmp_path, now=Ticking())
    assert all(after.marks(key).read for key in ("a1", "b2", "c3"))
    assert after.marks("d4").starred
    assert after.issues == ()
    after.close()


@pytest.mark.parametrize("moment", ["before", "meanwhile"])
def test_our_own_file_is_replaced_and_the_disk_is_full_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    marks = book(tmp_path, now=Ticking())
    act(marks, VERBS["read"], ["a1"])
    marks.keep()
    file = own_file(tmp_path)
    start = file.read_bytes().splitlines(keepends=True)[0]
    if moment == "before":
        replaced(file, start)
    sync = os.fsync

    def failing(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        if moment == "before":
            raise OSError(28, "No space left on device")
        replaced(file, start)

    act(marks, VERBS["star"], ["b2"])
    monkeypatch.setattr(os, "fsync", failing)
    # The folder is synced first when the file is another one.
    for _ in range(3):
        try:
            marks.keep()
        except OSError:
            assert marks.pending
    assert not marks.pending
    act(marks, VERBS["later"], ["c3"])
    marks.keep()
    marks.close()
    after = book(tmp_path, now=Ticking())
    assert after.marks("a1").read
    assert after.marks("b2").starred
    assert after.marks("c3").later
    after.close()


@pytest.mark.parametrize(
    "data",
    [
        {"v": 1, "n": 1, "at": STAMP, "set": [[[], []]]},
        {"v": 1, "n": 1, "at": STAMP, "kept": [["a", 5, 1, ""]]},
        {"v": 1, "n": 1, "at": STAMP, "set": [[{"note@zz": "\x1b]52;"}, ["a1"]]]},
        {"v": 1, "n": 1, "at": STAMP, "names": 5},
    ],
)
def test_odd_records_of_others_are_damaged(tmp_path: Path, data: object) -> None:
    (tmp_path / "marks").mkdir()
    (tmp_path / "marks" / "other.jsonl").write_bytes(signed(data) + b"\n")
    marks = book(tmp_path)
    assert len(marks.issues) == 1
    assert not marks.marks("a1").notes
    marks.close()


def test_a_clock_that_is_ages_ahead_is_not_followed() -> None:
    clock = Clock(Ticking())
    before = clock.tick("x")
    clock.meet("e677d21fdbff-ffff-zz")
    assert before < clock.tick("x") < "1"


@pytest.mark.parametrize("tag", ['"#foo', "##", "-a", "a b,c", "#A#"])
def test_any_tag_can_be_read_back(tmp_path: Path, tag: str) -> None:
    marks = book(tmp_path)
    try:
        act(marks, VERBS["tag"], ["a1"], tag)
    except ValueError:
        assert not tag.strip('#"')
    marks.close()
    after = book(tmp_path)
    assert after.issues == ()
    assert after.marks("a1").tags == marks.marks("a1").tags
    after.close()


def test_the_index_never_knows_more_than_the_journal(tmp_path: Path) -> None:
    here = book(tmp_path, state="here", with_index=True, now=Ticking())
    act(here, VERBS["read"], ["a1"])
    here.keep()
    here.save()
    there = book(tmp_path, state="there", now=Ticking())
    act(here, VERBS["star"], ["a1"])  # and never kept
    act(there, VERBS["later"], ["a1"])
    there.close()
    here.read()
    killed, here = here, book(tmp_path, state="here", with_index=True, now=Ticking())
    here._load(["a1"])
    assert here.marks("a1").starred is None
    assert here.marks("a1").later
    here.close()
    del killed


def test_a_journal_from_an_older_backup_is_believed(tmp_path: Path) -> None:
    marks = book(tmp_path, with_index=True, now=Ticking())
    act(marks, VERBS["read"], ["a1"])
    marks.keep()
    backup = own_file(tmp_path).read_bytes()
    act(marks, VERBS["star"], ["a1"])
    marks.close()
    own_file(tmp_path).write_bytes(backup)
    marks = book(tmp_path, with_index=True, now=Ticking())
    marks._load(["a1"])
    assert marks.marks("a1").read
    assert marks.marks("a1").starred is None
    assert act(marks, VERBS["star"], ["a1"])
    marks.close()


def test_an_index_that_fails_in_the_middle_hides_nothing(tmp_path: Path) -> None:
    keys = [f"{number:012x}" for number in range(3_000)]
    marks = book(tmp_path, with_index=True, now=Ticking())
    for start in range(0, 3_000, 500):
        act(marks, VERBS["read"], keys[start : start + 500])
    marks.close()
    index = tmp_path / "state" / "index.db"
    data = bytearray(index.read_bytes())
    for page in range(3 * 4096, len(data), 4096):
        data[page : page + 200] = bytes(200)
    index.write_bytes(data)
    for _ in range(2):
        marks = book(tmp_path, with_index=True, now=Ticking())
        marks._load(keys)
        if marks._must_reread:
            marks.read()
        assert sum(marks.marks(key).read is not None for key in keys) == 3_000
        assert len(list(marks.exported())) == 3_000
        marks.close()


def test_an_undo_of_nothing_is_remembered(tmp_path: Path) -> None:
    clock = Ticking()
    here, there = (book(tmp_path, state=name, now=clock) for name in ("here", "there"))
    act(here, VERBS["star"], ["b2"])
    act(here, VERBS["read"], ["a1"])
    here.keep()
    there.read()
    act(there, VERBS["unread"], ["a1"])
    there.close()
    here.read()
    record = here.undo()
    assert record is not None
    assert not record.changes
    here.close()
    here = book(tmp_path, state="here", now=clock)
    record = here.undo()
    assert record is not None
    assert record.verb == "star"
    here.close()


def test_a_hole_that_is_filled_later_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "marks"
    folder.mkdir()
    lines = [
        encode(Record(f"018bcfe5680{n}-0000-x", changes=(change(n),), number=n)) for n in range(3)
    ]
    file = folder / "other.jsonl"
    file.write_bytes(lines[0] + bytes(len(lines[1]) - 1) + b"\n" + lines[2])
    marks = book(tmp_path, with_index=True)
    assert marks.marks("k2").read
    assert not marks.marks("k1").read
    marks.save()
    os.utime(file, ns=(1, 1))
    file.write_bytes(b"".join(lines))
    marks.read()
    assert marks.marks("k1").read
    marks.close()


def change(number: int) -> Change:
    return Change(MappingProxyType({"read": 5}), (f"k{number}",))


def test_a_line_without_end_hides_nothing_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MAX_LINE", 3_000)
    monkeypatch.setattr(journal, "_CHUNK", 1_000)
    good = [encode(Record(STAMP, changes=(change(number),))) for number in range(2)]
    (tmp_path / "x.jsonl").write_bytes(good[0] + b"x" * 10_000 + b"\n" + good[1])
    reader = Reader(tmp_path)
    batches = list(reader.news())
    records = [record for batch in batches for record in batch.records]
    assert [record.changes[0].keys for record in records] == [("k0",), ("k1",)]
    assert [issue.line for batch in batches for issue in batch.issues] == [2]
    assert list(reader.news()) == []


def test_a_file_name_of_odd_bytes_does_no_harm(tmp_path: Path) -> None:
    marks = book(tmp_path, with_index=True, now=Ticking())
    act(marks, VERBS["read"], ["a1"])
    marks.keep()
    shutil.copy(own_file(tmp_path), tmp_path / "marks" / os.fsdecode(b"\xff.jsonl"))
    marks.read()
    marks.save()
    assert marks.issues == ()
    marks.close()


def test_what_is_done_to_another_article_at_an_address_is_not_linked(tmp_path: Path) -> None:
    news, url = tmp_path / "news", "https://example.org/live"
    monday = "What happened on Monday, at length and in detail."
    write_article(news / "a.md", "Monday live", url=url, body=monday)
    with opened(tmp_path, "news") as library:
        library.act("star", [each.id for each in library.snapshot])
    tuesday = "Quite another text about something else altogether."
    write_article(news / "a.md", "Tuesday", url=url, body=tuesday)
    with opened(tmp_path, "news") as library:
        library.act("tag", [each.id for each in library.snapshot], "x")
    write_article(news / "b.md", "Monday live", url=url, body=monday)
    with opened(tmp_path, "news") as library:
        assert starred(library) == {"Monday live"}


def test_a_title_and_a_day_alone_are_no_article(tmp_path: Path) -> None:
    news = tmp_path / "news"
    write_article(news / "a.md", "Letters", url="https://x.org/1", date="2024-01-01")
    write_article(news / "b.md", "Letters", url="https://y.org/2", date="2024-01-01")
    with opened(tmp_path, "news") as library:
        first, second = (each.id for each in library.snapshot)
        library.act("star", [first])
    with opened(tmp_path, "news") as library:
        assert library.marks(first).starred
        assert not library.marks(second).starred


def test_a_journal_that_comes_into_being_late_is_followed(tmp_path: Path) -> None:
    write_article(tmp_path / "news" / "a.md", "One", url="https://x.org/1")
    with opened(tmp_path, "news") as late:
        assert not late.has_marks
        with opened(tmp_path, "news") as other:
            other.act("star", [each.id for each in other.snapshot])
        assert late.book is not None
        assert starred(late) == {"One"}


def test_what_arrives_for_a_file_without_an_address_shows_at_once(tmp_path: Path) -> None:
    text = "The same text on both machines, long enough not to be by chance."
    marks, roots = tmp_path / "marks", [tmp_path / name for name in ("here", "there")]
    for root in roots:
        write_article(root / "news" / f"{root.name}.md", "One", body=text)
    with opened(roots[0], "news", marks=marks) as here:
        assert here.book is not None
        with opened(roots[1], "news", marks=marks) as there:
            there.act("star", [each.id for each in there.snapshot])
        assert here.follow_marks(here.book.read())
        assert starred(here) == {"One"}
