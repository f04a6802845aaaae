"""What the search counts as equal."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.fold import fold, fold_lines, fold_with_places, is_unspaced


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Café", "cafe"),
        ("CAFE\u0301", "café"),
        ("Straße", "STRASSE"),
        ("ﬁnance", "finance"),
        ("don’t", "don't"),
        ("“Hi”", '"hi"'),
        ("Covid–19", "covid-19"),
        ("a\u00a0 \n b", "a b"),
        ("  a ", "a"),
        ("co\u00adoperate\ufeff", "cooperate"),
        ("ＡＢＣ１", "abc1"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("İstanbul", "istanbul"),
        ("Đặng Ngọc", "đang ngoc"),
    ],
)
def test_equal(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(("left", "right"), [("o", "0"), ("a b", "ab"), ("С++", "C"), ("ё", "o")])
def test_different(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@given(st.text(st.characters()))
def test_twice_is_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_case_does_not_count(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@given(st.text(st.characters()))
def test_single_spaces(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@given(st.lists(st.text(st.sampled_from("aÉ ß´\u0301ﬁΣ中ı\u00ad“…İ")), min_size=1))
def test_lines_are_folded_at_once_as_one_by_one(lines: list[str]) -> None:
    clean = [" ".join(line.split()) for line in lines]
    assert fold_lines(clean) == [fold(line) for line in clean]


@given(st.text(st.characters()), st.text(st.characters()))
def test_folding_knows_no_context(left: str, right: str) -> None:
    assert fold(f"{left}a{right}") == fold(f"{fold(f'{left}a')}{fold(f'a{right}')[1:]}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("news", False),
        ("новости", False),
        ("뉴스", False),
        ("新聞", True),
        ("ニュース", True),
        ("ข่าว", True),
    ],
)
def test_scripts_without_spaces(text: str, expected: bool) -> None:
    assert is_unspaced(text) is expected


@pytest.mark.parametrize(
    ("text", "folded", "places"),
    [
        ("A b", "a b", [0, 1, 2]),
        (" a \t B ", "a b", [1, 2, 5]),
        ("Cafe\u0301 x", "cafe x", [0, 1, 2, 3, 5, 6]),
        ("Stra\u00dfe", "strasse", [0, 1, 2, 3, 4, 4, 5]),
        ("\u00e9\u00adb\u2026", "eb...", [0, 2, 3, 3, 3]),
        ("a\u00b4b", "a b", [0, 1, 2]),
        ("\u00a0\u00b4", "", []),
    ],
)
def test_where_it_comes_from(text: str, folded: str, places: list[int]) -> None:
    result, found = fold_with_places(text)
    assert (result, list(found)) == (folded, places)


@given(st.text(st.characters()))
def test_it_comes_from_somewhere_in_order(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert list(places) == sorted(places)
    assert all(0 <= place < len(text) for place in places)


def test_every_character_is_folded_alike_alone_and_among_others() -> None:
    every = (chr(code) for code in range(0x110000))
    chars = [char for char in every if category(char) not in ("Cn", "Co", "Cs")]
    for start in range(0, len(chars), 4_096):
        text = "a".join(chars[start : start + 4_096])
        assert fold_with_places(text)[0] == fold(text)
