"""What articles come to: every number is what its query finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference import matches
from stored import ArticleStore
from test_reference import articles
from tiny_table import NOW, TABLE, TinyTable, ask

from newsreader.model import Article, Provider
from newsreader.query import parse, select, tally
from newsreader.query.insight import Insight, insight
from newsreader.query.narrow import narrow

QUERIES = (
    *("", "topic:AI", "ai OR video", "-topic:politics quality>=20", "heat:none sort:title"),
    *("date:2022-05-10..2023-02", "date:700d..", "-date:2022 year>=2015", "from:wsj.com,CNET"),
    "-topic:ai,video sort:-quality limit:1",
)


def numbers_of(found: Insight) -> Iterator[tuple[str, int]]:
    """Each number with the query beside it."""
    lonely = (found.undated, found.unrated, found.without_heat)
    parts = (*found.topics, *found.qualities, *found.heats, *filter(None, lonely))
    divided = (part for period in found.periods for part in period.parts)
    everything: list[Any] = [*parts, *found.periods, *divided, *found.providers, *found.trends]
    for each in everything:
        yield each.query, each.count


@given(
    st.lists(articles, max_size=8),
    st.sampled_from(QUERIES),
    st.sampled_from([0, 3_000]),
    st.integers(3, 60),
)
def test_every_number_is_what_its_query_finds(
    library: list[Article], text: str, few: int, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally, "FEW", few)
        numbered = [replace(each, id=f"{number}") for number, each in enumerate(library)]
        table, query = ArticleStore(*numbered).store.snapshot.columns, parse(text)
        rows = select(query, table, NOW, table.newest_first)
        found = insight(table, query, rows, NOW, most)
    assert len(found.periods) <= most
    assert found.articles == len(rows)
    for text, number in numbers_of(found):
        root = parse(text).root
        assert sum(matches(root, each, NOW) for each in library) == number, text
    dated = found.articles - (found.undated.count if found.undated else 0)
    assert sum(period.count for period in found.periods) == dated
    for each in found.providers:
        theirs = (article for article in library if matches(parse(each.query).root, article, NOW))
        known = [article.quality for article in theirs if article.quality is not None]
        assert each.quality == (sum(known) / len(known) if known else None)


def test_topics_rise_and_fall_up_to_the_newest_article() -> None:
    table = TinyTable(
        [
            Article(published_at=NOW.replace(month=month, day=day), topics=(topic,))
            for month, day, topic in (
                *((5, 1, "old"), (7, 10, "falls"), (7, 11, "falls"), (7, 12, "stays")),
                *((8, 20, "stays"), (8, 21, "rises"), (8, 22, "rises"), (8, 23, "rises")),
            )
        ]
    )
    found = insight(table, parse("quality:none"), range(8), NOW)
    assert found.lately == (date(2023, 8, 17), date(2023, 8, 23))
    assert [(each.label, each.count, each.before) for each in found.trends] == [
        ("rises", 3, 0),
        ("stays", 1, 0),
    ]
    assert found.trends[0].query == "quality:none topic:rises date:2023-08-17..2023-08-23"
    assert [period.start for period in found.periods][:2] == ["2023-05-01", "2023-05-08"]


def test_nothing_comes_to_nothing() -> None:
    found = insight(TABLE, parse("nowhere"), (), NOW)
    assert (found.articles, found.periods, found.topics, found.providers) == (0, (), (), ())
    assert (found.published, found.trends, found.lately) == (None, (), None)


def test_what_cannot_be_asked_is_counted_all_the_same() -> None:
    table = TinyTable([Article(topics=("x" * 20_000,), provider=Provider(name="y" * 20_000))])
    found = insight(table, parse(""), [0], NOW)
    assert (found.topics[0].count, found.providers[0].count) == (1, 1)


@pytest.mark.parametrize(
    ("text", "clauses", "result"),
    [
        ("", ["date:2020-07"], "date:2020-07"),
        ("a OR b", ["topic:AI"], "(a OR b) topic:AI"),
        ("date:2020 a", ["date:2020-07"], "date:2020-07 a"),
        ("date:2020-07-15.. a", ["date:2020-07"], "date:2020-07-15.. a date:2020-07"),
        ("date:9y.. -date:2021", ["date:2020"], "date:2020 -date:2021"),
        ("topic:ai,b x", ["topic:AI", "date:2020"], "topic:AI x date:2020"),
        ("-topic:a", ["-topic:a,b"], "-topic:a,b"),
        ("quality>=60", ["quality:60..69"], "quality:60..69"),
        ("quality<=60", ["quality:60..69"], "quality<=60 quality:60..69"),
        ("heat:none", ["heat:none"], "heat:none"),
        ("detroit sort:-quality", ["provider:x"], "detroit sort:-quality provider:x"),
    ],
)
def test_a_query_is_narrowed(text: str, clauses: list[str], result: str) -> None:
    narrowed = narrow(parse(text), clauses, NOW)
    assert narrowed == result
    both = set(ask(text)).intersection(*map(ask, clauses))
    assert set(ask(narrowed)) == both
