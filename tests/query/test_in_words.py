"""What queries mean in plain words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_query_properties import complaint, good_terms, soups, texts
from test_text_of import MORE, SEARCHES

from newsreader.query import parse
from newsreader.query.in_words import in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "detroit quality>=60 -provider:cnet date:2020 sort:-heat",
            (
                "articles with “detroit”, of quality 60 or more, not from cnet, "
                "published in 2020; hottest first"
            ),
        ),
        ("det*", "articles with words that start with “det”"),
        ("-det*", "articles without words that start with “det”"),
        ("-detroit", "articles without “detroit”"),
        ("-(-detroit)", "articles not without “detroit”"),
        ('"wrongful arr"*', "articles with a phrase that starts with “wrongful arr”"),
        ('"wrongful arrest" OR lansing', "articles with “wrongful arrest” or “lansing”"),
        ("(a OR b) c", "articles with “a” or “b”, with “c”"),
        ("a b OR c", "articles either (with “a” and with “b”) or with “c”"),
        ("(a (b OR c)) OR d", "articles either (with “a” and (with “b” or “c”)) or with “d”"),
        ("a OR quality>5", "articles either with “a” or of quality 6 or more"),
        ("x (a OR quality>5)", "articles with “x”, (either with “a” or of quality 6 or more)"),
        ("-(a b)", "articles not (with “a” and with “b”)"),
        ("-(a OR is:secured)", "articles neither with “a” nor secured"),
        ("title:contract", "articles with “contract” in the title"),
        ("-related.title:x", "articles without “x” in a related title"),
        ("/x|y/i", "articles with a match of /x|y/ in any case"),
        ("provider:/x/", "articles with a match of /x/ in the provider"),
        ("url:cnbc", "articles with “cnbc” in an address"),
        ("topic:AI,news", "articles about ai or news"),
        ('topic:"Computer Vision"', "articles about “computer vision”"),
        ("topic:a*", "articles about a topic that starts with “a”"),
        ("topic:*", "articles with a topic"),
        ("topic:x,a*", "articles about x or about a topic that starts with “a”"),
        ("topic:AI,none", "articles either about ai or without a topic"),
        ("#computer-vision", "articles about or tagged “computer vision”"),
        ("is:unread -is:starred", "articles unread, not starred"),
        ("read:7d.. has:note", "articles read in the last 7 days, with a note"),
        (
            "note:x -has:note tag:a,b",
            "articles with “x” in the note, without a note, tagged a or b",
        ),
        ("starred:none opened<2020", "articles not starred, opened before 2020"),
        ("-category:news type:article", "articles not in category news, of type article"),
        ("related.provider:cnet", "articles with a related story from cnet"),
        ("quality:30..69", "articles of quality 30 to 69"),
        ("quality:..39 heat:7", "articles of quality 39 or less, of heat 7"),
        ("heat:none", "articles of unknown heat"),
        ("-heat:none", "articles of known heat"),
        ("heat!=5", "articles of known heat but not of heat 5"),
        ("related>=4 images:1", "articles with 4 or more related stories, with 1 image"),
        ("year:2020", "articles published in 2020"),
        ("year:2019..2020", "articles published from 2019 to 2020"),
        ("year<2020", "articles published until 2019"),
        ("year>2020", "articles published from 2021 on"),
        ("date:none", "articles without a date"),
        ("date:2020-07", "articles published in July 2020"),
        ("date:2020-07-01", "articles published on 1 July 2020"),
        ("date:2020-07-01T12:30", "articles published on 1 July 2020, 12:30"),
        ("date:2020-07..2020-10-01", "articles published from July 2020 to 1 October 2020"),
        ("date:..2020-09", "articles published until the end of September 2020"),
        ("date>2020", "articles published after 2020"),
        ("date>=2020", "articles published from 2020 on"),
        ("date<2020", "articles published before 2020"),
        ("date:7d..", "articles published in the last 7 days"),
        ("date:1d", "articles published in the last day"),
        ("date:..30d", "articles published more than 30 days ago"),
        ("date:2w..3d", "articles published from 2 weeks ago to 3 days ago"),
        ("date:today", "articles published today"),
        ('date:"Last  Monday"', "articles published last monday"),
        ('date:"last monday"..today', "articles published from last monday to today"),
        ("-date:2020", "articles not published in 2020"),
        ("date!=2020", "articles with a date but not published in 2020"),
        ("is:published -is:secured", "articles marked as published, not secured"),
        ("has:related -has:image", "articles with related stories, without an image"),
        ("search:police", "articles in the saved search “Police”"),
        ("-search:all", "articles not in the saved search “all”"),
        ("sort:title,-date", "all articles; title A to Z, then newest first"),
        ("a limit:1", "articles with “a”; only the first"),
        ("limit:5000 group:day", "all articles; the first 5,000, grouped by day"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_in_words(text: str, words: str) -> None:
    assert in_words(parse(text, searches=SEARCHES)) == words


def test_a_word_being_typed_may_go_on() -> None:
    assert in_words(parse("det", typing=True)) == "articles with words that start with “det”"


@given(good_terms, st.lists(st.sampled_from(MORE), max_size=4))
def test_every_query_has_words(terms: list[str], more: list[str]) -> None:
    query = parse(" ".join((*terms, *more)), searches=SEARCHES)
    words = in_words(query)
    assert bool(words) == bool(query.terms)


@given(texts | soups, st.booleans())
def test_no_query_is_beyond_words(text: str, typing: bool) -> None:
    assume(complaint(text, typing) is None)
    query = parse(text, typing=typing)
    assert bool(in_words(query)) == bool(query.terms)
