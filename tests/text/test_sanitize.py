"""Nothing that moves a cursor passes, and nothing that a person reads is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.controls import strip_controls
from newsreader.text.sanitize import HARMLESS, clean_block, clean_line, plain

CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
KINDS_OF_STRING = ["]", "P", "X", "^", "_"]

# Text in which controls, joiners, marks and the characters of escape sequences are common.
foreign = st.text(
    st.characters() | st.sampled_from("\x1b\x9b\x9d[]P;\\\x07\x9c\t\n\r \u200d\u0301m8")
) | st.text(st.sampled_from("\x1b\x9b\x9d[]0;\\\x07\x9c\n \u200d\u200c\u0301\u202ea\u3000\u2028"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mred\x1b[m", "red"),
        ("\x9b2Jgone", "gone"),
        ("a\x1b[2J\x1b[Hb", "ab"),
        ("a\x1b[?1049hb", "ab"),
        ("a\x1b]0;PWNED\x07b", "ab"),
        ("a\x1b]0;PWNED\x1b\\b", "ab"),
        ("a\x9d0;PWNED\x9cb", "ab"),
        ("a\x1b]8;;http://e.org\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1b]8;;http://e.org\x07link\x1b]8;;\x07b", "alinkb"),
        ("a\x1b]52;c;SGVsbG8=\x07b", "ab"),
        ("a\x1bP1$r0m\x1b\\b", "ab"),
        ("a\x90q#0\x9cb", "ab"),
        ("a\x1b_Gf=100;AAAA\x1b\\b", "ab"),
        ("a\x1bcb", "ab"),
        ("a\x1b(0b", "ab"),
        ("a\x1b7b\x1b8c", "abc"),
        ("a\x1b", "a"),
        ("a\x1b[", "a"),
        ("a\x08\x7f\x00b", "ab"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("a\U000e0041\ufeff\u00adb", "ab"),
        ("a\ud800b", "ab"),
        ("a\r\nb\rc\u2028d\x85e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("a\tb\n\tc", "a   b\n    c"),
    ],
)
def test_taken_out(text: str, expected: str) -> None:
    assert clean_block(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Plain text, [brackets] and 100%",
        "مرحبا بالعالم",
        "שלום עולם",
        "新聞を読む",
        "ข่าววันนี้",
        "नमस्ते क्‍ष",
        "می‌خواهم",
        "Café, cafe\u0301, naïve, Ångström, Tiếng Việt",
        f"Family {FAMILY} and \U0001f3f3\ufe0f\u200d\U0001f308",
        "“Quotes” – dashes — and … dots",
        "\U0001f1eb\U0001f1f7\U0001f1ef\U0001f1f5 #\ufe0f\u20e3 1\ufe0f\u20e3 \u2764\ufe0f",
        "\U0001f44d\U0001f3fd \U0001f9d1\U0001f3fd\u200d\U0001f680",
        "בְּרֵאשִׁ֖ית בָּרָ֣א",
        "กำลังที่ทำอยู่ மொழி ক্‍ষ",
        "中\ufe00 PDF\u200cها",
        "x\u00a0y",
    ],
)
def test_kept_whole(text: str) -> None:
    assert clean_block(text) == text
    if "\u00a0" not in text:
        assert clean_line(text) == text


@pytest.mark.parametrize("kind", KINDS_OF_STRING)
@pytest.mark.parametrize("introducer", ["", "8;;http://e.org ", "52;c;"])
def test_a_string_without_an_end_hides_nothing(kind: str, introducer: str) -> None:
    article = "first words\n" + "The rest of the article. " * 200
    cleaned = clean_block(f"before \x1b{kind}{introducer}{article}")
    assert cleaned.startswith("before ")
    assert cleaned.endswith(article)


@pytest.mark.parametrize("kind", KINDS_OF_STRING)
def test_a_string_ends_on_its_line_and_soon(kind: str) -> None:
    assert clean_block(f"a\x1b{kind}b\nc\x1b\\d") == "ab\ncd"
    assert clean_block(f"a\x1b{kind}{'b' * 2000}\x07c") == "ac"
    assert clean_block(f"a\x1b{kind}{'b' * 2001}\x07c") == f"a{'b' * 2001}c"


def test_mojibake_hides_nothing() -> None:
    broken = "He said “no” to it.".encode().decode("latin-1")
    assert clean_block(broken).endswith(" to it.")


def test_a_flood_of_marks_is_cut() -> None:
    assert clean_block("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * 8 + "b"


@pytest.mark.parametrize("mark", "\u0301\u0489\u0650\u05b0\u0e48\u093c\u0f71\u3099\u20dd\U0001d165")
def test_a_flood_of_any_marks_is_cut(mark: str) -> None:
    assert len(clean_block("a" + mark * 500 + "b")) <= 10
    assert clean_block("ب" + (mark + "\u200d") * 500).count(mark) <= 8


def test_stray_joiners_go() -> None:
    assert clean_line("\u200da \u200d b\u200d") == "a b"
    assert clean_line("pay\u200d\u200c\u200d\u200cload") == "payload"
    assert clean_line("می\u200c\u200d\u200cخواهم") == "می\u200cخواهم"


def test_selectors_carry_no_data() -> None:
    data = "".join(map(chr, range(0xFE00, 0xFE10)))
    assert clean_line(f"a{data}b") == "a\ufe00b"
    assert clean_line("\u2764" + "\ufe0f\u200d" * 50 + "\u2764") == "\u2764\ufe0f\u200d\u2764"
    assert clean_line("a\U000e0100\U000e01efb") == "ab"


def kept_of(start: int) -> str:
    """Those of 64 characters that are left, asked for one by one unless all of them are."""
    chars = [chr(number) for number in range(start, start + 64)]
    if (block := "\n".join(f"a{char}b" for char in chars)) == clean_block(block):
        return "".join(chars)
    return "".join(char for char in chars if char in clean_block(f"a{char}b"))


def test_every_character_that_is_left_can_be_seen_or_joins() -> None:
    kept = "".join(map(kept_of, range(0, 0x110000, 64)))
    signs = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    formats = {
        char for char in kept if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }
    assert {char for char in formats if not re.match(f"[{signs}]", char)} == {"\n"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q&amp;A", "Q&A"),
        ("&amp;quot;Hi&amp;quot;", '"Hi"'),
        ("&amp;amp;amp;lt;", "&amp;lt;"),
        ("a&nbsp;b&#10;c", "a b c"),
        ("a&#27;[31mb", "a[31mb"),
        ("a&#x202e;b", "ab"),
        ("AT&T & Co; R&D", "AT&T & Co; R&D"),
        ("  two\n lines ", "two lines"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("clean", [clean_block, clean_line, plain])
@given(text=foreign)
def test_nothing_forbidden_passes(clean: Callable[[str], str], text: str) -> None:
    cleaned = clean(text)
    assert not CONTROL.search(cleaned)
    if clean is not clean_block:
        assert "\n" not in cleaned
        assert cleaned == cleaned.strip()


@given(text=foreign)
def test_twice_is_once(text: str) -> None:
    assert clean_block(clean_block(text)) == clean_block(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    if "&" not in text:  # else it decodes two levels of entities, each time
        assert plain(plain(text)) == plain(text)


@given(st.lists(st.text(st.characters(categories=("L", "N")), min_size=1)))
def test_words_survive(words: list[str]) -> None:
    kept = [word for word in words if not re.search("[\u115f\u1160\u3164\uffa0]", word)]
    assert clean_line(" ".join(kept)) == " ".join(kept)


@pytest.mark.parametrize(
    "part", ["\u200d", "\ufe0f\u200d", "\u200d\ufe0f", "\u0301\u200d", "\x1b]", "\x9b", "、"]
)
def test_a_long_row_takes_no_time(part: str) -> None:
    start = perf_counter()
    clean_block("\u0628" + part * 100_000 + "\u0628")
    assert perf_counter() - start < 1


def test_what_is_called_harmless_is_never_touched() -> None:
    harmless = re.findall(f"[{HARMLESS}]", "".join(map(chr, range(0x110000))))
    text = "".join(harmless)
    assert strip_controls(text) == text
    assert strip_controls(text[::-1]) == text[::-1]
    assert [char for char in harmless if char.isspace()] == [" "]
    assert all(strip_controls(char * 20) == char * 20 for char in harmless)
