"""What a query says: its tree, its terms, and where they stand."""

from __future__ import annotations

import pytest

from newsreader.query import parse
from newsreader.query.ast import And, Dates, Edge, Match, Missing, Not, Number, Or, Text, Url, Value
from newsreader.query.quoting import quote


def test_and_binds_tighter_than_or() -> None:
    a, b, c = Text(None, "a"), Text(None, "b"), Text(None, "c")
    assert parse("a b OR c").root == Or((And((a, b)), c))
    assert parse("a (b | c)").root == And((a, Or((b, c))))
    assert parse("a AND b").root == parse(" a   b ").root == And((a, b))


def test_terms_stand_where_they_were_typed() -> None:
    query = parse('  NOT (a OR "b c")  AND -from:x,"y z" quality>=60 https://a.org/b ')
    assert [(term.text, term.field, term.negated, term.values) for term in query.terms] == [
        ('NOT (a OR "b c")', None, True, ()),
        ('-from:x,"y z"', "provider", True, ("x", "y z")),
        ("quality>=60", "quality", False, ()),
        ("https://a.org/b", "url", False, ()),
    ]
    assert all(query.text[term.start : term.end] == term.text for term in query.terms)


def test_an_or_at_the_top_is_one_term() -> None:
    (term,) = parse(" topic:a b OR c ").terms
    assert (term.text, term.field, term.is_or) == ("topic:a b OR c", None, True)
    assert not parse("(a OR b)").terms[0].is_or


def test_negation() -> None:
    assert parse("-a").root == parse("NOT a").root == parse("!a").root == Not(Text(None, "a"))
    assert parse("--a").root == Text(None, "a")
    assert parse("topic!=a").terms[0].negated
    assert not parse("-topic!=a").terms[0].negated


def test_relative_dates_stay_relative() -> None:
    assert parse("date:7d").root == parse("date:7d..").root == Dates(Edge("7d"))
    assert parse("date:today").root == Dates(Edge("today"), Edge("today", after=True))
    assert parse("date>2020-07").root == Dates(Edge("2020-07", after=True))
    assert parse("date<=2020-07").root == Dates(None, Edge("2020-07", after=True))


def test_values() -> None:
    assert parse("topic:AI,det*,none").root == Or(
        (Match("topic", (Value("ai"), Value("det", prefix=True))), Missing("topic"))
    )
    assert parse("year:2019,2021..").root == Or((Number("year", 2019, 2019), Number("year", 2021)))
    assert parse('url:"a b"').root == Url("a b")


@pytest.mark.parametrize(
    "word",
    [
        "mass-surveillance",
        "don't",
        "a,b",
        "AT&T",
        "1/2",
        "12:30",
        "ORacle",
        "or",
        "ftp://a.b",
        "$5",
        ",",
    ],
)
def test_words_hold_any_other_character(word: str) -> None:
    assert parse(word).root == Text(None, word.lower())


def test_typing_touches_only_the_end() -> None:
    assert parse("a b", typing=True).root == And((Text(None, "a"), Text(None, "b", prefix=True)))
    assert parse("a ", typing=True).root == Text(None, "a")
    assert parse('"a"', typing=True).root == Text(None, "a")
    assert parse("(a)", typing=True).root == Text(None, "a")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("AI", "AI"),
        ("Computer Vision", '"Computer Vision"'),
        ("none", '"none"'),
        ("det*", '"det*"'),
        ("a,b", '"a,b"'),
        ('5" disks', r'"5\" disks"'),
        ("back\\slash it", r'"back\\slash it"'),
        ("back\\slash", "back\\slash"),
        ("“so”", r'"\“so\”"'),
        ("=x", '"=x"'),
        ("a-b.c:d", "a-b.c:d"),
    ],
)
def test_quote(value: str, written: str) -> None:
    assert quote(value) == written
    assert parse(f"topic:{written}").terms[0].values == (value,)
