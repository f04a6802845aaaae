"""Texts that were not used for long make room for others, but not those of marked articles."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from time import sleep, time
from typing import cast

import pytest
from conftest import Write

from newsreader.config.paths import MarkPlaces
from newsreader.config.settings import Keep, load
from newsreader.fetching.asking import Outcome, Request
from newsreader.fetching.helper import Helper
from newsreader.fetching.room import KeptFile, make_room
from newsreader.library.library import Library
from newsreader.library.text_fetching import TextFetcher
from newsreader.library.text_room import make_room_for_texts
from newsreader.library.verifying import verify
from newsreader.model import Article, ConfigError

DAYS = 24 * 3600
WORDS = ("ferry", "train", "bus", "tram", "plane")


class Web:
    """A helper that has every page at once."""

    def fetch(self, request: Request) -> Outcome:
        return Outcome(request.address, "T", f"<p>passengers {'x' * 1000}</p>", 2)

    def end(self) -> None:
        pass

    close = end


WEB = cast(Helper, Web())


def used(path: Path | None, days: float) -> None:
    """Have the file at *path* used so many days ago."""
    assert path is not None
    os.utime(path, (time() - days * DAYS,) * 2)


def opened(tmp_path: Path, folder: Path) -> Library:
    places = MarkPlaces(tmp_path / "marks", tmp_path / "state", tmp_path / "index.db")
    index, pages = tmp_path / "index", tmp_path / "pages"
    library = Library([folder], mark_places=places, index_folder=index, pages_folder=pages)
    library.load()
    return library


def closed(library: Library) -> None:
    """Close *library* with its marks."""
    if library.book is not None:
        library.book.close()
    library.close()


def written(write: Write, name: str, words: Sequence[str] = WORDS) -> Path:
    """A folder of articles, each of which has one of *words* in its title and its body."""
    for word in words:
        address = f"https://{name}.example/{word}"
        write(f"{name}/{word}.md", f"title: The {word}\noriginalUrl: {address}", f"Own {word}.")
    return write(f"{name}/none.md").parent


def fetched(library: Library, now: datetime) -> dict[str, Article]:
    """The articles by their words, each with its text, the first one fetched longest ago."""
    found = {}
    for word in WORDS:
        (article,) = library.answer(f"title:{word}", now=now).view
        library.full_texts.fetch(article, WEB, Request(article.url))
        found[word] = article
    library.know_full_text(article.id for article in found.values())
    age(library, found)
    return found


def age(library: Library, articles: Mapping[str, Article]) -> None:
    """Have all texts used long ago, the first one before the others."""
    for days, article in enumerate(articles.values()):
        used(library.full_texts.path(article), 40 - days)


def found(library: Library, query: str, now: datetime) -> set[str]:
    """The words of the articles that *query* finds."""
    briefs = library.answer(query, now=now).view.briefs()
    return {each.headline.removeprefix("The ") for each in briefs}


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    for number, name in enumerate(("a1.json", "b2.json", "c3.json", "notes.json", "d4.txt")):
        (tmp_path / name).write_bytes(bytes(100))
        used(tmp_path / name, 9 - number)
    assert make_room(tmp_path, 300) == []
    assert make_room(tmp_path, 299, lambda file: "a1" not in file.path) == [tmp_path / "b2.json"]
    assert make_room(tmp_path, 100) == [tmp_path / "a1.json"]
    assert make_room(tmp_path, 0) == [tmp_path / "c3.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d4.txt", "notes.json"]
    assert make_room(tmp_path / "none", 0) == []


def test_what_another_program_removes_meanwhile_makes_room_as_well(tmp_path: Path) -> None:
    for name in ("a1.json", "b2.json", "c3.json"):
        (tmp_path / name).write_bytes(bytes(100))

    def removed_first(file: KeptFile) -> bool:
        Path(file.path).unlink()
        return True

    assert make_room(tmp_path, 100, removed_first) == []
    assert len(list(tmp_path.iterdir())) == 1


def test_texts_of_marked_articles_stay(tmp_path: Path, write: Write, now: datetime) -> None:
    library = opened(tmp_path, written(write, "here"))
    other = opened(tmp_path, written(write, "there", WORDS[:2]))
    articles = fetched(library, now)
    for word, verb in (("ferry", "star"), ("train", "later"), ("bus", "tag")):
        library.act(verb, [articles[word].id], "kept")
    (elsewhere,) = other.answer("title:ferry", now=now).view
    other.full_texts.fetch(elsewhere, WEB, Request(elsewhere.url))
    other.act("star", [elsewhere.id])
    closed(other)
    closed(library)
    library = opened(tmp_path, tmp_path / "here")
    age(library, articles)
    used(library.full_texts.path(elsewhere), 50)
    used(library.full_texts.path(articles["plane"]), 6)
    assert make_room_for_texts(library, 0) == 1
    assert found(library, "has:fulltext", now) == {"ferry", "train", "bus", "plane"}
    assert found(library, "passengers", now) == {"ferry", "train", "bus", "plane"}
    assert found(library, "body:own", now) == {"tram"}
    assert library.full_texts.has(elsewhere)
    library.act("unstar", [articles["ferry"].id])
    used(library.full_texts.path(articles["ferry"]), 40)
    assert make_room_for_texts(library, 4_000) == 1
    assert found(library, "body:own", now) == {"tram", "ferry"}
    assert make_room_for_texts(library, 1_000_000) == 0
    assert not [each for step in verify(library) for each in step.wrong]
    library.close()


def test_what_another_program_removed_is_found_no_longer(
    tmp_path: Path, write: Write, now: datetime
) -> None:
    library = opened(tmp_path, written(write, "here"))
    articles = fetched(library, now)
    library.close()
    for word in ("tram", "plane"):
        path = library.full_texts.path(articles[word])
        assert path is not None
        path.unlink()
    library = opened(tmp_path, tmp_path / "here")
    assert found(library, "body:own", now) == {"tram", "plane"}
    assert found(library, "has:fulltext", now) == {"ferry", "train", "bus"}
    library.close()


def test_room_is_made_after_something_was_fetched(
    tmp_path: Path, write: Write, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.library.text_fetching.Helper", lambda: WEB)
    library = opened(tmp_path, written(write, "here"))
    articles = fetched(library, now)
    fetcher = TextFetcher(library, lambda *_: None, most_bytes=2_000)
    fetcher.want(articles["tram"], is_asked=False)
    fetcher.want(articles["ferry"], is_asked=True)
    fetcher.start()
    end = time() + 10
    while library.full_texts.has(articles["plane"]):
        assert time() < end
        sleep(0.01)
    fetcher.stop()
    fetcher._thread.join()
    assert found(library, "has:fulltext", now) == {"ferry"}
    library.close()


def test_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('keep = { pages = "2 GB" }')
    assert load(path).keep == Keep(2_000_000_000, Keep().images)
    for value in ('"2 GB"', '{ texts = "2 GB" }', '{ pages = "2" }', '{ pages = "-1 MB" }'):
        path.write_text(f"keep = {value}")
        with pytest.raises(ConfigError, match=r"config\.toml: keep (must|has|pages)"):
            load(path)
