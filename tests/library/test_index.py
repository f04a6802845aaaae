"""The index of a library: nothing is read twice, and whatever becomes of it, nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Write

from newsreader.config import replace
from newsreader.config.paths import MarkPlaces
from newsreader.index.files import FileIndex
from newsreader.library import marked
from newsreader.library.answer import NO_FILTERS
from newsreader.library.library import Library
from newsreader.model.table import UNKNOWN_TIME
from newsreader.sources import crew, row_reading
from newsreader.sources.row_reading import RowReading
from newsreader.store import shelving, store
from newsreader.store.store import Snapshot

OLD = 1_600_000_000


@pytest.fixture
def news(tmp_path: Path, write: Write) -> Path:
    """A dozen articles in two folders, of which two are twins and one has a problem."""
    folder = tmp_path / "news"
    for number in range(12):
        name = f"news/{'ab'[number % 2]}/{number:02}.md"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        address = f"https://x.org/{number % 11}"
        header = f"title: T{number}\nwebUrl: {address}\ntopics:\n- t{number % 3}\nquality: {number}"
        write(name, f"{header}x" if number == 5 else header, f"Body {number}.")
    settle(folder)
    return folder


def settle(folder: Path) -> None:
    """Let all files be old enough for a change to be seen by their time."""
    for number, path in enumerate(sorted(folder.rglob("*.md"))):
        os.utime(path, (OLD, OLD + number))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Library]]:
    libraries: list[Library] = []

    def open_library(*roots: Path, load: bool = True) -> Library:
        library = Library(roots, index_folder=tmp_path / "index")
        libraries.append(library)
        if load:
            library.load()
        return library

    yield open_library
    for library in libraries:
        library.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files that are read from here on."""
    names: list[str] = []

    def read_row(path: str, *, source: str = "", name: str = "") -> RowReading:
        names.append(Path(path).name)
        return row_reading.read_row(path, source=source, name=name)

    monkeypatch.setattr(crew, "read_row", read_row)
    return names


def told(snapshot: Snapshot) -> dict[str, object]:
    """All that a snapshot has, by the ids."""
    columns = snapshot.columns
    entries = (columns.entry(row) for row in columns.newest_first)
    return {entry.id: entry for entry in entries}


def fresh(*roots: Path) -> Library:
    library = Library(roots)
    library.load()
    return library


def agree(library: Library, *roots: Path) -> None:
    """Whether a library has what one without an index has, but for which twin has which id."""
    expected = fresh(*roots)
    texts = sorted(entry.text for entry in told(expected.snapshot).values())  # type: ignore[attr-defined]
    assert sorted(entry.text for entry in told(library.snapshot).values()) == texts  # type: ignore[attr-defined]
    assert sorted(map(str, library.issues)) == sorted(map(str, expected.issues))


def test_nothing_is_read_twice(news: Path, opened: Callable[..., Library], read: list[str]) -> None:
    first = opened(news)
    assert len(read) == len(first.snapshot) == 12
    before = told(first.snapshot)
    first.close()
    again = opened(news, load=False)
    assert told(again.snapshot) == before
    assert again.is_restored
    again.load()
    assert len(read) == 12
    assert told(again.snapshot) == before
    assert again.issues == first.issues
    assert len(again.issues) == 1
    agree(again, news)


def test_it_answers_the_same_after_a_rest(news: Path, opened: Callable[..., Library]) -> None:
    opened(news).close()
    library = opened(news, load=False)
    now = datetime.now(UTC)
    before = library.answer("quality>5", now=now)
    library.rest()
    after = library.answer("quality>5", now=now)
    assert list(before.view.ids()) == list(after.view.ids()) != []
    assert before.filters == after.filters
    assert library.filters(after, now, lambda: False) is NO_FILTERS


def test_only_what_has_changed_is_read(
    news: Path, opened: Callable[..., Library], read: list[str], write: Write, tmp_path: Path
) -> None:
    opened(news).close()
    read.clear()
    write("news/a/02.md", "title: New\nwebUrl: https://x.org/2")
    write("news/c/99.md", "title: Added")
    (news / "a/04.md").unlink()
    (news / "b/07.md").rename(news / "c/07.md")
    library = opened(news)
    assert sorted(read) == ["02.md", "07.md", "99.md"]
    agree(library, news)
    moved = library.by_url("https://x.org/7")
    assert moved is not None
    assert moved.path == str(news / "c/07.md")
    shutil.rmtree(news / "b")
    library.load()
    agree(library, news)
    library.close()
    agree(opened(news, load=False), news)


