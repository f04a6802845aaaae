"""Words and minutes."""

from __future__ import annotations

import pytest

from newsreader.text.length import length_of


@pytest.mark.parametrize(
    ("text", "is_html", "words", "minutes"),
    [
        ("", False, 0, 1),
        ("Don't *stop*, well-known [one](https://a.org/b c) — 3,000.", False, 5, 1),
        ("<p class='a b'>One <b>two</b><br>three</p>", True, 3, 1),
        ("日本語の文章", False, 3, 1),
        ("word " * 2300, False, 2300, 10),
        ("word " * 23_000, False, 23_000, 100),
        ("<" * 100_000, True, 0, 1),
    ],
)
def test_how_long_a_text_is(text: str, is_html: bool, words: int, minutes: int) -> None:
    assert length_of(text, is_html=is_html) == (words, minutes)
