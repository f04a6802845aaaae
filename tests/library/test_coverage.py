"""The coverage of a story: each page once, in order, with what each headline adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Write

from newsreader.library import coverage
from newsreader.library.coverage import Coverage, coverage_of
from newsreader.library.library import Library

RENEWS, APPROVES, FIGHT = "659c6e5b251e", "0b227588015a", "7c094d7092b4"


def _coverage(folder: Path, article: str = "") -> Coverage:
    library = Library([folder])
    library.load()
    library.know_stories()
    found = coverage_of(library, article or library.snapshot.columns.id(0))
    assert found is not None
    return found


def _headlines(found: Coverage) -> list[str]:
    return [telling.piece.title for telling in found.tellings]


def test_the_contract_is_on_one_time_line(seeds: Path) -> None:
    found = _coverage(seeds, APPROVES)
    assert found == _coverage(seeds, RENEWS)
    assert [(each.piece.title[:27], each.is_in_library) for each in found.tellings] == [
        ("Detroit council set to vote", False),
        ("Detroit City Council votes ", False),
        ("Detroit Renews Facial Recog", True),
        ("Facial recognition contract", False),
        ("Detroit City Council defies", False),
        ("Detroit Approves Police Use", True),
    ]
    assert found.times == tuple(each.piece.published_at for each in found.tellings)
    assert all(moment.year == 2020 for moment in found.times)
    assert (found.story_id, found.ids) == (RENEWS, (RENEWS, APPROVES))
    assert len(found.providers) == 5
    assert found.first is found.tellings[0]
    added = [[each.piece.title[a:b] for a, b in each.added] for each in found.tellings]
    assert added[0] == []
    assert added[2] == ["Renews"]
    assert added[4] == ["defies", "public", "opposition"]


def test_an_article_that_is_alone_has_what_it_lists(seeds: Path) -> None:
    found = _coverage(seeds, FIGHT)
    assert found.story_id == ""
    assert [each.is_in_library for each in found.tellings] == [False, False, True]
    assert _headlines(found)[-1].startswith("In 'the Blackest city")


def test_without_anything_related_it_is_alone(write: Write, tmp_path: Path) -> None:
    write("a.md", "title: Alone")
    found = _coverage(tmp_path)
    assert (_headlines(found), found.first, found.times) == (["Alone"], None, ())
    library = Library([tmp_path])
    library.load()
    assert coverage_of(library, "nobody") is None


def test_a_page_is_there_once_by_any_of_its_addresses(write: Write, tmp_path: Path) -> None:
    write(
        "a.md",
        "title: Mayor opens the bridge\ndate: 2024-03-01\nwebUrl: https://x.org/a\n"
        "related:\n"
        "- {title: By the amp page, webUrl: 'https://y.org/b', ampUrl: 'http://Y.org/amp/b/'}\n"
        "- {title: The same again, ampWebUrl: 'https://y.org/b?utm_source=z'}\n"
        "- {title: Itself, webUrl: 'https://x.org/a#top'}\n"
        "- {title: No address}\n- {title: No Address}\n- {}\n",
    )
    assert _headlines(_coverage(tmp_path)) == [
        "Mayor opens the bridge",
        "By the amp page",
        "No address",
    ]


def test_what_is_listed_and_in_the_library_is_the_article(write: Write, tmp_path: Path) -> None:
    write("a.md", "title: One\ndate: 2024-03-01\nrelated:\n- {title: X, webUrl: 'https://y.org/b'}")
    write("b.md", "title: Quite another\ndate: 2020-01-01\nwebUrl: https://y.org/b/")
    library = Library([tmp_path])
    library.load()
    (one,) = library.answer("title:One", now=coverage._LAST, with_filters=False).view
    found = coverage_of(library, one.id)
    assert found is not None
    assert [(each.piece.title, each.is_in_library) for each in found.tellings] == [
        ("Quite another", True),
        ("One", True),
    ]
    assert found.ids == (one.id,)


def _write_copies(write: Write, count: int) -> None:
    for number in range(count):
        write(
            f"{number}.md",
            "title: Agency approves new pill against migraine\n"
            "excerpt: What is known of the new pill against migraine.\n"
            f"date: 2024-03-01T08:{number:02}:00Z\nwebUrl: https://x.org/{number}\n"
            "related:\n- {title: Agency approves the new pill against migraine,"
            f" webUrl: 'https://z.org', date: 2024-03-02, excerpt: 'What is known of the new pill"
            " against migraine.'}",
        )


def test_copies_stand_behind_the_first(write: Write, tmp_path: Path) -> None:
    _write_copies(write, 3)
    found = _coverage(tmp_path)
    (telling,) = found.tellings
    assert [bool(each.url) for each in telling.copies] == [True] * 3
    assert (found.size, len(found.ids)) == (4, 3)


def test_of_too_many_articles_the_first_are_read(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage, "MOST_READ", 2)
    _write_copies(write, 5)
    found = _coverage(tmp_path)
    assert (found.left_out, len(found.ids), found.size) == (3, 5, 3)
