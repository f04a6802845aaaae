"""What the search counts as equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.fold import fold, is_unspaced


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
