"""Devices that act apart and meet in any order all come to the same."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st
from marks.devices import START, Ticking, book, contents

from newsreader.library.verbs import VERBS, act
from newsreader.marks.record import Change, Record
from newsreader.marks.state import State
from newsreader.model.marks import Value

KEYS = [f"{number:012x}" for number in range(4)]
ACTIONS = st.tuples(
    st.integers(0, 2),
    st.sampled_from(("read", "unread", "star", "unstar", "tag", "untag", "note", "link")),
    st.lists(st.sampled_from(KEYS), min_size=1, max_size=3),
    st.sampled_from(("x", "y", "z")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTIONS, max_size=25), st.randoms(use_true_random=False))
def test_all_replicas_are_equal(
    actions: list[tuple[int, str, list[str], str]], chance: random.Random
) -> None:
    with TemporaryDirectory() as name:
        clock = Ticking()
        devices = [book(Path(name) / f"{number}", now=clock) for number in range(3)]
        for number, verb, keys, given_ in actions:
            device = devices[number]
            if verb == "link":
                device.state.link(keys)
                device._pending.append(Record(device._clock.tick("x"), names=(tuple(keys),)))
            else:
                act(device, VERBS[verb], keys, given_)
            device.keep()
            if chance.random() < 0.3:
                deliver(Path(name), chance, 3)
                for each in devices:
                    each.read()
        deliver(Path(name), chance, 3, everything=True)
        for each in devices:
            each.read()
        first, *others = (contents(each.state) for each in devices)
        assert all(other == first for other in others)
        for each in devices:
            each.close()


def deliver(root: Path, chance: random.Random, count: int, *, everything: bool = False) -> None:
    """Carry files between the devices: some, cut short, or under another name as well."""
    for source in range(count):
        for file in sorted((root / f"{source}" / "marks").glob("*.jsonl")):
            if "of" in file.stem:
                continue
            for target in range(count):
                if target == source:
                    continue
                folder = root / f"{target}" / "marks"
                folder.mkdir(parents=True, exist_ok=True)
                data = file.read_bytes()
                copy = folder / f"{file.stem}-of-{source}.jsonl"
                if everything:
                    copy.write_bytes(data)
                elif chance.random() < 0.5:
                    copy.write_bytes(data[: chance.randint(0, len(data))])
                    if chance.random() < 0.3:
                        conflict = f"{file.stem}-of-{source}.sync-conflict-20260101.jsonl"
                        (folder / conflict).write_bytes(data)


def change(stamp: str, values: dict[str, object], *keys: str) -> Record:
    return Record(stamp, changes=(Change(MappingProxyType(values), keys),))  # type: ignore[arg-type]


def stamp(number: int, writer: str = "a") -> str:
    return f"{START + number:012x}-0000-{writer}"


def test_the_order_of_records_does_not_matter() -> None:
    records = [
        change(stamp(1), {"read": 5, "seen": 9}, "a1"),
        change(stamp(2, "b"), {"read": None, "seen": 3}, "a1"),
        change(stamp(3), {"note": ("one", ())}, "a1"),
        change(stamp(4, "b"), {"note": ("two", ())}, "b2"),
        Record(stamp(5), names=(("a1", "b2"),)),
    ]
    results = []
    for order in permutations(records):
        state = State()
        for record in (*order, *order):
            state.apply(record)
        results.append((contents(state), state.marks("b2")))
    assert all(result == results[0] for result in results)
    marks = results[0][1]
    assert (marks.read, marks.seen, marks.notes) == (None, 3, ("one", "two"))


def test_a_note_over_two_takes_the_place_of_both() -> None:
    state = State()
    state.apply(change(stamp(1), {"note": ("one", ())}, "a1"))
    state.apply(change(stamp(2, "b"), {"note": ("two", ())}, "a1"))
    assert state.marks("a1").note == "one\n\n---\n\ntwo"
    state.apply(change(stamp(3), {"note": ("both", state.notes("a1"))}, "a1"))
    assert state.marks("a1").notes == ("both",)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ACTIONS.filter(lambda action: action[1] not in ("link", "note")), max_size=25),
    st.randoms(use_true_random=False),
)
def test_the_latest_action_stands_everywhere(
    actions: list[tuple[int, str, list[str], str]], chance: random.Random
) -> None:
    with TemporaryDirectory() as name:
        clock = Ticking()
        devices = [book(Path(name) / f"{number}", now=clock) for number in range(3)]
        latest: dict[tuple[str, str], tuple[str, Value]] = {}
        for number, verb, keys, given_ in actions:
            record = act(devices[number], VERBS[verb], keys, given_)
            devices[number].keep()
            if record is not None:
                for each in record.changes:
                    for key in each.keys:
                        for field, value in each.values.items():
                            found = (record.at, value)
                            before = latest.get((key, field), found)
                            latest[key, field] = max(before, found, key=lambda each: each[0])
            if chance.random() < 0.3:
                deliver(Path(name), chance, 3)
                chance.choice(devices).read()
        deliver(Path(name), chance, 3, everything=True)
        for device in devices:
            device.read()
            for (key, field), (_, value) in latest.items():
                assert device.state.value(key, field) == value
            device.close()
