"""A fuzzer of every door that foreign text comes in by: ``python tests/fuzz.py --seconds 60``.

``--only query --runs 1000000`` gives the parser a million inputs, however long that takes.
Prints how many runs it made, and each input that broke a promise as a Python literal.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from textual.geometry import Size

from newsreader.exporting.html import article_page
from newsreader.exporting.markdown import article_markdown
from newsreader.model import Article, Image, InvalidQueryError, Issue, UnsafeUrlError
from newsreader.query import Query, parse
from newsreader.query.text_of import text_of
from newsreader.sources.article import parse_article
from newsreader.text.sanitize import clean_block, clean_line, plain
from newsreader.text.urls import MAX_LENGTH, canonical, host_of, openable, plain_host
from newsreader.ui.cells import line_len
from newsreader.ui.glyphs import ASCII, UNICODE
from newsreader.ui.page import lay_out_page
from newsreader.ui.page_pictures import NO_PICTURES, Pictures
from newsreader.ui.page_sections import Setting

ROOT = Path(__file__).resolve().parent.parent
BODIES = ROOT / "tests" / "ui" / "constructs"
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
URL = re.compile(r"https?://[^-\s][!-~]*")

# fmt: off
SNIPPETS = (
    "\x1b[31m", "\x1b]0;x\x07", "\x1b]8;;u\x1b\\", "\x1bP", "\x9b2J", "\x9d",
    "\x9c", "\x1b", "\x07",
    "\u202e", "\u2066", "\u200d", "\u200c", "\ufe0f", "\ufe00", "\u0301" * 12,
    "\u0489", "\u0e48",
    "\U000e0041", "\U000e0101", "\u2028", "\u2029", "\x85", "\r", "\n",
    "\r\n", "\t", "\0", "\ud800",
    "&amp;", "&#27;", "&#x202e;", "&amp;#155;", "&nbsp;", "&lt;b&gt;", "&",
    ";", "&#0;", "&zwj;",
    "[red]", "[/]", "[@click=app.quit]", "[0", "]", "\\[", "$x", "{", "}",
    "'", '"', "`", "\\",
    "https://", "http://", "javascript:", "//", "@", ":80", ":99999", "[::1]",
    "xn--", "%2d", "%zz",
    "-x", "--flag", "münchen.de", "a.org", "\uff45.org", "\u0430.org", "。",
    "..", "?", "#", "\u00ad",
    "topic:", "-", "AND", "OR", "NOT", "(", ")", ">=", "date:2020",
    "quality>5", 'title:"', "~", "*",
    "sort:", "limit:5", "group:day", "search:", "#tag", "/a|b/i", "/", "related.title:",
    "related.provider:", '"last monday"', '"1 July 2020"', "3 weeks ago", '"a"*', "..7d",
    "is:published", "since:30d", "date:..", "!", ",", "^", "has:", "😀", "🇫🇷",
    "👩\u200d👧", "日本", "ב",
    "---\n", "...\n", "title: ", "topics:\n  - ", "- ", ": ",
    "!!python/object:os.system ", "&a ", "*a",
    "<<: *a\n", "{a: ", "[", ">-\n  ", "|\n  ", "publishedDateTime: ",
    "2020-13-45", "99999999999",
    "\\e[31m", "\\x9b", "\\ud800", "quality: ", ".nan", "true",
    "related:\n  - title: ", "+++\n", "1e999",
    "images:\n  - url: ", "provider:\n  name: ", "# ", "<p>", "</p>",
    "<![CDATA[", "<!--", "```",
    "<sup>", "</sup>", "<sub>", "<dl><dt>", "<dd>", "<details><summary>", "<table><tr><td>",
    "<th align=right>", "<figure><img src=a.png>", "<figcaption>", "<caption>", "<pre><code>",
    "<a href=/x>", "</a>", "<blockquote>", "<ol start=9><li>", "![a](a.png)", "[x](/y)", "[^1]",
    "[^1]: ", "> ", "1. ", "    ", ":-:|-:\n", "**", "~~", "==", "<abbr title=x>", "<h1>",
    "| a |\n| - |\n", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-12:00", "\u0660", "²", "\u3164",
    "ﬁ", "İ", "ß", "\ufdfa", "\ufeff",
)
# fmt: on


SEARCHES = {"a": "x OR y", "b": "-search:a sort:date", "c": "search:c", "d": "(", "e": ""}


class Case(NamedTuple):
    """A door: what it may be given, and a check that raises when it breaks a promise."""

    name: str
    seeds: tuple[str, ...]
    check: Callable[[str], None]


def check_cleaning(text: str) -> None:
    for clean in (clean_block, clean_line):
        cleaned = clean(text)
        assert not FORBIDDEN.search(cleaned), "a forbidden character"
        assert clean(cleaned) == cleaned, "twice is not once"
    assert "\n" not in clean_line(text)
    shown = plain(text)
    assert not FORBIDDEN.search(shown), "a forbidden character"
    assert "\n" not in shown
    assert clean_line(shown) == shown, "a plain text is not clean"
    if "&" not in shown:
        assert plain(shown) == shown, "plain twice is not once"


def check_url(text: str) -> None:
    host_of(text)
    found = canonical(text)
    assert found is None or canonical(found) == found, "canonical twice is not once"
    assert not FORBIDDEN.search(plain_host(text)), "a forbidden character in a host"
    try:
        safe = openable(text)
    except UnsafeUrlError:
        return
    assert URL.fullmatch(safe), safe
    assert len(safe) <= MAX_LENGTH
    assert openable(safe) == safe, "opening twice is not once"


def check_query(text: str) -> None:
    for typing in (False, True):
        try:
            query = parse(text, typing=typing, searches=SEARCHES)
            assert isinstance(query, Query)
            again = parse(text_of(query), searches=SEARCHES)
            assert again.root == query.root, "what is printed means something else"
        except InvalidQueryError as error:
            if not 0 <= error.column <= len(text):
                raise AssertionError("a column outside") from error


def check_article(text: str) -> None:
    check_file(text.encode("utf-8", "surrogatepass"))
    check_file(text.encode("utf-16", "surrogatepass"))
    check_file(text.encode("latin-1", "replace"))


def check_file(data: bytes) -> None:
    for name in ("a.md", "a.html", "a.yaml", "2020-01-01-a.txt"):
        article, issues = parse_article(data, source="s", name=name)
        assert article is None or isinstance(article, Article)
        for issue in issues:
            assert isinstance(issue, Issue)
            assert not FORBIDDEN.search(str(issue)), "a forbidden character in an issue"
        for where, value in texts(article):
            assert not FORBIDDEN.search(value), f"a forbidden character in {where}"


def texts(value: Any, where: str = "") -> list[tuple[str, str]]:
    """Every text within an article but what is kept unseen, and where it stands."""
    if isinstance(value, str):
        return [(where, value)]
    if isinstance(value, tuple | list):
        return [each for item in value for each in texts(item, where)]
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        seen = [name for name in names if name not in ("secured", "origin")]
        return [each for name in seen for each in texts(getattr(value, name), f"{where}.{name}")]
    return []


PICTURES = Pictures(Size(18, 2), {"https://a.org/a.png": [(("▀" * 18, "#102030405060"),)] * 2})


def check_page(text: str) -> None:
    """The page of an article with the body *text*, at widths and with marks that follow from it."""
    width = (24, 41, 80, 120)[len(text) % 4]
    glyphs = (UNICODE, ASCII)[len(text) // 4 % 2]
    pictures = (NO_PICTURES, PICTURES)[len(text) // 8 % 2]
    setting = Setting(width, datetime(2023, 9, 1, tzinfo=UTC), glyphs, pictures=pictures)
    for is_html in (False, True):
        article = Article(
            title="Title",
            web_url="https://a.org/b",
            body=clean_block(text),
            body_is_html=is_html,
            images=(Image(url="https://a.org/a.png"),),
        )
        page = lay_out_page(article, setting)
        page.reach(0, 1_000_000)
        for y in range(page.height):
            line = page.line(y)
            assert line_len(line) <= width, "a line is wider than the page"
            shown = "".join(part for part, _ in line)
            assert not FORBIDDEN.search(shown), "a forbidden character on the page"
        exported = article_markdown(article) + article_page([article])
        assert not FORBIDDEN.search(exported), "a forbidden character in what is exported"


QUERIES = (
    *('topic:AI -"a b" (x OR y)', "date:2020..2021 quality>=60", "", "/a|b/i #c-d sort:-heat"),
    *('search:a related.provider:x* date:"last week"..', "group:day limit:5 a OR b"),
)


def cases() -> tuple[Case, ...]:
    seeds = tuple(path.read_text() for path in sorted((ROOT / "seeds").iterdir()))
    return (
        Case("text", ("Plain text", "Café & more", "مرحبا 日本 👩\u200d👧", ""), check_cleaning),
        Case("url", ("https://example.org/a?b=c#d", "http://münchen.de:80/é", "x"), check_url),
        Case("query", QUERIES, check_query),
        Case("article", (*seeds, "---\ntitle: x\n---\nbody", ""), check_article),
        Case("page", (*map(Path.read_text, sorted(BODIES.glob("[mp]*"))), ""), check_page),
    )


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        place = chance.randint(0, len(text))
        end = min(len(text), place + chance.choice((0, 0, 1, 4, 40)))
        match chance.randrange(6):
            case 0:
                middle = chr(chance.randrange(0x110000))
            case 1:
                middle = text[place:end] * chance.choice((2, 3, 20))
            case 2:
                middle = chr(chance.randrange(0x250))
            case _:
                middle = chance.choice(SNIPPETS)
        text = text[:place] + middle + text[end:]
    return text[:20_000]


class Failure(NamedTuple):
    name: str
    text: str
    reason: str


def fuzz(
    seconds: float, seed: int, names: tuple[str, ...] = (), least: int = 0
) -> tuple[int, list[Failure]]:
    """Run for *seconds*, and *least* times; the number of runs, and a failure of each kind."""
    chance = random.Random(seed)
    chosen = [case for case in cases() if not names or case.name in names]
    corpora = {case.name: list(case.seeds) for case in chosen}
    failures: dict[tuple[str, str], Failure] = {}
    runs = 0
    end = perf_counter() + seconds
    while perf_counter() < end or runs < least:
        for case in chosen:
            corpus = corpora[case.name]
            for _ in range(1 if case.name in ("article", "page") else 10):
                text = mutated(chance.choice(corpus), chance)
                runs += 1
                reason = broken(case, text)
                if reason and (case.name, reason[:60]) not in failures:
                    small = shrunk(case, text, reason)
                    failures[case.name, reason[:60]] = Failure(case.name, small, reason)
                elif chance.random() < 0.05 and len(corpus) < 500:
                    corpus.append(text)
    return runs, list(failures.values())


def broken(case: Case, text: str) -> str:
    try:
        case.check(text)
    except Exception as error:  # noqa: BLE001 - what a fuzzer is for
        return f"{type(error).__name__}: {str(error)[:200]}"
    return ""


def shrunk(case: Case, text: str, reason: str) -> str:
    """*text* without the parts that the failure does not need."""
    kind = reason.split(":")[0]
    size = len(text) // 2
    end = perf_counter() + 2
    while size and perf_counter() < end:
        place = 0
        while place < len(text) and perf_counter() < end:
            shorter = text[:place] + text[place + size :]
            if broken(case, shorter).split(":")[0] == kind:
                text = shorter
            else:
                place += size
        size //= 2
    return text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=(), help="text, url, query, article, page")
    parser.add_argument("--runs", type=int, default=0, help="at least so many")
    options = parser.parse_args()
    start = perf_counter()
    runs, failures = fuzz(options.seconds, options.seed, tuple(options.only), options.runs)
    rate = runs / (perf_counter() - start)
    print(f"{runs:,} runs, {rate:,.0f} a second, {len(failures)} failures")
    for failure in failures:
        print(f"{failure.name}: {failure.reason}\n    {failure.text!a}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
