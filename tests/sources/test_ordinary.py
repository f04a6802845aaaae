"""The reader of ordinary front matter, held against the one that reads everything."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.sources.errors import FrontMatterError
from newsreader.sources.frontmatter import take_apart
from newsreader.sources.ordinary import MAX_DEPTH, MAX_LINES, ordinary

SEEDS = sorted((Path(__file__).parents[2] / "seeds").iterdir())


def spelled_out(value: Any) -> Any:
    """*value* with the types, the meanings and the lines that its equality leaves out."""
    if isinstance(value, dict):
        inner = [(spelled_out(key), spelled_out(item)) for key, item in value.items()]
        return type(value), inner, getattr(value, "lines", None)
    if isinstance(value, list):
        return type(value), [spelled_out(item) for item in value]
    return type(value), value, repr(getattr(value, "meaning", None))


def assert_same(text: str) -> bool:
    """Whether *text* was ordinary; if so it was read as the reference reads it."""
    ours = ordinary(text)
    if ours is None:
        return False
    reference = take_apart(text)
    assert spelled_out(ours.metadata) == spelled_out(reference.metadata)
    assert ours._replace(metadata={}) == reference._replace(metadata={})
    return True


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_the_samples_are_ordinary(path: Path) -> None:
    assert assert_same(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "header",
    [
        "a: 1\nb:\nc: '007'",
        "a: -1\nb: 2023-08-07T08:11:00Z\nc: yes\nd: null\ne: 0x1F\nf: 1_000",
        "topics:\n- AI\n- Computer Vision\nnext: x",
        "topics:\n  - AI\n\n  - 'x # y'\n",
        "a:\n  b:\n    c: d\n  e: f\ng: h",
        "a:\n- b: 1\n  c:\n  - d\n  e: 2\n- b: 3\nf: 4",
        "a:\n- b:\n- c: 1",
        "a:\n-   b: 1\n    c: 2",
        "a: http://x.example/y#z\nb: a:b\nc: don't, [stop] {now}",
        'a: "x \\"y\\" \\\\ \\n z"  \nb: "# no : comment"',
        "a: ''\nb: \"\"",
        "on-the-way: 1\nkey_2: 中文 — ok\nc: é",
        "a: trailing   \nb: x",
        "a:    \n  b: c",
    ],
)
def test_what_is_ordinary_is_read_as_the_reference_does(header: str) -> None:
    assert assert_same(f"---\n{header}\n---\nBody\n")


@pytest.mark.parametrize(
    "header",
    [
        "a: b: c",
        "a: b #c",
        "a: b:",
        "a: b\n  c: d",
        "a: b\n  more text",
        "a: 'b'\n  c: d",
        "a:\n - b\n  - c",
        "a:\n   b: 1\n  c: 2",
        "- a\n- b",
        "a: 1\na: 2",
        "yes: 1",
        "a: [1, 2]",
        "a: {b: c}",
        "a: |\n  text",
        "a: &x y\nb: *x",
        "a: !!str 1",
        "<<: x",
        "a: 'it''s'",
        'a: "\\u0041"',
        "a:\tb",
        "a: b\tc",
        "# comment\na: b",
        "'a': b",
        "a: b\n...",
        "a:b",
        "a: \u2028b",
        "a: \x85b",
        "a: \x1bb",
        "a: ~",
        "",
        "just text",
        "a:\n-\n  b",
        "a:\n- - b",
        "  a: 1\n  b: 2",
    ],
)
def test_what_is_not_ordinary_is_left_to_the_reference(header: str) -> None:
    assert ordinary(f"---\n{header}\n---\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n---\n",
        "--- \na: b\n---\n",
        "\n---\na: b\n---\n",
        "---\na: b\n",
        "---\na: b\n----\n",
        "---\na: b\n--- \nbody",
        "+++\na = 1\n+++\n",
    ],
)
def test_other_frames_are_left_to_the_reference(text: str) -> None:
    assert ordinary(text) is None


def test_too_much_is_not_ordinary() -> None:
    many = "a: b\n" + "".join(f"k{number}: x\n" for number in range(MAX_LINES))
    deep = "".join(f"{'  ' * depth}a:\n" for depth in range(MAX_DEPTH + 10))
    assert ordinary(f"---\n{many}---\n") is None
    assert ordinary(f"---\n{deep}---\n") is None


LINES = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["", "  ", "    ", " ", "   "]),
            st.sampled_from(["", "", "- ", "-  ", "-"]),
            st.sampled_from(["a:", "b:", "c-d:", "title: ", "on: ", "e", "", "f:  ", '"g": ']),
            st.one_of(
                st.sampled_from(
                    ["", "x", "1", "-1", "null", "0o7", "2023-08-07", '"x"', "'y'", "y z ", "- x"]
                ),
                st.text(st.sampled_from("ab1-:# '\"\\n\té中\u2028\xa0{}[],&*!|>%@`?~"), max_size=8),
                st.text(max_size=6),
            ),
        ).map("".join),
        st.just(""),
    ),
    max_size=8,
)


@settings(max_examples=600, deadline=None)
@given(LINES, st.sampled_from(["\n---\n", "\n---", "\n---\nbody\n\n", "\n--- x\n---\n"]))
def test_both_readers_agree_on_any_lines(lines: list[str], end: str) -> None:
    text = "---\n" + "\n".join(line.replace("\r", "").replace("\n", "") for line in lines) + end
    try:
        assert_same(text)
    except FrontMatterError as error:
        raise AssertionError(f"read, but the reference refuses it: {error}") from error


def test_a_folder_of_ordinary_files_needs_no_yaml() -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from newsreader.sources.article import read_article\n"
        f"assert read_article(Path({str(SEEDS[0])!r})).article\n"
        "print(*{'yaml', 'frontmatter', 'json', 'toml'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
