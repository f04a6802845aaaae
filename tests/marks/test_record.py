"""Lines of the journal: round trips, damage, and what others may have written."""

from __future__ import annotations

import random
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marks.devices import signed, with_sum

from newsreader.marks.record import (
    Change,
    DamagedError,
    Kept,
    Record,
    clean_tag,
    decode,
    encode,
)

STAMP = "018bcfe56800-0000-abcd1234"
KEYS = st.lists(st.text("0123456789abcdef", min_size=12, max_size=12), min_size=1, max_size=5)
INSTANT = st.none() | st.integers(0, 2**50)
TAGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,19}", fullmatch=True)
VALUES = st.dictionaries(
    st.sampled_from(("read", "starred", "later", "opened", "seen")) | TAGS.map("tag:{}".format),
    INSTANT,
    min_size=1,
    max_size=4,
)
CHANGES = st.lists(
    st.builds(lambda values, keys: Change(MappingProxyType(values), tuple(keys)), VALUES, KEYS),
    max_size=4,
).map(tuple)
RECORDS = st.builds(
    Record,
    at=st.just(STAMP),
    verb=st.sampled_from(("read", "tag x", "")),
    changes=CHANGES,
    before=CHANGES,
    names=st.lists(KEYS.map(tuple), max_size=3).map(tuple),
    undoes=st.sampled_from(("", STAMP)),
    redoes=st.just(""),
    kept=st.lists(
        st.builds(Kept, KEYS.map(lambda keys: keys[0]), st.just("read"), INSTANT, st.just(STAMP)),
        max_size=3,
    ).map(tuple),
    starts_session=st.just(True),
    number=st.integers(0, 10**9),
)


@given(RECORDS)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    line = encode(record)
    assert line.index(b"\n") == len(line) - 1
    assert decode(line[:-1]) == record


def test_a_note_and_a_position_come_back() -> None:
    values = {"note": ("a\nb “c”", (STAMP,)), "position": (3, 40)}
    record = Record(STAMP, changes=(Change(MappingProxyType(values), ("a1",)),), number=7)
    assert decode(encode(record)[:-1]) == record


@given(RECORDS, st.integers(), st.integers(0, 255))
def test_a_changed_byte_is_noticed(record: Record, place: int, byte: int) -> None:
    line = bytearray(encode(record)[:-1])
    place %= len(line)
    if line[place] == byte:
        byte ^= 1
    line[place] = byte
    with pytest.raises(DamagedError):
        decode(bytes(line))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_damaged(line: bytes) -> None:
    with pytest.raises(DamagedError):
        decode(line)


def test_records_of_later_versions_and_other_kinds_are_left_alone() -> None:
    assert decode(signed({"v": 2, "n": 1, "at": STAMP, "set": []})) is None
    assert decode(signed({"v": 1, "n": 1, "at": STAMP, "poem": "x"})) is None


@pytest.mark.parametrize(
    "data",
    [
        {"v": 1, "n": 1, "at": "yesterday", "set": []},
        {"v": 1, "n": 1, "at": "ffffffffffff-0000-x", "set": []},
        {"v": 1, "n": 1, "at": STAMP, "set": [[{"read": "now"}, ["a"]]]},
        {"v": 1, "n": 1, "at": STAMP, "set": [[{"read": True}, ["a"]]]},
        {"v": 1, "n": 1, "at": STAMP, "set": [[{"read": 1}, ["../a"]]]},
        {"v": 1, "n": 1, "at": STAMP, "set": [[{"tag:a b": 1}, ["a"]]]},
        {"v": 1, "n": 1, "at": STAMP, "set": [[{"note": "x"}, ["a"]]]},
        {"v": 1, "n": 1, "at": STAMP, "set": [[{"position": [1]}, ["a"]]]},
        {"v": 1, "n": 1, "at": STAMP, "set": 5},
        {"v": 1, "n": "1", "at": STAMP, "set": []},
        {"v": 1, "n": 1, "at": STAMP, "kept": [["a", "other@x", 1, STAMP]]},
        [],
    ],
)
def test_what_no_record_can_be_is_damaged(data: object) -> None:
    with pytest.raises(DamagedError):
        decode(signed(data))


def test_what_others_wrote_is_made_safe() -> None:
    values = {"note": ["a\x1b[31mb\x07", []]}
    line = signed({"v": 1, "n": 1, "at": STAMP, "set": [[values, ["a1"]]]})
    record = decode(line)
    assert record is not None
    assert record.changes[0].values["note"] == ("ab", ())


def test_a_flood_of_brackets_is_damaged() -> None:
    body = b'{"v":1,"n":1,"at":"' + STAMP.encode() + b'","set":' + b"[" * 100_000
    with pytest.raises(DamagedError):
        decode(with_sum(body))


@given(st.text(max_size=50))
def test_a_tag_is_one_word(text: str) -> None:
    tag = clean_tag(text)
    assert clean_tag(tag) == tag
    assert not set(tag) & set(' ,"\n')


def test_a_long_line_is_no_record() -> None:
    chance = random.Random(1)
    with pytest.raises(DamagedError):
        decode(chance.randbytes(100) * 700_000)
