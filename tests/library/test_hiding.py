"""What rules hide is hidden everywhere alike, and what is new in what is followed is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import NOW
from hypothesis import given, settings
from hypothesis import strategies as st
from stored import ArticleStore

from newsreader.config.paths import MarkPlaces
from newsreader.config.rules import FOLLOW, MUTE, Rule
from newsreader.library.library import Library
from newsreader.model import Article, Provider
from newsreader.model.marks import Marks
from newsreader.query.facets import count

CLOCK = datetime(2023, 8, 30, tzinfo=UTC)
ARTICLES = [
    Article(
        id=f"a{number}",
        title=f"{('Police', 'Bitcoin', 'Schools')[number % 3]} in town {number}",
        topics=(("AI", "Crime"), ("Crime",), ())[number % 3],
        provider=(Provider(name="CNET", domain="cnet.com"), Provider(domain="rt.com"))[number % 2],
        published_at=NOW - timedelta(days=number),
        quality=number * 7,
    )
    for number in range(12)
]


def library_of(articles: list[Article]) -> Library:
    made = Library([], mark_places=MarkPlaces(*3 * ["/nowhere"]))  # type: ignore[arg-type]
    made._store = ArticleStore().store
    store = ArticleStore()
    made._store.apply(store.changes(articles), lambda name: Marks(seen=_seen(name)))
    return made


def _seen(name: str) -> int:
    """When an article was met first: the later the greater its number."""
    return int((CLOCK + timedelta(hours=int(name[1:]))).timestamp() * 1000)


def muted(*queries: str, until: date | None = None) -> list[Rule]:
    return [Rule(MUTE, query, query, until=until) for query in queries]


QUERIES = [
    *("", "police", "topic:crime", "provider:rt.com", "-provider:cnet", "quality>=30"),
    *("is:unread", "-is:starred topic:ai", "limit:3", "group:provider", "police OR bitcoin"),
    *("sort:title", "date:3d..", "date:..3d sort:-quality"),
]
MUTED = [
    *("provider:rt.com", "topic:crime", "title:bitcoin", "date:..5d"),
    *("nothing", "", "is:read", "x:y"),
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(MUTED), max_size=3), st.sampled_from(QUERIES))
def test_what_is_hidden_is_as_if_it_was_never_there(queries: list[str], asked: str) -> None:
    everything = library_of(ARTICLES)
    good = [each for each in queries if each != "x:y"]
    hidden = {name for each in good for name in everything.answer(each, now=NOW).view.ids()}
    matches = set(everything.answer(asked.replace("limit:3", ""), now=NOW).view.ids())
    wanted = library_of([each for each in ARTICLES if each.id not in hidden]).answer(asked, now=NOW)
    everything.keep_to(muted(*queries))
    got = everything.answer(asked, now=NOW)
    assert list(got.view.ids()) == list(wanted.view.ids())
    assert (got.total, got.hidden) == (12, len(hidden & matches))
    assert got.filters.qualities == wanted.filters.qualities
    assert got.filters.bars == wanted.filters.bars
    for field, values in got.filters.facets.items():
        others = [each for each in wanted.filters.facets[field] if each.value != "is:hidden"]
        assert [each for each in values if each.value != "is:hidden"] == others
    assert everything.unread_count == 12 - len(hidden)
    assert bool(everything.issues) == ("x:y" in queries)
    if not got.query.limit and "OR" not in asked:
        found = everything.answer(f"is:hidden {asked}", now=NOW)
        assert set(found.view.ids()) == hidden & matches
        assert found.hidden == 0
        if "is:" not in asked:
            for answer in (found, got):
                flags = {each.value: each.count for each in answer.filters.facets["flag"]}
                assert flags.get("is:hidden", 0) == len(hidden & matches)
    assert {*everything.answer("-is:hidden", now=NOW).view.ids()}.isdisjoint(hidden)


def test_a_rule_acts_until_the_end_of_its_last_day() -> None:
    library = library_of(ARTICLES)
    library.keep_to(muted("provider:rt.com", until=NOW.date()))
    assert library.answer("", now=NOW).hidden == 6
    assert library.answer("", now=NOW + timedelta(days=1)).hidden == 0


def test_a_rule_that_hides_everything_leaves_all_to_be_found() -> None:
    library = library_of(ARTICLES)
    library.keep_to(muted("quality>=0"))
    answer = library.answer("", now=NOW)
    assert (len(answer.view), answer.hidden, answer.total) == (0, 12, 12)
    assert len(library.answer("is:hidden", now=NOW).view) == 12


def test_rules_follow_marks_and_articles_and_are_found_once() -> None:
    library = library_of(ARTICLES)
    library.keep_to(muted("is:starred", "provider:rt.com"))
    before = library.ruled(NOW)
    assert library.ruled(NOW) is before
    assert library.is_ready(NOW)
    library._store.mark({"a1": Marks(read=1)})
    assert not library.is_ready(NOW)
    assert library.ruled(NOW).hidden is before.hidden
    library._store.mark({"a0": Marks(starred=1)})
    assert library.answer("", now=NOW).hidden == 7
    assert library.unread_count == 5
    store = ArticleStore()
    library._store.apply(store.changes([replace(ARTICLES[1], id="a20")]))
    assert not library.is_ready(NOW)
    assert library.answer("", now=NOW).hidden == 8


def test_a_rule_may_name_a_saved_search() -> None:
    library = library_of(ARTICLES)
    library.keep_to(muted("search:dull"))
    assert library.answer("", now=NOW).hidden == 0
    assert "no saved search dull" in library.issues[0].reason
    library.searches = {"Dull": "title:schools"}
    assert library.answer("", now=NOW).hidden == 4
    assert library.issues == ()


@pytest.mark.parametrize(("since", "fresh"), [(-1, 4), (3, 2), (9, 0), (None, 0)])
def test_what_was_met_since_is_new(since: int | None, fresh: int) -> None:
    library = library_of(ARTICLES)
    moment = None if since is None else CLOCK + timedelta(hours=since)
    rule = Rule(FOLLOW, "The police", "title:police", moment)
    library.keep_to([rule])
    ((name, _, found, new),) = library.ruled(NOW).followed
    assert (name, found, new) == ("The police", 4, fresh)
    answer = library.answer("is:new", now=NOW)
    assert len(answer.view) == fresh
    assert all(map(library.is_new, answer.view.ids()))
    assert not library.is_new("a1")
    library.keep_to([rule, *muted("provider:rt.com")])
    assert library.ruled(NOW).followed[0].count == 2


def test_the_flags_of_rules_are_counted() -> None:
    library = library_of(ARTICLES)
    library.keep_to([*muted("provider:rt.com"), Rule(FOLLOW, "x", "title:police", CLOCK)])
    answer = library.answer("is:hidden,new", now=NOW)
    flags = count(answer.view.snapshot.columns, answer.view.rows, "flag")
    assert {each.value: each.count for each in flags if each.value in ("is:hidden", "is:new")} == {
        "is:hidden": 6,
        "is:new": 1,
    }
