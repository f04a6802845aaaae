"""A tour of a hostile folder in a real terminal: every byte that is sent is the app's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from terminal.audit import Watched
from terminal.emulator import Tty
from terminal.hostile import ATTACKS, GOOD_URL, MARKUP, build
from terminal.sequences import (
    is_foreign,
    modes,
    text_outside_alternate_screen,
    violations,
)

PASTED = "\x1b[200~zebra \x9b31m\u202e{}\x1b[201~"
PASTES = ("sgr", "clipboard", "c1 strings", "bidi", "action")
UNFINISHED = ("(", 'topic:"', "related>=")
TYPED = "\x9b31m\x9d0;x\x9c\u202e\u2066[red][@click=app.bell]x[/]"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, with links to what is outside of it, to itself, and to nobody's business."""
    folder = tmp_path_factory.mktemp("hostile")
    assert build(folder) >= 60
    outside = tmp_path_factory.mktemp("outside")
    (outside / "canary.md").write_text("---\ntitle: Canary\n---\n")
    (folder / "link.md").symlink_to(outside / "canary.md")
    (folder / "link").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "passwd.md").symlink_to("/etc/passwd")
    os.mkfifo(folder / "fifo.md")
    return folder


@pytest.fixture
def watched(hostile: Path, tmp_path: Path) -> Iterator[Watched]:
    """Where the app tells what it did; the folder is afterwards as it was before."""
    before = states(hostile)
    yield Watched(tmp_path, hostile)
    assert states(hostile) == before


def states(folder: Path) -> dict[str, tuple[int, int, int]]:
    """When each file was changed, how long it is, and what kind it is."""
    found = {path.name: path.lstat() for path in (folder, *folder.iterdir())}
    return {name: (at.st_mtime_ns, at.st_size, at.st_mode) for name, at in found.items()}


def has(*words: str) -> Callable[[list[str]], bool]:
    return lambda lines: all(any(word in line for line in lines) for word in words)


def search(tty: Tty, words: str) -> None:
    tty.send("C")
    tty.send("F")
    tty.wait_for(is_in_the_box)
    tty.send(words)
    tty.wait_for(lambda lines: words[-9:] in lines[0])
    tty.send("\r")
    tty.wait_for(lambda lines: not is_in_the_box(lines))


def is_in_the_box(lines: list[str]) -> bool:
    return "Esc undo" in lines[-1]


def tour(tty: Tty) -> None:
    tty.wait_for(has("problems"))
    tty.send("D")
    for _ in range(60):
        tty.send("j", 0.01)
    tty.send("g")
    for _ in range(5):
        for key in ("\r", "]", "\r", " ", "\x7f", "\x1b[D", "j"):
            tty.send(key, 0.01)
    tty.send("\x1b", 0.2)


def dialogs(tty: Tty, pasted: str = "") -> None:
    for dialog in ":?" if pasted else "\x05:?SI":
        tty.send(dialog, 0.1)
        tty.send("G" if dialog == "\x05" else "\x1b[6~", 0.05)
        if pasted:
            tty.send(PASTED.format(pasted), 0.05)
            tty.send(TYPED, 0.05)
        tty.send("\x1b", 0.1)
        tty.send("\x1b", 0.1)


def filters(tty: Tty) -> None:
    tty.send("f", 0.2)
    for key in "jjj\rjxjjlh\rjjj\rGxg":
        tty.send(key, 0.02)
    tty.send("\x1b", 0.2)


def pastes(tty: Tty) -> None:
    tty.send("C")
    for start in ("", *UNFINISHED):
        for name in PASTES:
            tty.send("F")  # an escape within what is pasted may leave the box
            tty.send(start)
            tty.send(PASTED.format(ATTACKS[name]), 0.05)
            tty.send("\r", 0.05)
            leave(tty)
    tty.send("F")
    tty.send(TYPED, 0.1)
    tty.send("\r", 0.05)
    leave(tty)


def leave(tty: Tty) -> None:
    """Close what is offered, then the box, and forget the query."""
    for _ in range(9):
        if not is_in_the_box(tty.screen()):
            break
        tty.send("\x1b", 0.05)
    tty.send("C")


