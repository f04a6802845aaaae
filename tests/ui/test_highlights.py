"""What the query looks for is marked in the list and in the article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from driver import Reader, reading
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from newsreader.config.settings import Settings
from newsreader.query import parse
from newsreader.query.highlight import Marker, marker_of
from newsreader.ui.cells import Line, line_len, wrap
from newsreader.ui.highlights import mark
from newsreader.ui.inks import MATCH, ROLES, Fields, Inks

PROSE = ("text", "strong")


def fields_of(line: Line) -> Sequence[Fields]:
    """The title, and running text."""
    return [("title",) if role == "title" else ("body",) * (role in PROSE) for _, role in line]


def marker(query: str) -> Marker:
    made = marker_of(parse(query))
    assert made is not None
    return made


def marks(query: str, *lines: Line, furniture: str = " ▌▎") -> list[list[str]]:
    """The parts of each line that are marked."""
    shown = [
        mark(line, marker(query), fields_of, before=before, after=after, furniture=furniture)
        for before, line, after in zip(((), *lines), lines, (*lines[1:], ()), strict=False)
    ]
    return [[text for text, role in line if role.startswith(MATCH)] for line in shown]


def test_a_word_keeps_its_role() -> None:
    line: Line = ((" ", "text"), ("Detroit’s Détroit", "title"), ("detroit", "whisper"))
    assert mark(line, marker("detroit"), fields_of) == (
        (" ", "text"),
        ("Detroit", "match:title"),
        ("’s ", "title"),
        ("Détroit", "match:title"),
        ("detroit", "whisper"),
    )


def test_a_phrase_is_found_through_bold() -> None:
    line: Line = (("wrong", "text"), ("ful", "strong"), (" arrest of", "text"))
    assert mark(line, marker('"wrongful arrest"'), fields_of) == (
        ("wrong", "match:text"),
        ("ful", "match:strong"),
        (" arrest", "match:text"),
        (" of", "text"),
    )


def test_a_phrase_does_not_span_two_fields() -> None:
    line: Line = (("the wall", "title"), ("  ", "whisper"), ("street", "text"))
    assert marks('"wall street"', line) == [[]]
    assert marks('"wall street"', (line[0], line[2])) == [[]]


def test_what_is_asked_of_the_title_is_marked_there() -> None:
    line: Line = (("ab ab ", "title"), ("ab", "text"))
    assert marks("title:ab", line) == [["ab", "ab"]]
    assert marks("body:ab", line) == [["ab"]]


def test_a_phrase_is_found_from_one_line_to_the_next() -> None:
    margin = ("  ", "text")
    first, second, third = (
        (margin, (text, "text")) for text in ("use of facial", "recognition in", "the city")
    )
    query = '"facial recognition"'
    assert marks(query, first, second, third) == [["facial"], ["recognition"], []]
    assert marks("/facial.recog/", first, second) == [["facial"], ["recog"]]
    quote, cursor = ("▎ ", "track"), ("▌", "accent")
    assert marks(query, (quote, *first), (quote, *second)) == [["facial"], ["recognition"]]
    assert marks(query, (cursor, *first), (cursor, *second)) == [["facial"], ["recognition"]]
    bullet = ("• ", "whisper")
    assert marks(query, (bullet, *first), (bullet, *second)) == [[], []]
    assert marks(query, (*first, ("12", "whisper")), second) == [[], []]
    assert marks(query, first, (), second) == [[], [], []]
    assert marks("認証", (("東京の認", "text"),), (("証は", "text"),)) == [["認"], ["証"]]


def test_a_pattern_begins_where_the_text_begins() -> None:
    lines: tuple[Line, ...] = ((("the one", "text"),), (("the other", "text"),))
    assert marks("/^the/", *lines) == [["the"], []]


def test_no_character_is_cut_in_two() -> None:
    line: Line = (("a👩\u200d👩b 👍🏽x", "text"),)
    marked = mark(line, marker("/👩|👍/"), fields_of)
    assert line_len(marked) == line_len(line)
    assert [text for text, role in marked if role.startswith(MATCH)] == ["👩\u200d👩", "👍🏽"]


TEXTS = st.text(st.sampled_from("aAb  é\u0301ßﬁ認👩\u200d👍🏽🇩🇪ขि\ufe0f"), max_size=60)
RUNS = st.tuples(TEXTS.filter(bool), st.sampled_from(("title", "text", "strong", "whisper")))


@given(
    st.lists(RUNS, max_size=6), st.integers(4, 30), st.sampled_from(["a", '"a b"', "認", "/a+/"])
)
def test_marks_change_nothing_but_roles(
    runs: list[tuple[str, str]], width: int, query: str
) -> None:
    lines = wrap(runs, width)
    for before, line, after in zip(((), *lines), lines, (*lines[1:], ()), strict=False):
        marked = mark(line, marker(query), fields_of, before=before, after=after)
        assert "".join(text for text, _ in marked) == "".join(text for text, _ in line)
        assert line_len(marked) == line_len(line)
        assert all(text for text, role in marked if role.startswith(MATCH))
        plain = [(char, role.removeprefix(MATCH)) for text, role in marked for char in text]
        assert plain == [(char, role) for text, role in line for char in text]


COLORS = {
    "foreground": "#ece7dc",
    "background": "#15161a",
    "primary": "#8ab4dc",
    "secondary": "#7fb0a5",
    "warning": "#e2935f",
    "error": "#e0736b",
}


@pytest.mark.parametrize("is_ansi", [False, True])
@pytest.mark.parametrize("cursor", ["", "cursor", "without focus"])
@pytest.mark.parametrize("role", ROLES)
def test_a_mark_is_seen_without_colours(role: str, cursor: str, is_ansi: bool) -> None:
    style = Inks(COLORS, Color.parse("#15161a"), is_ansi=is_ansi).style
    plain, marked = style(role, cursor), style(MATCH + role, cursor)
    assert marked.underline
    if plain.underline:
        assert (marked.bold, marked.reverse) != (plain.bold, plain.reverse)
    assert marked.color == plain.color
    assert not marked.dim
    assert marked.reverse == plain.reverse or plain.underline
    assert (marked.bgcolor == plain.bgcolor) is is_ansi


@pytest.mark.parametrize(("ground", "letters"), [("#15161a", "#ece7dc"), ("#fbf9f4", "#22201c")])
def test_sixteen_colours_tell_what_is_on_a_page_apart(ground: str, letters: str) -> None:
    colors = {**COLORS, "foreground": letters, "background": ground}
    style = Inks(colors, Color.parse(ground), is_ansi=False, system="standard").style
    roles = ("text", "strong", "emphasis", "strong emphasis", "minor", "caption", "code", "link")
    looks = set()
    for role in (*roles, "struck", "marked", "keyword", "string", "number"):
        look = style(role)
        assert look.color is not None
        shade = look.color.downgrade(ColorSystem.STANDARD).number
        looks.add((shade, look.bold, look.italic, look.underline, look.strike, look.dim))
    assert len(looks) == len(roles) + 5
    assert style("text", "cursor").reverse


def underlined(reader: Reader, pane: Widget) -> list[str]:
    """The parts of *pane* that are marked on the screen."""
    found: list[str] = []
    for y in range(pane.size.height):
        for text, style, _ in pane.render_line(y):
            if isinstance(style, Style) and style.underline:
                found.append(text)
    return found


async def test_matches_are_marked_in_the_list_and_the_article(seeds: Path) -> None:
    async with reading(seeds) as reader:
        panes = reader.main.list_pane, reader.main.article_pane
        assert [underlined(reader, pane) for pane in panes] == [[], []]
        await reader.press("slash")
        await reader.type("detr")
        for pane in panes:
            assert set(underlined(reader, pane)) == {"Detroit"}
        await reader.press("enter")
        await reader.press("escape")
        assert reader.main.query_text == ""
        assert [underlined(reader, pane) for pane in panes] == [[], []]


async def test_filters_mark_nothing(seeds: Path) -> None:
    async with reading(seeds, query="topic:AI -lansing quality>0") as reader:
        assert reader.main.list_pane.marker is None
        assert underlined(reader, reader.main.list_pane) == []
        assert underlined(reader, reader.main.article_pane) == []


@pytest.mark.parametrize("theme", ["newsreader-dark", "newsreader-light", "ansi-dark"])
async def test_a_phrase_on_the_row_of_the_cursor(seeds: Path, theme: str) -> None:
    settings = Settings(theme=theme)
    query = 'title:"facial recognition contract"'
    async with reading(seeds, settings=settings, query=query) as reader:
        assert underlined(reader, reader.main.list_pane) == ["Facial Recognition Contract"]
        marked = underlined(reader, reader.main.article_pane)
        assert " ".join(marked) == "Facial Recognition Contract"


async def test_a_phrase_is_marked_from_line_to_line_under_the_cursor(tmp_path: Path) -> None:
    story = "Racial bias in facial recognition software could lead to false arrests " * 3
    (tmp_path / "a.md").write_text(f"---\ntitle: a\nrelated:\n- title: {story}\n---\n{story}\n")
    for width in range(90, 130, 7):
        async with reading(
            tmp_path, size=(width, 40), query='"facial recognition software"'
        ) as reader:
            await reader.press("enter", "]")
            words = " ".join(underlined(reader, reader.main.article_pane)).split()
            assert words == ["facial", "recognition", "software"] * 6


async def test_the_words_of_links_are_no_matches(seeds: Path) -> None:
    async with reading(seeds, query="original OR 2020 OR related OR facial") as reader:
        marked = underlined(reader, reader.main.article_pane)
        assert set(marked) == {"Facial", "facial"}