def test_the_second_of_two_twins_stays_when_the_first_one_goes(
    news: Path, opened: Callable[..., Library]
) -> None:
    opened(news).close()
    (news / "a/00.md").unlink()
    library = opened(news)
    assert len(library.snapshot) == 11
    found = library.by_url("https://x.org/0")
    assert found is not None
    assert found.title == "T11"


def test_a_file_that_breaks_keeps_its_article(news: Path, opened: Callable[..., Library]) -> None:
    opened(news).close()
    (news / "a/02.md").write_text("+++\ntitle = [\n+++\n")
    for _ in range(2):
        library = opened(news)
        assert len(library.snapshot) == 12
        article = library.find("02.md")
        assert (article.title, article.quality, article.topics) == ("T2", 2, ("t2",))
        assert any("shown as it was before" in issue.reason for issue in library.issues)
        library.close()
    (news / "a/02.md").write_text("---\ntitle: Whole\nwebUrl: https://x.org/2\n---\n")
    library = opened(news)
    assert library.find("02.md").title == "Whole"
    assert not any("as it was before" in issue.reason for issue in library.issues)


def test_a_library_is_the_same_by_whatever_path_it_is_opened(
    news: Path, opened: Callable[..., Library], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(news).close()
    monkeypatch.chdir(news)
    library = opened(Path(), load=False)
    article = library.find("02.md")
    assert (article.path, article.body) == ("./a/02.md", "Body 2.")
    library.load()
    assert len(read) == 12
    monkeypatch.chdir(news.parent)
    library.close()
    assert opened(Path("news")).find("02.md").path == "news/a/02.md"


def test_two_at_once_share_it(
    news: Path, opened: Callable[..., Library], read: list[str], write: Write
) -> None:
    first = opened(news)
    write("news/a/50.md", "title: Fifty")
    second = opened(news)
    assert len(read) == 13
    agree(second, news)
    write("news/a/51.md", "title: Fifty-one")
    first.load()
    agree(first, news)
    second.load()
    agree(second, news)
    first.close()
    second.close()
    agree(opened(news), news)


@pytest.mark.parametrize("kind", ["columns", "segment", "manifest", "files"])
@pytest.mark.parametrize("how", ["cut", "zeroes", "noise", "gone", "folder"])
def test_whatever_becomes_of_its_files_it_is_made_anew(
    news: Path, opened: Callable[..., Library], tmp_path: Path, kind: str, how: str
) -> None:
    opened(news).close()
    path = next((tmp_path / "index").rglob(f"{kind}*"))
    data = path.read_bytes()
    path.unlink()
    if how == "folder":
        path.mkdir()
    elif how != "gone":
        chance = random.Random(1)
        noise = bytes(chance.randrange(256) for _ in range(200)) + data[200:]
        path.write_bytes({"cut": data[:50], "zeroes": bytes(len(data)), "noise": noise}[how])
    library = opened(news)
    wrong = [issue for issue in library.issues if "index" in issue.path]
    library._issues = tuple(issue for issue in library.issues if issue not in wrong)
    agree(library, news)
    library.close()
    if how != "folder":
        agree(opened(news), news)


class KilledError(BaseException):
    """As if the process had ended."""


@pytest.mark.parametrize("moment", range(60))
def test_whenever_it_ends_the_next_start_has_everything(
    news: Path,
    opened: Callable[..., Library],
    monkeypatch: pytest.MonkeyPatch,
    write: Write,
    moment: int,
) -> None:
    monkeypatch.setattr("newsreader.library.ingest._FIRST_BATCH", 2)
    monkeypatch.setattr("newsreader.library.ingest._LARGEST_BATCH", 2)
    monkeypatch.setattr(crew, "BATCH", 2)
    monkeypatch.setattr(store, "_MOST_SEGMENTS", 3)
    if moment >= 30:
        opened(news).close()
        write("news/a/02.md", "title: New\nwebUrl: https://x.org/2")
        write("news/b/03.md", "title: Newer\nwebUrl: https://x.org/elsewhere")
        write("news/c/99.md", "title: Added")
        (news / "a/04.md").unlink()
        (news / "b/07.md").rename(news / "c/07.md")
    left = [moment % 30]

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def ending(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise KilledError
            return call(*arguments, **named)

        return ending

    with monkeypatch.context() as patch:
        patch.setattr(FileIndex, "save", counted(FileIndex.save))
        patch.setattr(shelving, "replace_file", counted(replace.replace_file))
        patch.setattr(
            shelving.FolderShelving, "_written", counted(shelving.FolderShelving._written)
        )
        patch.setattr(shelving.FolderShelving, "_tidy", counted(shelving.FolderShelving._tidy))
        library = opened(news, load=False)
        try:
            library.load()
        except KilledError:
            assert left[0] < 0
        library.close()
    library = opened(news)
    agree(library, news)
    library.close()
    library = opened(news)
    agree(library, news)
    names = {path.name for path in library._shelving.folder.iterdir()}  # type: ignore[attr-defined]
    assert len([name for name in names if name.startswith("columns-")]) == 1


def test_without_room_everything_is_in_memory(
    news: Path, opened: Callable[..., Library], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "index").write_text("in the way")
    library = opened(news)
    assert len(library.snapshot) == 12
    assert any("the index cannot be kept" in issue.reason for issue in library.issues)


def test_a_file_written_a_moment_ago_is_read_again(
    news: Path, opened: Callable[..., Library], read: list[str], write: Write
) -> None:
    library = opened(news)
    path = write("news/a/02.md", "title: One\nwebUrl: https://x.org/2")
    library.load()
    status = path.stat()
    write("news/a/02.md", "title: Two\nwebUrl: https://x.org/2")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    library.load()
    assert library.find("02.md").title == "Two"


def test_names_in_no_encoding_are_read_each_time(
    news: Path, opened: Callable[..., Library]
) -> None:
    odd = os.fsencode(news) + b"/odd\xff.md"
    Path(os.fsdecode(odd)).write_bytes(b"---\ntitle: Odd\n---\nText.\n")
    for _ in range(2):
        library = opened(news)
        assert len(library.snapshot) == 13
        article = next(each for each in library.snapshot if each.title == "Odd")
        assert article.body == "Text."
        library.close()


@pytest.mark.parametrize("few", [5_000, 0])
def test_when_an_article_was_met_first_is_kept(
    news: Path, tmp_path: Path, write: Write, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when so many are marked at once that their names are not looked up."""
    monkeypatch.setattr(marked, "_FEW", few)
    places = MarkPlaces(tmp_path / "marks", tmp_path / "state", tmp_path / "index.db")

    def library() -> Library:
        return Library([news], index_folder=tmp_path / "index", mark_places=places)

    first = library()
    first.load()
    assert first.see()
    assert first.book is not None
    first.book.close()
    before = dict(zip(first.snapshot.ids(), added(first), strict=True))
    assert UNKNOWN_TIME not in before.values()
    first.act("read", list(before))
    assert first.is_kept
    first.close()
    second = library()
    assert dict(zip(second.snapshot.ids(), added(second), strict=True)) == before
    second.load()
    second.act("star", before)
    assert dict(zip(second.snapshot.ids(), added(second), strict=True)) == before
    write("news/new.md", "title: New")
    second.load()
    assert [each for each in added(second) if each == UNKNOWN_TIME] == [UNKNOWN_TIME]
    assert second.see()
    assert UNKNOWN_TIME not in added(second)
    assert not second.see()
    second.close()


def added(library: Library) -> list[int]:
    columns = library.snapshot.columns
    return [columns.added[row] for row in columns.newest_first]


def test_the_database_has_a_row_a_file(
    news: Path, opened: Callable[..., Library], tmp_path: Path
) -> None:
    opened(news).close()
    base = sqlite3.connect(next((tmp_path / "index").rglob("files.db")))
    (count,) = base.execute("SELECT count(*) FROM files").fetchone()
    (twins,) = base.execute("SELECT count(*) FROM files WHERE twin_of IS NOT NULL").fetchone()
    base.close()
    assert (count, twins) == (12, 1)


def test_marks_make_no_file_be_read_again(news: Path, tmp_path: Path, read: list[str]) -> None:
    places = MarkPlaces(tmp_path / "marks", tmp_path / "state", tmp_path / "index.db")
    for _ in range(3):
        library = Library([news], index_folder=tmp_path / "index", mark_places=places)
        library.load()
        library.see()
        for verb in ("read", "star", "unread", "unstar"):
            library.act(verb, list(library.snapshot.ids()))
        library.load()
        assert len(read) == 12
        assert library._files is not None
        assert library._files.edition == library.snapshot.edition
        assert library.book is not None
        library.book.close()
        library.close()


def test_words_that_were_not_indexed_any_more_are_the_next_time(
    news: Path, opened: Callable[..., Library]
) -> None:
    opened(news).close()
    library = opened(news, load=False)
    library._store._worth_words = 2
    library.load()
    assert all(each.has_words for each in library.snapshot.columns.segments)
    agree(library, news)
