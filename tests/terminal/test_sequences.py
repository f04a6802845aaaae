"""The strict reader of terminal output, and the last net before the terminal."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal.hostile import ATTACKS, MARKUP
from terminal.sequences import Kind, tokens, violations

from newsreader.ui.net import Net, netted, strained

ROW = "\x1b[3;1H\x1b[1;38;2;236;231;220;48;2;20;22;28mTitle\x1b[0m plain \x1b[2mdim\x1b[0m\n"
ALONE = (
    *("\x1b[?1049h", "\x1b[?25l", "\x1b[?2026h", "\x1b[?2026$p", "\x1b[>25u", "\x1b[<u"),
    *("\x1b]52;c;SGVsbG8=\x07", "\x1b]22;pointer\x07", "\x07", "\x1b[?1049l\x1b[?25h"),
)
HOSTILE = [name for name in ATTACKS if name not in (*MARKUP, "marks", "selectors", "invisible")]


class Recorder:
    """A driver that only keeps what it is given."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, data: str) -> None:
        self.written += data


@pytest.fixture
def driver() -> Any:
    Net.dropped = 0
    made: Any = netted(Recorder)
    return made()


def test_tokens() -> None:
    text = "a\x1b[1;2mb\x1b]0;t\x07\x1bPq\x1b\\\x1b(0\n\x9b1m\x84\x1b[9\x07\x1b]x"
    assert [(token.kind, token.text) for token in tokens(text)] == [
        (Kind.TEXT, "a"),
        (Kind.CSI, "\x1b[1;2m"),
        (Kind.TEXT, "b"),
        (Kind.OSC, "\x1b]0;t\x07"),
        (Kind.STRING, "\x1bPq\x1b\\"),
        (Kind.ESC, "\x1b(0"),
        (Kind.C0, "\n"),
        (Kind.CSI, "\x9b1m"),
        (Kind.C1, "\x84"),
        (Kind.UNFINISHED, "\x1b[9"),
        (Kind.C0, "\x07"),
        (Kind.UNFINISHED, "\x1b]x"),
    ]


@given(st.text(st.sampled_from("ab\x1b[]P;m?h0\x07\x9b\x9c\\\n\u202e")))
def test_no_byte_is_lost(text: str) -> None:
    found = list(tokens(text))
    assert "".join(token.text for token in found) == text
    assert [token.offset for token in found] == [
        sum(len(before.text) for before in found[:number]) for number in range(len(found))
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_an_attack_is_seen_and_caught(name: str, driver: Any) -> None:
    attacked = ROW.replace("Title", f"Title {ATTACKS[name]} end")
    assert violations(attacked.encode()) or name == "cursor"
    driver.write(attacked)
    assert not violations(driver.written.encode())
    if name != "cursor":  # it closes and opens styles as the app does
        assert Net.dropped
        assert "Title" in driver.written


@pytest.mark.parametrize(
    "data", [ROW, ROW * 50, *ALONE, "\x1b[6n", "\x1b[J\x1b[4A\r", "日本 👩‍👧\n"]
)
def test_what_textual_writes_passes(data: str, driver: Any) -> None:
    driver.write(data)
    assert driver.written == data
    assert Net.dropped == 0


@pytest.mark.parametrize("data", ALONE)
def test_what_is_written_alone_does_not_pass_in_a_frame(data: str, driver: Any) -> None:
    driver.write(ROW.replace("Title", data))
    assert data not in driver.written
    assert Net.dropped


@given(st.text(st.characters() | st.sampled_from("\x1b\x9b[]0;mHh?1\x07\ud800\u202e")))
def test_nothing_foreign_passes(text: str) -> None:
    kept, dropped = strained(ROW.replace("Title", text) + text)
    assert dropped >= 0
    assert strained(kept) == (kept, 0)
    kept.encode()


def test_a_frame_costs_next_to_nothing(driver: Any) -> None:
    frame = ROW * 300
    assert len(frame) > 20_000
    times = []
    for _ in range(50):
        start = perf_counter()
        driver.write(frame)
        times.append(perf_counter() - start)
    assert min(times) < 0.001  # 0.1 ms where nothing else runs
