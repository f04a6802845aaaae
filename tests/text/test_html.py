"""What a person reads of HTML, however broken it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.parts import caption, depth_of, item, plain, text_of

from newsreader.text import html
from newsreader.text.blocks import (
    Block,
    Code,
    Definition,
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

TAGS = (
    *("p", "b", "a", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "pre", "code"),
    *("svg", "head", "noscript", "h1", "div", "br", "hr", "s", "sup", "sub", "mark", "abbr"),
    *("dl", "dt", "dd", "details", "summary", "figure", "figcaption", "caption"),
)
PIECES = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    *("<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>", "<![if", "<!", "<?", "<", ">"),
    *('<abbr title="ab">', '<td align="right">', "<th style='text-align:center'>"),
    *('<img src="a" alt="b">', '<a href="x">', '"', "'", "=", "/", "&lt;", "&#27;[m", "&#x202e;"),
    *("word", " ", "\n", "\x1b]0;", "\x07", "\u202e", "\x00", "\ud800", "e\u0301", "\u200d"),
]
soup = st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=5)).map("".join)
words = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("  \n ", ()),
        ("just  text\n here", (plain("just text here"),)),
        ("<p>one<p>two", (plain("one"), plain("two"))),
        ("<div>one</div>two<section>three", (plain("one"), plain("two"), plain("three"))),
        ("<h2>Head</h2>text", (Heading(2, (Span("Head"),)), plain("text"))),
        ("<h2>Head</h4>text", (Heading(2, (Span("Head"),)), plain("text"))),
        ("a<br>b<br/><br><br><br>c", (plain("a\nb\n\nc"),)),
        ("a<hr>b", (plain("a"), Rule(), plain("b"))),
        ("a &amp; b &lt;p&gt; &eacute;", (plain("a & b <p> é"),)),
        ("1 < 2 > 1 <3 a<b", (plain("1 < 2 > 1 <3 a<b"),)),
        ("<span>a</span> <time>b</time>", (plain("a b"),)),
    ],
)
def test_paragraphs(text: str, expected: tuple[Block, ...]) -> None:
    assert html.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("<b>a</b><strong>b</strong>", (Span("ab", strong=True),)),
        ("a <em>b</em> c", (Span("a "), Span("b", emphasis=True), Span(" c"))),
        ("<b>a<i>b</b>c</i>", (Span("a", strong=True), Span("b", True, True), Span("c", True))),
        ("a <b> b </b> c", (Span("a "), Span("b ", strong=True), Span("c"))),
        ("<s>a</s><del>b</del>", (Span("ab", struck=True),)),
        ("<code>a b</code>", (Span("a b", code=True),)),
        ("</b></i>a", (Span("a"),)),
        ('<a href="http://e.org/?a=1&amp;b">x</a>', (Span("x", url="http://e.org/?a=1&b"),)),
        (
            "<a href='//e.org'>x<a href=y>z</a>",
            (Span("x", url="https://e.org"), Span("z", url="y")),
        ),
        ("<a href=' java\nscript:x'>x</a>", (Span("x"),)),
        ("<a href='data:text/html,x'>x</a>", (Span("x"),)),
        ("<a name=x>x</a>", (Span("x"),)),
    ],
)
def test_spans(text: str, spans: tuple[Span, ...]) -> None:
    assert html.parse(text) == (Paragraph(spans),)


def test_lists() -> None:
    found = html.parse("<ul><li>a<li>b<ol start=3><li>c<li value=7>d<li>e</ol></li></ul><li>f")
    inner = (
        item("3.", plain("c"), depth=1),
        item("7.", plain("d"), depth=1),
        item("8.", plain("e"), depth=1),
    )
    assert found == (item("•", plain("a")), item("•", plain("b"), *inner), item("•", plain("f")))


def test_a_quote_in_an_item_in_a_quote() -> None:
    found = html.parse("<blockquote>a<ul><li><blockquote>b</ul>c</blockquote>d")
    assert found == (
        Quote((plain("a"), item("•", Quote((plain("b"),))), plain("c"))),
        plain("d"),
    )


def test_code_keeps_spaces() -> None:
    text = (
        "<pre class=x><code class='hljs language-py'>\nif a:\n    <b>b</b> &lt; c\n</code></pre>d"
    )
    assert html.parse(text) == (Code("if a:\n    b < c", "py"), plain("d"))


def test_tables() -> None:
    text = "<table><tr><th>A<th>B<tr><td>1<td><b>2</b></tr><tr><td>3</table>x"
    assert html.parse(text) == (
        Table(
            ((Span("A"),), (Span("B"),)),
            (((Span("1"),), (Span("2", strong=True),)), ((Span("3"),),)),
        ),
        plain("x"),
    )


def test_columns_are_aligned_by_the_first_cell_that_says_so() -> None:
    text = (
        "<table><tr><th>a<th align=RIGHT>b<th style='x:y; text-align: center'>c"
        "<tr><td style='text-align:end'>d<td align=left>e<td>f<td align=justify>g</table>"
    )
    (table,) = html.parse(text)
    assert isinstance(table, Table)
    assert table.alignments == ("right", "right", "center", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x<sup>2</sup>", "x²"),
        ("x<sup> <b>-</b>2 </sup>y", "x ⁻² y"),
        ("x<sup>1,2</sup>", "x¹,²"),
        ("1<sup>st</sup>", "1ˢᵗ"),
        ("a<sup>TM</sup> b<sup>®</sup>", "a™ b®"),
        ("x<sup>a.b</sup>", "x^(a.b)"),
        ("x<sub>max</sub> y<sub>min</sub>z<sub>b</sub>", "xₘₐₓ yₘᵢₙz_(b)"),
        ("x<sup></sup>y<sub> </sub>z", "xy z"),
        ("x<sup>2", "x2"),
        ("x</sup>2<sub>3</sup>", "x23"),
        ("x<sup>a<sup>2</sup></sup>", "x^(a²)"),
        ("<sup>a" * 9 + "</sup>" * 9, "^(a^(a^(aᵃᵃᵃᵃᵃᵃ)))"),
        ("a<sup class=reference><a href='#n'>[12]</a></sup>", "a¹²"),
        (
            "<abbr title='Example'>ex.</abbr>, <abbr title='Example'>ex.</abbr>",
            "ex. (Example), ex.",
        ),
        ("<abbr>ex.</abbr> <abbr title=x>x</abbr>", "ex. x"),
    ],
)
def test_text_beside_the_line_and_abbreviations(text: str, expected: str) -> None:
    assert text_of(html.parse(text)) == expected


def test_a_note_leads_to_where_it_is() -> None:
    assert html.parse("a<sup><a href=u>[1]</a></sup>") == (
        Paragraph((Span("a"), Span("¹", url="u"))),
    )


def test_terms_and_what_they_mean() -> None:
    found = html.parse("<dl><dt>a<dt>b<dd>c<dd><p>d<dl><dt>e<dd>f</dl></dl>g<dd>h<dt>i")
    assert found == (
        Definition((Span("a"),), ()),
        Definition((Span("b"),), (plain("c"),)),
        Definition((), (plain("d"), Definition((Span("e"),), (plain("f"),)))),
        plain("g"),
        Definition((), (plain("h"),)),
        Definition((Span("i"),), ()),
    )


def test_details_follow_their_summary() -> None:
    text = "<details><summary><h3>a</h3></summary><p>b<details>c</details></details>d"
    assert html.parse(text) == (Definition((Span("a"),), (plain("b"), plain("c"))), plain("d"))


def test_captions_stay_with_what_they_are_of() -> None:
    text = "<table><caption>a<tr><td>b<td>c</table><figure><img src=u><figcaption>d</figure>e"
    assert html.parse(text) == (
        caption("a", is_above=True),
        Table((), (((Span("b"),), (Span("c"),)),)),
        Figure("", "u"),
        caption("d"),
        plain("e"),
    )


def test_a_table_for_layout_is_its_content() -> None:
    text = "<table><tr><td><h1>News</h1><table><tr><td>a<td>b</table><td>right</table>"
    inner = Table((), (((Span("a"),), (Span("b"),)),))
    assert html.parse(text) == (Heading(1, (Span("News"),)), inner, plain("right"))


def test_a_stray_end_inside_a_table_closes_nothing_outside() -> None:
    found = html.parse("<ul><li>a<table><tr><td>b</li></ul><td>c</table>d</ul>")
    table = Table((), (((Span("b"),), (Span("c"),)),))
    assert found == (item("•", plain("a"), table, plain("d")),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<img src=u alt='b  c' title=t>d", (plain("ad"), Figure("b c", "u", "t"))),
        ("<img src=u width=30px height=20>", (Figure("", "u", width=30, height=20),)),
        ("<img src=u width=30 height=50%>", (Figure("", "u"),)),
        ("<a href=l><img src=u></a>", (Figure("", "u", "", "l"),)),
        ("<img>", ()),
        ("<img src=u width=1 height=1>", ()),
        ("<img src='data:image/png;base64,AAAA' alt=b>", (Figure("b", ""),)),
        ("<figure><img src=u><figcaption>c</figcaption></figure>", (Figure("", "u"), caption("c"))),
    ],
)
def test_pictures(text: str, expected: tuple[Block, ...]) -> None:
    assert html.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>if (1<2) '</p>'</script>seen",
        "<SCRIPT src=x></SCRIPT>seen",
        "<script/>seen",
        "<style>p {}</style>seen",
        "<head><title>no</title></head>seen",
        "<head><title>no</title><body>seen</head>",
        "<template><p>no</template>seen",
        "<noscript><img src=x></noscript>seen",
        "<svg><title>no</title><svg/><path d=''/></svg>seen",
        "<!-- no <p> -->seen",
        "<!DOCTYPE html><?xml version='1.0'?>seen",
        "<![if !IE]>seen<![endif]>",
        "<svg>seen",
        "<head>seen",
        "<![CDATA[seen]]>",
        "seen<script>no",
        "seen<style>no",
    ],
)
def test_unseen(text: str) -> None:
    assert html.parse(text) == (plain("seen"),)


@pytest.mark.parametrize(
    "opening", ["<!--", "<![CDATA[", "<![foo", "<!", "<?", "<svg>", "<a href='"]
)
def test_what_is_never_closed_hides_nothing(opening: str) -> None:
    assert text_of(html.parse(f"first {opening} and <b>the rest</b>")).endswith("and the rest")


def test_controls_do_not_come_in_by_entities() -> None:
    found = html.parse("<p>a&#27;[31mb&#x9b;c&#x202e;d\x1b]0;x\x07e<img src=u alt='&#27;x'>")
    assert found == (plain("a[31mb›cde"), Figure("x", "u"))


@pytest.mark.parametrize("tag", ["blockquote", "ul", "ul><li", "table><tr><td", "div", "b", "pre"])
def test_nesting_is_bounded(tag: str) -> None:
    found = html.parse(f"<{tag}>" * 5000 + "bottom")
    assert text_of(found).strip() == "bottom"
    assert depth_of(found) <= MAX_DEPTH + 1


@given(soup)
def test_never_raises_and_is_safe(text: str) -> None:
    found = html.parse(text)
    whole = text_of(found)
    assert clean_block(whole) == whole
    assert depth_of(found) <= MAX_DEPTH + 1


@given(st.lists(st.lists(words, min_size=1), min_size=1), st.sampled_from(["p", "li", "td", "h3"]))
def test_every_word_survives(paragraphs: list[list[str]], tag: str) -> None:
    text = "".join(f"<{tag}>{' '.join(paragraph)}</{tag}>" for paragraph in paragraphs)
    expected = [word for paragraph in paragraphs for word in paragraph]
    assert text_of(html.parse(text)).split() == expected


@pytest.mark.parametrize("piece", ["<a ", '<a href="', "<x/", "<", "</", "a <b c", "<svg>", "<!--"])
def test_the_time_grows_with_the_length(piece: str) -> None:
    html.parse(piece * 20_000)  # minutes, were it quadratic
