"""Change sets go in; snapshots stay as they were."""

from __future__ import annotations

import sys
from array import array
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored import ArticleStore

from newsreader.model import Article, Provider, Related
from newsreader.model.marks import NO_MARKS, Marks
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME, Flag
from newsreader.sources.rows import row_of
from newsreader.store import store as store_module
from newsreader.store.store import Snapshot, View, _place_of
from newsreader.store.words import WORD, _order_of, words_of
from newsreader.text.fold import fold


def make(name: str, **attributes: object) -> Article:
    return Article(id=name, title=name, **attributes)  # type: ignore[arg-type]


def ids(snapshot: Snapshot) -> list[str]:
    return [article.id for article in snapshot]


def test_adding_updating_and_removing() -> None:
    articles = ArticleStore()
    store = articles.store
    assert articles.add((make("a"), make("b"), make("c"))) == 1
    before = store.snapshot
    changes = articles.changes((make("d"),), (make("b", quality=7),), ("a", "none"))
    assert store.apply(changes) == 2
    after = store.snapshot
    assert ids(before) == ["a", "b", "c"]
    assert set(ids(after)) == {"b", "c", "d"}
    found = after.article("b")
    assert found is not None
    assert found.quality == 7
    assert after.article("a") is None
    assert before.article("a") is not None
    for article in after:
        row = after.row(article.id)
        assert row is not None
        assert after.columns.article(row) is article
        assert after.columns.brief(row).headline == article.title


def test_columns() -> None:
    article = make(
        "Über",
        published_at=datetime(2020, 7, 1, 12, 9, tzinfo=UTC),
        quality=89,
        is_published=False,
        secured="x",
        body="Text",
        amp_url="https://x.org/amp",
        provider=Provider(name="CNET", domain="cnet.com"),
        topics=("AI", "Vision"),
        excerpt="Two\nlines",
        related=(Related(title="Café"),),
    )
    store = ArticleStore(article, make("empty")).store
    columns = store.snapshot.columns
    assert columns.published[0] == 1593605340
    assert columns.published[1] == UNKNOWN_TIME
    assert list(columns.year) == [2020, UNKNOWN]
    assert list(columns.quality) == [89, UNKNOWN]
    assert list(columns.heat) == [UNKNOWN, UNKNOWN]
    assert list(columns.related) == [1, 0]
    assert columns.flags[0] == Flag.UNPUBLISHED | Flag.SECURED | Flag.BODY | Flag.AMP
    assert columns.flags[1] == 0
    assert columns.providers[columns.provider[0]].label == "CNET"
    assert columns.provider[1] == 0
    assert [columns.topic_names[code] for code in columns.topics[0]] == ["AI", "Vision"]
    assert columns.titles[0] == "uber"
    assert columns.texts[0].split("\n") == [
        "uber",
        "two lines",
        "text",
        "ai",
        "vision",
        "cnet",
        "cnet.com",
        "cafe",
    ]


def test_a_view_knows_where_an_article_stands() -> None:
    store = ArticleStore(make("a"), make("b"), make("c")).store
    view = View(store.snapshot, [2, 0])
    assert [article.id for article in view] == ["c", "a"]
    assert (view.position("a"), view.position("b"), view.position("none")) == (1, None, None)
    assert view.article(0).id == "c"
    assert view == view
    assert view != View(store.snapshot, [2, 0])


_names = st.sampled_from("abcdefgh")
_sets = st.tuples(*[st.sets(_names, max_size=4)] * 3)


