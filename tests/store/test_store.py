"""Change sets go in; snapshots stay as they were."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from newsreader.model import Article, ChangeSet, Provider, Related
from newsreader.model.marks import Marks
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME, Flag
from newsreader.store.store import Snapshot, Store, View


def make(name: str, **attributes: object) -> Article:
    return Article(id=name, title=name, **attributes)  # type: ignore[arg-type]


def ids(snapshot: Snapshot) -> list[str]:
    return [article.id for article in snapshot]


def test_adding_updating_and_removing() -> None:
    store = Store()
    assert store.apply(ChangeSet(added=(make("a"), make("b"), make("c")))) == 1
    before = store.snapshot
    assert store.apply(ChangeSet((make("d"),), (make("b", quality=7),), ("a", "none"))) == 2
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


def test_columns() -> None:
    store = Store()
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
    store.apply(ChangeSet((article, make("empty"))))
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
    store = Store()
    store.apply(ChangeSet((make("a"), make("b"), make("c"))))
    view = View(store.snapshot, [2, 0])
    assert [article.id for article in view] == ["c", "a"]
    assert (view.position("a"), view.position("b"), view.position("none")) == (1, None, None)
    assert view.article(0).id == "c"
    assert view == view
    assert view != View(store.snapshot, [2, 0])


_names = st.sampled_from("abcdefgh")
_sets = st.builds(
    lambda added, updated, removed: ChangeSet(
        tuple(make(name) for name in added),
        tuple(make(name, quality=1) for name in updated),
        tuple(removed),
    ),
    st.sets(_names, max_size=4),
    st.sets(_names, max_size=4),
    st.sets(_names, max_size=4),
)


@given(st.lists(_sets, max_size=6))
def test_a_store_is_the_sum_of_its_changes(changes: list[ChangeSet]) -> None:
    store = Store()
    expected: dict[str, Article] = {}
    for each in changes:
        store.apply(each)
        for name in each.removed:
            expected.pop(name, None)
        for article in (*each.added, *each.updated):
            expected[article.id] = article
        snapshot = store.snapshot
        assert {article.id: article for article in snapshot} == expected
        assert len(snapshot) == len(snapshot.columns.texts) == len(snapshot.columns.quality)
        assert [snapshot.row(article.id) for article in snapshot] == list(range(len(snapshot)))


def test_marks_that_come_while_an_index_is_made_do_not_lose_it() -> None:
    store = Store()
    store.apply(ChangeSet(added=(Article(id="a", title="Detroit", topics=("AI",)),)))
    before = store.snapshot.columns
    store.mark({"a": Marks(read=1_000)})
    before.index_words()
    columns = store.snapshot.columns
    assert columns.indexed == 1
    assert columns.having("detroit", prefix=False) is not None
    assert columns.with_topic(1) == b"\1"
    assert (columns.marks[0], columns.read[0], before.marks[0]) == (1, 1, 0)
