"""Every construct of Markdown and HTML, as a page of 40, 80 and 160 columns, and as one whose
lines are as long as 160 columns let them be.

``python tests/ui/test_constructs.py`` writes the pages anew; look at what has changed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.model import Article
from newsreader.text import markdown
from newsreader.ui.blocks_layout import lay_out
from newsreader.ui.cells import line_len
from newsreader.ui.code_runs import code_lines
from newsreader.ui.glyphs import UNICODE
from newsreader.ui.inks import ROLES, role_of
from newsreader.ui.page import lay_out_page
from newsreader.ui.page_flow import Page
from newsreader.ui.page_sections import MEASURE, Setting

FOLDER = Path(__file__).parent / "constructs"
PAGES = {"40": (40, MEASURE), "80": (80, MEASURE), "160": (160, MEASURE), "160-wide": (160, 200)}
"""The pages by name: how wide each is, and its widest line."""
SOURCES = ("markdown.txt", "page.html")


def page(source: str, width: int, widest: int) -> Page:
    """The page of a source."""
    body = (FOLDER / source).read_text(encoding="utf-8")
    article = Article(
        title="A title", web_url="https://example.org", body=body, body_is_html=source != SOURCES[0]
    )
    setting = Setting(width, datetime(2023, 9, 1, 12, tzinfo=UTC), UNICODE, widest=widest)
    return lay_out_page(article, setting)


def golden(width: int, widest: int) -> str:
    """The pages of both sources."""
    lines: list[str] = []
    for source in SOURCES:
        made = page(source, width, widest)
        shown = ["".join(text for text, _ in made.line(y)) for y in range(made.height)]
        lines += [f"=== {source} at {width} columns", *shown]
    return "\n".join(line.rstrip().replace("\xa0", " ") for line in lines) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_every_construct(name: str) -> None:
    width, widest = PAGES[name]
    kept = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert golden(width, widest) == kept, "run: python tests/ui/test_constructs.py"
    for source in SOURCES:
        made = page(source, width, widest)
        for y in range(made.height):
            assert line_len(made.line(y)) <= width - 2
            assert {role_of(role) for _, role in made.line(y)} <= set(ROLES)


@pytest.mark.parametrize(
    ("language", "text", "roles"),
    [
        ("python", 'return "a#" + 12  # why', ["keyword", "string", "number", "comment"]),
        ("Python", 'x = """a\nb"""', ["string", "string"]),
        ("js", "const a1 = `b\nc` // d", ["keyword", "string", "string", "comment"]),
        ("c", "/* a\nb */ int x;", ["comment", "comment", "keyword"]),
        ("sql", "SELECT a -- b", ["keyword", "comment"]),
        ("html", "<a href='b'>if</a><!-- c", ["keyword", "string", *["keyword"] * 3, "comment"]),
        ("diff", "+a\n-b\n c", ["string", "number"]),
        ("rust", "&'a str", []),
        ("", "return 1", []),
        ("../x", "return 1", []),
    ],
)
def test_code_is_coloured_by_what_it_is(language: str, text: str, roles: list[str]) -> None:
    lines = code_lines(text, language)
    assert "\n".join("".join(part for part, _ in line) for line in lines) == text
    assert [role for line in lines for _, role in line if role != "code"] == roles


def rows_of(body: str, width: int) -> list[str]:
    """The lines of a table."""
    lines = lay_out(markdown.parse(body), width, UNICODE)
    return ["".join(text for text, _ in line) for line in lines]


def test_cells_go_on_within_their_columns() -> None:
    body = "|a|b|\n|-|-|\n|one two three|four|\n|five|six seven eight|\n|x|y|\n|z|\n"
    assert rows_of(body, 20) == [
        "a          b",
        "─────────  ─────────",
        "one two    four",
        "three",
        "",
        "five       six seven",
        "           eight",
        "",
        "x          y",
        "z",
    ]
    long = rows_of(f"|a|b|\n|-|-|\n|{'word ' * 99}|b|\n", 20)
    assert len(long) == 2 + 8
    assert long[-1].endswith("…")


def test_columns_stand_as_they_are_told_or_as_numbers_do() -> None:
    body = "|left|n|mid|right|\n|:-|-|:-:|-:|\n|1|−1.5|abcd|x|\n|22|200%|c|y|\n|3||d|z|\n"
    assert rows_of(body, 40) == [
        "left     n  mid   right",
        "────  ────  ────  ─────",
        "1     −1.5  abcd      x",
        "22    200%   c        y",
        "3            d        z",
    ]


def test_lists_in_lists_lose_nothing_however_deep_they_are() -> None:
    body = "\n".join(f"{'  ' * depth}- word{depth}" for depth in range(16))
    setting = Setting(30, datetime(2023, 9, 1, 12, tzinfo=UTC), UNICODE)
    made = lay_out_page(Article(title="T", web_url="https://example.org", body=body), setting)
    lines = [made.line(y) for y in range(made.height)]
    assert all(line_len(line) <= 28 for line in lines)
    text = "".join(text for line in lines for text, _ in line)
    assert all(f"word{depth}" in text for depth in range(16))


if __name__ == "__main__":
    for name, measures in PAGES.items():
        (FOLDER / f"{name}.txt").write_text(golden(*measures), encoding="utf-8")
