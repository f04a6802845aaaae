"""Edits of the text by filters."""

from __future__ import annotations

import pytest

from newsreader.model import InvalidQueryError
from newsreader.query import edit, parse


@pytest.mark.parametrize(
    ("text", "field", "value", "result"),
    [
        ("", "topic", "AI", "topic:AI"),
        ("detroit  cafe", "topic", "Computer Vision", 'detroit cafe topic:"Computer Vision"'),
        ("topic:AI x", "topic", "none", 'topic:AI,"none" x'),
        ("Topic:det*  x", "topic", "AI", "Topic:det*,AI x"),
        ("topic:AI,b x", "topic", "ai", "topic:b x"),
        ('topic:"Computer Vision","b c"', "topic", "computer vision", 'topic:"b c"'),
        ("a topic:AI b", "topic", "AI", "a b"),
        ("topic:AI", "topic", "AI", ""),
        ("-topic:AI", "topic", "AI", "-topic:AI topic:AI"),
        ("from:cnet", "provider", "wsj.com", "from:cnet,wsj.com"),
        ("a OR b", "topic", "AI", "(a OR b) topic:AI"),
        ("(topic:AI)", "topic", "AI", "(topic:AI) topic:AI"),
        ("year:2020", "year", "2021", "year:2020,2021"),
        ("year>=2020", "year", "2021", "year>=2020 year:2021"),
        ("topic:none", "topic", "AI", "topic:none,AI"),
        ("topic::x", "topic", ":x", ""),
    ],
)
def test_toggle(text: str, field: str, value: str, result: str) -> None:
    assert edit.toggle(text, field, value) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", "-topic:AI"),
        ("topic:AI", "topic:AI -topic:AI"),
        ("-topic:b", "-topic:b,AI"),
        ("NOT topic:b x", "NOT topic:b,AI x"),
        ("topic!=AI,b", "topic!=b"),
        ("-topic:AI", ""),
    ],
)
def test_exclude(text: str, result: str) -> None:
    assert edit.exclude(text, "topic", "AI") == result


def test_toggle_flag() -> None:
    assert edit.toggle_flag("a", "is:published") == "a is:published"
    assert edit.toggle_flag("is:published a", "is:published") == "a"
    assert edit.toggle_flag("is:published", "is:secured") == "is:published is:secured"
    assert edit.toggle_flag("has:images", "has:image") == ""
    assert edit.toggle_flag("a OR b", "has:body") == "(a OR b) has:body"


def test_set_minimum() -> None:
    assert edit.set_minimum("a", "quality", 60) == "a quality>=60"
    assert edit.set_minimum("a quality:40..60 b quality>3", "quality", 70) == "a quality>=70 b"
    assert edit.set_minimum("a quality>=60 b", "quality", None) == "a b"
    assert edit.set_minimum("a  b", "quality", None) == "a b"
    assert edit.set_minimum("a|b", "quality", 5) == "(a|b) quality>=5"


def test_set_span() -> None:
    assert edit.set_span("a", "date", "2020-07", "2020-10") == "a date:2020-07..2020-10"
    assert edit.set_span("date:7d a", "date", None, "2020") == "date:..2020 a"
    assert edit.set_span("date:7d a", "date", "30d", None) == "date:30d.. a"
    assert edit.set_span("date:7d a date>2020", "date", None, None) == "a"
    with pytest.raises(InvalidQueryError):
        edit.set_span("a", "date", "soon", None)


def test_remove() -> None:
    text = ' a  "b c" AND (d OR e)'
    assert edit.remove(text, 0) == '"b c" (d OR e)'
    assert edit.remove(text, 2) == 'a "b c"'
    assert edit.remove_last(text) == 'a "b c"'
    assert edit.remove_last("a OR b") == edit.remove_last("") == ""
    with pytest.raises(IndexError):
        edit.remove(text, 3)


def test_append() -> None:
    assert edit.append("", "a") == edit.append("a", " ") == "a"
    assert edit.append("a OR b", "c OR d") == "(a OR b) (c OR d)"


def test_selected() -> None:
    query = parse('topic:AI,"Computer Vision",det*,none -topic:b (topic:c) from:cnet')
    assert edit.selected(query, "topic") == {"ai", "computer vision"}
    assert edit.excluded(query, "topic") == {"b"}
    assert edit.selected(query, "provider") == edit.selected(query, "from") == {"cnet"}
    assert edit.selected('topic:"none","det*"', "topic") == {"none", "det*"}


def test_has_flag() -> None:
    assert edit.has_flag("a is:published", "is:published")
    assert not edit.has_flag("-is:published is:published,secured", "is:published")


def test_minimum() -> None:
    assert edit.minimum("quality>=60", "quality") == 60
    assert edit.minimum("quality:60.. quality>70", "quality") == 71
    assert edit.minimum("quality:60..70 -quality>5 heat>3", "quality") is None


def test_span() -> None:
    assert edit.span("a", "date") is None
    assert edit.span("date:2020-07..2021", "date") == ("2020-07", "2021")
    assert edit.span("date:2020", "date") == ("2020", "2020")
    assert edit.span("date:7d", "date") == ("7d", "")
    assert edit.span("date<30d", "date") == ("", "30d")
    assert edit.span("date>=2020 date<=2021", "date") == ("2020", "2021")
    assert edit.span("date>2020", "date") is None
    assert edit.span("quality:40..", "quality") == ("40", "")


def test_what_cannot_be_understood_is_not_edited() -> None:
    with pytest.raises(InvalidQueryError):
        edit.toggle("(a", "topic", "AI")
    with pytest.raises(InvalidQueryError):
        edit.toggle("a", "year", "soon")
