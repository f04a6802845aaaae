"""The canonical text of a query, and that it means the same."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_query_properties import complaint, good_terms, soups, texts

from newsreader.query import parse
from newsreader.query.query import Query
from newsreader.query.text_of import text_of

SEARCHES = {"Police": "detroit OR police", "all": "", "nested": "search:police AI"}


def meaning(query: Query) -> tuple[object, ...]:
    return query.root, query.order, query.limit, query.group


def assert_kept(query: Query) -> str:
    text = text_of(query)
    again = parse(text, searches=SEARCHES)
    assert meaning(again) == meaning(query)
    assert text_of(again) == text
    return text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        ("  Detroit   AND Contract", "detroit contract"),
        ("a|b c", "a OR b c"),
        ("(a OR b) c", "(a OR b) c"),
        ("((a b)) c", "(a b) c"),
        ("NOT !x", "x"),
        ("-(a b)", "-(a b)"),
        ("-(-a)", "-(-a)"),
        ("from:WSJ.com,'x", "provider:wsj.com,'x"),
        ('topic:"Computer Vision",none', 'topic:"computer vision" OR topic:none'),
        ("#computer-vision", "#computer-vision"),
        ("-#AI OR (#det* x)", "-#ai OR #det* x"),
        ("topic:a OR tag:a", "#a"),
        ("read<2020 starred:7d.. -note:x", "read<2020 starred:7d.. -note:x"),
        ('"wrongful arr"*', '"wrongful arr"*'),
        ("topic:*", "topic:*"),
        ("quality:5..5", "quality:5"),
        ("quality>5 quality<=9", "quality:6.. quality:..9"),
        ("quality!=5", "-quality:5 -quality:none"),
        ("date:2020-07", "date:2020-07"),
        ("date>2020 date<2021 date>=7d", "date>2020 date<2021 date:7d.."),
        ("date:2020..2021", "date:2020..2021"),
        ('date:"last monday"..yesterday', 'date:"last monday"..yesterday'),
        ('date:.."2 weeks ago"', 'date:.."2 weeks ago"'),
        ("https://a.example/x(y)", 'url:"https://a.example/x(y)"'),
        ("/a|b (c)/i title:/x,y/", "/a|b (c)/i title:/x,y/"),
        ("provider:/a,b/,cnet", "provider:cnet OR provider:/a,b/"),
        ("related.provider:cnet related.title:x", "related.provider:cnet related.title:x"),
        ("search:POLICE search:all", "search:Police search:all"),
        ("sort:-heat,DATE x limit:50 group:Day", "x sort:-heat,date limit:50 group:day"),
    ],
)
def test_the_text_is_canonical(text: str, canonical: str) -> None:
    assert assert_kept(parse(text, searches=SEARCHES)) == canonical


MORE = [
    *("/x|y/i", "title:/a b/", "#some-tag", "related.title:z", "related.provider:q*"),
    *("search:police", "-search:nested", 'date:"last week"', 'date:"1 July 2020"..today'),
    *('"a b"*', 'topic:"x y"*', "limit:7", "sort:title,-date", "group:story", "url:/x/"),
]


@settings(max_examples=250)
@given(st.tuples(good_terms, st.lists(st.sampled_from(MORE), max_size=4)), st.booleans())
def test_what_is_printed_means_the_same(terms: tuple[list[str], list[str]], typing: bool) -> None:
    assert_kept(parse(" ".join((*terms[0], *terms[1])), typing=typing, searches=SEARCHES))


@settings(max_examples=250)
@given(texts | soups, st.booleans())
def test_what_is_printed_of_any_query_means_the_same(text: str, typing: bool) -> None:
    assume(complaint(text, typing) is None)
    assert_kept(parse(text, typing=typing))


@pytest.mark.parametrize(
    "text",
    [
        "#;--o",  # a topic in short whose dashes are side by side
        "5|related.provider:\u0e48",  # a name of which folding leaves nothing
        "/\ud800/",  # half a character
        '".."',  # no range
    ],
)
@pytest.mark.parametrize("typing", [False, True])
def test_what_the_fuzzer_found(text: str, typing: bool) -> None:
    if complaint(text, typing) is None:
        assert_kept(parse(text, typing=typing))
