"""How a query is run, step by step."""

from __future__ import annotations

from hypothesis import given
from test_query_properties import good_terms
from tiny_table import NOW, TABLE

from newsreader.query import parse, select
from newsreader.query.explain import explain


def test_cheap_steps_come_first() -> None:
    query = parse("/Detroit/ body:court detroit quality>=60")
    found = explain(query, TABLE, NOW)
    assert [step.text for step in found.steps] == [
        "quality:60..",
        "detroit",
        "body:court",
        "/Detroit/",
    ]
    assert [(step.rows_in, step.rows_out) for step in found.steps] == [
        (5, 2),
        (2, 1),
        (1, 1),
        (1, 1),
    ]
    assert found.steps[0].reads == "a column"
    assert found.steps[1].reads == "folded texts in memory"
    assert found.steps[3].reads == "whole articles"
    assert all(step.milliseconds >= 0 for step in found.steps)
    assert found.milliseconds == sum(step.milliseconds for step in found.steps)
    assert (found.total, found.found) == (5, 1)
    assert found.text == "/Detroit/ body:court detroit quality:60.."
    assert found.words.startswith("articles with a match of /Detroit/")


def test_the_order_is_told() -> None:
    assert explain(parse("detroit"), TABLE, NOW).order == "best match first"
    assert explain(parse("quality>5"), TABLE, NOW).order == "newest first"
    assert explain(parse("detroit sort:-heat"), TABLE, NOW).order == "hottest first"


def test_the_query_for_everything_has_no_steps() -> None:
    found = explain(parse(""), TABLE, NOW)
    assert found.steps == ()
    assert (found.words, found.text, found.total, found.found) == ("", "", 5, 5)


def test_a_choice_is_one_step() -> None:
    (step,) = explain(parse("detroit OR quality:40"), TABLE, NOW).steps
    assert (step.text, step.rows_out) == ("detroit OR quality:40", 2)


@given(good_terms)
def test_the_steps_find_what_the_query_finds(terms: list[str]) -> None:
    query = parse(" ".join(terms))
    found = explain(query, TABLE, NOW)
    assert found.found == len(select(query, TABLE, NOW))
    counts = [len(TABLE), *(step.rows_out for step in found.steps)]
    assert [step.rows_in for step in found.steps] == counts[:-1]
