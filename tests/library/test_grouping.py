"""Groups of rows, and which articles tell one story."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import ArticleStore

from newsreader.library.groups import groups_of
from newsreader.model import Article, Provider
from newsreader.store.store import Snapshot
from newsreader.store.story_columns import StoryColumns
from newsreader.text.fold import fold

NOW = datetime(2023, 9, 1, 12, 0, tzinfo=UTC)


def _snapshot(*articles: Article) -> Snapshot:
    return ArticleStore(*articles).store.snapshot


def _groups(snapshot: Snapshot, by: str, rows: Sequence[int] | None = None) -> list[object]:
    shown = range(len(snapshot)) if rows is None else rows
    return [
        (group.label, list(group.positions))
        for group in groups_of(shown, by, snapshot.columns, now=NOW)
    ]


def test_providers_stand_in_the_order_of_their_first_rows() -> None:
    snapshot = _snapshot(
        Article(id="a", provider=Provider(name="Wired")),
        Article(id="b"),
        Article(id="c", provider=Provider(domain="cnet.com")),
        Article(id="d", provider=Provider(name="WIRED", domain="wired.com")),
        Article(id="e", provider=Provider(name="Wired")),
    )
    assert _groups(snapshot, "provider") == [
        ("Wired", [0, 3, 4]),
        ("cnet.com", [2]),
        ("No provider", [1]),
    ]
    assert _groups(snapshot, "provider", [4, 2]) == [("Wired", [0]), ("cnet.com", [1])]


def test_an_article_stands_under_each_of_its_topics_once() -> None:
    snapshot = _snapshot(
        Article(id="a", topics=("AI", "Vision", "ai")),
        Article(id="b"),
        Article(id="c", topics=("Café", "AI")),
        Article(id="d", topics=("cafe",)),
        Article(id="e", topics=("Café",)),
    )
    assert _groups(snapshot, "topic") == [
        ("AI", [0, 2]),
        ("Vision", [0]),
        ("Café", [2, 3, 4]),
        ("No topic", [1]),
    ]


def test_days_stand_in_the_order_of_the_calendar() -> None:
    def at(*moment: int) -> datetime:
        return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type,misc]

    snapshot = _snapshot(
        Article(id="a", published_at=at(2020, 10, 1, 6)),
        Article(id="b", published_at=at(2023, 9, 1, 1)),
        Article(id="c"),
        Article(id="d", published_at=at(2020, 10, 1, 23, 59)),
        Article(id="e", published_at=at(2023, 8, 31, 23)),
    )
    newest = [
        ("Today, 1 September 2023", [1]),
        ("Yesterday, 31 August 2023", [4]),
        ("Thursday, 1 October 2020", [0, 3]),
        ("No date", [2]),
    ]
    assert _groups(snapshot, "day") == newest
    oldest = groups_of(range(5), "day", snapshot.columns, now=NOW, newest_first=False)
    assert [group.label for group in oldest] == [newest[i][0] for i in (2, 1, 0, 3)]


def test_a_day_is_a_day_where_the_reader_is(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2020, 1, 1, 3, 0, tzinfo=UTC)
    snapshot = _snapshot(Article(id="a", published_at=moment))
    monkeypatch.setenv("TZ", "America/Detroit")
    time.tzset()
    try:
        assert _groups(snapshot, "day") == [("Tuesday, 31 December 2019", [0])]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_articles_alone_in_their_story_stand_between_the_others() -> None:
    store = ArticleStore(*(Article(id=name, title=name.upper()) for name in "abcdef")).store
    columns = store.snapshot.columns
    story = [1, 1, 0, 1, 2, 0]
    assert store.tell(
        columns, StoryColumns(story, [0] * 6, [0] * 6, ["", "a", "e"], ["", "A", "E"])
    )
    rows = [store.snapshot.row(name) for name in "dcfbe"]
    shown = [row for row in rows if row is not None]
    groups = groups_of(shown, "story", store.snapshot.columns, now=NOW)
    assert [(each.key, each.label, each.has_heading, list(each.positions)) for each in groups] == [
        ("story:a", "A", True, [0, 3]),
        ("", "", False, [1, 2, 4]),
    ]


_NAMES = st.sampled_from(["AI", "ai", "Vision", "Café", "cafe", "", "\u0301"])
_DATES = st.none() | st.integers(0, 200).map(lambda hours: NOW - timedelta(hours=hours))
_ARTICLES = st.lists(
    st.builds(
        Article,
        topics=st.lists(_NAMES, max_size=4).map(tuple),
        provider=st.none() | st.builds(Provider, name=_NAMES),
        published_at=_DATES,
    ),
    max_size=12,
)


def _numbered(articles: list[Article]) -> Snapshot:
    from dataclasses import replace

    return _snapshot(*(replace(each, id=f"{n:02}") for n, each in enumerate(articles)))


@given(_ARTICLES, st.randoms(use_true_random=False), st.sampled_from(["provider", "day", "story"]))
def test_every_row_appears_once_and_in_order(
    articles: list[Article], random: object, by: str
) -> None:
    snapshot = _numbered(articles)
    rows = list(range(len(snapshot)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    groups = groups_of(rows, by, snapshot.columns, now=NOW)
    assert sorted(each for group in groups for each in group.positions) == sorted(rows)
    assert all(list(group.positions) == sorted(group.positions) for group in groups)
    keys = [group.key for group in groups if group.has_heading]
    assert len(set(keys)) == len(keys)
    named = [group for group in groups if not group.label.startswith("No ")]
    if by != "day":
        firsts = [group.positions[0] for group in named]
        assert firsts == sorted(firsts)


@given(_ARTICLES)
def test_topics_hold_each_article_once_for_each_name(articles: list[Article]) -> None:
    snapshot = _numbered(articles)
    groups = groups_of(range(len(snapshot)), "topic", snapshot.columns, now=NOW)
    found = {group.key: list(group.positions) for group in groups}
    expected: dict[str, list[int]] = {}
    for position, article in enumerate(snapshot):
        names = {fold(name) for name in article.topics} - {""} or {""}
        for name in names:
            expected.setdefault(f"topic:{name}", []).append(position)
    assert found == expected
