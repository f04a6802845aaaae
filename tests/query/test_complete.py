"""What may stand at the cursor."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from test_query_properties import complaint, good_terms, soups, texts
from tiny_table import TABLE

from newsreader.query import FACETS, FacetValue, count, parse
from newsreader.query.complete import MOST, NOTHING, Completions, Sources, complete

TOPICS = (
    FacetValue("AI", "AI", 9),
    FacetValue("Computer Vision", "Computer Vision", 5),
    FacetValue("AI Safety", "AI Safety", 3),
    FacetValue('say "so", (x)', 'say "so", (x)', 2),
    FacetValue("none", "none", 1),
    FacetValue("Gone", "Gone", 0),
)
SOURCES = Sources(
    {
        "topic": TOPICS,
        "provider": (
            FacetValue("wsj.com", "Wall Street Journal", 4),
            FacetValue("cnet.com", "CNET", 2),
        ),
        "category": (FacetValue("news", "news", 9),),
        "type": (FacetValue("article", "article", 9),),
        "year": (FacetValue("2023", "2023", 3), FacetValue("2020", "2020", 6)),
        "flag": (FacetValue("is:published", "published", 7), FacetValue("has:body", "body", 0)),
    },
    {"Police technology": "topic:police", "Unread": "is:published"},
)
OF_TABLE = Sources({field: count(TABLE, range(len(TABLE)), field) for field in FACETS})


def offered(text: str, sources: Sources = SOURCES) -> Completions:
    """The candidates at the ``|`` in *text* (the last one), else at its end."""
    before, bar, after = text.rpartition("^")
    return complete(before + after, len(before) if bar else len(text), sources)


def inserts(text: str) -> list[str]:
    return [each.insert for each in offered(text).candidates]


def taken(text: str, number: int = 0) -> str:
    found = offered(text)
    return found.applied(text.replace("^", ""), number)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("top", ["topic:"]),
        ("TOP", ["topic:"]),
        ("detroit -top", ["topic:"]),
        ("(a OR top", ["topic:"]),
        ("t", []),
        ("", []),
        ("detroit", []),
        ("12", []),
        ("rel", ["related:", "related.title:", "related.provider:"]),
        ("related.p", ["related.provider:"]),
        ("fro", ["from:"]),
        ("so", ["sort:"]),
        ("-so", []),
        ("NOT so", []),
        ("(so", []),
        ("a OR so", []),
        ("quality", ["quality:", "quality>=", "quality<=", "quality:0.."]),
        ("quality:", ["quality>=", "quality<=", "quality:0..", "quality:none"]),
        ("date", ["date:", "date>=", "date<"]),
        ("topic:", ["AI", '"Computer Vision"', '"AI Safety"', '"say \\"so\\", (x)"', '"none"']),
        ("topic:vis", ['"Computer Vision"']),
        ("topic:AI", ['"AI Safety"']),
        ("topic:go", ["Gone"]),
        ("topic:AI,comp", ['"Computer Vision"']),
        ("topic:AI,", ['"Computer Vision"', '"AI Safety"', '"say \\"so\\", (x)"', '"none"']),
        ('topic:"computer v', ['"Computer Vision"']),
        ('topic:"comp^uter"', ['"Computer Vision"']),
        ('topic:"comp^ detroit', []),
        ("topic:co^mp", []),
        ("topic!=comp", ['"Computer Vision"']),
        ("provider:jour", ["wsj.com"]),
        ("provider:wsj.c", ["wsj.com"]),
        ("from:cn", ["cnet.com"]),
        ("related.provider:cn", ["cnet.com"]),
        ("is:un", ["unread", "unpublished"]),
        ("is:unread,un", ["unpublished"]),
        ("has:b", ["body"]),
        ("date:t", ["today", '"this year"', '"this month"', '"this week"']),
        ('date:"last y', ['"last year"']),
        ("date:2020..", ["2020..today", "2020..yesterday", "2020..7d", "2020..30d"]),
        ("date>=20", ["2023", "2020"]),
        ("date>=2020,", []),
        ("year:", ["year:2023", "year:2020", "year:none", "year>=", "year<="]),
        ("year>=", ["2023", "2020"]),
        ("quality>=", ["80", "60", "40", "20"]),
        ("quality>=6", []),
        ("quality>=60,", []),
        ("sort:q", ["quality", "-quality"]),
        ("sort:-h", ["-heat"]),
        ("sort:-heat,d", ["date", "-date"]),
        ("-sort:", []),
        ("group:d", ["day"]),
        ("limit:", ["10", "20", "50", "100"]),
        ("limit:5", []),
        ("search:tech", ['"Police technology"']),
        ("#vis", ["#Computer-Vision"]),
        ("-#saf", ["#AI-Safety"]),
        ("title:det", []),
        ("url:x", []),
        ("zzz:x", []),
        ("https://top", []),
        ("/top", []),
    ],
)
def test_what_is_offered(text: str, expected: list[str]) -> None:
    found = inserts(text)
    assert found[: len(expected)] == expected
    if not expected:
        assert found == []


def test_a_candidate_replaces_what_it_completes() -> None:
    assert taken("detroit -top") == "detroit -topic:"
    assert taken("-topic:AI,comp") == '-topic:AI,"Computer Vision"'
    assert taken('topic:"comp^uter" x') == 'topic:"Computer Vision" x'
    assert taken("a quality:", 3) == "a quality:none"
    assert taken("quality", 1) == "quality>="
    assert taken("a to^ b") == "a topic: b"
    found = offered("a to^ b")
    assert found.applied("a to b", 0) == ("a topic: b", 8)


def test_counts_and_hints() -> None:
    first = offered("topic:").candidates[0]
    assert (first.label, first.articles, first.is_open) == ("AI", 9, False)
    journal = offered("provider:jour").candidates[0]
    assert (journal.label, journal.hint, journal.articles) == ("Wall Street Journal", "wsj.com", 4)
    assert offered("related.provider:jour").candidates[0].articles is None
    assert {each.label: each.articles for each in offered("is:").candidates}["published"] == 7
    assert offered("search:un").candidates[0].hint == "is:published"
    assert offered("sort:-h").candidates[0].hint == "hottest first"
    assert all(each.hint and each.is_open for each in offered("rel").candidates)


def test_there_are_never_many() -> None:
    many = tuple(FacetValue(f"t{number}", f"t{number}", 1) for number in range(100))
    assert len(offered("topic:", Sources({"topic": many})).candidates) == MOST


def test_nothing_is_offered_in_a_text_without_end() -> None:
    assert offered("a " * 5_000 + "top") == NOTHING


partial = st.sampled_from(
    [
        *("to", "-to", "rel", "quality", "date", "year", "#", "#ai", "topic:", "-topic:a", "is:"),
        *("topic:AI,", 'topic:"comp', "from:c", "related.provider:", "date:", "date:2020..", "so"),
        *("date:7d..", "date:today..", "year:", "has:", "search:", "sort:", "sort:-heat,", "he"),
        *("group:", "limit:", "quality:", "quality>=", "date<", 'date:"', "NOT to", "heat!=", "("),
        *("date:2020..y", "topic:none,", "type:", "category=", "li", "gr", "se", "(so", "a OR so"),
    ]
)


@given(texts | soups, st.integers(0, 60), st.sampled_from([SOURCES, OF_TABLE, Sources()]))
@example("#", 1, SOURCES)
@example('topic:"', 7, SOURCES)
def test_any_text_at_any_column_is_taken(text: str, cursor: int, sources: Sources) -> None:
    found = complete(text, cursor, sources)
    assert 0 <= found.start <= found.end <= len(text) or found == NOTHING
    assert len(found.candidates) <= MOST
    if complaint(text, typing=True) is None:
        for number, candidate in enumerate(found.candidates):
            applied, column = found.applied(text, number)
            assert applied[:column].endswith(candidate.insert)


@given(good_terms, partial, st.sampled_from([SOURCES, OF_TABLE]))
def test_what_is_taken_is_a_query(terms: list[str], last: str, sources: Sources) -> None:
    text = " ".join((*terms, last))
    found = complete(text, len(text), sources)
    for number, candidate in enumerate(found.candidates):
        applied, column = found.applied(text, number)
        assert column == len(applied)
        if candidate.is_open:
            assume(not applied.endswith(("is:", "has:", "search:", "sort:", "group:")))
            applied += "2020"
        parse(applied, typing=True, searches=sources.searches)
