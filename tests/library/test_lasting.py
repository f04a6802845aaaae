"""What an answer depends on: files, and the time."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, SEEDS, Write

from newsreader.config.paths import MarkPlaces, config_file, measure_file, place_file
from newsreader.library import depends
from newsreader.library.lasting import lasts_until, said_of_time
from newsreader.library.library import Library

MIDNIGHT = datetime(2023, 9, 2, tzinfo=UTC)


def loaded(*roots: Path, mark_places: MarkPlaces | None = None) -> Library:
    library = Library(roots, mark_places=mark_places)
    library.load()
    return library


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """File systems are exact, and what was written just now is old."""
    monkeypatch.setattr(depends, "_LATE", -0.02)


@pytest.mark.usefixtures("at_once")
def test_it_depends_on_sources_settings_and_marks(tmp_path: Path, write: Write) -> None:
    article = write("news/deep/a.md")
    (tmp_path / "news/empty").mkdir()
    (tmp_path / "journal").mkdir()
    journal = tmp_path / "journal/records"
    journal.touch()
    places = MarkPlaces(tmp_path / "journal", tmp_path / "state")
    paths = loaded(tmp_path / "news", mark_places=places).depends_on()
    assert paths is not None
    assert {article, article.parent, tmp_path / "news", tmp_path / "news/empty"} <= set(paths)
    assert {journal, journal.parent, config_file(), place_file(), measure_file()} <= set(paths)


def test_nothing_is_known_before_all_is_read(tmp_path: Path) -> None:
    assert Library([SEEDS]).depends_on() is None


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("what", ["file", "folder", "settings", "nothing"])
def test_what_changed_after_it_was_read_is_not_known(
    tmp_path: Path, write: Write, what: str
) -> None:
    article = write("news/a.md")
    library = loaded(tmp_path / "news")
    after = datetime.now(UTC).timestamp() + 0.05
    while datetime.now(UTC).timestamp() < after:
        os.sched_yield()
    if what == "file":
        os.utime(article, (0, 0))
    elif what == "folder":
        write("news/b.md")
    elif what == "settings":
        config_file().parent.mkdir(parents=True)
        config_file().write_text("ascii = true\n")
    assert (library.depends_on() is None) == (what != "nothing")


@pytest.mark.usefixtures("at_once")
def test_what_a_second_reading_changed_may_stand_in_another_order(
    tmp_path: Path, write: Write
) -> None:
    write("news/a.md")
    library = loaded(tmp_path / "news")
    library.load()
    assert library.depends_on() is not None
    write("news/b.md")
    library.load()
    assert library.depends_on() is None


@pytest.mark.usefixtures("at_once")
def test_many_files_are_too_many(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_text("---\ntitle: T\n---\n")
    assert loaded(tmp_path).depends_on() is None


@pytest.mark.parametrize(
    ("changes_after", "expected"),
    [
        (timedelta(days=2), MIDNIGHT),
        (timedelta(hours=2), NOW + timedelta(hours=1)),
        (timedelta(minutes=14), NOW + timedelta(minutes=5)),
        (timedelta(seconds=30), None),
    ],
)
def test_it_lasts_as_long_as_nothing_else_is_said(
    changes_after: timedelta, expected: datetime | None
) -> None:
    assert lasts_until(lambda moment: moment > NOW + changes_after, NOW) == expected


@pytest.mark.parametrize(
    ("age", "query", "expected"),
    [
        (timedelta(days=400, hours=1), "", MIDNIGHT),
        (timedelta(hours=3, minutes=40), "", NOW + timedelta(minutes=15)),
        (timedelta(minutes=3), "", NOW + timedelta(minutes=1)),
        (timedelta(days=29, hours=23, minutes=50), "date:30d", NOW + timedelta(minutes=5)),
        (timedelta(days=21, hours=1), "", MIDNIGHT),
    ],
)
def test_what_is_said_of_an_article_lasts_as_long_as_its_age_reads_the_same(
    tmp_path: Path, write: Write, age: timedelta, query: str, expected: datetime
) -> None:
    write("a.md", f"title: T\npublishedDateTime: {(NOW - age).isoformat()}")
    library = loaded(tmp_path)
    answer = library.answer(query, now=NOW)
    assert len(answer.view) == 1
    (piece,) = answer.view
    until = lasts_until(lambda moment: said_of_time(library, answer, piece, moment), NOW)
    assert until == expected
