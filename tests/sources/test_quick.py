"""The quick way to a row, held against the reference: the row of the article."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsreader.model.row import Row
from newsreader.sources.article import parse_article
from newsreader.sources.by_keys import parts
from newsreader.sources.parts import UnusualError
from newsreader.sources.quick import MAX_HEADER, MAX_LINES, File, quick_row
from newsreader.sources.rows import row_of

NAME = "news/2020-07-01-a.md"


def quick(data: bytes, name: str = NAME) -> Row | None:
    """The quick row, which is the reference's if there is one."""
    row = quick_row(data, File("news", name))
    if row is not None:
        article, issues = parse_article(data, source="news", name=name)
        assert article is not None
        assert issues == ()
        assert row._asdict() == row_of(article)._asdict()
        assert [type(value) for value in row] == [type(value) for value in row_of(article)]
    return row


def quick_text(header: str, body: str = "") -> Row | None:
    return quick(f"---\n{header}\n---\n{body}".encode("utf-8", "surrogatepass"))


def share_of_quick(files: list[Path]) -> float:
    return sum(quick(path.read_bytes(), str(path)) is not None for path in files) / len(files)


def test_the_samples_are_read_quickly() -> None:
    assert share_of_quick(sorted(SEEDS.iterdir())) == 1


def test_a_made_up_library_is_read_quickly(tmp_path: Path) -> None:
    script = str(ROOT / "benchmarks" / "corpus.py")
    subprocess.run([sys.executable, script, str(tmp_path), "400"], check=True)
    assert share_of_quick(sorted(tmp_path.rglob("*.md"))) > 0.97


@pytest.mark.skipif("NEWSREADER_TEST_CORPUS" not in os.environ, reason="no articles to try")
def test_a_given_library_is_read_as_the_reference_does() -> None:
    files = list(Path(os.environ["NEWSREADER_TEST_CORPUS"]).rglob("*.*"))
    assert share_of_quick([path for path in files if path.is_file()]) > 0.5


@pytest.mark.parametrize(
    "header",
    [
        "title: A",
        "title: A\nexcerpt:\nwebUrl: ''\nprovider:\ntopics:\nimages:\nrelated:",
        "webUrl: http://a.example/x\ntitle: 'The editor''s choice'",
        'title: "a \\"b\\" \\\\ c &amp; d &lt;b&gt;"\nexcerpt: "two\\nlines\\tand  gaps "',
        "title: A\nexcerpt: >-\n  one\n  two\nquality: 1_0",
        "# By hand\ntitle: A\n# more\n# and more\nquality: 7",
        "title: A\ntopics:\n- AI\n- 'x # y'\n- AI\nheat: -1",
        "title: A\nextra: {editor: x, tags: [a, b 1], day: 2020-01-01}\nfew: []\nmore: [x - y/z]",
        "title: A\ntopics: AI, ML, AI\nunknown: 2020-01-01",
        "title: A\nrelated:\n- title: B\n  webUrl: https://b.example/?utm_id=x&y=1\n- excerpt: C",
        "title: A\nrelated:\n  - images:\n    - url: x\n    title: B\n    provider:\n      name: C",
        "title: A\nimages:\n  - url: x\n    width: 1\n  - title: y",
        "title: A\nprovider:\n  domain: x.example\n  name: Über “Ü”\n  images:\n    - url: x",
        "title: A\nprovider:\n  name: On\n  domain: No",
        "title: A\nprovider:\n    name: The  Daily B-2\n    domain: b-2.example",
        "title: 新聞 новости 🙂\nexcerpt: a ´ b\nprovider:\n  name: ½n\ntopics:\n  - '´'",
        "title: A\npublishedDateTime: 2020-02-29T01:02:03Z\nsecured: x",
        "title: A\npublishedDateTime: 2020-07-01 12:09:00 +02:00\nsecured: null",
        "title: A\noriginalUrl: https://www.example.com/é/ü?q=1#x\nwebUrl: nothing",
    ],
)
def test_what_is_ordinary_is_quick(header: str) -> None:
    assert quick_text(header, "Some *body*\twith\x1b[31m controls\n") is not None
    assert quick_text(header.replace("\n", "\r\n"), "\r\n\r\nBody\r\n") is not None


