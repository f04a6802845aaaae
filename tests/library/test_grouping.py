"""Groups of rows, and which articles tell one story."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import ArticleStore

from newsreader.library.groups import groups_of, stories_of
from newsreader.model import Article, Provider, Related
from newsreader.store.store import Snapshot
from newsreader.text.fold import fold

NOW = datetime(2023, 9, 1, 12, 0, tzinfo=UTC)


def _snapshot(*articles: Article) -> Snapshot:
    return ArticleStore(*articles).store.snapshot


def _groups(snapshot: Snapshot, by: str, rows: Sequence[int] | None = None) -> list[object]:
    shown = range(len(snapshot)) if rows is None else rows
    stories = stories_of(snapshot.columns)
    return [
        (group.label, list(group.positions))
        for group in groups_of(shown, by, snapshot.columns, now=NOW, stories=stories)
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


def test_stories_are_found_by_any_address_and_through_others() -> None:
    snapshot = _snapshot(
        Article(id="a", title="A", web_url="https://x.org/a", related=(_to("http://X.org/b/"),)),
        Article(id="b", title="B", amp_url="https://x.org/b?utm_source=x"),
        Article(id="c", title="C", original_url="https://x.org/c"),
        Article(id="d", title="D", related=(Related(cdn_amp_url="https://x.org/b"),)),
        Article(id="e", title="E", related=(_to("https://y.org/elsewhere"),)),
        Article(id="f", title="F", related=(_to("https://y.org/elsewhere"),)),
    )
    assert stories_of(snapshot.columns) == [0, 0, 2, 0, 4, 5]
    groups = groups_of((3, 2, 5, 1), "story", snapshot.columns, now=NOW, stories=[0, 0, 2, 0, 4, 5])
    assert [(each.key, each.label, each.has_heading, list(each.positions)) for each in groups] == [
        ("story:a", "D", True, [0, 3]),
        ("", "", False, [1, 2]),
    ]


def test_the_key_of_a_story_does_not_depend_on_the_order_of_the_rows() -> None:
    one = Article(id="1", web_url="https://x.org/1")
    two = Article(id="2", related=(_to("https://x.org/1"),))
    for articles in ((one, two), (two, one)):
        snapshot = _snapshot(*articles)
        (group,) = groups_of(
            (0, 1), "story", snapshot.columns, now=NOW, stories=stories_of(snapshot.columns)
        )
        assert group.key == "story:1"


def _to(url: str) -> Related:
    return Related(web_url=url)


_NAMES = st.sampled_from(["AI", "ai", "Vision", "Café", "cafe", "", "\u0301"])
_URLS = st.sampled_from([f"https://x.org/{number}" for number in range(12)])
_DATES = st.none() | st.integers(0, 200).map(lambda hours: NOW - timedelta(hours=hours))
_ARTICLES = st.lists(
    st.builds(
        Article,
        topics=st.lists(_NAMES, max_size=4).map(tuple),
        provider=st.none() | st.builds(Provider, name=_NAMES),
        published_at=_DATES,
        web_url=_URLS | st.just(""),
        amp_url=_URLS | st.just(""),
        related=st.lists(st.builds(_to, _URLS), max_size=2).map(tuple),
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
    groups = groups_of(rows, by, snapshot.columns, now=NOW, stories=stories_of(snapshot.columns))
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


@given(_ARTICLES)
def test_stories_are_the_connected_components(articles: list[Article]) -> None:
    snapshot = _numbered(articles)
    count = len(snapshot)
    own = [{link.url for link in article.links} for article in snapshot]
    told = [{link.url for each in article.related for link in each.links} for article in snapshot]
    joined = [
        {b for b in range(count) if a == b or own[b] & (own[a] | told[a]) or own[a] & told[b]}
        for a in range(count)
    ]
    for _ in range(count):
        joined = [set().union(*(joined[b] for b in joined[a])) for a in range(count)]
    assert stories_of(snapshot.columns) == [min(each) for each in joined]
