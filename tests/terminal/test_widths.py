"""Text of any script leaves every pane where it is, in real terminals, and is never cut in half."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate, pairwise
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

import pyte
import pyte.screens
import pytest
from conftest import ROOT
from rich.cells import cell_len
from terminal.emulator import Drawing, Tty
from terminal.sequences import Kind, tokens

# What a person sees as one character each. All terminals agree on the width of these.
AGREED = {
    "cjk": ("日", "本", "語", "あ", "각", "ｆ", "！"),
    "marks": ("ж\u0301", "щ\u0302\u0323", "ю\u0300\u0301\u0302", "θ\u0338"),
    "rtl": ("م", "ر", "ح", "ب", "\u05e9\u05b8\u05c1", "\u05d5\u05b9"),
    "emoji": ("👍", "🎉", "☕"),
}
# pyte takes each half of a flag for two cells, and drops what follows a joiner or a vowel sign.
TMUX = {
    "jamo": ("\u1100\u1161\u11a8",),
    "flags": ("🇩🇪", "🇫🇷", "🇯🇵"),
    "thai": ("ก\u0e34", "น\u0e49", "ก\u0e33"),
}
# tmux 3.3 takes these for wider or narrower than the emoji or the syllable they are, and loses
# a joiner where what it reads at once ends.
ODD = {
    "family": ("👨‍👩‍👧", "🧑‍💻", "👩‍🚀"),
    "selectors": ("❤\ufe0f", "✈\ufe0f"),
    "keycaps": ("1\ufe0f\u20e3", "2\ufe0f\u20e3"),
    "tones": ("👍🏽", "👋🏿"),
    "rainbow": ("🏳\ufe0f\u200d🌈",),
    "hindi": ("क\u093f", "ந\u0bbf"),
}
WIDTHS = (41, 80, 97, 120, 150)
LINES = 30
BLANK = "default"
Script = dict[str, tuple[str, ...]]


class Span(NamedTuple):
    """Cells side by side of one background: the first, how many, and the text in them."""

    start: int
    cells: int
    text: str
    ground: str


def write(folder: Path, scripts: Script) -> Path:
    folder.mkdir()
    for number, (name, letters) in enumerate(scripts.items()):
        for spaced in ("", " "):
            text = spaced.join(letters * (90 // len(letters)))
            short = spaced.join(letters * (12 // len(letters)))
            (folder / f"{name}{len(spaced)}.md").write_text(
                f"---\ntitle: '{number} {text}'\nexcerpt: '{text}'\ncategory: '{text}'\n"
                f"publishedDateTime: 2024-01-0{number + 1}\nprovider:\n  name: '{short}'\n"
                f"topics:\n  - '{text}'\n  - '{short}'\nrelated:\n  - title: '{text}'\n---\n"
                f"# {text}\n\n{text}\n\n- {text}\n\n| {text} | b |\n|-|-|\n| a | {text} |\n",
                encoding="utf-8",
            )
    return folder


def environment(home: Path) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT),
    }


class Tmux:
    """The app in a tmux server of its own."""

    def __init__(self, folder: Path, home: Path, columns: int) -> None:
        self._name = f"widths-{os.getpid()}-{columns}"
        # The socket's path is to be short, and away from every other server's.
        self._env = environment(home) | {"TMUX_TMPDIR": str(home)}
        size = ("-x", str(columns), "-y", str(LINES))
        app = (sys.executable, "-m", "newsreader", str(folder))
        self._run("-f", "/dev/null", "new-session", "-d", *size, *app)
        self._run("set", "-g", "default-terminal", "tmux-256color")

    def _run(self, *words: str) -> str:
        run = ("tmux", "-u", "-L", self._name, *words)
        done = subprocess.run(run, env=self._env, capture_output=True, check=True, timeout=20)
        return done.stdout.decode()

    def send(self, keys: str) -> None:
        self._run("send-keys", "-l", keys)

    def capture(self) -> str:
        return self._run("capture-pane", "-p", "-e", "-N")

    def close(self) -> None:
        self._run("kill-server")


@contextmanager
def in_tmux(folder: Path, home: Path, columns: int) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux")
    terminal = Tmux(folder, home, columns)
    try:
        yield terminal
    finally:
        terminal.close()


def settled(capture: Callable[[], str], is_there: Callable[[str], bool]) -> str:
    """What is shown once *is_there* is true of it and it no longer changes."""
    end = monotonic() + 20
    before, now = "", capture()
    while not (is_there(now) and now == before):
        assert monotonic() < end, now
        sleep(0.15)
        before, now = now, capture()
    return now


_SGR = re.compile(r"\x1b\[([\d;:]*)m")


def rows_of(captured: str) -> list[list[Span]]:
    """The rows of a capture, taken apart by their background, which lasts from row to row."""
    ground, rows = BLANK, []
    for line in captured.removesuffix("\n").split("\n"):
        pieces: list[tuple[str, str]] = []
        for number, part in enumerate(_SGR.split(line)):
            if number % 2:
                ground = background(part, ground)
            elif part:
                pieces.append((part, ground))
        rows.append(spans(pieces))
    return rows


def background(parameters: str, now: str) -> str:
    """The background after a sequence that sets a style."""
    numbers = re.split("[;:]", parameters or "0")
    while numbers:
        first = numbers.pop(0)
        if first in ("0", "", "49"):
            now = BLANK
        elif first in ("38", "48"):
            taken = 4 if numbers[0] == "2" else 2
            now = ",".join(numbers[1:taken]) if first == "48" else now
            del numbers[:taken]
    return now


def spans(pieces: list[tuple[str, str]]) -> list[Span]:
    joined: list[tuple[str, str]] = []
    for text, ground in pieces:
        if joined and joined[-1][1] == ground:
            text = joined.pop()[0] + text
        joined.append((text, ground))
    sizes = [cell_len(text) for text, _ in joined]
    starts = accumulate(sizes, initial=0)
    return [Span(at, n, *each) for at, n, each in zip(starts, sizes, joined, strict=False)]


def rows_of_pty(tty: Tty) -> list[list[Span]]:
    tty.screen()
    screen = tty.drawing.screen
    return [
        spans([(screen.buffer[y][x].data, screen.buffer[y][x].bg) for x in range(screen.columns)])
        for y in range(screen.lines)
    ]


def grounds(screen: pyte.Screen) -> list[list[str]]:
    """The background of every cell, row by row."""
    return [[screen.buffer[y][x].bg for x in range(screen.columns)] for y in range(screen.lines)]


def edges_in(row: list[str]) -> set[int]:
    return {x for x in range(1, len(row)) if row[x] != row[x - 1]}


def letters_of(*groups: Script) -> tuple[str, ...]:
    return tuple(letter for group in groups for each in group.values() for letter in each)


def assert_whole(text: str, letters: tuple[str, ...]) -> None:
    """Whatever is in *text* of *letters* is one of them, not a part of one."""
    whole = re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True))))
    parts = {char for letter in letters for char in letter if not char.isascii()}
    left = parts & set(whole.sub("", text))
    assert not left, (sorted(map(ascii, left)), ascii(text))


def edges_of(rows: list[list[Span]]) -> set[int]:
    """The columns where panes begin, after the first row that all of them share."""
    return {span.start for span in rows[2]}


def assert_straight(rows: list[list[Span]], columns: int, odd: tuple[str, ...] = ()) -> None:
    """Every row has all of its cells, and the panes begin in the same columns in each.

    In a row with one of *odd*, that is so up to there.
    """
    edges = edges_of(rows)
    assert len(edges) == (1 if columns < 80 else 2 if columns < 120 else 3)
    for number, row in enumerate(rows):
        text = "".join(span.text for span in row)
        first = min((text.index(each) for each in odd if each in text), default=-1)
        end = cell_len(text[:first]) if first >= 0 else columns
        if first < 0:
            assert sum(span.cells for span in row) == columns, row
            assert BLANK not in {span.ground for span in row}, (number, row)
        if 2 <= number < len(rows) - 1:
            assert {edge for edge in edges if edge <= end} <= {span.start for span in row}, row


def read_by(tty: Tty) -> str:
    tty.read(0.1)
    return tty.data.decode("utf-8", "replace")


def is_read(count: int) -> Callable[[str], bool]:
    return lambda shown: f"{count} of {count}" in shown


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_row_is_shifted_in_pyte(tmp_path: Path, columns: int) -> None:
    folder = write(tmp_path / "articles", AGREED)
    argv = [sys.executable, "-m", "newsreader", str(folder)]
    with Tty(argv, env=environment(tmp_path), columns=columns, lines=LINES) as tty:
        tty.wait_for(lambda lines: is_read(2 * len(AGREED))("\n".join(lines)))
        for _ in range(2 * len(AGREED)):
            tty.read(0.15)
            assert_straight(rows_of_pty(tty), columns)
            tty.send("j")


class Sent(NamedTuple):
    """What the app sent in a terminal of *columns*; the frame of each article ends at a place."""

    columns: int
    data: bytes
    ends: tuple[int, ...]


def walk(home: Path, columns: int) -> Sent:
    """A walk through articles of every script."""
    groups = (AGREED, TMUX, ODD)
    folder = write(home / "articles", {name: each[name] for each in groups for name in each})
    count = len(list(folder.iterdir()))
    argv = [sys.executable, "-m", "newsreader", str(folder)]
    ends = []
    with Tty(argv, env=environment(home), columns=columns, lines=LINES) as tty:
        # What pyte makes of these is of no use here, not even to wait for.
        settled(lambda: read_by(tty), is_read(count))
        for _ in range(count):
            ends.append(len(tty.data))
            tty.send("j", 0.1)
        for keys in ("\r", "\x1b[6~", "G", "\x1b", "f", "G", "\x1b"):
            tty.send(keys, 0.15)
    return Sent(columns, bytes(tty.data), tuple(ends))


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_terminal_with_other_widths_keeps_the_panes_in_place(
    tmp_path: Path, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes every odd character, its joiners and selectors as well, for one cell or for two.

    And nothing that is sent is cut in half.
    """
    sent = walk(tmp_path, columns)
    if columns > WIDTHS[0]:
        for taken_for in (1, 2):
            with monkeypatch.context() as patch:
                assert_in_place(sent, taken_for, patch)
    letters = letters_of(AGREED, TMUX, ODD)
    all_tokens = tokens(sent.data.decode())
    for text in {token.text for token in all_tokens if token.kind is Kind.TEXT}:
        assert_whole(text, letters)