@pytest.mark.parametrize(
    "header",
    [
        "excerpt: no title",
        "title: ''",
        "title: A\ntitle: B",
        'title: A\n"title": B',
        "title: A\ndate: 2020-01-01",
        "title: A\ntaxonomies:\n  tags:\n    - x",
        "title: A\nquality: good",
        "title: A\npublished:\n  - true",
        "title: A\npublishedDateTime: some day",
        "title: A\npublishedDateTime: 2021-02-29T01:02:03Z",
        "title: A\nrelated:\n  - title: B\n    publishedDateTime: 2021-02-30T01:02:03Z",
        "title: A\nrelated:\n  - title: B\n  x: y",
        "title: A\nrelated:\n  - title: B\n    provider:\n  name: C",
        "title: A\nrelated:\n  - title: B\n    title: C",
        "title: A\nrelated:\n  - title: B\n    images:\n      - url: x\n    - url: y",
        "title: A\nimages:\n  - url: x\n    width: wide",
        "title: A\nunknown: [1, [2]]",
        "title: A\nunknown: {a: 1, a: 2}",
        "title: A\nunknown: {a: b: c}",
        "title: A\nunknown: {yes: 1}",
        "title: A\nunknown: [1, 2",
        "title: A\nunknown: &x 1",
        "title: A\nyes: 1",
        "title: >-\n# comment\n  A",
        "title: A\n  B",
        "title: A: B",
        "title: A # B",
        'title: "A',
        'title: "\\u0041"',
        "title: A\x1bB",
        "title: A\u200bB",
        "title: A\n\tB: 1",
        "title: A\n...",
    ],
)
def test_what_is_odd_is_left_to_the_reference(header: str) -> None:
    assert quick_text(header) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"---\n",
        b"---\n---\n",
        b"title: A\n",
        b"---\ntitle: A\n",
        b"---\ntitle: A\n----\n",
        b"---\ntitle: A\n--- \n",
        b"---\ntitle: \xff\n---\n",
        b"---\ntitle: A\n---\n\xc3a\xa9",
        b"---\ntitle: A\n---\n\0",
        b"\xef\xbb\xbf---\ntitle: A\n---\n",
    ],
)
def test_other_files_are_left_to_the_reference(data: bytes) -> None:
    assert quick(data) is None


def test_too_much_is_left_to_the_reference() -> None:
    assert quick_text(f"title: {'x' * MAX_HEADER}") is None
    assert quick_text("title: A" + "\n" * (MAX_LINES + 1)) is None
    topics = "\n".join(f"  - t{number}" for number in range(MAX_LINES - 4))
    assert quick_text(f"title: A\nquality: 1\ntopics:\n{topics}") is not None


def test_many_comments_take_no_longer_than_their_lines() -> None:
    assert quick_text("title: A\n" + "#\n" * (MAX_LINES - 10) + "quality: 1") is not None
    assert quick_text("title: A\n" + "#\n" * (MAX_LINES - 10) + "- x") is None


def test_a_file_without_a_date_has_that_of_its_name() -> None:
    row = quick_text("title: A")
    assert row is not None
    assert row.published == 1_593_561_600


