"""The stories of a library: found, kept, and kept up with what changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.config.paths import MarkPlaces
from newsreader.library import storytelling
from newsreader.library.library import Library

NOW = datetime(2023, 9, 1, 12, 0, tzinfo=UTC)
SEEDS = Path(__file__).parents[2] / "seeds"
RENEWS, APPROVES = "659c6e5b251e", "0b227588015a"

_PLACES = ("Ashby", "Velmora", "Korso", "Hallmere", "Ostrelle", "Denholt", "Lanrick", "Ruhn")
_THINGS = ("bridge", "harbour", "budget", "museum", "vaccine", "orchard", "satellite", "ferry")
_ANGLES = ("councillors vote on", "protest against", "inquiry into", "the cost of")


def _write(folder: Path, number: int, day: int, title: str) -> None:
    folder.mkdir(exist_ok=True)
    text = (
        f'---\ntitle: "{title}"\nexcerpt: "What is known of {title}."\n'
        f"publishedDateTime: 2024-03-{day:02}T08:{number % 60:02}:00Z\n"
        f'webUrl: "https://news.example/{number}"\n---\n'
    )
    (folder / f"{number:04}.md").write_text(text)


def _title(event: int, angle: int) -> str:
    return f"In {_PLACES[event]}, {_ANGLES[angle]} the {_THINGS[event]}"


def _write_events(folder: Path) -> None:
    for event in range(len(_PLACES)):
        for angle in range(3):
            _write(folder, event * 10 + angle, event + 1, _title(event, angle))


def _library(folder: Path, index: Path | None = None) -> Library:
    library = Library([folder], index_folder=index)
    library.load()
    return library


def _told(library: Library) -> set[frozenset[str]]:
    library.know_stories()
    columns = library.snapshot.columns
    rows = columns.newest_first
    return {
        frozenset(columns.brief(row).headline for row in story.rows)
        for story in library.stories(rows)
    }


def test_the_contract_is_one_story_in_the_samples() -> None:
    library = _library(SEEDS)
    assert library.know_stories()
    assert library.knows_stories
    columns = library.snapshot.columns
    (story,) = library.stories(columns.newest_first)
    assert [columns.id(row) for row in story.rows] == [RENEWS, APPROVES]
    assert story == library.story(APPROVES) == library.story(RENEWS)
    assert story.id == RENEWS
    assert story.title == "Detroit Renews Facial Recognition Contract"
    assert story.providers == ("Wall Street Journal", "Governing")
    assert story.first_at == datetime(2020, 9, 30, 6, 5, tzinfo=UTC)
    assert (story.quality, story.heat) == (69, 89)
    assert library.story("50868cc925ad") is None
    assert library.story("nobody") is None
    assert not library.know_stories()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *((f"story:{RENEWS}", 2), (f"story:{APPROVES}", 2), ("story:50868cc925ad", 1)),
        *(("story:659c*", 2), ("story:none", 3), ("-story:none", 2), ("coverage>=2", 2)),
        *(("coverage:1", 3), ("is:duplicate", 0), ("story:0123456789ab", 0)),
    ],
)
def test_queries_about_stories(query: str, found: int) -> None:
    assert len(_library(SEEDS).answer(query, now=NOW).view) == found


def test_a_group_of_a_story_has_its_title() -> None:
    groups = _library(SEEDS).answer("group:story", now=NOW).groups
    (told,) = (group for group in groups if group.has_heading)
    assert (told.key, told.label) == (
        f"story:{RENEWS}",
        "Detroit Renews Facial Recognition Contract",
    )


def test_an_insight_has_the_busiest_stories() -> None:
    library = _library(SEEDS)
    library.know_stories()
    answer = library.answer("year:2020", now=NOW)
    (story,) = library.insight(answer, NOW).stories
    assert story[:4] == (RENEWS, "Detroit Renews Facial Recognition Contract", 2, 2)
    assert len(library.answer(story.query, now=NOW).view) == story.pieces


def test_copies_are_told_from_what_came_first(tmp_path: Path) -> None:
    for number, day in ((1, 2), (2, 1), (3, 3)):
        _write(tmp_path, number, day, "Agency approves new pill against migraine")
    library = _library(tmp_path)
    answer = library.answer("is:duplicate sort:date", now=NOW)
    assert [brief.published_at and brief.published_at.day for brief in answer.view.briefs()] == [
        2,
        3,
    ]


COPIED = "Agency approves new pill against migraine"


def _copied(folder: Path, home: Path, *, more: int = 0) -> Library:
    """A library of three copies and *more* other articles, marks and all."""
    for number, day in ((1, 2), (2, 1), (3, 3)):
        _write(folder, number, day, COPIED)
    for number in range(more):
        _write(folder, 10 + number, 9, f"{_PLACES[number]} has nothing in common")
    library = Library([folder], mark_places=MarkPlaces(home / "marks", home / "state"))
    library.load()
    library.know_stories()
    return library


@pytest.mark.parametrize("few", [0, 3_000])
def test_the_first_of_several_copies_tells_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    for module in ("library.told", "store.story_columns"):
        monkeypatch.setattr(f"newsreader.{module}.FEW", few)
    library = _copied(tmp_path / "news", tmp_path, more=2)
    view = library.answer("sort:date", now=NOW).view
    assert [brief.copies for brief in view.briefs()] == [3, 0, 0, 0, 0]
    first, second, third, other, _ = view.ids()
    assert [each.id for each in library.copies(first)] == [second, third]
    assert [each.id for each in library.copies(third)] == [first, second]
    assert library.copies(other) == library.copies("nobody") == ()
    stand_in = library.copies(first)[0]
    whole = library.counterpart(stand_in)
    assert whole is not None
    assert (stand_in.url, whole.url) == ("", "https://news.example/1")
    flags = library.filters(library.answer("", now=NOW), NOW).facets["flag"]
    assert [each.count for each in flags if each.value == "is:duplicate"] == [2]


def test_flags_count_copies_once_they_are_known(tmp_path: Path) -> None:
    for number, day in ((1, 2), (2, 1)):
        _write(tmp_path, number, day, COPIED)
    library = _library(tmp_path)
    assert "is:duplicate" not in {
        each.value for each in library.answer("", now=NOW).filters.facets["flag"]
    }
    library.know_stories()
    counts = {each.value: each.count for each in library.answer("", now=NOW).filters.facets["flag"]}
    assert counts["is:duplicate"] == 1


def test_copies_share_what_is_done_to_one_of_them(tmp_path: Path) -> None:
    library = _copied(tmp_path / "news", tmp_path, more=1)
    first, second, third, other = library.answer("sort:date", now=NOW).view.ids()
    record = library.act("star", [second])
    assert record is not None
    assert library.in_words(record) == "1 article and 2 copies starred"
    assert all(library.marks(each).starred for each in (first, second, third))
    assert library.marks(other).starred is None
    assert len(library.answer("is:starred", now=NOW).view) == 3
    undone = library.undo()
    assert undone is not None
    assert library.in_words(undone) == "Undone: 1 article and 2 copies starred"
    assert not len(library.answer("is:starred", now=NOW).view)
    record = library.act("tag", [first, other], "pills")
    assert record is not None
    assert library.in_words(record) == "2 articles and 2 copies tagged pills"


def test_a_note_and_a_page_opened_are_of_one_copy(tmp_path: Path) -> None:
    library = _copied(tmp_path / "news", tmp_path)
    first, second, _ = library.answer("sort:date", now=NOW).view.ids()
    for verb, given in (("note", "Ask."), ("open", "")):
        record = library.act(verb, [first], given)
        assert record is not None
        assert record.keys == {first}
    assert not library.marks(second).note


def test_a_copy_that_comes_later_takes_nothing_over(tmp_path: Path) -> None:
    library = _copied(tmp_path / "news", tmp_path)
    library.act("read", [next(library.snapshot.ids())])
    _write(tmp_path / "news", 4, 4, COPIED)
    library.load()
    library.know_stories()
    assert len(library.answer("is:read", now=NOW).view) == 3
    assert len(library.answer("is:unread is:duplicate", now=NOW).view) == 1


def test_what_was_found_is_there_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_events(tmp_path / "news")
    told = _told(_library(tmp_path / "news", tmp_path / "index"))
    assert len(told) == len(_PLACES)
    monkeypatch.setattr(storytelling, "find_stories", None)
    assert _told(_library(tmp_path / "news", tmp_path / "index")) == told


@pytest.mark.parametrize("is_large", [False, True])
def test_what_changes_gives_what_reading_everything_anew_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_large: bool
) -> None:
    if is_large:
        monkeypatch.setattr("newsreader.library.story_index._SMALL", 0)
    news = tmp_path / "news"
    _write_events(news)
    library = _library(news, tmp_path / "index")
    before = _told(library)
    _write(news, 3, 1, _title(0, 3))
    (news / "0010.md").unlink()
    _write(news, 91, 20, "Nothing that anybody has in common")
    library.load()
    # Until they are found again, those that are left keep their stories.
    assert library.story(next(iter(library.snapshot.ids()))) is None
    assert not library.knows_stories
    now = _told(library)
    assert now == _told(_library(news))
    assert now != before
    for path in news.iterdir():
        path.unlink()
    library.load()
    assert _told(library) == set()


def test_another_program_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write_events(tmp_path / "news")
    expected = _told(_library(tmp_path / "news"))
    monkeypatch.setattr(storytelling, "_FEW", 0)
    library = _library(tmp_path / "news", tmp_path / "index")
    monkeypatch.setattr(storytelling, "_kept", None)
    assert _told(library) == expected


@pytest.mark.parametrize("damage", ["cut", "zeroed", "rubbish", "high"])
def test_damaged_stories_are_found_again(tmp_path: Path, damage: str) -> None:
    _write_events(tmp_path / "news")
    expected = _told(_library(tmp_path / "news", tmp_path / "index"))
    (path,) = (tmp_path / "index").glob("*/stories")
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(
        {
            "cut": data[:half],
            "zeroed": data[:half] + bytes(len(data) - half),
            "rubbish": b"no index",
            "high": data[:half] + b"\xff" * (len(data) - half),
        }[damage]
    )
    assert _told(_library(tmp_path / "news", tmp_path / "index")) in (expected, set())


def test_a_search_for_stories_can_be_given_up(tmp_path: Path) -> None:
    def stop() -> None:
        raise InterruptedError

    _write_events(tmp_path)
    library = _library(tmp_path)
    with pytest.raises(InterruptedError):
        library.know_stories(stop)
    assert not library.knows_stories
    assert library.know_stories()
