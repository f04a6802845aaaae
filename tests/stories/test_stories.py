"""How well stories are found, on headlines whose events are known; and what must always hold."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from linker import Linker

from newsreader.library import story_links
from newsreader.library.story_links import Vectors, links_of
from newsreader.stories.clusters import TOGETHER, clusters
from newsreader.stories.copies import are_copies
from newsreader.stories.item import Item
from newsreader.stories.links import DAY, LEAST, WINDOW, Link, Ties
from newsreader.stories.terms import Rarity, Seen, names_in, stem, terms_of, vector
from newsreader.text.fold import fold

Groups = Sequence[Sequence[int]]


class Headline(NamedTuple):
    """One of the file, as far as a grouping may see it; and its event."""

    event: str
    title: str
    excerpt: str
    provider: str
    published: datetime
    related: tuple[str, ...]
    half: str


@cache
def _headlines(half: str) -> tuple[Headline, ...]:
    text = (Path(__file__).parent / "headlines.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(text, Loader=loader)  # a safe one, and several times faster where it is there
    found = (
        Headline(
            **{**{name: row[name] for name in Headline._fields}, "related": tuple(row["related"])}
        )
        for row in rows
    )
    return tuple(each for each in found if each.half == half)


def _number(text: str) -> int:
    return crc32(text.encode())


def _items(headlines: Sequence[Headline]) -> list[Item]:
    return [
        Item(
            key=_number(each.title + each.provider),
            published=int(each.published.timestamp()),
            title=fold(each.title),
            excerpt=fold(each.excerpt),
            names=frozenset(names_in(each.title) | names_in(each.excerpt)),
            addresses=(_number(each.title),),
            related_addresses=tuple(map(_number, each.related)),
        )
        for each in headlines
    ]


def _stories(items: Sequence[Item]) -> list[list[int]]:
    seen = Seen()
    for item in items:
        seen.add(item)
    rarity, linker = Rarity(seen, seen.size), Linker()
    links: list[Link] = []
    for place in sorted(range(len(items)), key=lambda n: (items[n].published or 0, items[n].key)):
        terms = {_number(term): weight for term, weight in vector(items[place], rarity).items()}
        links += linker.meet(place, items[place], terms)
    return clusters(links, [item.key for item in items])


def _joined(items: Sequence[Item], are_one: Callable[[Item, Item], bool]) -> list[list[int]]:
    """Whatever is connected."""
    groups = [{place} for place in range(len(items))]
    for one, other in combinations(range(len(items)), 2):
        if are_one(items[one], items[other]) and groups[one] is not groups[other]:
            groups[one] |= groups[other]
            for place in groups[other]:
                groups[place] = groups[one]
    return [sorted(group) for place, group in enumerate(groups) if min(group) == place]


def _by_titles(one: Item, other: Item) -> bool:
    first, second = set(terms_of(one.title)), set(terms_of(other.title))
    return len(first & second) >= 0.3 * len(first | second) > 0


def _by_lists(one: Item, other: Item) -> bool:
    return any(
        set(first.related_addresses) & {*second.addresses, *second.related_addresses}
        for first, second in ((one, other), (other, one))
    )


def _b_cubed(groups: Groups, events: Sequence[Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 (Bagga and Baldwin, 1998)."""
    group_of = {place: set(group) for group in groups for place in group}
    event_of = defaultdict(set)
    for place, event in enumerate(events):
        event_of[event].add(place)
    precision = recall = 0.0
    for place, event in enumerate(events):
        group = group_of.get(place, {place})
        both = len(group & event_of[event])
        precision += both / len(group) / len(events)
        recall += both / len(event_of[event]) / len(events)
    return precision, recall, 2 * precision * recall / (precision + recall)


def test_the_set_is_as_large_as_it_should_be() -> None:
    every = [*_headlines("tune"), *_headlines("held")]
    sizes = Counter(each.event for each in every)
    assert len(every) >= 200
    assert sum(1 for size in sizes.values() if size > 1) >= 40
    assert not {each.event for each in _headlines("tune")} & {
        each.event for each in _headlines("held")
    }


def test_stories_are_found_better_than_by_titles_or_lists() -> None:
    headlines = _headlines("held")
    items, events = _items(headlines), [each.event for each in headlines]
    scores = {}
    for name, groups in (
        ("stories", _stories(items)),
        ("related edges", _joined(items, _by_lists)),
        ("titles, Jaccard 0.3", _joined(items, _by_titles)),
    ):
        precision, recall, scores[name] = _b_cubed(groups, events)
        print(f"{name:20}{precision:6.2f}{recall:6.2f}{scores[name]:6.2f}")
    assert scores["stories"] >= 0.85
    assert scores["stories"] > max(scores["related edges"], scores["titles, Jaccard 0.3"])


def test_the_order_in_which_articles_come_does_not_matter() -> None:
    items = _items(_headlines("tune"))
    expected = {frozenset(items[place].key for place in group) for group in _stories(items)}
    random.Random(1).shuffle(items)
    assert {frozenset(items[n].key for n in group) for group in _stories(items)} == expected


def test_a_chain_is_no_story() -> None:
    chain = [Link(place, place + 1, 0.3) for place in range(200)]
    groups = clusters(chain, range(201))
    assert max(map(len, groups)) <= 2 * 0.3 / TOGETHER


_PLACES = st.integers(0, 12)
_LINKS = st.dictionaries(
    st.tuples(_PLACES, _PLACES).filter(lambda pair: pair[0] < pair[1]),
    st.integers(10, 120).map(lambda score: score / 100),
    max_size=30,
)