KEYS = (
    "category", "title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "ampWebUrl",
    "cdnAmpWebUrl", "type", "quality", "heat", "published", "provider", "topics", "images",
    "related", "secured",
)  # fmt: skip
PIECE_KEYS = ("title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "ampWebUrl",
              "cdnAmpWebUrl", "type", "provider", "quality", "images")  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(
        [
            "", " ", "A title", "null", "~", "true", "no", "0", "-1", "007", "1_0", "1e3",
            "0x1F", "12:30", "2020-07-01T12:09:00Z", "2020-02-30T12:09:00Z", "2020-07-01",
            "2020-W27-3T12:09:00Z", "https://www.example.com/a/b-c/",
            "HTTP://Example.com:80/a?utm_source=x&b=1#c", "https://пример.example/é",
            "https://u@h.example/", "javascript:alert(1)", "a: b", "a #b", "a:", "- a",
            "[a, b]", "{a: b}", "'", '"', "''", '""', "it's", "don''t", 'say "x"', "\\", "\\n",
            '\\"', "\\u0041", "&amp;amp; &lt; &#8203; &nbsp;x", "a  b ", "é ü — “x”", "´", "ﬁ",
            "新聞", "новости", "🙂", "a\u0301", "\u0301", "\u200b", "\u202e", "\xa0", "\x85",
            "\u2028", "\ufeff", "\t", "a\tb", "\x1b[31m", "| x", "> x", "&a x", "*a",
            "!!str x", "%", "@", "`", "---", "...", "# x", "? x", "x" * 600,
        ]
    ),
    st.text(st.sampled_from("ab1, :"), max_size=9).map(lambda text: f"[{text}]"),
    st.text(st.sampled_from("ab1, :[]"), max_size=12).map(lambda text: f"{{a: {text}}}"),
    st.text(st.sampled_from("ab1-:# '\"\\&;é中\u2028\xa0{}[],*!|>%@`?~.\t"), max_size=8),
    st.text(max_size=5),
)  # fmt: skip
QUOTED = WORDS.map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')
SINGLE = WORDS.map(lambda text: "'" + text.replace("'", "''") + "'")
BROKEN = st.tuples(st.sampled_from(['"', "'", ""]), WORDS, st.sampled_from(['"', "'", ""])).map(
    "".join
)
FITTING = {
    "publishedDateTime": st.sampled_from(["2020-07-01T12:09:00Z", "2020-12-31T23:59:59Z"]),
    "quality": st.integers(-2, 200).map(str),
    "heat": st.integers(-2, 200).map(str),
    "width": st.integers(0, 2_000).map(str),
    "height": st.integers(0, 2_000).map(str),
    "published": st.sampled_from(["true", "false"]),
    "isCached": st.sampled_from(["true", "false"]),
    "type": st.sampled_from(["article", "video"]),
}
ADDRESS = st.sampled_from(
    [
        *("https://a.example/x/", "https://b.example/é?x=1", "http://A.example/x"),
        *("https://a-example.cdn.ampproject.org/c/s/a.example/x", "https://b.example/y/amp/"),
    ]
)
ORDINARY_TEXT = st.text(st.sampled_from("ab é—“&;  #:'中"), max_size=12).map(
    lambda text: f'"{text}"'
)


SELDOM = st.sampled_from([False] * 20 + [True])
SOMETIMES = st.sampled_from([False] * 4 + [True])


class Slips:
    """How many things in a file may yet be out of the ordinary."""

    def __init__(self, left: int) -> None:
        self.left = left

    def one(self, draw: st.DrawFn) -> bool:
        if not self.left or not draw(SELDOM):
            return False
        self.left -= 1
        return True


@st.composite
def scalars(draw: st.DrawFn, key: str, slips: Slips) -> str:
    """What follows the colon of *key*: mostly something that fits."""
    if not slips.one(draw):
        if key in ("provider", "topics", "images", "related"):
            return ""
        if key.lower().endswith("url"):
            return f' "{draw(ADDRESS)}"'
        return " " + draw(FITTING.get(key, ORDINARY_TEXT))
    gap = draw(st.sampled_from([" ", " ", " ", "", "  ", "\t"]))
    return (
        gap + draw(st.one_of(QUOTED, SINGLE, BROKEN, WORDS)) + draw(st.sampled_from(["", "", " "]))
    )


@st.composite
def chosen(draw: st.DrawFn, keys: tuple[str, ...], slips: Slips) -> list[str]:
    """Some of *keys*, mostly in their order, seldom twice or unknown."""
    some = [key for key in keys if not draw(SOMETIMES)]
    if draw(SOMETIMES):
        some = list(draw(st.permutations(some)))
    if slips.one(draw):
        others = ("date", "tags", "unknown", "yes", "title", "a b", '"title"', "Title", "<<", "x-1")
        some.insert(draw(st.integers(0, len(some))), draw(st.sampled_from(others)))
    return some


@st.composite
def mappings(draw: st.DrawFn, keys: tuple[str, ...], indent: int, slips: Slips) -> list[str]:
    """The lines of a mapping, seldom out of line."""
    lines = []
    for key in draw(chosen(keys, slips)):
        column = draw(st.integers(0, indent + 3)) if slips.one(draw) else indent
        below = draw(blocks(key, indent, slips))
        first = "" if below else draw(scalars(key, slips))
        lines += [f"{' ' * column}{key}:{first}", *(below or [])]
        if slips.one(draw):
            extra = ["", "", " ", "# note", "   # note", "- x", "x", "\t", " more"]
            lines.append(draw(st.sampled_from(extra)))
    return lines


