"""Every verb can be taken back, in this session and the next."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from marks.devices import Ticking, book

from newsreader.library.mark_book import MarkBook
from newsreader.library.verbs import VERBS, act, told
from newsreader.model.marks import NO_MARKS, Marks

KEYS = [f"{number:012x}" for number in range(5)]
VERB = st.tuples(
    st.sampled_from([name for name in VERBS if name != "open"]),
    st.lists(st.sampled_from(KEYS), min_size=1, unique=True),
    st.sampled_from(("x", "y", "a longer one")),
)


def all_marks(of: MarkBook) -> list[Marks]:
    return [of.marks(key) for key in KEYS]


@settings(max_examples=150, deadline=None)
@given(st.lists(VERB, max_size=8), st.lists(VERB, max_size=8), st.booleans())
def test_as_many_undos_give_the_first_state_back(
    before: list[tuple[str, list[str], str]],
    verbs: list[tuple[str, list[str], str]],
    restarts: bool,
) -> None:
    with TemporaryDirectory() as name:
        clock = Ticking()
        marks = book(Path(name), now=clock)
        for verb, keys, given_ in before:
            act(marks, VERBS[verb], keys, given_)
        marks.close()
        marks = book(Path(name), now=clock)
        first = all_marks(marks)
        done = [record for each in verbs if (record := act(marks, VERBS[each[0]], *each[1:]))]
        last = all_marks(marks)
        if restarts and done:
            marks.close()
            marks = book(Path(name), now=clock)
            assert all_marks(marks) == last
        assert None not in [marks.undo() for _ in done]
        assert all_marks(marks) == first
        assert None not in [marks.redo() for _ in done]
        assert all_marks(marks) == last
        assert None not in [marks.undo() for _ in done]
        assert all_marks(marks) == first
        marks.close()


def test_what_was_undone_stays_so_in_the_next_session(tmp_path: Path) -> None:
    clock = Ticking()
    marks = book(tmp_path, now=clock)
    act(marks, VERBS["read"], KEYS)
    act(marks, VERBS["star"], KEYS[:1])
    marks.undo()
    marks.close()
    marks = book(tmp_path, now=clock)
    record = marks.undo()
    assert record is not None
    assert told(record) == "Undone: 5 articles marked read"
    assert all_marks(marks) == [NO_MARKS] * 5
    again = marks.redo()
    assert again is not None
    assert told(again) == "Again: 5 articles marked read"
    star = marks.redo()
    assert star is not None
    assert told(star) == "Again: 1 article starred"
    assert marks.redo() is None
    marks.close()


def test_what_another_device_changed_since_is_left_alone(tmp_path: Path) -> None:
    clock = Ticking()
    here = book(tmp_path, state="here", now=clock)
    there = book(tmp_path, state="there", now=clock)
    act(here, VERBS["read"], KEYS[:2])
    here.keep()
    there.read()
    act(there, VERBS["unread"], KEYS[:1])
    act(there, VERBS["read"], KEYS[:1])
    there.keep()
    here.read()
    since = here.marks(KEYS[0]).read
    record = here.undo()
    assert record is not None
    assert told(record) == "Undone: 1 article marked read"
    assert here.marks(KEYS[0]).read == since
    assert here.marks(KEYS[1]).read is None
    here.close()
    there.close()


def test_two_who_change_one_note_keep_both_texts(tmp_path: Path) -> None:
    clock = Ticking()
    here = book(tmp_path, state="here", now=clock)
    there = book(tmp_path, state="there", now=clock)
    act(here, VERBS["note"], KEYS[:1], "first")
    here.keep()
    there.read()
    act(here, VERBS["note"], KEYS[:1], "from here")
    act(there, VERBS["note"], KEYS[:1], "from there")
    here.keep()
    there.keep()
    for each in (here, there):
        each.read()
        assert set(each.marks(KEYS[0]).notes) == {"from here", "from there"}
    act(here, VERBS["note"], KEYS[:1], here.marks(KEYS[0]).note)
    here.keep()
    there.read()
    assert len(there.marks(KEYS[0]).notes) == 1
    here.close()
    there.close()


def test_there_is_nothing_to_undo_at_first(tmp_path: Path) -> None:
    marks = book(tmp_path)
    assert marks.undo() is None
    assert marks.redo() is None
    assert not (tmp_path / "marks").exists()
    marks.close()
