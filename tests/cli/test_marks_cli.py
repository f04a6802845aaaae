"""Marks from the command line, and the commands that say where things are and how they are."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from test_cli import run

from newsreader.cli.parser import MARK_VERBS
from newsreader.library.verbs import VERBS

Out = pytest.CaptureFixture[str]
RENEWS = "659c6e5b251e"


def found(capsys: Out, seeds: Path, query: str) -> int:
    code, out, _ = run(capsys, "list", seeds, "-q", query, "--urls")
    assert code == 0
    return len(out.splitlines())


def test_articles_are_marked_by_id_and_by_query(capsys: Out, seeds: Path) -> None:
    code, out, err = run(capsys, "mark", "star", RENEWS, "--in", seeds)
    assert (code, out, err) == (0, "", "newsreader: 1 article starred.\n")
    code, _, err = run(capsys, "mark", "read", "-q", "detroit", "--in", seeds)
    assert (code, err) == (0, "newsreader: 3 articles marked read.\n")
    assert found(capsys, seeds, "is:unread") == 2
    assert found(capsys, seeds, "is:starred is:read") == 1
    code, _, err = run(capsys, "mark", "read", "-q", "detroit", "--in", seeds)
    assert (code, err) == (0, "newsreader: Nothing to change.\n")
    run(capsys, "mark", "tag", "To-Read", RENEWS, "--in", seeds)
    run(capsys, "mark", "note", "ask Ann", RENEWS, "--in", seeds)
    assert found(capsys, seeds, "#to-read note:ann") == 1
    _, out, _ = run(capsys, "facets", "tag", seeds)
    assert out.split() == ["1", "to-read"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("mark", "read"), "takes either articles or -q"),
        (("mark", "read", RENEWS, "-q", "x"), "takes either articles or -q"),
        (("mark", "tag"), "mark tag takes a tag"),
        (("mark", "tag", "##", RENEWS), "tag takes a tag"),
        (("mark", "eat", RENEWS), "invalid choice"),
        (("mark", "read", "-q", "qualty>5"), "quality"),
    ],
)
def test_wrong_usage(capsys: Out, arguments: tuple[str, ...], message: str) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert message in err


def test_undo_goes_back_through_the_sessions_before(capsys: Out, seeds: Path) -> None:
    run(capsys, "mark", "star", RENEWS, "--in", seeds)
    run(capsys, "mark", "read", "-q", "detroit", "--in", seeds)
    for expected in ("Undone: 3 articles marked read", "Undone: 1 article starred"):
        code, _, err = run(capsys, "marks", "undo")
        assert (code, err) == (0, f"newsreader: {expected}.\n")
    assert run(capsys, "marks", "undo")[0] == 1
    assert found(capsys, seeds, "is:unread") == 5
    code, _, err = run(capsys, "marks", "redo")
    assert (code, err) == (0, "newsreader: Again: 1 article starred.\n")


def test_marks_are_taken_elsewhere(
    capsys: Out, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "mark", "star", "-q", "detroit", "--in", seeds)
    run(capsys, "mark", "note", "ask Ann", RENEWS, "--in", seeds)
    _, exported, _ = run(capsys, "marks", "export")
    assert len([json.loads(line) for line in exported.splitlines()]) == 3
    file = tmp_path / "marks.jsonl"
    assert run(capsys, "marks", "export", file)[0] == 0
    assert file.read_text() == exported
    other = ("--data", tmp_path / "d", "--state", tmp_path / "s", "--cache", tmp_path / "c")
    for name in ("DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"NEWSREADER_{name}", "")  # so that it is put back afterwards
    code, _, err = run(capsys, *other, "marks", "import", file)
    assert (code, err) == (0, "newsreader: 3 records read, 3 articles changed.\n")
    assert (tmp_path / "d" / "marks").is_dir()
    assert found(capsys, seeds, "is:starred") == 3
    assert found(capsys, seeds, "note:ann") == 1
    _, again, _ = run(capsys, "marks", "export")
    assert sorted(_contents(again)) == sorted(_contents(exported))
    file.write_text(exported.replace("ask", "xsk"))
    code, _, err = run(capsys, "marks", "import", file)
    assert code == 1
    assert "its checksum is another" in err


def _contents(text: str) -> list[str]:
    records = map(json.loads, text.splitlines())
    return [json.dumps([each["names"], each["kept"]]) for each in records]


def test_paths_are_private_and_can_be_named(capsys: Out, seeds: Path, empty_home: Path) -> None:
    run(capsys, "mark", "star", RENEWS, "--in", seeds)
    _, out, _ = run(capsys, "paths", "--json")
    places = json.loads(out)
    assert Path(places["marks"]) == empty_home / ".local/share/newsreader/marks"
    for name in ("marks", "state"):
        assert Path(places[name]).stat().st_mode & 0o077 == 0
    for file in Path(places["marks"]).iterdir():
        assert file.stat().st_mode & 0o077 == 0
    code, out, _ = run(capsys, "paths")
    assert code == 0
    assert f"index     {empty_home / '.cache/newsreader/index.db'}" in out
    code, _, err = run(capsys, "--data")
    assert (code, err) == (2, "newsreader: --data takes a path\n")


def test_what_stands_behind_two_dashes_names_no_place(
    capsys: Out, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(seeds)
    monkeypatch.setenv("NEWSREADER_DATA", "")
    _, out, err = run(capsys, "list", "--", ".", "--data", "elsewhere")
    assert len(out.splitlines()) == 5
    assert "--data: error: there is no such file" in err
    assert os.environ["NEWSREADER_DATA"] == ""


def test_the_command_line_has_every_verb_but_opening() -> None:
    verbs = tuple(name for name in VERBS if name != "open")
    assert verbs == MARK_VERBS


def doctored(capsys: Out) -> tuple[int, str]:
    code, out, err = run(capsys, "doctor")
    assert err == ""
    return code, out


def test_the_doctor_finds_nothing_wrong(
    capsys: Out, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert doctored(capsys)[0] == 0
    run(capsys, "mark", "star", RENEWS, "--in", seeds)
    code, out = doctored(capsys)
    assert code == 0
    assert re.search(r": (1 record|[2-9] records)$", out, re.MULTILINE)
    _, out, _ = run(capsys, "doctor", "--json")
    assert all(each["is_sound"] for each in json.loads(out))


def test_the_doctor_names_what_is_wrong(
    capsys: Out, seeds: Path, empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    for verb in ("star", "read", "later"):
        run(capsys, "mark", verb, RENEWS, "--in", seeds)
    (file,) = (empty_home / ".local/share/newsreader/marks").iterdir()
    lines = file.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"starred", b"starrex")
    file.write_bytes(b"".join([*lines[:3], *lines[4:]]))
    (empty_home / ".cache/newsreader/index.db").write_bytes(b"rot" * 1000)
    config = empty_home / ".config/newsreader"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("them = 1\n")
    (empty_home / ".local/share/newsreader").chmod(0o755)
    code, out = doctored(capsys)
    assert code == 1
    bad = [line for line in out.splitlines() if line.startswith("bad")]
    expected = ("config", "data", "marks", "marks", "index", "terminal")
    assert [line.split()[1] for line in bad] == list(expected)
    assert f"{file}:2: " in out
    assert ": 1 record is gone from it." in out
    assert "Delete it; it is made again by itself." in out


def test_where_marks_cannot_be_kept(capsys: Out, seeds: Path, empty_home: Path) -> None:
    (empty_home / ".local").mkdir()
    (empty_home / ".local/share").write_text("in the way")
    code, _, err = run(capsys, "mark", "star", RENEWS, "--in", seeds)
    assert code == 1
    assert "cannot be kept" in err


def test_many_articles_are_known_again_elsewhere(capsys: Out, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number in range(230):
        text = f"A text of its own that is long enough to be known by: {number}."
        (news / f"{number:03}.md").write_text(f"---\ntitle: Title {number}\n---\n{text}\n")
    assert "230 articles marked read" in run(capsys, "mark", "read", "-q", "title", "--in", news)[2]
    news.rename(tmp_path / "elsewhere")
    code, out, _ = run(capsys, "list", tmp_path / "elsewhere", "-q", "is:read")
    assert (code, len(out.splitlines())) == (0, 230)
