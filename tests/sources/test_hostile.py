"""Every hostile file is shown right, shown with a note, or refused with its line and a reason."""

from __future__ import annotations

import os
import resource
import socket
import threading
import time
from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sources.hostile import cases
from sources.hostile_case import NOTED, REFUSED, SHOWN, Case

from newsreader.model import Issue, Severity
from newsreader.sources.article import parse_article, read_article, write_article
from newsreader.sources.fields import front_matter
from newsreader.sources.folder import Found, find
from newsreader.sources.reading import MAX_BYTES
from newsreader.text.sanitize import clean_line

CASES = cases()
ORDINARY = (
    b"---\n" + b"".join(b"k%d: value %d\n" % (n, n) for n in range(40)) + b"---\n" + b"a " * 500
)
MOST_TIMES = 60
"""What the worst file may take, beside a hundred ordinary ones."""
MEGABYTES = 256
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def attribute(article: object, dotted: str) -> Any:
    """The attribute, also of a part, or the list of it of all parts."""
    value: Any = article
    for name in dotted.split("."):
        value = (
            [getattr(e, name) for e in value] if isinstance(value, tuple) else getattr(value, name)
        )
    return value


def test_there_are_enough_cases_and_each_has_a_name() -> None:
    assert len(CASES) >= 250
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:40])
def test_a_hostile_file_has_its_outcome(case: Case) -> None:
    article, issues = parse_article(case.data, source="folder", name=case.file)
    if case.outcome == REFUSED:
        assert article is None
        assert issues[-1].severity is Severity.ERROR
        if case.line is not None:
            assert issues[-1].line == case.line, issues
        assert case.word in issues[-1].reason
        return
    assert article is not None, issues
    for dotted, value in case.fields.items():
        assert attribute(article, dotted) == value, issues
    if case.outcome == SHOWN:
        assert issues == ()
    if case.outcome == NOTED:
        assert issues
        assert all(issue.severity is Severity.WARNING for issue in issues)
        if case.line is not None:
            assert issues[0].line == case.line, issues
        assert case.word in issues[0].reason
    for text in (article.title, article.excerpt, *(issue.reason for issue in issues)):
        assert clean_line(text) == text


def taken(files: list[bytes], name: str) -> float:
    """Seconds of the processor to read *files*."""
    start = time.process_time()
    for data in files:
        parse_article(data, source="folder", name=name)
    return time.process_time() - start


def test_all_of_them_in_one_process_in_time_and_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    most = MOST_TIMES * min(taken([ORDINARY] * 100, "a.md") for _ in range(3))
    slow = [
        case.name
        for case in CASES
        # A processor that is taken away for a while makes any file slow, but hardly twice.
        if taken([case.data], case.file) > most and taken([case.data], case.file) > most
    ]
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert slow == []
    assert (after - before) / 1024 < MEGABYTES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:40])
def test_what_was_read_can_be_written_and_read_again(case: Case) -> None:
    article, _ = parse_article(case.data, source="folder", name=case.file)
    if article is None or len(case.data) > 100_000:
        return
    again, _ = parse_article(write_article(article).encode(), source="folder", name="a.md")
    assert again is not None
    assert (again.title, again.topics, again.quality) == (
        article.title,
        article.topics,
        article.quality,
    )


def refusal(path: Path, source: str = "") -> str:
    article, (issue,) = read_article(path, source=source)
    assert article is None
    assert clean_line(str(issue)) == str(issue)
    return issue.reason


def test_what_is_no_regular_file_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert "a pipe" in refusal(tmp_path / "pipe.md")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.md")
        assert "a socket" in refusal(tmp_path / "socket.md")
    assert "a device" in refusal(Path("/dev/zero"))
    assert "a folder" in refusal(tmp_path)
    assert "No such file" in refusal(tmp_path / "none.md")
    assert "cannot be read" in refusal(Path("/dev/stdin/x.md"))
    assert "cannot be read" in refusal(tmp_path / ("x" * 300))
    assert "null" in refusal(tmp_path / "a\0b")
    assert "cannot be read" in refusal(tmp_path / "\x1b]0;x\x07\udcff.md")