@given(_LINKS)
def test_groups_hold_together_and_apart(pairs: dict[tuple[int, int], float]) -> None:
    links = [Link(*pair, score) for pair, score in pairs.items()]
    groups = clusters(links, range(13))
    placed = [place for group in groups for place in group]
    assert len(set(placed)) == len(placed)
    alone = [[place] for place in range(13) if place not in placed]
    for one, other in combinations([*groups, *alone], 2):
        between = [pairs.get((min(a, b), max(a, b)), 0.0) for a in one for b in other]
        assert sum(between) / len(between) < TOGETHER + 1e-9


@given(_LINKS, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_links(
    pairs: dict[tuple[int, int], float], order: random.Random
) -> None:
    links = [Link(*pair, score) for pair, score in pairs.items()]
    expected = clusters(links, range(13))
    order.shuffle(links)
    assert clusters(links, range(13)) == expected


def _linked(*items: Item) -> list[Link]:
    linker = Linker()
    terms = {1: 0.6, 2: 0.8}
    return [link for place, item in enumerate(items) for link in linker.meet(place, item, terms)]


def test_what_is_alike_is_linked_for_a_week_and_less_and_less() -> None:
    scores = []
    for days in (0, 1, 3, 6):
        (link,) = _linked(Item(1, 0), Item(2, days * DAY))
        scores.append(link.score)
    assert scores == sorted(scores, reverse=True)
    assert math.isclose(scores[0], 1)
    assert not _linked(Item(1, 0), Item(2, WINDOW + 1))
    assert not _linked(Item(1, None), Item(2, 0))


def test_listing_each_other_or_the_same_is_enough_within_the_window() -> None:
    for one, other in (
        (Item(1, 0, addresses=(7,)), Item(2, DAY, related_addresses=(7,))),
        (Item(1, 0, related_addresses=(7,)), Item(2, DAY, addresses=(5, 7))),
        (Item(1, 0, related_addresses=(7, 8)), Item(2, DAY, related_addresses=(7, 7))),
    ):
        linker = Linker()
        assert list(linker.meet(0, one, {1: 1.0})) == []
        (link,) = linker.meet(1, other, {2: 1.0})
        assert link[:2] == (0, 1)
        assert link.score >= LEAST
    linker = Linker()
    assert not list(linker.meet(0, Item(1, 0, addresses=(7,)), {}))
    assert not list(linker.meet(1, Item(2, WINDOW + 1, related_addresses=(7,)), {}))


_SOME = st.lists(st.integers(1, 4), max_size=2).map(tuple)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 12 * DAY),
            st.dictionaries(st.integers(1, 6), st.sampled_from((0.2, 0.4, 0.6, 1.0))),
            _SOME,
            _SOME,
        ),
        max_size=24,
    ),
    st.integers(0, 24),
    st.integers(1, 9),
)
def test_all_at_once_are_linked_as_one_by_one(
    articles: list[tuple[int, dict[int, float], tuple[int, ...], tuple[int, ...]]],
    begin: int,
    batch: int,
) -> None:
    articles.sort(key=lambda each: each[0])
    linker, ties = Linker(), Ties()
    expected: list[Link] = []
    for place, (time, terms, addresses, listed) in enumerate(articles):
        item = Item(place, time, addresses=addresses, related_addresses=listed)
        expected += (link for link in linker.meet(place, item, terms) if place >= begin)
    vectors = Vectors(
        np.array([len(terms) for _, terms, _, _ in articles], np.int64),
        np.array([term for _, terms, _, _ in articles for term in terms], np.uint32),
        np.array([weight for _, terms, _, _ in articles for weight in terms.values()]),
    )
    tied = [ties.meet(place, *each[2:]) for place, each in enumerate(articles)]
    times = np.array([time for time, *_ in articles], np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(story_links, "_BATCH", batch)
        found = list(links_of(times, vectors, tied, begin))
    columns = [[part.tolist() for part in each] for each in found]
    links = [Link(*link) for each in columns for link in zip(*each, strict=True)]
    assert sorted(link[:2] for link in links) == sorted(link[:2] for link in expected)
    for one, other in zip(sorted(links), sorted(expected), strict=True):
        assert math.isclose(one.score, other.score)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *(("cities", "city"), ("police's", "police"), ("arrests", "arrest"), ("bus", "bus")),
        *(
            ("glass", "glass"),
            ("faces", "face"),
            ("gas", "gas"),
            ("series", "sery"),
        ),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_terms_leave_out_what_says_nothing() -> None:
    assert terms_of(fold("The Mayor's 12 plans, and what we know of the café")) == [
        *("mayor", "plan", "know", "cafe")
    ]
    assert terms_of(fold("顔認証")) == ["顔認", "認証"]


def test_names_have_capitals_for_no_other_reason() -> None:
    assert names_in("Voters in Little Ashby backed the plan. Nobody knew.") == {"little", "ashby"}
    assert names_in("Detroit Renews Facial Recognition Contract") == set()
    assert names_in("“We lost,” Mayor Ruth Carrow said") == {"mayor", "ruth", "carrow"}
    assert names_in("") == names_in("OK") == set()


def test_copies_differ_by_hardly_a_word() -> None:
    title = "agency approves new pill against migraine"
    excerpt = "the medicines agency approved a new pill against acute migraine on wednesday"
    assert are_copies((title, title), (excerpt, f"{excerpt} it said"))
    assert are_copies((title, title), ("", ""))
    assert not are_copies((title, title), (excerpt, "a different thing altogether happened there"))
    assert not are_copies(("storm news", "storm news"), ("", ""))
    assert not are_copies((title, "agency rejects dementia drug over side effects"), ("", ""))