def assert_in_place(sent: Sent, taken_for: int, patch: pytest.MonkeyPatch) -> None:
    real = pyte.screens.wcwidth
    odd = {char for letter in letters_of(ODD, TMUX) for char in letter if not char.isascii()}
    patch.setattr(pyte.screens, "wcwidth", lambda char: taken_for if char in odd else real(char))
    drawing = Drawing(sent.columns, LINES)
    for start, end in pairwise((0, *sent.ends)):
        drawing.draw(sent.data[start:end])
        rows = grounds(drawing.screen)
        edges = {0, *edges_in(rows[2])}
        assert len(edges) == (2 if sent.columns < 120 else 3)
        for row in rows[2:-1]:
            assert edges <= {0, *edges_in(row)}, row
            assert BLANK not in row


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", ["agreed", "odd"])
def test_no_row_is_shifted_in_tmux(tmp_path: Path, columns: int, name: str) -> None:
    groups = (AGREED, TMUX) if name == "agreed" else (ODD, AGREED)
    odd = letters_of(ODD) if name == "odd" else ()
    folder = write(tmp_path / "articles", {name: each[name] for each in groups for name in each})
    count = len(list(folder.iterdir()))
    with in_tmux(folder, tmp_path, columns) as tmux:
        shown = settled(tmux.capture, is_read(count))
        for _ in range(3):
            assert_straight(rows_of(shown), columns, odd)
            if name == "agreed":
                for row in rows_of(shown):
                    for span in row:
                        assert_whole(span.text, letters_of(*groups))
            tmux.send("jjj")
            shown = settled(tmux.capture, is_read(count))
