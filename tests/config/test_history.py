"""The queries that were kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.config.history import MOST, History
from newsreader.config.paths import history_file, state_dir


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.jsonl"


def test_what_is_added_is_there_again(path: Path) -> None:
    history = History(path)
    assert not history.queries
    assert not path.parent.exists()
    for query in ("a", 'topic:"b c"', "a", "a", "  ", ""):
        history.add(query)
    assert history.queries == ('topic:"b c"', "a")
    assert History(path).queries == history.queries
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        *("a", 'topic:"b c"', "a"),
    ]


def test_only_the_last_are_kept(path: Path) -> None:
    history = History(path)
    for number in range(MOST + 150):
        history.add(f"q{number}")
    assert len(history.queries) == MOST
    assert history.queries[-1] == f"q{MOST + 149}"
    assert History(path).queries == history.queries
    assert len(path.read_text().splitlines()) < MOST + 150
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_two_processes_add_to_one_file(path: Path) -> None:
    one, other = History(path), History(path)
    one.add("a")
    other.add("b")
    one.add("c")
    assert History(path).queries == ("a", "b", "c")


def test_broken_lines_are_passed_over(path: Path) -> None:
    path.parent.mkdir()
    lines = [b'"a"', b"{", b"\xff\xfe", b"17", b"null", b'"\\u001b[31mb"', b'"c', b"[" * 50_000]
    path.write_bytes(b"\n".join(lines) + b'\n"d"\n')
    assert History(path).queries[0] == "a"
    assert History(path).queries[-1] == "d"
    assert not any("\x1b" in query for query in History(path).queries)


@given(st.binary(max_size=200))
def test_any_file_is_taken(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("history") / "history.jsonl"
    path.write_bytes(content)
    history = History(path)
    history.add("detroit")
    assert history.queries[-1] == "detroit"


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "history.jsonl", tmp_path):
        history = History(path)
        history.add("a")
        assert history.queries == ("a",)


def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_home: Path) -> None:
    assert state_dir().is_relative_to(empty_home)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert history_file() == tmp_path / "newsreader" / "history.jsonl"
