"""What articles are written as can be read again, and does nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.exporting.epub import write_book
from newsreader.exporting.html import article_page, entry, index_page
from newsreader.exporting.markdown import article_markdown, documents, link
from newsreader.exporting.markdown_spans import lines_of, literal
from newsreader.exporting.names import slug, stem
from newsreader.model import Article, Provider, Related
from newsreader.sources.article import parse_article, read_article, write_article
from newsreader.text import html, markdown
from newsreader.text.blocks import Heading, Paragraph, Span, plain_text
from newsreader.text.sanitize import clean_block, clean_line

XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = (
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[x](javascript:alert(1))",
    "![x](https://x.org/a.png \"' onload='\")",
    "<a href='javascript:alert(1)' onclick='x()'>x</a>",
    "]]>&lt;script&gt; & \ufffe\uffff",
    "# - 1. > ``` | a |\n|---|\n* x\n<div>",
)
# Characters that mean something in one of the formats, and some that are none.
_text = st.text(
    st.sampled_from("ab1 \n\t<>&\"'[]()*_`~#|\\-+=.!:/{}%@?,\x1b\u202e\ufffeé漢"), max_size=60
)
_line = _text.map(clean_line)
_urls = st.sampled_from(["", "https://x.org/a?b=1&c=<2>", "javascript:alert(1)", "http://é.org/"])
articles = st.builds(
    Article,
    id=st.just("0123456789ab"),
    title=_line,
    excerpt=_line,
    published_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    web_url=_urls,
    provider=st.none() | st.builds(Provider, name=_line),
    topics=st.lists(_line.filter(bool), max_size=2, unique_by=str.casefold).map(tuple),
    quality=st.none() | st.integers(0, 100),
    heat=st.none() | st.integers(0, 9),
    related=st.lists(st.builds(Related, title=_line, original_url=_urls), max_size=2).map(tuple),
    body=(st.sampled_from(HOSTILE) | _text).map(lambda text: clean_block(text).strip("\n")),
    body_is_html=st.booleans(),
)


def is_harmless(page: str) -> ET.Element:
    """The tree of a page that is well-formed, loads nothing and runs nothing."""
    tree = ET.fromstring(page.split("\n", 1)[1] if page.startswith("<!") else page)
    for element in tree.iter():
        assert element.tag.removeprefix(XHTML) not in ("script", "img", "svg", "iframe", "object")
        assert not [name for name in element.attrib if name.startswith("on") or name == "src"]
        href = element.get("href", "")
        assert not href or re.match(r"https?://|[\w-]+\.(html|xhtml|css)$", href), href
    return tree


@given(articles)
def test_an_article_is_read_back_as_it_was(article: Article) -> None:
    name = "a.html" if article.body_is_html else "a.md"
    written = write_article(article)
    reading = parse_article(written.encode(), name=name)
    assert reading.article is not None
    assert reading.issues == ()
    again = replace(reading.article, id=article.id, origin=article.origin, path="")
    inner = [replace(each, origin=article.origin) for each in again.related]
    provider = again.provider and replace(again.provider, origin=article.origin)
    if article.provider == Provider():
        provider = article.provider
    assert replace(again, related=tuple(inner), provider=provider) == article
    assert write_article(reading.article) == written


def test_a_date_of_a_file_name_is_written_down() -> None:
    read = parse_article(b"---\ntitle: A\n---\n", name="2020-07-01-a.md").article
    assert read is not None
    again = parse_article(write_article(read).encode(), name="b.md").article
    assert again is not None
    assert again.published_at == datetime(2020, 7, 1, tzinfo=UTC)


@given(_line)
def test_literal_text_means_itself_in_markdown(text: str) -> None:
    blocks = markdown.parse(literal(text))
    assert [plain_text(b.spans) for b in blocks if isinstance(b, Paragraph)] == (
        [text] if text else []
    )


def test_a_title_with_an_address_is_a_link() -> None:
    piece = Related(title="A [b] *c*", original_url="https://x.org/a?b=(1)&amp;c=<2>")
    (block,) = markdown.parse(link(piece))
    assert isinstance(block, Paragraph)
    assert plain_text(block.spans) == piece.title
    assert {span.url for span in block.spans} == {piece.url.replace("<2>", "%3C2%3E")}


@given(st.lists(articles, max_size=2))
def test_markdown_has_the_headline_of_each(some: list[Article]) -> None:
    for article in some:
        first = markdown.parse(article_markdown(article))[0]
        assert isinstance(first, Heading)
        assert plain_text(first.spans) == clean_line(article.headline)
    assert documents(some).count("\n---\n") >= len(some) - 1


BODY = """<h2>Two <em>words</em></h2><p>One<br>two <b>bold</b> and <a href="https://x.org/?a=1">a
link</a> 1. x</p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start=3><li>d</li></ol>
<blockquote><p>Said</p><p>so</p></blockquote><pre>code  ``` *x*</pre><hr>
<table><tr><th align=right>h</th><th>i</th></tr>
<tr><td>1|2</td><td><code>`</code></td></tr></table>"""


def test_a_body_of_html_becomes_markdown_of_the_same_meaning() -> None:
    written = article_markdown(Article(title="T", body=BODY, body_is_html=True))
    assert markdown.parse(written)[1:] == html.parse(BODY)


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<b>Note:</b>see <i>(here)</i>now", "**Note**:see *(here*)now"),
        ("a<b>(b)</b>, un<i>believ</i>able", "a(**b)**, un*believ*able"),
        ("<b>all <code>x|y</code> <i>of it</i></b> ", "**all `x|y` *of it***"),
        ("x<b><code>y</code></b>", "x`y`"),
        ("<b>a</b><i>b</i><s>c</s>", "**a***b*~~c~~"),
        ('Look!<a href="https://x.org">it</a>', r"Look\![it](<https://x.org>)"),
        (
            "<table><tr><th>h<th>i<tr><td><code>a|b</code><td>c",
            "| h | i |\n| --- | --- |\n| `a\\|b` | c |",
        ),
        (
            "<table><tr><th>h<th>i<tr><td><a href='https://x.org/a|b'>c</a><td>d",
            "| h | i |\n| --- | --- |\n| [c](<https://x.org/a\\|b>) | d |",
        ),
        ("a<br>&nbsp;- b<br>&nbsp;1. c", "a\\\n\\- b\\\n1\\. c"),
        (
            '<a href="https://x.org"><img src="https://x.org/i.png" alt="I"></a>',
            "[![I](<https://x.org/i.png>)](<https://x.org>)",
        ),
    ],
)
def test_styles_that_meet_in_the_middle_of_words(body: str, written: str) -> None:
    made = article_markdown(Article(title="T", body=body, body_is_html=True))
    assert made == f"# T\n\n\n{written}"


_spans = st.builds(
    Span,
    _line.filter(bool),
    emphasis=st.booleans(),
    strong=st.booleans(),
    code=st.booleans(),
    struck=st.booleans(),
    url=st.sampled_from(["", "https://x.org/"]),
)


@given(st.lists(_spans, min_size=1, max_size=4).map(tuple))
def test_styled_text_means_itself_in_markdown(spans: tuple[Span, ...]) -> None:
    read = markdown.parse("\n".join(lines_of(spans)))
    text = "".join(plain_text(block.spans) for block in read if isinstance(block, Paragraph))
    assert text.split() == plain_text(spans).split()


TERMS = """<dl><dt>a<dd>b<p>c</dl><table><caption>d<tr><td align=center>e<td>f</table>
<mark>g</mark><sup>2</sup>"""


def test_terms_captions_and_alignments_are_exported() -> None:
    article = Article(title="T", body=TERMS, body_is_html=True)
    page = article_page([article])
    is_harmless(page)
    for part in (
        "<dl>\n<dt>a</dt><dd><p>b</p><p>c</p></dd>\n</dl>",
        '<p class="facts">d</p>',
        '<tr><td class="center">e</td><td>f</td></tr>',
        "\n.center { text-align: center; }\n",
        "<mark>g</mark>²",
    ):
        assert part in page
    written = article_markdown(article)
    for part in ("- **a**\n\n  b\n\n  c\n\n*d*", "| :---: | --- |", "g²"):
        assert part in written


@given(articles)
def test_a_page_is_well_formed_and_harmless(article: Article) -> None:
    page = article_page([article])
    tree = is_harmless(page)
    policy = tree.find(f"{XHTML}head/{XHTML}meta[@http-equiv]")
    assert policy is not None
    assert policy.get("content", "").startswith("default-src 'none'; style-src 'sha256-")
    is_harmless(article_page([article, article]))
    is_harmless(index_page([entry(article, f"{stem(article)}.html")]))


@pytest.mark.parametrize("is_html", [False, True])
def test_hostile_bodies_are_harmless_on_a_page(is_html: bool) -> None:
    for text in HOSTILE:
        article = Article(id="a", title=text, excerpt=text, body=text, body_is_html=is_html)
        is_harmless(article_page([article]))


def test_a_book_is_as_epub_wants_it(seeds: Path) -> None:
    some = [read_article(path).article for path in sorted(seeds.iterdir())]
    hostile = [Article(id=f"h{n}", title=text, body=text) for n, text in enumerate(HOSTILE)]
    out = BytesIO()
    made_at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    write_book(out, [each for each in some if each] + hostile, "A & B", made_at)
    book = ZipFile(out)
    first = book.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert book.read("mimetype") == b"application/epub+zip"
    assert book.testzip() is None
    container = ET.fromstring(book.read("META-INF/container.xml"))
    root = container.find(".//{*}rootfile")
    assert root is not None
    package = ET.fromstring(book.read(root.get("full-path", "")))
    assert package.get("version") == "3.0"
    assert package.findtext(".//{*}title") == "A & B"
    assert package.findtext(".//{*}meta[@property='dcterms:modified']") == "2026-01-02T03:04:05Z"
    named = package.get("unique-identifier")
    assert package.find(f".//{{*}}identifier[@id='{named}']") is not None
    items = {item.get("id"): item for item in package.findall(".//{*}manifest/{*}item")}
    files = {f"EPUB/{item.get('href')}" for item in items.values()}
    assert files == {name for name in book.namelist() if name.startswith("EPUB/")} - {
        "EPUB/package.opf"
    }
    spine = [ref.get("idref") for ref in package.findall(".//{*}itemref")]
    assert len(spine) == len(set(spine)) == 1 + len(some) + len(hostile)
    assert set(spine) <= set(items)
    for name in files:
        if name.endswith(".xhtml"):
            is_harmless(book.read(name).decode().split("\n", 2)[2])
    nav = ET.fromstring(book.read("EPUB/nav.xhtml"))
    links = [a.get("href") for a in nav.findall(f".//{XHTML}nav/{XHTML}ol/{XHTML}li/{XHTML}a")]
    assert links == [items[each].get("href") for each in spine[1:]]


@given(st.text(max_size=200))
def test_names_of_files_are_safe(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{0,61}", slug(title))
    assert re.fullmatch(r"0123[a-z0-9-]*", stem(Article(id="0123", title=title, path="x")))


def test_names_of_files_say_what_is_in_them() -> None:
    assert slug("Café: “Olé”, says No. 1!") == "cafe-ole-says-no-1"
    assert stem(Article(id="ab", title="Live: the news")) == "ab-live-the-news"
    assert stem(Related(title="漢字")) == "article"
    assert len(slug("word " * 40)) <= 60