def test_links_are_followed_below_the_root_only(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.md").write_text("---\ntitle: a\n---\n")
    (tmp_path / "secret.md").write_text("---\ntitle: secret\n---\n")
    (root / "in.md").symlink_to("a.md")
    (root / "out.md").symlink_to(tmp_path / "secret.md")
    (root / "loop.md").symlink_to("loop.md")
    (root / "none.md").symlink_to("nothing.md")
    (root / "zero.md").symlink_to("/dev/zero")
    (root / "two.md").symlink_to("in.md")
    for name in ("in.md", "two.md"):
        article, issues = read_article(root / name, source=str(root))
        assert issues == ()
        assert article is not None
        assert article.title == "a"
    for name in ("out.md", "zero.md"):
        assert "leads out" in refusal(root / name, str(root))
    assert "cannot be read" in refusal(root / "loop.md", str(root))
    assert "cannot be read" in refusal(root / "none.md", str(root))
    assert "a device" in refusal(root / "zero.md", str(root / "zero.md"))
    article, _ = read_article(root / "out.md", source=str(root / "out.md"))
    assert article is not None
    found = [each.path.name for each in find(root) if isinstance(each, Found)]
    assert found == ["a.md", "in.md", "two.md"]


def test_names_are_safe_in_messages(tmp_path: Path) -> None:
    names = (
        "a\x1b[31mb.md",
        "a\nb.md",
        "\u202ea.md",
        "[@click=x]a.md",
        os.fsdecode(b"a\xff.md"),
        "-rf.md",
    )
    for name in names:
        (tmp_path / name).write_text("---\ntitle: a\nquality: x\n---\n")
    found = [each for each in find(tmp_path) if isinstance(each, Found)]
    assert len(found) == len(names)
    for each in found:
        article, (issue,) = read_article(each.path, source=str(tmp_path), name=each.name)
        assert article is not None
        for text in (article.path, str(issue)):
            assert clean_line(text) == text
            text.encode()


def test_a_file_that_is_too_long_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "longer than" in refusal(path)


@pytest.mark.parametrize("whole", [True, False])
def test_a_file_replaced_while_it_is_read_is_read_whole(tmp_path: Path, whole: bool) -> None:
    path, other = tmp_path / "a.md", tmp_path / "b.tmp"
    texts = [f"---\ntitle: {letter}\n---\n{letter * 300_000}\n" for letter in "ab"]
    path.write_text(texts[0])
    stop = threading.Event()

    def churn() -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            if whole:
                other.write_text(texts[turn % 2])
                other.replace(path)
            else:
                with path.open("r+") as file:
                    file.write(texts[turn % 2])
                time.sleep(0.001)

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(100):
            article, issues = read_article(path)
            if article is None:
                assert "written to" in issues[0].reason
                assert not whole
            else:
                assert article.body == article.title * 300_000
    finally:
        stop.set()
        thread.join()


def test_a_folder_of_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    folder = tmp_path
    for number in range(10):
        folder = folder / "d"
        folder.mkdir()
        (folder / f"up{number}").symlink_to(tmp_path)
    found = list(find(tmp_path))
    assert [type(each) for each in found] == [Found]
    assert not [each for each in found if isinstance(each, Issue)]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_the_corpus_goes_out_as_it_came() -> None:
    paths = [path for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    assert len(paths) >= 96
    for path in paths:
        article, issues = read_article(path)
        assert article is not None
        assert issues == ()
        expected = frontmatter.load(str(path)).metadata
        assert front_matter(article) == expected
        assert list(front_matter(article)) == list(expected)


_pieces = st.sampled_from(
    ["title", "related", ":", ": ", "\n", "\n  ", "- ", "[", "]", "{", "}", "*a", "&a ", "!!int ",
     "'", '"', "|", ">", "<<", "# ", "\t", "---\n", "...\n", "%TAG", "?", "@", "`", "\x1b", "\0",
     "\u2028", "a", "0x1", "1:2", "2020-02-30", ".nan", "é", "\ud7ff", "quality: ",
     "publishedDateTime: "]
)  # fmt: skip


@given(st.lists(_pieces, max_size=40).map("".join))
def test_anything_like_yaml_gives_an_article_or_an_issue(text: str) -> None:
    for start in ("---\n", "---\ntitle: ", "+++\n", "{\n", ""):
        for end in ("", "\n---\nBody"):
            article, issues = parse_article((start + text + end).encode(), name="a.md")
            assert article is not None or issues
            if article is not None:
                write_article(article)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates()
    | st.datetimes() | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=9) | st.integers(), inner, max_size=4)
    | st.tuples(inner, inner),
    max_leaves=20,
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(["title", "related", "images", "topics", "x", "heat"]), _values)
)
def test_any_dump_gives_an_article(metadata: dict[str, object]) -> None:
    article, _ = parse_article(f"---\n{yaml.dump(metadata)}\n---\n".encode(), name="a.md")
    assert article is not None
    write_article(article)


_printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)


@given(st.dictionaries(_printable, _printable, max_size=6), st.sampled_from([None, "'", '"', "|"]))
def test_a_dump_of_texts_is_loaded_as_dumped(metadata: dict[str, str], style: str | None) -> None:
    dumped = yaml.safe_dump({"x": metadata}, default_style=style, sort_keys=False)
    article, issues = parse_article(f"---\n{dumped}\n---\n".encode(), name="a.md")
    assert article is not None
    assert issues == ()
    assert front_matter(article) == {"x": metadata}


_safe = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False)
    | st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x85"))
    | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text("abc:-1"), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.text("abcdef", min_size=1), _safe, max_size=4))
def test_unknown_keys_mean_what_the_safe_loader_says(metadata: dict[str, object]) -> None:
    dumped = yaml.safe_dump(metadata, allow_unicode=True)
    article, _ = parse_article(f"---\n{dumped}\n---\n".encode(), name="a.md")
    assert article is not None
    assert front_matter(article) == yaml.safe_load(dumped)
