"""Orders: as text, in words, and applied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_table import CAFE, CPLUSPLUS, DETROIT, SURVEILLANCE, TABLE, TOKYO

from newsreader.model import InvalidQueryError
from newsreader.query import SORT_FIELDS, SortKey, describe, order_text, parse_order, sort
from newsreader.query import order as order_module
from newsreader.query.table import UNKNOWN


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        ("-date", [TOKYO, SURVEILLANCE, DETROIT, CPLUSPLUS, CAFE]),
        ("date", [CPLUSPLUS, DETROIT, SURVEILLANCE, TOKYO, CAFE]),
        ("", [TOKYO, SURVEILLANCE, DETROIT, CPLUSPLUS, CAFE]),
        ("-quality", [DETROIT, SURVEILLANCE, TOKYO, CPLUSPLUS, CAFE]),
        ("quality", [CPLUSPLUS, TOKYO, SURVEILLANCE, DETROIT, CAFE]),
        ("-heat", [TOKYO, DETROIT, CPLUSPLUS, SURVEILLANCE, CAFE]),
        ("heat", [CPLUSPLUS, DETROIT, TOKYO, SURVEILLANCE, CAFE]),
        ("provider", [CPLUSPLUS, CAFE, DETROIT, SURVEILLANCE, TOKYO]),
        ("-provider", [SURVEILLANCE, DETROIT, CAFE, CPLUSPLUS, TOKYO]),
        ("title", [CAFE, SURVEILLANCE, CPLUSPLUS, DETROIT, TOKYO]),
        ("related,title", [CAFE, SURVEILLANCE, TOKYO, CPLUSPLUS, DETROIT]),
        ("-related", [DETROIT, CPLUSPLUS, TOKYO, SURVEILLANCE, CAFE]),
    ],
)
def test_sort(order: str, rows: list[int]) -> None:
    assert list(sort(range(5), parse_order(order), TABLE)) == rows
    assert list(sort([4, 3, 2, 1, 0], parse_order(order), TABLE)) == rows


def test_text() -> None:
    assert parse_order(" -Date, title") == (SortKey("date", descending=True), SortKey("title"))
    assert order_text(parse_order(" -Date, title")) == "-date,title"


def test_words() -> None:
    assert describe(parse_order("-date")) == "newest first"
    assert describe(parse_order("date")) == "oldest first"
    assert describe(parse_order("-quality,provider")) == "best quality first, then provider A to Z"
    assert len({describe((SortKey(f, d),)) for f in SORT_FIELDS for d in (True, False)}) == 25


@pytest.mark.parametrize(
    ("text", "column", "suggestion"),
    [("-qualty", 0, "quality"), ("date, -titel", 6, "title"), ("date,,title", 5, None)],
)
def test_error(text: str, column: int, suggestion: str | None) -> None:
    with pytest.raises(InvalidQueryError) as caught:
        parse_order(text)
    assert (caught.value.column, caught.value.suggestion) == (column, suggestion)


keys = st.builds(SortKey, st.sampled_from(SORT_FIELDS), st.booleans())
rows_of_table = st.lists(st.sampled_from(range(5)), unique=True)


@given(st.lists(keys, min_size=1, max_size=4).map(tuple), rows_of_table)
def test_sort_is_a_total_order(order: tuple[SortKey, ...], rows: list[int]) -> None:
    found = list(sort(rows, order, TABLE))
    assert sorted(found) == sorted(rows)
    assert list(sort(rows[::-1], order, TABLE)) == found
    everything = sort(range(5), order, TABLE)
    assert found == [row for row in everything if row in rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order_module, "FEW", 0)
        assert list(sort(rows, order, TABLE)) == found


@given(st.booleans())
def test_unknown_is_last(descending: bool) -> None:
    found = sort(range(5), (SortKey("heat", descending),), TABLE)
    unknown = [TABLE.heat[row] == UNKNOWN for row in found]
    assert unknown == sorted(unknown)
