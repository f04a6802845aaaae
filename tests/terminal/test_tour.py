"""A tour of a hostile folder in a real terminal: every byte that is sent is the app's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import ROOT
from terminal.emulator import Tty
from terminal.hostile import ATTACKS, GOOD_URL, MARKUP, build
from terminal.sequences import (
    is_foreign,
    modes,
    text_outside_alternate_screen,
    violations,
)

COUNT_DROPPED = """
import atexit, os, sys

def report():
    net = sys.modules.get("newsreader.ui.net")
    if net is not None:
        with open(os.environ["NET_REPORT"], "w") as file:
            file.write(str(net.Net.dropped))

atexit.register(report)
"""
PASTED = "\x1b[200~zebra \x9b31m\u202e{}\x1b[201~"
PASTES = ("sgr", "clipboard", "c1 strings", "bidi", "action")
TYPED = "\x9b31m\x9d0;x\x9c\u202e\u2066[red][@click=app.bell]x[/]"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    assert build(folder) >= 60
    return folder


@pytest.fixture
def env(tmp_path: Path) -> Mapping[str, str]:
    """Nothing of this machine, no browser to be found, and what the net caught told at the end."""
    (tmp_path / "sitecustomize.py").write_text(COUNT_DROPPED)
    return {
        "PATH": "/nowhere",
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))),
        "NET_REPORT": str(tmp_path / "dropped"),
    }


def has(*words: str) -> Callable[[list[str]], bool]:
    return lambda lines: all(any(word in line for line in lines) for word in words)


def search(tty: Tty, words: str) -> None:
    tty.send("C")
    tty.send("/")
    tty.send(words)
    tty.send("\r", 0.12)


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
    for dialog in ":?" if pasted else "!:?S":
        tty.send(dialog, 0.12)
        tty.send("G" if dialog == "!" else "\x1b[6~", 0.05)
        if pasted:
            tty.send(PASTED.format(pasted), 0.1)
            tty.send(TYPED, 0.1)
        tty.send("\x1b", 0.15)
        tty.send("\x1b", 0.15)


def filters(tty: Tty) -> None:
    tty.send("f", 0.2)
    for key in "jjj\rjxjjlh\rjjj\rGxg":
        tty.send(key, 0.02)
    tty.send("\x1b", 0.2)


def pastes(tty: Tty) -> None:
    tty.send("C")
    for name in PASTES:
        tty.send("/", 0.05)  # an escape within what is pasted leaves the box
        tty.send(PASTED.format(ATTACKS[name]), 0.05)
        tty.send("\x15", 0.03)
    tty.send("/", 0.05)
    tty.send(TYPED, 0.2)
    tty.send("\r", 0.1)
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


def start(folder: Path, env: Mapping[str, str]) -> Tty:
    argv = [sys.executable, "-m", "newsreader", str(folder)]
    return Tty(argv, env=env, columns=90, lines=24)


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


def test_every_byte_is_the_apps_own(hostile: Path, env: Mapping[str, str]) -> None:
    with start(hostile, env) as tty:
        tour(tty)
        dialogs(tty)
        filters(tty)
        openings(tty)
        sizes(tty)
        search(tty, 'topic:"[red')
        search(tty, "markup OR close OR action OR bracket")
        tty.send(")")
        lines = tty.wait_for(has(f"Yaml close {ATTACKS['close']} end"))
        for name in MARKUP:
            shown = f"Yaml {name} {ATTACKS[name]}"[:40]
            assert any(shown in line for line in lines), (shown, "\n".join(lines))
        end(tty)
        assert len(tty.data) > 200_000
    assert Path(env["NET_REPORT"]).read_text() == "0"


def test_what_is_pasted_stays_text(hostile: Path, env: Mapping[str, str]) -> None:
    with start(hostile, env) as tty:
        tty.wait_for(has("problems"))
        dialogs(tty, ATTACKS["c1"])
        pastes(tty)
        end(tty)


@pytest.mark.parametrize(
    "command",
    [
        *(["list"], ["list", "--json"], ["list", "--jsonl"], ["list", "--urls"]),
        *(["facets", "topic"], ["facets", "--json", "provider"], ["check"], ["check", "--json"]),
        *(["show", "ARTICLE"], ["show", "ARTICLE", "--json"], ["show", "ARTICLE", "--markdown"]),
    ],
    ids=" ".join,
)
def test_a_pipe_is_sent_text_only(
    command: list[str], hostile: Path, env: Mapping[str, str]
) -> None:
    folder = [str(hostile)]
    if "ARTICLE" in command:
        attacked = [str(each) for each in sorted(hostile.iterdir()) if "-yaml" in each.name]
        command = [attacked[18] if word == "ARTICLE" else word for word in command]
        folder = []
    run = [sys.executable, "-m", "newsreader", *command, *folder]
    done = subprocess.run(run, capture_output=True, env=env, check=False, cwd=ROOT)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1)
    for output in (done.stdout, done.stderr):
        text = output.decode("utf-8")
        assert not {char for char in text if is_foreign(char) and char != "\n"}