@st.composite
def lists(draw: st.DrawFn, keys: tuple[str, ...], indent: int, slips: Slips) -> list[str]:
    """The lines of a list of mappings."""
    lines = []
    for _ in range(draw(st.integers(0, 3))):
        item = draw(mappings(keys, indent + 2, slips)) or [f"{' ' * indent}  x: 1"]
        dash = draw(st.sampled_from(["-  ", "-", "* "])) if slips.one(draw) else "- "
        lines += [f"{' ' * indent}{dash}{item[0].lstrip(' ')}", *item[1:]]
    return lines


@st.composite
def blocks(draw: st.DrawFn, key: str, indent: int, slips: Slips) -> list[str] | None:
    """The lines below *key*, if it is one that has some."""
    inner = indent + (draw(st.sampled_from([0, 4, 1])) if slips.one(draw) else 2)
    if key == "provider":
        return draw(mappings(("name", "domain", "images"), inner, slips))
    if key == "images":
        return draw(lists(("url", "width", "height", "isCached", "title"), inner, slips))
    if key == "related" and indent == 0:
        return draw(lists(PIECE_KEYS, inner, slips))
    if key == "topics":
        items = draw(st.lists(st.one_of(st.sampled_from(["AI", "ML"]), ORDINARY_TEXT), max_size=3))
        return [f"{' ' * inner}- {item}" for item in items]
    if key == "excerpt" and draw(SOMETIMES):
        return draw(text_blocks(inner))
    return None


@st.composite
def text_blocks(draw: st.DrawFn, indent: int) -> list[str]:
    texts = draw(st.lists(st.one_of(WORDS, st.just("some words")), min_size=1, max_size=3))
    columns = [indent + draw(st.sampled_from([0, 0, 0, 0, 1, -1])) for _ in texts]
    return [f"{' ' * max(0, column)}{text}" for column, text in zip(columns, texts, strict=True)]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file that is nearly ordinary."""
    slips = Slips(draw(st.sampled_from([0, 1, 1, 2, 3, 5])))
    lines = draw(mappings(KEYS, 0, slips))
    mark = draw(st.sampled_from([">-", "|", ">", "|-", ">+", "|2"]))
    lines = [f"excerpt: {mark}" if line == "excerpt:" else line for line in lines]
    body = draw(
        st.sampled_from(
            ["", "", "", "", "\n\nBody\n", "\ta\x1b[1mb\n", "\n é \n\n中\n", "\n \n", "\0"]
        )
    )
    end = (
        draw(st.sampled_from(["---", "--- \n", "----\n", "...\n"])) if slips.one(draw) else "---\n"
    )
    text = "---\n" + "".join(f"{line}\n" for line in lines) + end + body
    if draw(SOMETIMES):
        text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r"])))
    return text.encode("utf-8", "surrogatepass")


def test_it_is_the_reference_or_nothing_and_often_something() -> None:
    found = []

    @settings(max_examples=150, database=None)
    @given(files(), st.sampled_from([NAME, "a.md", "x/../b.md", "2020-99-99-a.md"]))
    @example(b"---\ntitle: A\nexcerpt: >-\n a\n\n---\n", NAME)
    def read(data: bytes, name: str) -> None:
        row = quick(data, name)
        found.append(row is not None)
        if row is not None:
            assert_taken_apart_alike(row, data)

    read()
    assert sum(found) > len(found) / 10


def assert_taken_apart_alike(row: Row, data: bytes) -> None:
    """At its keys, a file comes to the same as by its pattern."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    try:
        by_keys = parts(text[4 : text.find("\n---", 3)])
    except UnusualError as error:
        raise AssertionError("one way reads it and the other does not") from error
    assert (by_keys.title, by_keys.excerpt) == (row.title, row.excerpt)
    assert (by_keys.images, len(by_keys.related.titles)) == (row.images, row.related)
    assert tuple(by_keys.topics) == row.topics
