"""Pages that are laid out piece by piece: the pieces, and that nothing moves."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from conftest import NOW
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.model import Article, Related
from newsreader.text.chunks import Chunk, Kind, markdown_chunks, plain_chunks
from newsreader.text.html_chunks import html_chunks
from newsreader.ui import page as pages
from newsreader.ui.cells import Line, line_len
from newsreader.ui.glyphs import UNICODE
from newsreader.ui.page import lay_out_page
from newsreader.ui.page_flow import Page
from newsreader.ui.page_parts import Drawn, Part, Rest, ready
from newsreader.ui.page_sections import Setting

WORDS = ("the", "quick", "*brown*", "fox", "jumps", "over", "`lazy`", "dogs", "[a link](#a)", "too")
URL = "https://a.example/1"


def setting(width: int = 76) -> Setting:
    return Setting(width, NOW, UNICODE)


def prose(seed: int, paragraphs: int) -> str:
    random = Random(seed)
    return "\n\n".join(
        " ".join(random.choices(WORDS, k=random.randint(3, 90))) for _ in range(paragraphs)
    )


def finish(page: Page) -> Page:
    """*page* with everything laid out."""
    for _ in range(100_000):
        if page.is_exact:
            return page
        page.work(1)
        page.reach(0, 10)
    raise AssertionError("it never ends")


def texts(page: Page) -> list[str]:
    return ["".join(text for text, _ in page.line(y)) for y in range(page.height)]


def body_of(body: str, *, is_html: bool = False, width: int = 76) -> list[str]:
    article = Article(title="T", original_url=URL, body=body, body_is_html=is_html)
    return texts(finish(lay_out_page(article, setting(width))))


@pytest.mark.parametrize("width", [30, 76, 120])
def test_a_long_article_looks_as_if_it_were_laid_out_at_once(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    related = tuple(
        Related(title=f"Story {n}", original_url=f"{URL}/{n}", excerpt=prose(n, 1))
        for n in range(130)
    )
    headings = "\n\n".join(f"{'#' * (n % 6 + 1)} Heading {n}\n\n{prose(n, 2)}" for n in range(30))
    body = "\n\n".join(
        (prose(1, 40), headings, "- one\n- two\n\n- three", "> quoted\n> words", prose(2, 60))
    )
    body += "\n\n```\ncode\n\nmore code\n```\n\n" + prose(3, 30)
    article = Article(title="T", original_url=URL, excerpt="E " * 80, body=body, related=related)
    parts = finish(lay_out_page(article, setting(width)))
    assert len(parts.parts) > 20
    monkeypatch.setattr(pages, "is_long", lambda _: False)
    whole = lay_out_page(article, setting(width))
    assert len(whole.parts) == 1
    assert texts(parts) == texts(whole)
    stops = [[page.stop(n) for n in range(page.stop_count)] for page in (parts, whole)]
    assert stops[0] == stops[1]
    assert [whole.stop_at(y) for y in range(whole.height)] == [
        parts.stop_at(y) for y in range(parts.height)
    ]


def unspaced(text: str) -> str:
    return "".join(text.split())


@given(
    st.lists(
        st.sampled_from(
            ["a word ", "\n", "\n\n", "x" * 700, "words " * 500, "*b* " * 300, "- i\n", "日" * 900]
        ),
        max_size=30,
    ).map("".join)
)
@example("    code\n" * 900)
@example("e\u0301" * 9000)
def test_pieces_hold_the_whole_text(text: str) -> None:
    for chunks in (list(markdown_chunks(text)), list(plain_chunks(text))):
        assert unspaced("".join(chunk.text for chunk in chunks)) == unspaced(text)
        assert all(len(chunk.text) <= 6_010 for chunk in chunks)
        assert [chunk.end for chunk in chunks] == sorted({chunk.end for chunk in chunks})


@given(
    st.lists(
        st.sampled_from(
            (
                *("<p>", "</p>", "<ul>", "</ul>", "<li>", "<table>", "<tr>", "<td>", "</table>"),
                *("<script>", "</script>", "<!--", "-->", "<pre>", "</pre>", "< ", "<b", ">"),
                *("words " * 300, "w" * 3000, "日本語" * 100, "<div>" * 300, "<td>c" * 400),
            )
        ),
        max_size=30,
    ).map("".join)
)
def test_html_in_pieces_always_ends(text: str) -> None:
    chunks = list(html_chunks(text))
    assert all(before.end < after.end for before, after in pairwise(chunks))
    assert all(len(chunk.text) < 8_000 for chunk in chunks)


@given(st.text(alphabet="ab|`~-*_[]<>:! \n#1.=", max_size=300), st.integers(1, 30))
def test_any_markdown_in_pieces_always_ends(text: str, times: int) -> None:
    chunks = list(markdown_chunks(text * times))
    ends = [chunk.end for chunk in chunks]
    assert ends == sorted(ends)


def test_a_long_fence_stays_code() -> None:
    lines = body_of(
        "before\n\n```py\n" + "\n".join(f"*x* = {n}" for n in range(5000)) + "\n```\nend"
    )
    assert "    *x* = 0" in lines
    assert "    *x* = 4999" in lines
    assert "  end" in lines
    assert not any("```" in line for line in lines)
    first = lines.index("    *x* = 0")
    assert lines[first : first + 5000] == [f"    *x* = {n}" for n in range(5000)]


def test_a_link_is_found_whose_address_is_at_the_end_of_a_long_text() -> None:
    body = "see [this][1]\n\n" + prose(5, 120) + "\n\n[1]: https://b.example/\n"
    page = lay_out_page(Article(title="T", original_url=URL, body=body), setting())
    page.reach(0, 30)
    runs = [run for y in range(10) for run in page.line(y)]
    assert ("this", "link>https://b.example/") in runs
    assert not any("[1]" in line for line in texts(finish(page)))


def test_a_long_table_has_its_header_once_and_columns_of_one_width() -> None:
    rows = "".join(f"|row {n}|{'v' * (n % 7)}|\n" for n in range(3000))
    lines = body_of(f"|name|value|\n|-|-|\n{rows}\nafter")
    (start,) = [n for n, line in enumerate(lines) if line.split() == ["name", "value"]]
    assert set(lines[start + 1]) == {" ", "─"}
    column = lines[start].index("value")
    for n in range(3000):
        assert lines[start + 2 + n][:column].strip() == f"row {n}"
        assert lines[start + 2 + n][column:] == "v" * (n % 7)
    assert lines[start + 3002 :][:2] == ["", "  after"]


def test_a_long_table_of_html_is_aligned_as_it_begins() -> None:
    rows = "".join(f"<tr><td>{n}<td>{'v ' * 30}" for n in range(400))
    lines = body_of(f"<table><tr><th>Number<th align=center>Text{rows}</table>", is_html=True)
    start = next(n for n, line in enumerate(lines) if line.split() == ["Number", "Text"])
    end = lines[start].index("Number") + len("Number")
    numbered = [line for line in lines[start + 2 :] if line[:end].strip()][:400]
    assert [line[:end].strip() for line in numbered] == [str(n) for n in range(400)]
    assert not any(line[end - 1].isspace() or line[end].strip() for line in numbered)


@pytest.mark.parametrize("is_html", [False, True])
def test_a_wide_table_says_how_much_of_it_is_not_there(is_html: bool) -> None:
    if is_html:
        body = "<table>" + ("<tr>" + "<td>c</td>" * 2000 + "</tr>") * 9 + "</table><p>after</p>"
    else:
        body = "|c" * 2000 + "|\n" + "|-" * 2000 + "|\n" + ("|c" * 2000 + "|\n") * 8 + "\nafter"
    lines = body_of(body, is_html=is_html)
    assert sum(" more columns" in line for line in lines) == 1
    assert "  … 1,988 more columns" in lines
    assert sum(line.split() == ["c"] * 12 for line in lines) == 9
    assert "  after" in lines


def test_html_in_pieces_keeps_lists_quotes_and_secrets() -> None:
    items = "".join(f"<li>item {n} {'w ' * 30}</li>" for n in range(400))
    script = f"<script>{'alert(1);' * 3000}</script>"
    lines = body_of(f"<ul>{items}</ul>{script}<!-- {'x ' * 9000} --><p>after</p>", is_html=True)
    assert sum(line.startswith("  • item ") for line in lines) == 400
    assert not any("alert" in line or "x x" in line for line in lines)
    assert "  after" in lines


def test_titles_topics_and_excerpts_of_any_length() -> None:
    article = Article(
        title="A long title " * 8000,
        topics=tuple(f"topic {n}" for n in range(10_000)),
        excerpt="So it is. " * 100_000,
        original_url=URL,
    )
    page = lay_out_page(article, setting())
    page.reach(0, 30)
    lines = texts(page)
    assert lines[5].endswith("…")
    assert lines[6] == ""
    assert all(line.strip() for line in lines[:6])
    more = next(line for line in lines if line.endswith(" more"))
    assert int(more.split()[-2].replace(",", "")) > 9_900
    assert lines.index(more) <= 9
    assert page.lines_made < 300


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), min_size=2, max_size=40),
    st.integers(0, 900),
    st.lists(st.booleans(), max_size=12),
)
def test_what_is_in_sight_keeps_its_place(
    heights: list[tuple[int, int]], y: int, moves: list[bool]
) -> None:
    def part(number: int, real: int, guess: int) -> Part:
        lines: list[Line] = [((f"{number} {n}", "text"),) for n in range(real)]
        return Part(lambda: Drawn(lines), guess, name=str(number))

    parts = [part(n, real, guess) for n, (real, guess) in enumerate(heights)]
    late = [part(n, 7, 3) for n in range(1000, 1020)]

    def take() -> list[Part]:
        found = late[:3]
        del late[:3]
        return found

    rest = Rest(lambda: Drawn([]), 60, take=take, guess=lambda: 3 * len(late))
    end = ready([(("end", "text"),)] * 20)
    page = Page([*parts, rest, end])
    y = page.reach(y, 10)
    for goes_down in moves:
        before = [page.line(y + n) for n in range(10)]
        page.work(0.0001)
        y = page.reach(y, 10)
        after = [page.line(y + n) for n in range(10)]
        assert all(was in ((), now) for was, now in zip(before, after, strict=True))
        y = page.reach(y + 3 if goes_down else y - 3, 10)
    finish(page)
    assert page.height == sum(real for real, _ in heights) + 20 * 7 + 20
    assert sum(part.height for part in page.parts) == page.height
    assert all(page.line(y) for y in range(page.height))


MARKDOWN = (
    *("# ", "### ", "- ", "> ", "\n\n", "\n", "|a|b|\n|:-:|-:|\n", "|", "[a](b)", "[^1]", "[^1]: "),
    *("<sup>2</sup>", "<sub>q</sub>", "words of a text ", "日本語", "e\u0301", "\u200d", "w" * 90),
)
HTML = (
    *("<dl>", "<dt>", "<dd>", "</dl>", "<table>", "<caption>", "<tr>", "<td align=right>"),
    *("</table>", "<th style='text-align:center'>", "<figure>", "<figcaption>", "<details>"),
    *("<summary>", "<h1>", "<h4>", "<sup>", "</sup>", "<a href='/b'>", "</a>", "<mark>"),
    *("<abbr title=c>", "</abbr>", "<ul><li>", "<blockquote>", "<p>", "12"),
    *("words of a text ", "日本語", "w" * 90),
)


@given(
    st.lists(st.sampled_from(MARKDOWN), max_size=30) | st.lists(st.sampled_from(HTML), max_size=30),
    st.booleans(),
    st.integers(12, 70),
)
def test_no_construct_is_wider_than_the_page(pieces: list[str], is_html: bool, width: int) -> None:
    article = Article(title="T", original_url=URL, body="".join(pieces), body_is_html=is_html)
    page = lay_out_page(article, setting(width))
    assert all(line_len(page.line(y)) <= width for y in range(page.height))


@given(st.text(max_size=3000), st.integers(12, 100))
def test_no_line_is_wider_than_the_page(text: str, width: int) -> None:
    article = Article(title=text, excerpt=text, topics=(text,), body=text, original_url=URL)
    page = finish(lay_out_page(article, setting(width)))
    assert all(line_len(page.line(y)) <= max(width, 12) for y in range(page.height))


def test_a_piece_is_what_it_says() -> None:
    chunk = Chunk("text")
    assert (chunk.kind, chunk.continues, chunk.ends) == (Kind.MARKDOWN, False, True)


@pytest.mark.parametrize("more", ["", "Words. " * 5_000])
def test_a_text_that_begins_with_its_title_says_it_once(more: str) -> None:
    setting = Setting(80, NOW, UNICODE)

    def headings(body: str) -> int:
        page = lay_out_page(Article(title="The Ferry", body=body), setting)
        page.reach(0, 40)
        return sum(
            "the ferry" in "".join(text for text, _ in page.line(y)).lower() for y in range(40)
        )

    assert headings(f"# The  *ferry*\n\nIt sails. {more}") == 1
    assert headings(f"# The ferry sails\n\nIt sails. {more}") == 2
