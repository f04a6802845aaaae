"""Counts of values."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_table import NOW, TABLE, TinyTable, ask

from newsreader.model import Article, Provider
from newsreader.model.lists import Codes
from newsreader.query import FACETS, count, parse, tally
from newsreader.query.edit import toggle
from newsreader.query.facets import rows_excluding_own


def counted(text: str, field: str) -> dict[str, int]:
    rows = rows_excluding_own(parse(text), TABLE, NOW, field)
    return {each.value: each.count for each in count(TABLE, rows, field)}


def test_counts() -> None:
    found = count(TABLE, range(5), "topic")
    assert [(each.value, each.count) for each in found] == [
        ("AI", 2),
        ("Computer Vision", 1),
        ("Détente", 1),
        ("none", 1),
    ]
    assert [each.value for each in count(TABLE, range(5), "year")] == ["2023", "2020", "2019"]
    assert counted("", "type") == {"article": 3, "Video": 1}
    assert counted("", "category") == {"news": 2, "opinion": 1}


def test_a_provider_is_its_domain_with_the_name_as_label() -> None:
    found = {each.value: each.label for each in count(TABLE, range(5), "provider")}
    assert found == {
        "wsj.com": "Wall Street Journal",
        "blogs.wsj.com": "WSJ Blogs",
        "techstory.in": "tech",
        "CNET": "CNET",
    }


def test_flags() -> None:
    assert counted("", "flag") == {
        "is:unread": 5,
        "is:published": 2,
        "is:unpublished": 1,
        "is:secured": 1,
        "has:related": 2,
        "has:image": 1,
        "has:body": 2,
        "has:amp": 1,
    }
    assert counted("is:published has:related", "flag") == counted("", "flag")


def test_own_terms_are_left_out() -> None:
    assert counted("topic:AI quality>=80", "topic") == {"AI": 1, "Computer Vision": 1}
    assert counted("topic:AI quality>=80", "category") == {"news": 1}
    assert counted("-topic:AI", "topic") == counted("", "topic")
    assert counted("topic:AI OR cafe", "topic") == {"AI": 2, "Computer Vision": 1, "none": 1}


def test_values_find_what_they_count() -> None:
    for field in FACETS:
        for each in count(TABLE, range(5), field):
            text = each.value if field == "flag" else toggle("", field, each.value)
            # A domain finds those below it as well, which are counted on their own.
            expected = 2 if each.value == "wsj.com" else each.count
            assert len(ask(text)) == expected


def test_same_domain_is_one_provider_and_same_name_two() -> None:
    table = TinyTable(
        [
            Article(provider=Provider(name="The Post", domain="post.com")),
            Article(provider=Provider(name="Post", domain="Post.com")),
            Article(provider=Provider(name="Post", domain="Post.com")),
            Article(provider=Provider(name="Post", domain="post.org")),
        ]
    )
    found = [(each.value, each.label, each.count) for each in count(table, range(4), "provider")]
    assert found == [("Post.com", "Post", 3), ("post.org", "Post", 1)]


def test_spellings_of_a_topic_are_one_value() -> None:
    table = TinyTable([Article(topics=("ai", "AI")), Article(topics=("AI", "AI"))])
    found = [(each.value, each.count) for each in count(table, range(2), "topic")]
    assert found == [("AI", 2)]


values = st.lists(st.lists(st.integers(0, 5), max_size=3), max_size=200)


@given(values, st.lists(st.integers(0, 199), unique=True), st.sampled_from([0, 3_000]))
def test_rows_are_counted_as_one_by_one(values: list[list[int]], some: list[int], few: int) -> None:
    rows = [row for row in some if row < len(values)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally, "FEW", few)
        picked = tally.Picked(rows, len(values))
        lists = Codes.of([sorted(set(each)) for each in values])
        expected = Counter(value for row in rows for value in set(values[row]))
        assert tally.tally_lists(lists, picked) == expected
        sparse = {row: tuple(set(each)) for row, each in enumerate(values) if each}
        assert tally.tally_sparse(sparse, picked) == expected
        column = [sum(each) * 1000 ** len(each) - 2**31 for each in values]
        assert tally.tally(column, picked) == Counter(column[row] for row in rows)
        starts = [0, 5, 2000, 10_000]
        places = [bisect_right(starts, value) for value in column]
        assert list(tally.places_among(starts, column)) == places
        others = [0, 1, 1, 3, 3, 0]
        merged = tally.with_codes(lists, others)
        assert [set(merged[row]) for row in range(len(values))] == [
            {others[value] for value in each} for each in values
        ]
