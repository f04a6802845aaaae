"""The file of the last frame: what it depends on, and that nothing foreign gets through it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from time import time

import pytest
from conftest import SEEDS
from driver import reading
from hypothesis import given
from hypothesis import strategies as st
from terminal.sequences import is_foreign

from newsreader import instant
from newsreader.config.paths import state_dir
from newsreader.instant import (
    frame_file,
    frame_in,
    is_drawing,
    packed,
    private_content,
    sized,
    stamp,
    start_of,
)
from newsreader.ui import taking_over

FRAME = "\x1b[1;1H\x1b[1;38;2;236;231;220mTitle\x1b[0m plain 日本 👩‍👧\u00a0\n\x1b[2;1Hmore"
HOUR = 3600


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs the tests may say how large its own terminal is."""
    for name in ("COLUMNS", "LINES", "NEWSREADER_FRAME"):
        monkeypatch.delenv(name, raising=False)


def kept(key: str = "key", *paths: Path, frame: str = FRAME) -> bytes:
    stamps = [(str(path), stamp(str(path))) for path in paths]
    return packed(key, time() + HOUR, stamps, frame)


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(bytes(tmp_path) + b"/\xff\n"))
    odd.touch()
    assert frame_in(kept("k\udcffy", odd, tmp_path / "none"), "k\udcffy", time()) == FRAME


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("other"),
        lambda path: path.write_text("longer than before"),
        lambda path: os.utime(path, (0, 0)),
        lambda path: path.chmod(0o600),
        lambda path: path.unlink(),
        lambda path: (path.rename(path.with_name("b")), path.write_text("words")),
        lambda path: path.with_name("new").touch(),
    ],
)
def test_another_file_makes_another_frame(tmp_path: Path, change: Callable[[Path], object]) -> None:
    path = tmp_path / "a"
    path.write_text("words")
    content = kept("key", tmp_path, path)
    assert frame_in(content, "key", time()) == FRAME
    change(path)
    assert frame_in(content, "key", time()) is None


def test_it_is_good_for_its_time() -> None:
    now = time()
    content = kept()
    assert [frame_in(content, "key", now + step) is None for step in (-HOUR, 1, HOUR)] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("LANG", "xx"), ("LC_TIME", "xx"), ("TZ", "Asia/Tokyo"), ("TERM", "xx"), ("HOME", "/x")),
        *(("COLORTERM", "xx"), ("NO_COLOR", "1"), ("TERM_PROGRAM", "x"), ("XDG_STATE_HOME", "/x")),
        *(("NEWSREADER_CONFIG", "/x"), ("TEXTUAL_FPS", "7"), ("PYTHONPATH", "/x")),
    ],
)
def test_another_environment_is_another_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    before = start_of([])
    monkeypatch.setenv(name, value)
    assert start_of([]) not in (None, before)


def test_another_program_or_command_or_size_is_another_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    starts = [start_of([]), start_of(["/a"]), start_of(["/a", "/b"]), start_of(["a"])]
    monkeypatch.chdir(tmp_path)
    starts.append(start_of(["a"]))
    assert start_of(["/a"]) == starts[1]
    for owner, name in ((sys, "version"), (sys, "executable"), (instant, "__version__")):
        monkeypatch.setattr(owner, name, "other")
        starts.append(start_of([]))
    assert None not in starts
    assert len(set(starts)) == len(starts)
    assert len({sized("start", *size) for size in ((80, 24), (81, 24), (80, 25))}) == 3


@pytest.mark.parametrize("word", ["--fresh", "-h", "--config=x"])
def test_options_have_no_frame(word: str) -> None:
    assert start_of(["/a", word]) is None


@pytest.mark.parametrize(("name", "value"), [("NEWSREADER_FRAME", "0"), ("COLUMNS", "80")])
def test_some_variables_stand_against_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert start_of([]) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("HOME", "/home/x"), ("XDG_STATE_HOME", "/x"), ("NEWSREADER_STATE", "~/x")],
)
def test_both_ends_look_in_the_same_place(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(name, value)
    assert Path(frame_file()).parent == state_dir()


# What is in the file


@given(st.binary(max_size=60), st.integers(0, 400))
def test_a_damaged_file_has_no_frame(noise: bytes, place: int) -> None:
    content = kept()
    place %= len(content)
    damaged = content[:place] + noise + content[place + len(noise) :]
    if damaged != content:
        assert frame_in(damaged, "key", time()) is None


@pytest.mark.parametrize(
    "frame",
    [
        *("", "text", "\x1b[2J", "\x1b[1;1Hx\x1b]0;title\x07", "\x1b[1;1Hx\x1b", "\x1b[1;1H\x9b2J"),
        *("\x1b[1;1H\r", "\x1b[1;1H\u202e", "\x1b[1;1H\x1b[?1049l", "\x1b[1;1H\x1b[6n", "\x1bc"),
        *("\x1b[1;1H\x1b(0", "\x1b[1;1H\udc9b", "x\x1b[1;1H", "\x1b[>1m", "\x1b[1;1H\x7f"),
    ],
)
def test_a_frame_only_draws(frame: str) -> None:
    assert not is_drawing(frame)
    assert frame_in(kept(frame=frame), "key", time()) is None


@given(st.text(st.sampled_from("a日\x1b[];?<>=mHJnhlc01\n\r\x07\x9b\u202e\u2066\ue000\x00\x7f")))
def test_nothing_but_colours_and_moves_gets_through(text: str) -> None:
    if not is_drawing(text):
        return
    shown = re.sub(r"\x1b\[[\d;]*[mH]|\n", "", text)
    assert not any(map(is_foreign, shown))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_or_write_is_not_believed(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "frame"
    path.write_bytes(b"x")
    path.chmod(0o600)
    assert private_content(str(path)) == b"x"
    path.chmod(mode)
    assert private_content(str(path)) == b""


def test_a_file_that_is_long_or_no_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "frame"
    path.write_bytes(b"x")
    path.chmod(0o600)
    os.truncate(path, 1 << 30)
    assert private_content(str(path)) == b""
    link = tmp_path / "link"
    link.symlink_to(path)
    with pytest.raises(OSError, match="symbolic"):
        private_content(str(link))
    os.mkfifo(tmp_path / "fifo", 0o600)
    assert private_content(str(tmp_path / "fifo")) == b""


# The app that comes after it


async def test_a_frame_that_never_comes_does_not_keep_the_app_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking_over, "_PATIENCE", 0.3)
    monkeypatch.setattr(instant.STAND, "size", (150, 40))
    async with reading(SEEDS, standing="never") as reader:
        first = reader.main.list_pane.current
        await reader.pilot.press("j")
        await reader.pilot.pause(0.4)
        await reader.settle()
        assert reader.main.list_pane.current != first


async def test_keys_wait_for_the_frame_and_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instant.STAND, "size", (150, 40))
    async with reading(SEEDS) as reader:
        frame = reader.app.whole_frame()
    async with reading(SEEDS, standing=frame) as reader:
        await reader.press("j", "j", "k")
        assert reader.main.list_pane.current is list(reader.main.list_pane.view)[1]
