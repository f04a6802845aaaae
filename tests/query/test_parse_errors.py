"""What cannot be understood: where, why, and what to do about it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newsreader.model import InvalidQueryError
from newsreader.query import FLAGS, Query, parse
from newsreader.query.caret import caret
from newsreader.query.parse import MAX_LENGTH, MAX_NESTING

UNFINISHED = [
    "topic:",
    "topic:a,",
    "(",
    "(a OR",
    "a OR",
    "a |",
    "a AND",
    "a NOT",
    "a -",
    "-",
    "!  ",
    "quality>",
    "date:2020-",
    "quality:40..4",
    '"',
    'topic:"',
]


def error(text: str, *, typing: bool = False) -> InvalidQueryError:
    with pytest.raises(InvalidQueryError) as caught:
        parse(text, typing=typing)
    assert caught.value.query == text
    assert 0 <= caught.value.column <= len(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("qualty>=60", 0, "There is no field qualty"),
        ("a foo:bar", 2, "There is no field foo"),
        ("foo: bar", 0, "There is no field foo"),
        ("quality>=high", 9, "quality takes a number, not high"),
        ("quality:60.5", 8, "quality takes a number, not 60.5"),
        ("quality:1..b", 8, "quality takes a number, not 1..b"),
        ("quality:1,b", 10, "quality takes a number, not b"),
        ("quality>1,2", 10, "quality> takes one value"),
        ("quality:..", 8, "A range has a number or a date on one side at least"),
        ("quality:69..40", 8, "The range 69..40 runs backwards"),
        ("topic>3", 5, "topic is not a number or a date to compare with >"),
        ("date:2020-13", 5, "2020-13 is not a date"),
        ("date:2020-02-30", 5, "2020-02-30 is not a date"),
        ("date>soon", 5, "soon is not a date"),
        ("date:9999", 5, "9999 is not a date"),
        ("date:2021..2020", 5, "The range 2021..2020 runs backwards"),
        ("date:7d..30d", 5, "The range 7d..30d runs backwards"),
        ("date:today..yesterday", 5, "The range today..yesterday runs backwards"),
        ("is:foo", 3, "There is no is:foo"),
        ("(a b", 4, "A parenthesis is not closed"),
        ("a)", 1, "There is no open parenthesis to close"),
        (")", 0, "There is no open parenthesis to close"),
        ("a ()", 3, "There is nothing between the parentheses"),
        ('a "bc', 5, "A quote is not closed"),
        ('topic:"bc', 9, "A quote is not closed"),
        ('""', 1, "There is nothing between the quotes"),
        ("\u200b", 0, "There is nothing to look for in this"),
        ("a OR", 4, "OR needs something after it"),
        ("OR a", 0, "OR needs something before it"),
        ("| a", 0, "OR needs something before it"),
        ("a OR OR b", 5, "OR needs something after it"),
        ("(a OR)", 5, "OR needs something after it"),
        ("(OR a)", 1, "OR needs something before it"),
        ("AND a", 0, "AND needs something before it"),
        ("NOT", 3, "NOT needs something after it"),
        ("a - ", 4, "- needs something after it"),
        ("topic:", 6, "topic: needs a value right after it"),
        ("topic: a", 6, "topic: needs a value right after it"),
        ("(topic:)", 7, "topic: needs a value right after it"),
        ("topic:a, b", 8, "A value is missing after the comma"),
    ],
)
def test_error(text: str, column: int, reason: str) -> None:
    found = error(text)
    assert (found.column, found.reason) == (column, reason)


@pytest.mark.parametrize("text", UNFINISHED)
@pytest.mark.parametrize("typing", [False, True])
def test_unfinished(text: str, typing: bool) -> None:
    error(text, typing=typing)


def test_suggestions() -> None:
    assert error("qualty>=60").suggestion == "quality"
    assert error("is:publishd").suggestion == "published"
    assert error("is:foo").expected == FLAGS["is"]
    assert error("zzz:1").suggestion is None


def test_expectations_are_words_for_people() -> None:
    assert error("(a").expected == ("a closing parenthesis",)
    assert "a number such as 60" in error("quality>=high").expected
    assert "2020-07-01" in error("date:soon").message
    for text in UNFINISHED:
        assert not any(word.isupper() for word in error(text).expected)


def test_limits() -> None:
    deepest = "(" * MAX_NESTING + "a" + ")" * MAX_NESTING
    assert parse(deepest).root is not None
    assert error(f"({deepest})").column == MAX_NESTING
    assert error("a" * (MAX_LENGTH + 1)).column == MAX_LENGTH
    assert parse("a " * (MAX_LENGTH // 2)).terms
    for pattern in (
        "(",
        "-",
        "-(",
        "!",
        "a(",
        "NOT ",
        '"',
        "topic:",
        "a|",
        "- ",
        "https://(",
        "x,",
    ):
        for typing in (False, True):
            try:
                parse((pattern * MAX_LENGTH)[:MAX_LENGTH], typing=typing)
            except InvalidQueryError:
                continue
    assert parse("-" * 1001 + "a").terms[0].negated


def test_a_blank_query_asks_for_everything() -> None:
    assert parse("") == Query("")
    assert parse(" \n").root is None


def test_only_a_query_that_asks_something_needs_the_parser_generator() -> None:
    code = (
        "import sys; import newsreader.query as q; q.parse(' ');"
        "assert 'lark' not in sys.modules; q.parse('a'); assert 'lark' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_caret() -> None:
    assert caret(error("a qualty>=60")) == "a qualty>=60\n  ^"
    assert caret(error("東京 a)")) == "東京 a)\n" + " " * 6 + "^"
    assert caret(error("a\t\x1b) (")).startswith("a �) (\n   ^")
    assert caret(error("(e\u0301")) == "(e\u0301\n  ^"
