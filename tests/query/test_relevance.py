"""The best match first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_table import TABLE, TinyTable, ask

from newsreader.model import Article
from newsreader.query import Query, parse, parse_order, relevance, sort
from newsreader.query.ast import And, Not, Or, Saved, Text
from newsreader.query.relevance import by_relevance, free_texts

MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
FILLER = "nothing of interest happened here today "


def table(*articles: tuple[str, str]) -> TinyTable:
    """Articles of titles and bodies, each a day older than the one before."""
    return TinyTable(
        [
            Article(
                id=str(number),
                title=title,
                body=body,
                published_at=MOMENT - timedelta(days=number),
            )
            for number, (title, body) in enumerate(articles)
        ]
    )


def ranked(text: str, of: TinyTable, *, typing: bool = False) -> list[int]:
    newest_first = sort(range(len(of)), (), of)
    return list(by_relevance(newest_first, free_texts(parse(text, typing=typing)), of))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("quality>3 topic:AI", ()),
        ("title:a body:b", ()),
        ("-a", ()),
        ("a -(b c)", (Text(None, "a"),)),
        ("a (b OR -c) a", (Text(None, "a"), Text(None, "b"))),
        ("-(a -b)", (Text(None, "b"),)),
        ('"a b" rec*', (Text(None, "a b"), Text(None, "rec", True))),
        ("/a/", ()),
    ],
)
def test_what_counts_as_free_text(text: str, expected: tuple[Text, ...]) -> None:
    assert free_texts(parse(text)) == expected


def test_saved_searches_are_looked_into() -> None:
    a, b, c = (Text(None, word) for word in "abc")
    inner = Saved("mine", Or((a, Not(b))))
    assert free_texts(Query(root=And((inner, c)))) == (a, c)
    assert free_texts(Query(root=Saved("all", None))) == ()
    assert free_texts(Query(root=Not(inner))) == (b,)


def test_the_title_counts_more_than_the_body() -> None:
    articles = table(("News", f"detroit detroit {FILLER * 3}"), ("Detroit news", FILLER * 3))
    assert ranked("detroit", articles) == [1, 0]


def test_more_often_counts_more_and_a_longer_text_less() -> None:
    articles = table(
        ("a", f"detroit {FILLER * 9}"), ("b", f"detroit {FILLER}"), ("c", f"detroit {FILLER} " * 9)
    )
    assert ranked("detroit", articles) == [2, 1, 0]


def test_only_whole_words_count() -> None:
    articles = table(
        ("Smart part", "start art mart smart cart"), ("x", "art art xxxxx xxxxx xxxxx")
    )
    assert ranked("art", articles) == [1, 0]
    articles = table(("x", "smart start part mart"), ("x", "arts artful art article articles"))
    assert ranked("art*", articles) == [1, 0]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = [(f"x {number}", "the the the day") for number in range(50)]
    articles = table(("x", "the the the day"), ("x", "the contract contract day"), *common)
    both = [0, 1]
    texts = free_texts(parse("the OR contract"))
    assert by_relevance(both, texts, articles) == [1, 0]
    assert by_relevance(both, texts[::-1], articles) == [1, 0]


def test_ties_stand_newest_first_then_by_title_then_by_row() -> None:
    same = [Article(id=str(n), title=title, body="y") for n, title in enumerate(("b x", "a x"))]
    dated = [replace(each, published_at=MOMENT) for each in same]
    newer = replace(same[0], published_at=MOMENT + timedelta(days=1))
    articles = TinyTable([*same, *dated, newer, same[0]])
    assert ranked("x", articles) == [4, 3, 2, 1, 0, 5]
    assert ranked("x", articles) == sort(range(6), parse_order("-date"), articles)


def test_scripts_without_spaces() -> None:
    articles = table(("顔", "東京"), ("顔認証の顔", "東京東京"))
    assert ranked("顔", articles) == [1, 0]


def test_without_words_nothing_moves() -> None:
    assert by_relevance([3, 1, 2], (), TABLE) == [3, 1, 2]
    assert by_relevance([], free_texts(parse("a")), TABLE) == []


def test_the_beginning_of_a_word_that_is_typed() -> None:
    articles = table(("x", "recall the matter"), ("Recognition", "recognised"))
    assert ranked("reco", articles, typing=True) == [1, 0]


@pytest.mark.parametrize("bound", ["_MOST", "_MOST_STEPS"])
def test_too_many_rows_have_their_titles_looked_at_only(
    bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, bound, 1)
    articles = table(
        ("x", "detroit contract " * 9),
        ("Detroits", "detroit"),
        ("Detroit", "contract"),
        ("Contract", "Detroit"),
        ("The Detroit contract", ""),
    )
    assert ranked("detroit contract", articles) == [4, 2, 3, 0, 1]


WORDS = ("detroit", "contract", "wall street", "ai", "顔", "c++", "de")


@given(
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.permutations(range(5)),
)
def test_the_rows_are_kept_and_ties_stay_as_they_are(
    words: list[str], prefixes: list[bool], rows: list[int]
) -> None:
    texts = [Text(None, word, grows) for word, grows in zip(words, prefixes, strict=False)]
    found = by_relevance(rows, texts, TABLE)
    assert sorted(found) == list(range(5))
    assert found == by_relevance(found, texts, TABLE)


def test_what_has_a_word_comes_before_what_has_it_not() -> None:
    for word in WORDS:
        having = set(ask(f'"{word}"'))
        found = by_relevance(range(5), free_texts(parse(f'"{word}"')), TABLE)
        assert set(found[: len(having)]) == having
