"""Links are taken by letters, and listed with their hosts."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Write
from driver import reading, shown

from newsreader.config.settings import Settings
from newsreader.text.doubts import doubt_about
from newsreader.text.links import MOST_LINKS, Target, links_in
from newsreader.text.urls import absolute
from newsreader.ui import reader_screen
from newsreader.ui.cells import line_len
from newsreader.ui.hint_view import labelled, labels

BODY = """
A [first *link*](/next "t") and a [second](https://b.example/2) to [the same](https://b.example/2),
a [place](#here), a [trap](javascript:alert), one to [Apple](https://аррle.com/), a [short
one](https://bit.ly/x) and [www.bank.com](https://evil.example/).

| [cell](https://c.example/) | b |
|-|-|
| 1 | 2 |

> - [deep](https://d.example/)

![A picture](https://img.example/1.png)
"""


@pytest.mark.parametrize("count", [1, 26, 27, 600])
def test_no_label_begins_another(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == count
    assert len({len(label) for label in made}) == 1


def test_a_label_takes_the_room_of_the_text_below_it() -> None:
    line = (("  ", "text"), ("日本語", "link>u"), (" and ", "text"), ("x", "link>v"))
    shown_line = labelled(line, {2: "as", 10: "df"})
    assert "".join(text for text, _ in shown_line) == "  as本語 and df"
    assert line_len(labelled(line, {2: "a"})) == line_len(line)


def test_links_of_a_text_are_found_wherever_they_are_and_pictures_after_them() -> None:
    assert [tuple(each) for each in links_in(BODY, is_html=False)] == [
        ("first link", "/next", False),
        ("second", "https://b.example/2", False),
        ("Apple", "https://xn--le-6kc8da.com/", False),
        ("short one", "https://bit.ly/x", False),
        ("www.bank.com", "https://evil.example/", False),
        ("cell", "https://c.example/", False),
        ("deep", "https://d.example/", False),
        ("A picture", "https://img.example/1.png", True),
    ]
    assert links_in("<p><a href='/a'>x<b>y</b></a>", is_html=True) == [Target("xy", "/a")]
    many = "\n\n".join(f"[{n}](https://x.org/{n})" for n in range(MOST_LINKS + 100))
    assert len(links_in(many, is_html=False)) == MOST_LINKS


@pytest.mark.parametrize(
    ("url", "text", "reason"),
    [
        ("https://x.org/a", "here", ""),
        ("https://t.co/a", "x.org", "shortener"),
        ("https://www.bit.ly/a", "", "shortener"),
        ("https://xn--e1aybc.com/", "", "look like"),
        ("https://аpple.com/", "", "look like"),
        ("https://münchen.de/", "", ""),
        ("https://пример.рф/", "", ""),
        ("https://evil.org/", "https://bank.com/login", "It says bank.com, and leads to evil.org."),
        ("https://news.bank.com/", "bank.com", ""),
        ("https://bank.com/", "www.bank.com", ""),
        ("https://nodejs.org/", "Node.js", ""),
        ("http://[", "bank.com", "leads to"),
    ],
)
def test_where_a_link_leads_is_in_doubt(url: str, text: str, reason: str) -> None:
    doubt = doubt_about(url, text)
    assert reason in doubt
    assert bool(doubt) is bool(reason)


def test_an_address_is_taken_as_its_page_means_it() -> None:
    assert absolute("../b?c", "https://x.org/a/d") == "https://x.org/b?c"
    assert absolute("#part", "https://x.org/a") == absolute("", "https://x.org/a") == ""
    assert absolute("//[", "https://x.org") == "//["


@pytest.fixture
def page(write: Write) -> Path:
    return write("a.md", "title: An article\nwebUrl: https://x.org/a/b", BODY).parent


async def test_a_link_is_opened_by_its_letter(page: Path) -> None:
    async with reading(page) as reader:
        await reader.press("enter", "f")
        assert shown(reader.lines, "A airst link[2] and a second[3]", "to the same")
        await reader.press("a")
        assert reader.opened == [("browser", "https://x.org/next")]
        await reader.press("f", "S")
        assert any("https://b.example/2" in toast for toast in reader.toasts)
        assert len(reader.opened) == 1
        await reader.press("f", "escape")
        assert not reader.main.article_pane.is_hinting
        assert shown(reader.lines, "A first link")
        assert reader.focus == "article"
        await reader.press("f", "F")
        assert reader.focus == "article"


async def test_the_page_does_not_change_while_letters_are_those_of_labels(page: Path) -> None:
    async with reading(page) as reader:
        await reader.press("enter", "f")
        view = reader.main.article_pane
        view.measure = 20
        await reader.settle()
        assert shown(reader.lines, "A airst link[2] and a second[3]")
        await reader.press("a")
        assert reader.opened == [("browser", "https://x.org/next")]
        assert not shown(reader.lines, "A first link[2] and a second[3]")


async def test_a_doubtful_link_is_asked_for(page: Path) -> None:
    async with reading(page) as reader:
        await reader.press("enter", "f", "f")
        assert shown(reader.lines, "bit.ly is a shortener")
        await reader.press("k", "k", "enter")
        assert reader.opened == [("browser", "https://bit.ly/x")]
        await reader.press("f", "d", "enter")
        assert len(reader.opened) == 1


async def test_all_links_are_listed_with_their_hosts(page: Path) -> None:
    async with reading(page) as reader:
        await reader.press("semicolon")
        assert shown(reader.lines, "9 links")
        assert shown(reader.lines, "mixes Latin and Cyrillic")
        assert shown(reader.lines, "It says bank.com, and leads to evil.example.")
        await reader.press("j", "y")
        assert any("https://x.org/next" in toast for toast in reader.toasts)
        await reader.press("enter")
        assert reader.opened == [("browser", "https://x.org/next")]
        assert reader.focus == "list"


async def test_without_links_in_sight_it_is_said(write: Write) -> None:
    async with reading(write("a.md").parent) as reader:
        await reader.press("enter", "f")
        assert reader.toasts == ["There is no link in sight. ; lists those of the article."]
        await reader.press("semicolon")
        assert shown(reader.lines, "0 links")
        await reader.press("enter", "y", "escape")


async def test_links_of_the_text_have_numbers_on_the_page_in_the_list_and_on_the_keys(
    page: Path,
) -> None:
    async with reading(page, size=(110, 60)) as reader:
        await reader.press("z")
        assert shown(reader.lines, "A first link[2] and a second[3] to the same[3]")
        for numbered in ("to Apple[4], a", "one[5]", "cell[7]", "deep[8]"):
            assert shown(reader.lines, numbered)
        for listed in ("LINKS 7", " 2  first link · x.org", "bit.ly is a shortener"):
            assert shown(reader.lines, listed)
        await reader.press("7", "1")
        assert reader.opened == [
            ("browser", "https://c.example/"),
            ("browser", "https://x.org/a/b"),
        ]
        await reader.press("5")
        assert shown(reader.lines, "bit.ly is a shortener")
        await reader.press("escape", "semicolon")
        for numbered in ("7  cell", "8  deep", "9  A picture"):
            assert shown(reader.lines, numbered)


async def test_a_click_on_a_link_or_its_number_opens_it_once(page: Path) -> None:
    async with reading(page) as reader:
        await reader.press("z")
        y, line = next((y, line) for y, line in enumerate(reader.lines) if "link[2]" in line)
        for word, times in (("first", 2), ("2]", 1), ("A first", 1)):
            await reader.pilot.click(offset=(line.index(word), y), times=times)
        assert reader.opened == [("browser", "https://x.org/next")] * 2


async def test_words_are_found_across_the_number_of_a_link(page: Path) -> None:
    async with reading(page) as reader:
        await reader.press("z", "slash", *"link and a second to", "enter")
        assert shown(reader.lines, "1 of 1")


async def test_links_have_no_numbers_where_none_are_wanted(page: Path) -> None:
    async with reading(page, settings=Settings(link_numbers=False)) as reader:
        await reader.press("z")
        assert shown(reader.lines, "A first link and a second")
        assert not shown(reader.lines, "LINKS")
        await reader.press("3")
        assert reader.toasts == ["This story has 1 link."]


async def test_the_links_of_a_long_text_get_their_numbers_while_one_reads(write: Write) -> None:
    words = "Some words of a paragraph that is long enough to be one of many. " * 9
    body = "\n\n".join(f"{words}[Link {n}](https://x.org/{n})" for n in range(60))
    folder = write("a.md", "title: An article\nwebUrl: https://x.org/a/b", body).parent
    async with reading(folder) as reader:
        await reader.press("z", "pagedown")
        pane = reader.main.article_pane
        top = reader.lines
        while not pane.links:
            await reader.pilot.pause(0.02)
        await reader.pilot.pause()
        assert [line[:40] for line in reader.lines] == [line[:40] for line in top]
        assert len(pane.links) == 61
        await reader.press("slash", *"link 59", "enter")
        assert shown(reader.lines, "Link 59[61]")
        await reader.press("G")
        assert shown(reader.lines, "61  Link 59 · x.org")
        await reader.press("9")
        assert reader.opened == [("browser", "https://x.org/7")]


async def test_a_long_text_that_one_comes_back_to_gets_its_numbers(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "Some words of a paragraph. " * 800 + "[Link](https://x.org/1)"
    front = "title: An article\nrelated: [{title: Another, webUrl: 'https://x.org/b'}]"
    monkeypatch.setattr(reader_screen, "_REST", 60)
    async with reading(write("a.md", front, body).parent) as reader:
        await reader.press("enter", "]", "enter")
        pane = reader.main.article_pane
        assert pane.depth == 1
        monkeypatch.setattr(reader_screen, "_REST", 0.01)
        await reader.press("backspace")
        await reader.until(lambda: len(pane.links) == 1)
