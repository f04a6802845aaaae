"""The library answers what the screen and the command line ask."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from conftest import NOW, Write

from newsreader.library.full_text import is_from, request_for
from newsreader.library.identity import article_id
from newsreader.library.library import Library
from newsreader.model import Article, ArticleNotFoundError, InvalidQueryError


def loaded(*roots: Path) -> Library:
    library = Library(roots)
    library.load()
    return library


def titles(library: Library) -> set[str]:
    return {article.title for article in library.snapshot}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 5),
        ("quality>=69", 3),
        ("provider:wsj.com", 1),
        ("has:related related>=4", 2),
        ('"wrongful arrest" OR mistaken', 2),
        ("date:2020-07", 2),
        ("date:2020-07..2020-10-01", 4),
        ("heat:none", 3),
        ("is:published", 2),
        ("is:secured", 5),
        ("-has:amp", 2),
        ("topic:AI provider:cnet,cnbc", 2),
        ("lawmakers", 1),
        ("blackest", 1),
    ],
)
def test_queries_on_the_seeds(seeds: Path, now: datetime, query: str, count: int) -> None:
    answer = loaded(seeds).answer(query, now=now)
    assert len(answer.view) == count
    assert answer.total == 5


def test_facets_leave_out_their_own_field(seeds: Path, now: datetime) -> None:
    answer = loaded(seeds).answer("provider:cnet.com", now=now)
    assert len(answer.view) == 1
    assert len(answer.filters.facets["provider"]) == 5
    assert [(each.label, each.count) for each in answer.filters.facets["topic"]] == [
        ("AI", 1),
        ("Computer Vision", 1),
    ]
    assert sum(answer.filters.qualities) == 1
    assert sum(loaded(seeds).answer("quality>=69", now=now).filters.qualities) == 5


def test_a_bad_query_is_an_error(seeds: Path, now: datetime) -> None:
    with pytest.raises(InvalidQueryError) as caught:
        loaded(seeds).answer("qualty>=60", now=now)
    assert (caught.value.column, caught.value.suggestion) == (0, "quality")
    with pytest.raises(InvalidQueryError):
        loaded(seeds).answer("", "-dte", now=now)


def test_which_term_is_to_blame(seeds: Path, now: datetime) -> None:
    library = loaded(seeds)
    answer = library.answer("contract quality>=99", now=now)
    assert library.without(answer.query, now) == [0, 2]


def test_finding_by_id_url_and_file(seeds: Path) -> None:
    library = loaded(seeds)
    article = next(iter(library.snapshot))
    for name in (
        article.id,
        article.id[:6],
        article.web_url,
        article.web_url.replace("https", "HTTP") + "?utm_source=x",
        article.amp_url,
        article.cdn_amp_url,
        article.path,
        Path(article.path).name,
    ):
        assert library.find(name) is article
    for name in ("none", "000000000000", "https://x.org/", ""):
        with pytest.raises(ArticleNotFoundError):
            library.find(name)


def test_two_files_of_one_address_are_both_kept(write: Write, tmp_path: Path) -> None:
    write("a.md", "title: a\nwebUrl: https://x.org/1")
    write("b.md", "title: b\nwebUrl: http://www.x.org:80/1/")
    write("c.md", "title: c\nwebUrl: http://x.org/1/?utm_medium=z#top")
    library = loaded(tmp_path)
    assert titles(library) == {"a", "b", "c"}
    again = loaded(tmp_path)
    assert [each.id for each in again.snapshot] == [each.id for each in library.snapshot]
    found = library.by_url("https://x.org/1")
    assert found is not None
    assert found.title == "a"


def test_amp_versions_are_joined_with_their_page(write: Write, tmp_path: Path) -> None:
    cached = "https://x-org.cdn.ampproject.org/c/s/x.org/news/1/amp"
    write("a.md", "title: a\ndate: 2020-01-01\nwebUrl: https://x.org/news/1")
    write("b.md", f"title: b\ndate: 2020-01-02\ncdnAmpWebUrl: {cached}")
    write("c.md", "title: c\ndate: 2020-01-03\nampWebUrl: https://x.org/news/1/amp/")
    write("d.md", "title: d\ndate: 2020-01-04\nampWebUrl: https://x.org/amp/")
    library = loaded(tmp_path)
    library.know_stories()
    assert {each.title for each in library.answer("is:duplicate", now=NOW).view} == {"b", "c"}
    ids = {each.title: each.id for each in library.snapshot}
    assert ids["b"] == article_id(cached), "marks are found by the address that the file has"
    assert library.find("https://www.google.com/amp/s/x.org/news/1").title == "a"
    (page,) = library.answer("title:b", now=NOW).view
    assert request_for(page)[:2] == ("https://x.org/news/1", (cached,))
    assert is_from(page, ("x.org",))


def test_reading_again_brings_only_changes(write: Write, tmp_path: Path) -> None:
    for name in "abc":
        write(f"{name}.md", f"title: {name}")
    library = loaded(tmp_path)
    revision = library.snapshot.revision
    kept = next(article for article in library.snapshot if article.title == "a")
    library.load()
    assert library.snapshot.revision == revision
    write("b.md", "title: B")
    write("d.md", "title: d")
    (tmp_path / "c.md").unlink()
    library.load()
    assert titles(library) == {"a", "B", "d"}
    assert library.snapshot.article(kept.id) is kept


def test_a_file_that_breaks_is_an_issue_and_the_rest_goes_on(write: Write, tmp_path: Path) -> None:
    write("a.md", "title: a")
    (tmp_path / "b.md").write_text("+++\ntitle = [\n+++\n")
    library = Library([tmp_path, tmp_path / "none", tmp_path / "b.md"])
    library.load()
    assert titles(library) == {"a"}
    places = [issue.place for issue in library.issues]
    assert places[0] == str(tmp_path / "none")
    assert places[1].startswith(str(tmp_path / "b.md"))


def test_progress_is_told_and_batches_grow(write: Write, tmp_path: Path) -> None:
    for number in range(200):
        write(f"{number:03}.md", f"title: t{number}")
    library = Library([tmp_path])
    seen = [(each.done, len(library.snapshot)) for each in library.ingest()]
    assert seen[0] == (100, 100)
    assert seen[-1] == (200, 200)
    assert seen == sorted(seen)


def test_a_related_item_finds_its_article(seeds: Path, write: Write, tmp_path: Path) -> None:
    write("a.md", "title: a\nampWebUrl: https://amp.x.org/1")
    path = write(
        "b.md", "title: b\nrelated:\n- title: A\n  ampWebUrl: http://amp.x.org/1/\n- title: C"
    )
    library = loaded(tmp_path)
    article = library.find(str(path))
    assert isinstance(article, Article)
    first, second = article.related
    found = library.counterpart(first)
    assert found is not None
    assert found.title == "a"
    assert library.counterpart(second) is None


def test_an_address_that_goes_to_another_article_is_followed(write: Write, tmp_path: Path) -> None:
    write("a.md", "title: a\nwebUrl: https://x.org/a\nampWebUrl: https://x.org/2")
    write("b.md", "title: b\nwebUrl: https://x.org/b")
    library = loaded(tmp_path)
    write("a.md", "title: a\nwebUrl: https://x.org/a")
    write("b.md", "title: b\nwebUrl: https://x.org/b\nampWebUrl: https://x.org/2")
    library.load()
    found = library.by_url("https://x.org/2")
    assert found is not None
    assert found.title == "b"
    (tmp_path / "b.md").unlink()
    library.load()
    assert library.by_url("https://x.org/2") is None


def test_a_file_opened_under_two_names_is_read_once(seeds: Path) -> None:
    library = loaded(seeds, seeds / ".." / "seeds", next(iter(sorted(seeds.iterdir()))))
    assert len(library.snapshot) == 5


def test_values_that_nothing_has_any_more_stay_with_0(seeds: Path, now: datetime) -> None:
    answer = loaded(seeds).answer("zzz", now=now)
    assert [(each.label, each.count) for each in answer.filters.facets["topic"]] == [
        ("AI", 0),
        ("Computer Vision", 0),
    ]


def test_many_articles_are_listed_newest_first(tmp_path: Path, now: datetime) -> None:
    count = 3_001
    for number in range(count):
        day = f"20{number % 89:02}-01-01"
        (tmp_path / f"{number}.md").write_text(
            f"---\ntitle: T{number}\npublishedDateTime: {day}\n---\n"
        )
    library = Library([tmp_path])
    library.load()
    view = library.answer("", now=now).view
    dates = [brief.published_at for brief in view.briefs()]
    assert dates == sorted(dates, key=lambda date: date or now, reverse=True)
    assert [library.snapshot.row(name) for name in view.ids()] == list(view.rows)
    (tmp_path / "new.md").write_text("---\ntitle: New\npublishedDateTime: 2050-06-01\n---\n")
    library.load()
    dates = [brief.published_at for brief in library.answer("", now=now).view.briefs()]
    assert len(dates) == count + 1
    assert dates == sorted(dates, key=lambda date: date or now, reverse=True)
