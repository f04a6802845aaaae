"""``newsreader export``, and reading what it wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import SEEDS, Write

from newsreader.cli.main import main
from newsreader.config.paths import mark_places
from newsreader.fetching.asking import Outcome
from newsreader.fetching.helper import Helper
from newsreader.library.library import Library
from newsreader.model import Article
from newsreader.model.marks import Marks

ODD = (
    'title: "He said \\"no\\" &amp; [left]"\nquality: 007\nheat: -1\nmine: {a: [1, 2.5, null]}',
    "title: 'No: address'",
    'title: 漢字\ntopics: a, b\ndraft: true\nauthor: Ann\nsecured: "\\u0001x"',
    "title: Live\nwebUrl: https://x.org/live?utm_source=a\npublishedDateTime: 2020-13-45",
)


@pytest.fixture
def news(write: Write) -> Path:
    """A folder with the seeds and articles that are harder to write."""
    for number, header in enumerate(ODD):
        write(f"news/{number}.md", header, body=f"Body {number}.\n\n---\n\n  * x" if number else "")
    write("news/2021-02-03-dated.md", "title: Dated by its name", body="x")
    write("news/page.html", "title: A page", body="<p>One &amp; <b>two</b></p>")
    for number in range(60):
        lines = [f"title: Made {number}", f"quality: {number}", f"x-{number}: {{y: [{number}.50]}}"]
        lines += [f"webUrl: https://x.org/{number}?b=%20"] * (number % 3 > 0)
        lines += [f"publishedDateTime: 2020-01-{number % 28 + 1:02}T01:02:03+02:00"] * (number % 2)
        body = f"# {number}\n\nText of its own.  \n> {'word ' * number}" * (number % 5 > 0)
        write(f"news/made/{number}.{'html' if number % 7 == 0 else 'txt'}", "\n".join(lines), body)
    folder = write("news/same.md", "title: No\nwebUrl: https://x.org/no").parent
    for path in SEEDS.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def run(*arguments: str | Path) -> int:
    def no_screen(*_: object) -> None:
        raise AssertionError("there is no terminal")

    return main([str(each) for each in arguments], no_screen)


def told(folder: Path) -> dict[str, tuple[Article, Marks]]:
    """The articles of a folder by title, with their marks but for the order of notes."""
    library = Library([folder], mark_places=mark_places())
    library.load()
    found = {
        each.title: (replace(each, id="", source="", path=""), library.marks(each.id))
        for each in library.snapshot
    }
    if library.book is not None:
        library.book.close()
    return found


def without_origin(article: Article) -> Article:
    return replace(article, origin=Article().origin)


def test_articles_and_marks_come_back_as_they_were(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("mark", "star", "-q", "title:no OR detroit", "--in", news)
    run("mark", "tag", "x-y", "-q", "title:address", "--in", news)
    run("mark", "note", "To *do*:\n- x", "-q", "title:Live", "--in", news)
    run("mark", "read", "-q", "title:page OR title:dated", "--in", news)
    run("mark", "unread", "-q", "title:dated", "--in", news)
    run("mark", "later", "-q", "title:made quality:10..39", "--in", news)
    run("mark", "tag", "made", "-q", "title:made quality:30..", "--in", news)
    there = told(news)
    assert len(there) == 72
    assert sum(marks != Marks() for _, marks in there.values()) == 58
    assert sum(marks.starred is not None for _, marks in there.values()) == 6
    assert run("export", news, "--to", tmp_path / "out") == 0

    monkeypatch.setenv("NEWSREADER_DATA", str(tmp_path / "data2"))
    monkeypatch.setenv("NEWSREADER_CACHE", str(tmp_path / "cache2"))
    monkeypatch.setenv("NEWSREADER_STATE", str(tmp_path / "state2"))
    assert all(marks == Marks() for _, marks in told(tmp_path / "out").values())
    assert run("marks", "import", tmp_path / "out") == 0
    again = told(tmp_path / "out")
    assert again.keys() == there.keys()
    for title, (article, marks) in there.items():
        found, found_marks = again[title]
        if not article.excerpt:  # Those that are no samples say the same in other words.
            article, found = without_origin(article), without_origin(found)
        assert found == article
        assert found_marks == marks, title

    assert run("export", tmp_path / "out", "--to", tmp_path / "again") == 0
    texts = [
        sorted(path.read_bytes() for path in (tmp_path / name).iterdir() if path.suffix != ".jsonl")
        for name in ("out", "again")
    ]
    assert texts[0] == texts[1]


def test_a_text_that_was_fetched_goes_along(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "<h2>One</h2><p>Eleven <b>passengers</b> &amp; a dog.</p>"
    monkeypatch.setattr(Helper, "fetch", lambda _, request: Outcome(request.address, "T", body, 5))
    news = write("news/a.md", "title: The ferry\nwebUrl: https://x.org/a", "Only this.").parent
    run("fetch", news, "-q", "ferry")
    run("mark", "star", "-q", "ferry", "--in", news)
    ((_, marks),) = told(news).values()
    assert run("export", news, "--to", tmp_path / "out") == 0
    assert run("export", news, "--to", tmp_path / "all.json") == 0
    (data,) = json.loads((tmp_path / "all.json").read_text())
    assert (data["body"], data["bodyFormat"]) == (body, "html")
    assert run("export", news, "--to", tmp_path / "text", "--format", "markdown") == 0
    (path,) = (tmp_path / "text").iterdir()
    assert path.read_text().endswith("## One\n\nEleven **passengers** \\& a dog.\n")

    for kind in ("DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"NEWSREADER_{kind}", str(tmp_path / kind))
    assert run("marks", "import", tmp_path / "out") == 0
    ((article, found),) = told(tmp_path / "out").values()
    assert (article.body, article.body_is_html) == (body, True)
    assert article.web_url == "https://x.org/a"
    assert found == marks
    assert found.starred is not None


def test_what_is_there_stays_unless_it_may_be_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "out"
    arguments = ("export", SEEDS, "-q", "detroit", "--to", out, "--format", "markdown")
    assert run(*arguments) == 0
    assert "3 files written to" in capsys.readouterr().err
    assert run(*arguments) == 0
    assert "0 files written to" in capsys.readouterr().err
    changed = min(out.iterdir())
    before = changed.read_bytes()
    changed.write_bytes(b"mine")
    assert run(*arguments) == 1
    assert "2 there already, 1 there that differ, which --replace" in capsys.readouterr().err
    assert changed.read_bytes() == b"mine"
    assert run(*arguments, "--replace") == 0
    assert changed.read_bytes() == before
    assert len(list(out.iterdir())) == 3


def test_what_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert run("export", SEEDS, "-q", "detroit", "--to", tmp_path / "file" / "out") == 1
    assert capsys.readouterr().err.count("cannot be written: Not a directory.") == 3
    assert run("export", SEEDS, "-q", "nothing-like-it", "--to", tmp_path / "out") == 1
    assert "nothing to export" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert run("export", SEEDS, "--to", "-", "--format", "html") == 1
    assert "5 files need a folder" in capsys.readouterr().err
    assert run("export", SEEDS) == 2
    assert run("marks", "import", tmp_path / "gone") == 1
    assert "gone cannot be read: No such file or directory." in capsys.readouterr().err


def test_every_form_goes_to_a_folder_a_file_or_the_output(
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (
        ("--to", "pages", "--format", "html"),
        ("--to", "a.epub"),
        ("--to", ".", "--format", "epub"),
        ("--to", "a.json"),
    ):
        assert run("export", SEEDS, *arguments) == 0
    assert len(list(Path("pages").iterdir())) == 6
    index = Path("pages/index.html").read_text(encoding="utf-8")
    assert index.count("<li>") == 5
    assert all(path.name in index for path in Path("pages").iterdir() if path.stem != "index")
    assert len(ZipFile("a.epub").namelist()) == len(ZipFile("newsreader.epub").namelist()) == 10
    capfdbinary.readouterr()
    run("list", SEEDS, "--json")
    listed = capfdbinary.readouterr().out
    assert Path("a.json").read_bytes() == listed
    for form in ("json", "epub", "markdown"):
        assert run("export", SEEDS, "--to", "-", "--format", form) == 0
        out = capfdbinary.readouterr().out
        if form == "json":
            assert json.loads(out) == json.loads(listed)
        elif form == "epub":
            assert ZipFile(BytesIO(out)).testzip() is None
        else:
            assert out.count(b"\n# ") == 4
    assert run("export", SEEDS, "-q", "title:renews", "--to", "-") == 0
    assert capfdbinary.readouterr().out.startswith(b"---\n")
