"""What holds for every query."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from tiny_table import TABLE, ask

from newsreader.model import InvalidQueryError
from newsreader.query import edit, parse
from newsreader.query.caret import caret
from newsreader.text.fold import fold

PIECES = [
    *'()"“”-!|,:*=<>.\\ \n',
    *(" ", " OR ", " AND ", "NOT ", "..", ">=", "!=", "://", "https://", "none"),
    *("topic:", "quality", "quality>=", "date:", "from:", "is:", "has:", "title:", "url:", "heat:"),
    *("AI", "60", "-1", "2020-07", "7d", "today", "published", "image", "det", "é", "京", "x"),
]
CLAUSES = [
    *("detroit", "det*", '"wall street"', "cafe", "topic:AI", 'topic:"Computer Vision",detente'),
    *("topic:none", "-topic:AI", "quality>=60", "quality:none,40", "date:2020", "date:..30d"),
    *("is:published", "has:related", "from:wsj.com", "type!=video", "url:wsj", "body:court"),
    *("(a OR cafe)", "-(detroit topic:AI)", "NOT heat:none", "https://www.freep.com/story"),
]
texts = st.text(max_size=60)
soups = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
good_terms = st.lists(st.sampled_from(CLAUSES), max_size=5)
values = st.text(min_size=1, max_size=12) | st.sampled_from(["none", "det*", "a,b", 'say "so"'])
fields = st.sampled_from(["topic", "category", "type", "provider"])


@given(texts | soups, st.booleans())
def test_any_text_parses_or_says_why_not(text: str, typing: bool) -> None:
    found = complaint(text, typing)
    if found is None:
        query = parse(text, typing=typing)
        assert all(term.text == text[term.start : term.end] for term in query.terms)
        ask(text, typing=typing)
    else:
        assert found.query == text
        assert 0 <= found.column <= len(text)
        assert found.reason
        assert caret(found).count("\n") == 1


def complaint(text: str, typing: bool) -> InvalidQueryError | None:
    try:
        parse(text, typing=typing)
    except InvalidQueryError as error:
        return error
    return None


@given(good_terms.map(" ".join) | soups)
def test_not_finds_exactly_the_rest(text: str) -> None:
    assume(complaint(f"({text})", typing=False) is None)
    found, rest = ask(f"({text})"), ask(f"-({text})")
    assert sorted(found + rest) == list(range(len(TABLE)))


@given(good_terms, good_terms)
def test_and_is_the_intersection_and_or_the_union(some: list[str], others: list[str]) -> None:
    assume(some and others)
    one, two = " ".join(some), " ".join(others)
    first, second = set(ask(one)), set(ask(two))
    assert set(ask(f"{one} {two}")) == first & second
    assert set(ask(f"{one} OR {two}")) == first | second


@given(good_terms, st.sampled_from(["  ", "\t", " AND ", "\u3000"]))
def test_what_is_between_terms_does_not_matter(terms: list[str], between: str) -> None:
    assert parse(between.join(terms)).root == parse(" ".join(terms)).root


@given(good_terms)
def test_typing_a_closed_text_changes_nothing(terms: list[str]) -> None:
    text = " ".join(terms) + " "
    assert parse(text, typing=True) == parse(text)


@given(good_terms, fields, values)
def test_a_toggled_value_is_selected_until_toggled_again(
    terms: list[str], field: str, value: str
) -> None:
    assume(value.strip())
    text = " ".join(terms)
    for toggle, chosen in ((edit.toggle, edit.selected), (edit.exclude, edit.excluded)):
        assume(fold(value) not in chosen(text, field))
        once = toggle(text, field, value)
        assert fold(value) in chosen(once, field)
        assert toggle(once, field, value) == text


@given(good_terms, st.integers(0, 4))
def test_removing_leaves_the_other_terms_as_typed(terms: list[str], index: int) -> None:
    assume(index < len(terms))
    rest = parse(edit.remove("  ".join(terms), index)).terms
    assert [term.text for term in rest] == [*terms[:index], *terms[index + 1 :]]


@given(good_terms, st.integers(-9, 120))
def test_a_minimum_that_is_set_is_found(terms: list[str], least: int) -> None:
    text = edit.set_minimum(" ".join(terms), "quality", least)
    assert edit.minimum(text, "quality") == least
    assert edit.minimum(edit.set_minimum(text, "quality", None), "quality") is None
