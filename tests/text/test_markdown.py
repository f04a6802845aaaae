"""CommonMark, tables and struck text, and the text of HTML in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.parts import depth_of, item, plain, text_of

from newsreader.text import markdown
from newsreader.text.blocks import (
    Block,
    Code,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)
from newsreader.text.page import MAX_DEPTH
from newsreader.text.sanitize import clean_block

PIECES = [
    *("# ", "- ", "1. ", "> ", "    ", "\t", "\n", "\n\n", "```", "~~~\n", "***", "---\n", "===\n"),
    *(
        "*",
        "**",
        "_",
        "~~",
        "`",
        "[",
        "]",
        "](",
        ")",
        "![",
        "[a]: b\n",
        "|",
        "|-|-|\n",
        "|:-:|-:|\n",
        "[^1]",
        "[^1]: ",
        "\\",
        "[ ] ",
    ),
    *("<b>", "</b>", "<script>", "</script>", "<svg>", "<br>", "<div>", "</div>", "<pre>", "<li>"),
    *("<sup>", "</sup>", "<sub>", "</sub>", "<dl>", "<dt>", "<dd>", "</dl>", "<abbr title=x>"),
    *("<table>", "<td>", "<!--", "-->", "<?", "<![CDATA[", "<http://e.org>", "&lt;", "&#27;[m"),
    *("word", " ", "\x1b]0;", "\x07", "\u202e", "\x00", "\ud800", "e\u0301", "\u200d", "&#x202e;"),
]
soup = st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=5)).map("".join)
words = st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("one\ntwo\n\nthree", (plain("one two"), plain("three"))),
        ("one  \ntwo\\\nthree", (plain("one\ntwo\nthree"),)),
        ("## Head\ntext", (Heading(2, (Span("Head"),)), plain("text"))),
        ("Head\n===", (Heading(1, (Span("Head"),)),)),
        ("a\n\n---\nb", (plain("a"), Rule(), plain("b"))),
        ("> a\n> > b\n\nc", (Quote((plain("a"), Quote((plain("b"),)))), plain("c"))),
        ("```py x\na\n\n  b\n```", (Code("a\n\n  b", "py"),)),
        ("    a\n      b", (Code("a\n  b"),)),
        ("\ta", (Code("a"),)),
        ("www.e.org and http://e.org stay", (plain("www.e.org and http://e.org stay"),)),
        ('"quotes" -- (c) ...', (plain('"quotes" -- (c) ...'),)),
        ("&eacute; &amp;amp;", (plain("é &amp;"),)),
    ],
)
def test_blocks(text: str, expected: tuple[Block, ...]) -> None:
    assert markdown.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a *b* c", (Span("a "), Span("b", emphasis=True), Span(" c"))),
        ("**a *b***", (Span("a ", strong=True), Span("b", emphasis=True, strong=True))),
        ("~~a~~ `b  c`", (Span("a", struck=True), Span(" "), Span("b  c", code=True))),
        (
            "[a *b*](http://e.org 't')",
            (Span("a ", url="http://e.org"), Span("b", True, url="http://e.org")),
        ),
        ("<http://e.org>", (Span("http://e.org", url="http://e.org"),)),
        ("[a][r]\n\n[r]: /b", (Span("a", url="/b"),)),
        ("[a](javascript:b)", (Span("[a](javascript:b)"),)),
        ("a <b>c</b> d", (Span("a "), Span("c", strong=True), Span(" d"))),
        ("a<br>b<br />c", (Span("a\nb\nc"),)),
        ("a <script>no *b*</script>c", (Span("a c"),)),
        ("a <svg>b *c*", (Span("a b "), Span("c", emphasis=True))),
    ],
)
def test_spans(text: str, spans: tuple[Span, ...]) -> None:
    assert markdown.parse(text) == (Paragraph(spans),)


def test_styles_end_with_their_paragraph() -> None:
    assert markdown.parse("<b>a\n\nb") == (Paragraph((Span("a", strong=True),)), plain("b"))


def test_lists() -> None:
    text = "- a\n  - [x] b\n  - [ ] c\n\n    more\n\n7. d\n8. e"
    inner = (
        item("[x]", plain("b"), depth=1),
        item("[ ]", plain("c"), plain("more"), depth=1),
    )
    assert markdown.parse(text) == (
        item("•", plain("a"), *inner),
        item("7.", plain("d")),
        item("8.", plain("e")),
    )


@pytest.mark.parametrize("text", ["[ ] a", "- a [x] b", "- [y] a", "- a\n\n  [x] b"])
def test_no_task(text: str) -> None:
    assert text_of(markdown.parse(text)) == re.sub(r"\s+", " ", text.removeprefix("- "))


def test_tabs_are_columns() -> None:
    assert markdown.parse("1.\ta\n\n\tb") == (item("1.", plain("a"), plain("b")),)


def test_table() -> None:
    found = markdown.parse("| a | *b* |\n|---|:-:|\n| 1 |\n| 2 | `|` |")
    assert isinstance(found[0], Table)
    assert found[0].header == ((Span("a"),), (Span("b", emphasis=True),))
    assert found[0].rows[0] == ((Span("1"),), ())
    assert found[0].alignments == ("", "center")
    sides = markdown.parse("| a | b | c |\n|:--|--:|---|")
    assert isinstance(sides[0], Table)
    assert sides[0].alignments == ("left", "right", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a[^1] b", "a¹ b"),
        ("a[^no_te]", "a^(no_te)"),
        ("H<sub>2</sub>O and x<sup>2n</sup>", "H₂O and x²ⁿ"),
    ],
)
def test_notes_and_powers(text: str, expected: str) -> None:
    assert text_of(markdown.parse(text)) == expected


def test_a_note_has_the_sign_of_its_reference() -> None:
    assert markdown.parse("a[^n]\n\n[^n]: two words") == (
        plain("aⁿ"),
        item("ⁿ", plain("two words")),
    )


def test_pictures() -> None:
    assert markdown.parse("a ![b *c*](u 't') d") == (plain("a d"), Figure("b c", "u", "t"))
    assert markdown.parse("[![b](u)](l)") == (Figure("b", "u", "", "l"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>a <i>b</i></div>\n\nc", (Paragraph((Span("a "), Span("b", True))), plain("c"))),
        ("<script>\nno\n\nno\n</script>\n\na", (plain("a"),)),
        ("<style>no</style>\na", (plain("a"),)),
        ("<!-- no\n\nno -->\na", (plain("a"),)),
        (
            "<blockquote>\n\n*a*\n\n</blockquote>\n\nb",
            (Quote((Paragraph((Span("a", True),)),)), plain("b")),
        ),
        ("<pre>\na\n  b\n</pre>\nc", (Code("a\n  b"), plain("c"))),
    ],
)
def test_html_in_it(text: str, expected: tuple[Block, ...]) -> None:
    assert markdown.parse(text) == expected


def test_controls_do_not_come_in() -> None:
    assert markdown.parse("a&#27;[31mb \x1b[31mc &#x202e;d") == (plain("a\ufffd[31mb c d"),)
    assert markdown.parse("```\x1b[m py\na\x07&#7;\n```") == (Code("a&#7;", "py"),)


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", "- > ", "> 1. "])
def test_nesting_is_bounded_and_keeps_the_text(opening: str) -> None:
    found = markdown.parse(opening * 3000 + "bottom\n\nafter")
    assert "bottom" in text_of(found)
    assert found[-1] == plain("after")
    assert depth_of(found) <= MAX_DEPTH + 1


def test_nesting_by_indentation_keeps_the_text() -> None:
    found = markdown.parse("\n".join(f"{'  ' * level}- word{level}" for level in range(200)))
    assert re.findall(r"word\d+", text_of(found)) == [f"word{level}" for level in range(200)]


@given(soup)
def test_never_raises_and_is_safe(text: str) -> None:
    found = markdown.parse(text)
    whole = text_of(found)
    assert clean_block(whole) == whole
    assert depth_of(found) <= MAX_DEPTH + 1


@given(st.lists(st.lists(words, min_size=1), min_size=1), st.sampled_from(["", "> ", "- ", "# "]))
def test_every_word_survives(paragraphs: list[list[str]], opening: str) -> None:
    text = "\n\n".join(opening + " ".join(paragraph) for paragraph in paragraphs)
    expected = [word for paragraph in paragraphs for word in paragraph]
    assert text_of(markdown.parse(text)).split() == expected


@pytest.mark.parametrize("piece", ["[", "![", "[](", "<svg>", "<a ", "*a ", "`", "<!--", "> "])
def test_the_time_grows_with_the_length(piece: str) -> None:
    markdown.parse(piece * (30_000 // len(piece)))