def openings(tty: Tty) -> None:
    search(tty, "zebra good")
    tty.wait_for(has("Zebra good"))
    tty.send("y")
    tty.wait_for(has("Sent to the clipboard, if"))
    tty.send("o")
    tty.wait_for(has("No browser was found", GOOD_URL[:20]))
    search(tty, "zebra script")
    tty.send("o")
    tty.wait_for(has("Only http and https"))
    tty.send("y")
    search(tty, "zebra user")
    tty.send("o")
    tty.wait_for(has("user name"))
    search(tty, "zebra alike")
    tty.send("o")
    tty.wait_for(has("xn--"))


def sizes(tty: Tty) -> None:
    tty.send("C")
    for columns, lines in ((20, 5), (40, 12), (160, 30)):
        tty.resize(columns, lines)
        tty.read(0.1)
        tty.send("j")
        tty.send("\rjj")
        tty.send("\x1b", 0.2)


def start(watched: Watched) -> Tty:
    argv = [sys.executable, "-m", "newsreader", str(watched.folder)]
    return Tty(argv, env=watched.env(), columns=90, lines=24)


def end(tty: Tty) -> None:
    """Quit; everything that was ever sent is the app's own, and all is as it was before."""
    tty.send("Q")
    assert tty.wait_end() == 0
    assert tty.are_attributes_restored
    data = bytes(tty.data)
    assert violations(data) == []
    assert text_outside_alternate_screen(data) == ""
    left = modes(data)
    assert {7, 25, 1000, 1003, 1004, 1006, 1049, 2004} <= set(left)
    assert {mode for mode, is_on in left.items() if is_on} == {7, 25}
    assert data.count(b"\x1b[>") == data.count(b"\x1b[<u")


def test_every_byte_is_the_apps_own(watched: Watched) -> None:
    with start(watched) as tty:
        tour(tty)
        dialogs(tty)
        filters(tty)
        sizes(tty)
        end(tty)
        assert len(tty.data) > 200_000
    inside = watched.assert_only_read()
    assert len(inside) > 60


def test_what_is_searched_and_opened_stays_text(watched: Watched) -> None:
    with start(watched) as tty:
        tty.wait_for(has("problems"))
        openings(tty)
        tty.resize(160, 30)
        tty.send("D")
        search(tty, 'topic:"[red')
        search(tty, "markup OR close OR action OR bracket")
        tty.send(")")
        lines = tty.wait_for(has(f"Yaml close {ATTACKS['close']} end"))
        for name in MARKUP:
            shown = f"Yaml {name} {ATTACKS[name]}"[:40]
            assert any(shown in line for line in lines), (shown, "\n".join(lines))
        end(tty)
    watched.assert_only_read()


def test_what_is_pasted_stays_text(watched: Watched) -> None:
    with start(watched) as tty:
        tty.wait_for(has("problems"))
        dialogs(tty, ATTACKS["c1"])
        pastes(tty)
        end(tty)
    watched.assert_only_read()


@pytest.mark.parametrize(
    "command",
    [
        *(["list"], ["list", "--json"], ["list", "--jsonl"], ["list", "--urls"]),
        *(["facets", "topic"], ["facets", "--json", "provider"], ["check"], ["check", "--json"]),
        *(["stats"], ["stats", "--json"]),
        *(["show", "ARTICLE"], ["show", "ARTICLE", "--json"], ["show", "ARTICLE", "--markdown"]),
    ],
    ids=" ".join,
)
def test_a_pipe_is_sent_text_only(command: list[str], hostile: Path, watched: Watched) -> None:
    folder = [str(hostile)]
    if "ARTICLE" in command:
        attacked = [str(each) for each in sorted(hostile.iterdir()) if "-yaml" in each.name]
        command = [attacked[18] if word == "ARTICLE" else word for word in command]
        folder = []
    run = [sys.executable, "-m", "newsreader", *command, *folder]
    done = subprocess.run(run, capture_output=True, env=watched.env(), check=False, cwd=ROOT)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1)
    for output in (done.stdout, done.stderr):
        text = output.decode("utf-8")
        assert not {char for char in text if is_foreign(char) and char != "\n"}
    watched.assert_only_read(drawn=False)
