"""The documents say what the program does."""

from __future__ import annotations

import asyncio
import html
import re
import runpy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from driver import quick_waits

from newsreader.actions import ACTIONS, Scope
from newsreader.library.library import Library
from newsreader.query.order import SORT_FIELDS
from newsreader.ui.help_text import QUERY_EXAMPLES

PICTURES: dict[str, Any] = runpy.run_path(str(ROOT / "screenshots" / "make.py"))

PLACE_OF_A_MACHINE = re.compile(
    r"(?<![\w.~-])/(?:home|Users|root|work|tmp|mnt|opt|private|srv|var|workspace)\b"
    r"|\b[A-Za-z]:\\\w"
)
"""An absolute path that only whoever wrote it can have."""


def words_of(svg: str) -> list[str]:
    """The text of a picture, in the order of its lines."""
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    return html.unescape(" ".join(texts)).replace("\xa0", " ").split()


@pytest.mark.parametrize("name", list(PICTURES["PICTURES"]))
def test_a_picture_shows_the_app_as_it_is(name: str) -> None:
    path = ROOT / "screenshots" / f"{name}.svg"
    with quick_waits():
        drawn = asyncio.run(PICTURES["picture"](name))
    hint = "run: python screenshots/make.py"
    assert words_of(path.read_text(encoding="utf-8")) == words_of(drawn), hint


def test_the_page_of_keys_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make.py"))["keys_page"]()
    hint = "run: python docs/make.py"
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == made, hint


def test_every_example_of_the_query_page_is_understood(now: datetime) -> None:
    page = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
    examples = re.findall(r"^\| `([^`]+)` +\| (\d+) \|", page, re.MULTILINE)
    assert len(examples) >= 30
    library = Library([SEEDS], searches={"Police": "detroit police", "Good": "quality>=60"})
    library.load()
    for example, count in examples:
        query = example.replace("\\|", "|")
        assert len(library.answer(query, now=now).view) == int(count), query


def test_the_query_page_has_everything_to_sort_by() -> None:
    page = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
    sentence = re.search(r"^`sort:` takes ([^.]+)\.", page, re.MULTILINE)
    assert sentence is not None
    assert tuple(re.findall(r"`(\w+)`", sentence[1])) == SORT_FIELDS


def test_every_example_of_the_help_is_understood(now: datetime) -> None:
    library = Library([SEEDS])
    for example, _ in QUERY_EXAMPLES:
        library.answer(example, now=now)


def test_the_registry_of_actions_is_sound() -> None:
    for scope in Scope:
        keys = [key for each in ACTIONS if each.scope is scope for key in each.keys]
        assert len(keys) == len(set(keys)), scope
    assert all(each.help.endswith(".") and each.text for each in ACTIONS)


def test_links_between_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("in /home/ann/news", True),
        ("`/root`", True),
        ("file:///tmp/x", True),
        ("/Users/ann", True),
        ("/work/ann", True),
        (r"C:\Users\Ann", True),
        ("~/news", False),
        ("https://x.org/home/root", False),
        ("$XDG_DATA_HOME/tmp", False),
        ("and/or /dev/null", False),
    ],
)
def test_a_place_of_a_machine_is_told_from_others(text: str, is_one: bool) -> None:
    assert bool(PLACE_OF_A_MACHINE.search(text)) is is_one


def test_the_documents_name_no_place_of_a_machine() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").iterdir(), *(ROOT / "screenshots").iterdir()]
    for page in filter(Path.is_file, pages):
        found = PLACE_OF_A_MACHINE.search(page.read_text(encoding="utf-8"))
        assert found is None, f"{page.name}: {found}"
