"""Fetching many pages from the command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Write
from test_cli import run

from newsreader.config.paths import config_file, images_dir, mark_places, pages_dir
from newsreader.fetching.asking import MISSING, Outcome, Request
from newsreader.fetching.helper import Helper
from newsreader.library.library import Library

Out = pytest.CaptureFixture[str]


@pytest.fixture
def folder(write: Write) -> Path:
    for name in ("ferry", "train", "bus"):
        write(f"{name}.md", f"title: The {name}\noriginalUrl: https://{name}.example/a")
    return write("none.md", "title: Nowhere").parent


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    asked: list[Request] = []

    def fetch(_: Helper, request: Request) -> Outcome:
        asked.append(request)
        if "train" in request.address:
            return Outcome(trouble="The page is gone (404).")
        return Outcome(request.address, "T", "<p>Eleven passengers.</p>", 2)

    monkeypatch.setattr(Helper, "fetch", fetch)
    return asked


def test_what_a_query_finds_is_fetched_once(
    capsys: Out, folder: Path, asked: list[Request]
) -> None:
    code, out, err = run(capsys, "fetch", folder, "-q", "ferry OR train OR nowhere")
    assert code == 1
    assert sorted(line.split("  ", 1)[1] for line in out.splitlines()) == [
        "2 words  The ferry",
        "The page is gone (404).  The train",
    ]
    assert err == "newsreader: 1 page fetched, 1 not.\n"
    assert all(request.robots for request in asked)
    code, out, _ = run(capsys, "list", folder, "-q", "passengers")
    assert "The ferry" in out
    code, out, _ = run(capsys, "show", folder / "ferry.md")
    assert "Full text from ferry.example, fetched on" in out
    assert out.endswith("\n\nEleven passengers.\n")
    code, _, err = run(capsys, "fetch", folder, "-q", "ferry OR bus")
    assert (code, err) == (
        0,
        "newsreader: 1 article left alone.\nnewsreader: 1 page fetched, 0 not.\n",
    )
    assert len(asked) == 3
    run(capsys, "fetch", folder, "-q", "ferry OR bus", "--again", "--limit", "1")
    assert len(asked) == 4


def test_what_is_kept_is_removed_when_that_is_asked_for(
    capsys: Out, folder: Path, asked: list[Request]
) -> None:
    run(capsys, "fetch", folder, "-q", "ferry OR bus")
    assert "pages     2, " in run(capsys, "index", "--status", folder)[1]
    code, out, err = run(capsys, "fetch", "--forget", folder, "-q", "bus OR nowhere")
    assert (code, out, err) == (0, "", "newsreader: 1 page removed.\n")
    assert run(capsys, "list", folder, "-q", "passengers", "--urls")[1].split() == [
        "https://ferry.example/a"
    ]
    images_dir().mkdir()
    (images_dir() / "0a.json").touch()
    for rest in ((folder,), ("--limit", "1")):
        assert run(capsys, "fetch", "--forget", *rest)[0] == 2
    (images_dir() / "0b.json").mkdir()
    code, _, err = run(capsys, "fetch", "--forget")
    assert (code, *err.splitlines()) == (
        1,
        "newsreader: 1 page and 1 image removed.",
        f"newsreader: 1 cannot be removed from {images_dir().parent}.",
    )
    (images_dir() / "0b.json").rmdir()
    assert run(capsys, "fetch", "--forget")[0] == 0
    assert run(capsys, "list", folder, "-q", "passengers OR has:fulltext")[1] == ""
    assert "pages     0, 0 bytes\n" in run(capsys, "index", "--status", folder)[1]


def test_a_run_makes_room_for_what_it_fetched(
    capsys: Out, folder: Path, asked: list[Request]
) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text('keep = { pages = "0 MB" }')
    for path in folder.iterdir():
        os.utime(path, (0, 0))  # what has just been written is read once more
    run(capsys, "fetch", folder, "-q", "ferry")
    (page,) = pages_dir().iterdir()
    os.utime(page, (0, 0))
    err = run(capsys, "fetch", folder, "-q", "bus")[2]
    assert "newsreader: 1 page not used for long removed, to make room.\n" in err
    assert run(capsys, "list", folder, "-q", "passengers", "--urls")[1].split() == [
        asked[1].address
    ]


def test_what_is_starred_during_a_run_stays(
    capsys: Out, folder: Path, asked: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text('keep = { pages = "0 MB" }')
    run(capsys, "fetch", folder, "-q", "ferry")
    (page,) = pages_dir().iterdir()
    run(capsys, "mark", "later", "-q", "bus", "--in", folder)
    fetch = Helper.fetch
    other = Library([folder], mark_places=mark_places())
    other.load()
    book = other.book
    assert book is not None

    def starring(helper: Helper, request: Request) -> Outcome:
        other.act("star", [other.find("https://ferry.example/a").id])
        book.keep()
        os.utime(page, (0, 0))
        return fetch(helper, request)

    monkeypatch.setattr(Helper, "fetch", starring)
    run(capsys, "fetch", folder, "-q", "bus")
    book.close()
    assert page.exists()


def test_nothing_is_fetched_without_a_query(
    capsys: Out, folder: Path, asked: list[Request]
) -> None:
    code, _, err = run(capsys, "fetch", folder)
    assert code == 2
    assert "fetch takes -q QUERY" in err
    assert asked == []


def test_what_is_missing_is_said_once(
    capsys: Out, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Helper, "fetch", lambda *_: Outcome(trouble=MISSING))
    code, out, err = run(capsys, "fetch", folder, "-q", "ferry OR train OR bus")
    assert (code, out) == (1, "")
    assert err == f"newsreader: {MISSING}\n"
