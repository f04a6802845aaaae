"""Where a text has what a query looks for."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.query import Query, parse
from newsreader.query.ast import And, Not, Regex, Saved, Text
from newsreader.query.highlight import Marker, marker_of
from newsreader.text.fold import fold


def found(query: str, text: str, *fields: str, typing: bool = False) -> list[str]:
    marker = marker_of(parse(query, typing=typing))
    assert marker is not None
    return [text[start:end] for start, end in marker.spans(text, fields)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("detroit", "Détroit is in DETROIT, not Detroiters", ["Détroit", "DETROIT"]),
        ("cafe", "the cafe\u0301s and a cafe\u0301", ["cafe\u0301"]),
        ("recog*", "Recognition of precognition: recog", ["Recognition", "recog"]),
        (
            '"facial recog"*',
            "facial\u00a0\n recognition recognised",
            ["facial\u00a0\n recognition"],
        ),
        ('"a-b"', "an a\u2013b", ["a\u2013b"]),
        ("strasse", "Stra\u00dfe", ["Stra\u00dfe"]),
        ("c++", "C++ and c++11", ["C++", "c++"]),
        ("c++*", "C++ and c++11", ["C++", "c++11"]),
        ("認証", "東京の顔認証は認証", ["認証", "認証"]),
        ("認*", "顔認証は", ["認"]),
        ("wall OR street", "Wall Street", ["Wall", "Street"]),
        ('"wall street" wall', "Wall Street wall", ["Wall Street", "wall"]),
        ("finance", "\ufb01nance", ["\ufb01nance"]),
        ("a -b -(c -d)", "a b c d", ["a", "d"]),
        (r"/v\d+/", "v1 V2 v33", ["v1", "v33"]),
        (r"/v\d*/i", "V2", ["V2"]),
        (r"/x*/", "axxb", ["xx"]),
        ("detroit", "", []),
    ],
)
def test_what_is_marked(query: str, text: str, expected: list[str]) -> None:
    assert found(query, text) == expected


def test_the_beginning_of_a_word_that_is_typed() -> None:
    assert found("contr", "The Contract", typing=True) == ["Contract"]


@pytest.mark.parametrize("query", ["", "topic:AI quality>3", "-detroit", "date:2020", "sort:date"])
def test_nothing_to_mark(query: str) -> None:
    assert marker_of(parse(query)) is None


def test_what_is_asked_of_a_field_is_marked_there_only() -> None:
    assert found("title:a b", "a b", "title") == ["a", "b"]
    assert found("title:a b", "a b", "body", "excerpt") == ["b"]
    assert found("title:a b", "a b") == ["b"]
    assert found("body:/x+/", "xx", "body") == ["xx"]
    assert found("body:/x+/", "xx", "title") == []


def test_saved_searches_are_looked_into() -> None:
    root = And((Saved("s", Text(None, "a")), Not(Saved("t", Text(None, "b")))))
    marker = marker_of(Query(root=root))
    assert marker == Marker((Text(None, "a"),))


@pytest.mark.parametrize(
    ("query", "expected"),
    [("a b*", False), ('"a b"', True), ("/a/", True), ("認証", True)],
)
def test_what_may_span_lines(query: str, expected: bool) -> None:
    marker = marker_of(parse(query))
    assert marker is not None
    assert marker.may_span_lines is expected


TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    st.sampled_from("aAàbB é\u0301 ßﬁ\u00ad\u200b…\u00b4'’-–認証ข\n\t")
)
NEEDLES = TEXTS.map(fold).filter(bool)


@given(TEXTS, st.lists(st.tuples(NEEDLES, st.booleans()), min_size=1, max_size=3))
def test_spans_are_in_order_apart_and_within_the_text(
    text: str, needles: list[tuple[str, bool]]
) -> None:
    marker = Marker((*(Text(None, *each) for each in needles), Regex(None, "[ab]+|^.")))
    last = -1
    for start, end in marker.spans(text):
        assert last < start < end <= len(text)
        last = end


@given(TEXTS, NEEDLES, st.booleans(), TEXTS, st.sampled_from(["", " ", ". "]))
def test_a_span_of_a_word_has_the_word(
    before: str, needle: str, grows: bool, after: str, space: str
) -> None:
    text = f"{before}{space}{needle.upper()}{space}{after}"
    for start, end in Marker((Text(None, needle, grows),)).spans(text):
        assert needle in fold(text[start:end])


@given(TEXTS, NEEDLES)
def test_what_is_found_is_marked_and_nothing_else(text: str, needle: str) -> None:
    from newsreader.query.words import finder

    node = Text(None, needle)
    find, folded = finder(node), fold(text)
    is_found = needle in folded and (find is None or bool(find(folded)))
    assert bool(Marker((node,)).spans(text)) is is_found


@pytest.mark.parametrize("piece", ["ab ", "é ab  ", "aaaa", "認証", "e\u0301"])
def test_time_grows_with_the_text_only(piece: str) -> None:
    nodes = (Text(None, "ab"), Text(None, "aa", True), Text(None, "認"), Regex(None, "a+"))
    text = piece * (100_000 // len(piece))
    start = process_time()
    spans = Marker(nodes).spans(text)
    assert process_time() - start < 2
    assert len(spans) < len(text)
    assert all(re.search(r"\S", text[first:last]) for first, last in spans[:100])
