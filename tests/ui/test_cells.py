"""Text in cells: nothing is ever wider than its box, and no character is cut in two."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from newsreader.ui.cells import Line, clusters, cut, cut_line, fit, fit_right, line_len, wrap

PIECES = (
    *("a", "word", " ", "  ", "\u00a0", "é", "e\u0301", "a\u0300\u0301\u0302", "Straße", "…", "’"),
    *("日本", "語", "한국", "\u1112\u1161\u11ab", "ｗ", "。"),
    *("😀", "👍🏽", "👨‍👩‍👧‍👦", "❤\ufe0f", "1\ufe0f\u20e3", "🏳️‍🌈", "🇩🇪", "🇫🇷🇯🇵", "🇩", "☎"),
    *("مرحبا", "שלום", "क्षि", "กำ", "ﷺ", "\u200d", "\ufe0f", "\u0301", "\u3000", "\t"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60)
LINES = TEXTS.map(lambda text: text.replace("\r", "").replace("\x0b", ""))
WIDTHS = st.integers(min_value=2, max_value=90)


def bounds(text: str) -> set[int]:
    """Where the characters of *text*, as rich sees them, begin and end; a line feed is one."""
    edges = {0}
    before = 0
    for part in text.split("\n"):
        spans = split_graphemes(part)[0]
        edges |= {before, before + len(part)}
        edges |= {before + edge for start, end, _ in spans for edge in (start, end)}
        before += len(part) + 1
    return edges


def unspaced(text: str) -> str:
    return "".join(text.split())


def text_of(line: Line) -> str:
    return "".join(text for text, _ in line)


@given(TEXTS, WIDTHS)
@example("\u200d日", 2)
@example("\u200d\u200dword", 2)
@example(" \u0301" * 5, 2)
def test_a_cut_text_is_no_wider_than_its_box(text: str, width: int) -> None:
    shown = cut(text, width)
    assert cell_len(shown) <= width
    if cell_len(text) <= width:
        assert shown == text
    elif shown != (text := text.lstrip("\u200d")):
        assert shown.endswith("…")
        kept = shown[:-1]
        assert text.startswith(kept)
        rest = text[len(kept) :]
        cuts = {len(kept) + n for n in range(len(rest) - len(rest.lstrip()) + 1)}
        assert cuts & bounds(text)


@given(TEXTS, st.integers(min_value=0, max_value=90))
def test_a_fitted_text_is_as_wide_as_its_box(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit_right(text, width)) == width


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["text", "strong"])), max_size=6), WIDTHS)
def test_a_cut_line_is_no_wider_than_its_box(runs: list[tuple[str, str]], width: int) -> None:
    assert line_len(cut_line(tuple(runs), width)) <= width


@given(LINES, WIDTHS)
@example("🇩🇪" * 9, 3)
@example("a \u0301 b", 2)
@example("ab\u200d cd", 3)
@example("a\n\u0301b", 2)
@example("\u200d\u200daaa", 2)
def test_wrapped_lines_hold_the_whole_text(text: str, width: int) -> None:
    # No other control gets as far as here, and Python takes some of them for white space.
    text = "".join(char for char in text if char == "\n" or unicodedata.category(char) != "Cc")
    lines = wrap([(text, "text")], width)
    assert all(line_len(line) <= width for line in lines)
    assert unspaced("".join(map(text_of, lines))) == unspaced(text)
    edges = bounds(text)
    position = 0
    for line in lines:
        shown = text_of(line)
        stripped = shown.strip()
        if not stripped:
            continue
        start = text.index(stripped, position)
        position = start + len(stripped)
        leads = {start - n for n in range(len(shown) - len(shown.lstrip()) + 1)}
        after = text[position:]
        trails = {position + n for n in range(len(after) - len(after.lstrip()) + 1)}
        assert leads & edges
        assert trails & edges


@given(st.lists(st.tuples(LINES, st.sampled_from(["text", "strong", "link"])), max_size=8), WIDTHS)
def test_wrapped_runs_keep_their_roles(runs: list[tuple[str, str]], width: int) -> None:
    lines = wrap(runs, width)
    assert all(line_len(line) <= width for line in lines)
    for role in ("text", "strong", "link"):
        shown = "".join(text for line in lines for text, each in line if each == role)
        assert unspaced(shown) == unspaced("".join(text for text, each in runs if each == role))


@given(TEXTS)
def test_clusters_cover_the_text(text: str) -> None:
    spans = list(clusters(text))
    assert "".join(text[start:end] for start, end, _ in spans) == text
    assert {start for start, _, _ in spans} <= bounds(text)


def test_flags_are_kept_whole() -> None:
    assert cut("🇩🇪🇫🇷🇯🇵", 4) == "🇩🇪…"
    assert [text_of(line) for line in wrap([("🇩🇪🇫🇷🇯🇵", "text")], 5)] == ["🇩🇪🇫🇷", "🇯🇵"]


def test_a_long_text_is_cut_by_its_beginning() -> None:
    assert cut("x" * 5_000_000, 10) == "xxxxxxxxx…"
    assert cut("日" * 1_000_000, 10) == "日日日日…"
    assert cut("x" + "\u0301" * 100_000, 10) == "x" + "\u0301" * 100_000
    assert fit("", 3) == "   "


def test_no_text_is_one_empty_line() -> None:
    assert wrap([], 10) == [()]
    assert wrap([("a\n\nb", "text")], 10) == [(("a", "text"),), (), (("b", "text"),)]


def test_what_follows_spaces_that_have_no_room_is_on_the_next_line() -> None:
    runs = [("one two     ", "code"), ("b", "text"), (" c", "text")]
    assert wrap(runs, 9) == [(("one two", "code"),), (("b c", "text"),)]


def test_what_follows_a_space_that_has_no_room_does_not_stick_to_the_word_before() -> None:
    assert wrap([("one a ", "text"), ("b", "code"), (" c", "text")], 5) == [
        (("one a", "text"),),
        (("b", "code"), (" c", "text")),
    ]
