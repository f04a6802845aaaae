"""Pictures in a real terminal, which is asked how it shows them."""

from __future__ import annotations

import base64
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Write
from PIL import Image
from terminal.emulator import Tty
from terminal.graphics import kitty_pictures, sixels_in
from textual.geometry import Size

from newsreader.fetching.kept_images import KeptImage, KeptImages
from newsreader.ui.terminal_answers import QUESTION, Answers, Terminal

NAME, CELL, SIXEL, PLAIN = "\x1bP>|kitty(0.35.2)\x1b\\", "\x1b[6;12;6t", "\x1b[?62;4c", "\x1b[?62c"
MOST, NOT_KNOWN = "\x1b[?2;0;300;200S", "\x1b[?2;3;0S"
URL = "https://news.example/a.png"


@pytest.fixture
def png() -> bytes:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (60, 30), (255, 0, 0))
    picture.paste((0, 0, 255), (30, 0, 60, 30))
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()


@contextmanager
def viewer(folder: Path, home: Path, png: bytes, answers: str) -> Iterator[Tty]:
    """The viewer of images in a terminal that gives those *answers*, and has got them."""
    kept = KeptImages(home / "cache" / "newsreader" / "images")
    kept.keep(URL, KeptImage(60, 30, base64.b64encode(png).decode()))
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
    }
    with Tty([sys.executable, "-m", "newsreader", str(folder)], env=env) as tty:
        tty.wait_for(lambda lines: any("1 of 1" in line for line in lines))
        tty.send("i")
        tty.wait_for(lambda lines: any("Image 1 of 1" in line for line in lines))
        for _ in range(100):
            if QUESTION.encode() in tty.data:
                break
            tty.read(0.05)
        if answers:
            tty.send(answers)
        tty.wait_for(lambda lines: any("60 × 30" in line for line in lines))
        yield tty
        assert any("Image 1 of 1" in line for line in tty.screen()), "an answer was taken for keys"


@pytest.fixture
def folder(write: Write) -> Path:
    return write("news/a.md", f"title: A\nimages: [{{url: '{URL}'}}]").parent


def test_sixels(folder: Path, tmp_path: Path, png: bytes) -> None:
    with viewer(folder, tmp_path, png, CELL + SIXEL) as tty:
        tty.read(0.3)
        text = tty.data.decode()
        (picture,) = sixels_in(text)
        # 120 columns of 6 pixels, and 36 lines of 12 or less, in which 2:1 is 120 by 30.
        assert (len(picture.rows[0]), picture.column) == (720, 1)
        assert len(picture.rows) == 360
        assert [picture.rows[180][x] for x in (100, 600)] == [(100, 0, 0), (0, 0, 100)]
        assert all(None not in row for row in picture.rows)
        assert not kitty_pictures(text)


def test_kitty(folder: Path, tmp_path: Path, png: bytes) -> None:
    with viewer(folder, tmp_path, png, NAME + CELL + SIXEL) as tty:
        tty.read(0.3)
        pictures = kitty_pictures(tty.data.decode())
        assert {picture.data for picture in pictures} == {png}
        viewed = max(pictures, key=lambda picture: int(picture.keys["c"])).keys
        assert (viewed["a"], viewed["U"], viewed["c"], viewed["r"]) == ("T", "1", "120", "30")
        assert not sixels_in(tty.data.decode())
        assert "\U0010eeee" in tty.data.decode()


@pytest.mark.parametrize("answers", [PLAIN, ""])
def test_half_blocks(folder: Path, tmp_path: Path, png: bytes, answers: str) -> None:
    with viewer(folder, tmp_path, png, answers) as tty:
        lines = tty.wait_for(lambda lines: any("▀" in line for line in lines))
        assert sum(line.count("▀") for line in lines) > 1_000
        assert not sixels_in(tty.data.decode())
        tty.send(PLAIN)  # late, or once more
        tty.read(0.1)


def test_answers_are_taken_out_of_what_is_typed() -> None:
    terminal = Terminal()
    terminal.listens = True
    written: list[str] = []
    assert terminal.hear(f"a{PLAIN}") == f"a{PLAIN}", "nothing was asked"
    assert terminal.ask(written.append, 0) == Answers()
    assert terminal.ask(written.append, 0) == Answers()
    assert written == [QUESTION]
    assert terminal.hear(f"a{NAME}\x1b{SIXEL}b\x1b[A") == "a\x1bb\x1b[A"
    answers = terminal.ask(written.append)
    assert (answers.name, answers.has_sixels, answers.cell) == ("kitty(0.35.2)", True, None)


def test_an_answer_may_come_in_pieces() -> None:
    terminal = Terminal()
    terminal.listens = True
    kept: list[str] = []
    pieces = [
        NAME[:3],
        NAME[3:9],
        NAME[9:-1],
        "\\x",
        CELL[:4],
        CELL[4:],
        MOST,
        f"y{SIXEL[:5]}",
        SIXEL[5:],
    ]

    def answer(question: str) -> None:
        assert question == QUESTION
        kept.extend(map(terminal.hear, pieces))

    answers = terminal.ask(answer)
    assert answers == Answers(
        "kitty(0.35.2)", has_sixels=True, cell=Size(6, 12), most=Size(300, 200)
    )
    assert "".join(kept) == "xy"


def test_a_terminal_says_how_large_pictures_may_be(
    folder: Path, tmp_path: Path, png: bytes
) -> None:
    with viewer(folder, tmp_path, png, CELL + MOST + SIXEL) as tty:
        tty.read(0.3)
        (picture,) = sixels_in(tty.data.decode())
        assert (len(picture.rows[0]), len(picture.rows)) == (300, 144)
    terminal = Terminal()
    terminal.listens = True
    assert terminal.ask(lambda _: None, 0) == Answers()
    assert terminal.hear(f"a{NOT_KNOWN}b") == "ab"
