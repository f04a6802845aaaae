"""Similar articles, with the reasons; and what is beside an article."""

from __future__ import annotations

from pathlib import Path

from conftest import Write

from newsreader.library.library import Library
from newsreader.library.nearby import MOST_MORE, nearby
from newsreader.library.similar import Similar, similar_to

_PLACES = ("Ashby", "Velmora", "Korso", "Hallmere", "Ostrelle", "Denholt", "Lanrick", "Ruhn")


def _library(folder: Path) -> Library:
    library = Library([folder])
    library.load()
    library.know_stories()
    return library


def _similar(library: Library, row: int) -> list[Similar]:
    columns = library.snapshot.columns
    told = library.found_for(columns)
    assert told is not None
    return similar_to(columns, told, row)


def _write_years(write: Write) -> None:
    """Each place has three articles, years apart, and one more of the same week and provider."""
    for number, place in enumerate(_PLACES):
        for year in (2001, 2011, 2021):
            write(
                f"{place}-{year}.md",
                f"title: Flood in {place} closes bridge\ndate: {year}-03-0{number + 1}\n"
                f"provider: {{name: Post}}\nwebUrl: https://x.org/{place}/{year}",
            )
        write(
            f"{place}-next.md",
            f"title: The {place} library opens\ndate: 2021-03-0{number + 1}\n"
            "provider: {name: Post}",
        )


def test_similar_articles_of_all_times_are_found_and_explained(
    write: Write, tmp_path: Path
) -> None:
    _write_years(write)
    library = _library(tmp_path)
    columns = library.snapshot.columns
    korso = library.find("Korso-2011.md").id
    row = columns.row(korso)
    assert row is not None
    found = _similar(library, row)
    names = [Path(columns.text("path", each.row)).name for each in found[:3]]
    assert sorted(names) == ["Korso-2001.md", "Korso-2021.md", "Korso-next.md"]
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert found[0].terms[0] == "Korso"
    assert found[0].why[0].startswith("shares Korso")
    row = columns.row(library.find("Korso-2021.md").id)
    assert row is not None
    (other,) = (each for each in _similar(library, row) if "next" in columns.text("path", each.row))
    assert other.is_of_provider_and_week


def test_nothing_is_similar_to_what_says_nothing(write: Write, tmp_path: Path) -> None:
    write("a.md", "title: The")
    write("b.md", "title: And")
    library = _library(tmp_path)
    assert _similar(library, 0) == []
    assert nearby(library, library.snapshot.columns.id(0)).similar == ()
    assert nearby(library, "nobody") == nearby(library, "")


def test_copies_are_similar_once(write: Write, tmp_path: Path) -> None:
    for number in range(4):
        write(f"{number}.md", f"title: Agency approves new pill\ndate: 2024-03-0{number + 1}")
    write("other.md", "title: Pill of the agency is sold\ndate: 2010-01-01")
    _write_years(write)
    library = _library(tmp_path)
    row = library.snapshot.columns.row(library.find("other.md").id)
    assert row is not None
    assert len(_similar(library, row)) == 1


def test_beside_an_article_is_the_rest_of_its_story_in_order(write: Write, tmp_path: Path) -> None:
    count = MOST_MORE + 6
    for number in range(count):
        write(
            f"{number:02}.md",
            f"title: Velmora ferry strike, part {'abcdefghijklmnopqrstuvwxyz'[number] * 3}\n"
            f"date: 2024-03-01T{number:02}:00:00Z\nwebUrl: https://x.org/{number}",
        )
    _write_years(write)
    library = _library(tmp_path)
    middle = library.find("09.md")
    found = nearby(library, middle.id)
    assert found.others == count - 1
    assert len(found.more) == MOST_MORE
    titles = [near.article.title[-3:] for near in found.more]
    assert titles == sorted(titles)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.title[-1], found.after.title[-1]) == ("i", "k")
    assert not {near.article.id for near in found.similar} & {
        near.article.id for near in found.more
    }
    first = nearby(library, library.find("00.md").id)
    assert first.before is None
    assert first.after is not None