@settings(deadline=None)
@given(
    st.lists(_sets, max_size=12),
    st.sampled_from([1, 2, 32]),
    st.sampled_from([1, 500]),
    st.sampled_from([3, 10_000]),
)
def test_a_store_is_the_sum_of_its_changes(
    changes: list[tuple[set[str], ...]], segments: int, worth_words: int, small: int
) -> None:
    articles = ArticleStore(worth_words=worth_words)
    expected: dict[str, Article] = {}
    marked: dict[str, Marks] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_module, "_MOST_SEGMENTS", segments)
        patch.setattr(store_module, "_SEVERAL", 2)
        patch.setattr(store_module, "_SMALL", small)
        for number, (added, updated, removed) in enumerate(changes):
            new = [make(name, topics=(f"t{number % 3}",)) for name in sorted(added)]
            newer = [make(name, quality=number, excerpt="x") for name in sorted(updated)]
            articles.store.apply(
                articles.changes(new, newer, removed), lambda name: marked.get(name, NO_MARKS)
            )
            for name in removed:
                expected.pop(name, None)
            expected.update((article.id, article) for article in (*new, *newer))
            if number % 2:
                marked.update((name, Marks(read=number, tags=("x",))) for name in expected)
                articles.store.mark({name: marked[name] for name in expected})
            if number % 3 == 2:
                while articles.store.settle():
                    pass
            agree(articles.store.snapshot, expected, marked)


def agree(snapshot: Snapshot, expected: dict[str, Article], marked: dict[str, Marks]) -> None:
    columns = snapshot.columns
    assert {article.id: article for article in snapshot} == expected
    assert len(snapshot) == len(expected)
    assert list(snapshot.ids()) == sorted(expected)
    assert sum(map(bool, columns.marks)) == len(marked.keys() & expected.keys())
    for name, article in expected.items():
        row = snapshot.row(name)
        assert row is not None
        assert columns.entry(row) == row_of(article)._replace(key="")
        assert [columns.topic_names[code] for code in columns.topics[row]] == list(article.topics)
        assert columns.quality[row] == (UNKNOWN if article.quality is None else article.quality)
        assert bool(columns.marks[row]) is (name in marked)
        assert (row in columns.tags) is (name in marked)
        having = columns.having(name, prefix=False)
        assert having is None or having.mask[row] or any(row in rows for rows in having.unknown)


def test_small_segments_are_one_when_nothing_more_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_SMALL", 3)
    articles = ArticleStore()
    names = iter("abcdefghijk")
    for size in (1, 1, 2, 1, 3, 1, 2):
        new = [make(next(names)) for _ in range(size)]
        articles.store.apply(articles.changes(new, [], []))
    assert articles.store.settle()
    segments = articles.store.snapshot.columns.segments
    assert list(map(len, segments)) == [5, 3, 1, 2]
    assert "".join(articles.store.snapshot.ids()) == "abcdefghijk"
    assert not articles.store.settle()


def test_marks_leave_the_snapshot_before_as_it_was() -> None:
    store = ArticleStore(make("a")).store
    before = store.snapshot.columns
    store.mark({"a": Marks(read=1_000)})
    columns = store.snapshot.columns
    assert (columns.marks[0], columns.read[0], before.marks[0]) == (1, 1, 0)
    assert columns.published is before.published


@given(st.text() | st.text("aB_9 .-\n'é東"))
def test_words_of_any_text(text: str) -> None:
    assert words_of(fold(text)) == set(WORD.findall(fold(text)))


@given(st.lists(st.integers(0, 3) | st.integers(0, 2**32 - 1)))
def test_numbers_are_ordered_as_numpy_orders_them(numbers: list[int]) -> None:
    column = np.array(numbers, np.uint32)
    assert list(_order_of(column)) == list(np.argsort(column, kind="stable"))


def test_a_place_is_found_without_numpy_among_numbers_that_overlap() -> None:
    rows = array("I", [0x01000000, 1, 0x00010000, 0x100, 0, 2])
    found = [_place_of(row.to_bytes(4, sys.byteorder), rows.tobytes()) for row in rows]
    assert found == list(range(len(rows)))
    assert _place_of((3).to_bytes(4, sys.byteorder), rows.tobytes()) is None
    assert _place_of(b"\1\0\0\0", b"") is None
