"""The command line, run as a person or a script runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import SEEDS, Write

from newsreader.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    def no_screen(*_: object) -> None:
        raise AssertionError("there is no terminal")

    code = main([str(each) for each in arguments], no_screen)
    output = capsys.readouterr()
    return code, output.out, output.err


def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newsreader", *map(str, arguments)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def test_list_as_json_has_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "list", SEEDS, "--json")
    assert (code, err) == (0, "")
    articles = json.loads(out)
    assert len(articles) == 5
    for article in articles:
        text = Path(article["path"]).read_text(encoding="utf-8").split("---\n")[1]
        expected = yaml.load(text, Loader=yaml.BaseLoader)
        assert set(article) == {"id", "path", *expected}
        assert article["publishedDateTime"] == expected["publishedDateTime"]
        assert article["secured"] == expected["secured"]
        assert article["heat"] == int(expected["heat"])
        assert len(article["related"]) == len(expected["related"])
        assert article["related"][0].keys() == expected["related"][0].keys()
        assert article["related"][0]["publishedDateTime"].endswith("Z")


@pytest.mark.parametrize(
    ("query", "count"),
    [("quality>=69", 3), ("provider:wsj.com", 1), ("has:related related>=4", 2), ("nothing", 0)],
)
def test_list_with_a_query(capsys: pytest.CaptureFixture[str], query: str, count: int) -> None:
    code, out, _ = run(capsys, "list", SEEDS, "-q", query, "--jsonl")
    assert code == 0
    assert len([json.loads(line) for line in out.splitlines()]) == count


def test_list_sorted_and_limited(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "list", SEEDS, "--sort", "title", "--limit", "2", "--urls")
    assert [line.split("/")[2] for line in out.splitlines()] == [
        "techstory.in",
        "www.governing.com",
    ]
    _, out, _ = run(capsys, "list", SEEDS, "--limit", "0")
    assert out == ""


def test_list_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "list", SEEDS)
    lines = out.splitlines()
    assert len(lines) == 5
    assert "7 Aug 2023   34  tech" in lines[0]
    assert lines[2].endswith("Wall Street Journal     Detroit Renews Facial Recognition Contract")


def test_without_a_terminal_the_list_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ((), (SEEDS,), ("open", SEEDS)):
        code, out, _ = run(capsys, *arguments)
        assert (code, len(out.splitlines())) == (0, 5)


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    name = "003_cfbe1e5c3b0ed582.txt"
    code, out, _ = run(capsys, "show", name, "--in", SEEDS)
    assert code == 0
    assert out.startswith("The growing fight over police use of facial recognition\n")
    assert "Defending Black Lives Means Banning Facial Recognition (Wired" in out
    assert "wn+4UMmv" not in out
    _, out, _ = run(capsys, "show", name, "--in", SEEDS, "--json")
    article = json.loads(out)
    assert article["provider"]["domain"] == "cnbc.com"
    _, out, _ = run(capsys, "show", article["id"][:5], "--markdown")
    assert out.startswith("# The growing fight")
    assert "- [Defending Black Lives Means Banning Facial Recognition](<https://www.wired" in out
    _, out, _ = run(capsys, "show", article["ampWebUrl"], "--json")
    assert json.loads(out) == {**article, "path": json.loads(out)["path"]}


def test_show_a_file_of_no_library(
    capsys: pytest.CaptureFixture[str], write: Write, tmp_path: Path
) -> None:
    path = write("mine.md", "title: Mine")
    assert run(capsys, "show", path)[1].startswith("Mine\n")


def test_the_reader_does_not_open_on_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("newsreader.cli.main._is_terminal", lambda: True)
    code, _, err = run(capsys, tmp_path / "none")
    assert (code, err) == (1, f"newsreader: There is no such file or folder: {tmp_path}/none.\n")
    opened: list[object] = []
    assert main([str(SEEDS)], lambda *given: opened.append(given)) == 0
    assert len(opened) == 1


def test_show_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "show", "nothing")
    assert (code, out, err) == (1, "", "newsreader: There is no article nothing.\n")


def test_facets(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "facets", "topic", SEEDS)
    assert out == "5  AI\n5  Computer Vision\n"
    _, out, _ = run(capsys, "facets", "provider", SEEDS, "-q", "quality>=69", "--json")
    assert {each["value"]: each["count"] for each in json.loads(out)} == {
        "cnbc.com": 1,
        "cnet.com": 1,
        "wsj.com": 1,
    }


def test_stats(capsys: pytest.CaptureFixture[str], write: Write, tmp_path: Path) -> None:
    _, out, _ = run(capsys, "stats", SEEDS, "-q", "date:2020 quality>=39")
    assert out.startswith("4 articles, 1 Jul 2020 to 1 Oct 2020\n\nOver time")
    assert "\n2020-06-29..2020-07-05         1   1                1       0\n" in out
    assert "\nCNET                        1     89.0\n" in out
    assert "\nunknown         2\n" in out
    code, out, _ = run(capsys, "stats", SEEDS, "-q", "date:2020", "--json")
    found = json.loads(out)
    assert (code, found["articles"], found["query"]) == (0, 4, "date:2020")
    for each in (*found["providers"], *found["trends"], *found["periods"], *found["qualities"]):
        _, listed, _ = run(capsys, "list", SEEDS, "-q", each["query"], "--jsonl")
        assert len(listed.splitlines()) == each["count"]
    write("wide.md", f"title: x\ntopics: ['{'東' * 40}']\npublishedDateTime: 2020-01-01")
    _, out, _ = run(capsys, "stats", tmp_path)
    assert f"  {'東' * 15} …  others\n" in out
    assert run(capsys, "stats", tmp_path, "-q", "nothing")[1] == "0 articles\n"
    assert run(capsys, "stats", tmp_path, "-q", "x:")[0] == 2


def test_check(capsys: pytest.CaptureFixture[str], write: Write, tmp_path: Path) -> None:
    assert run(capsys, "check", SEEDS)[0] == 0
    bad = write("bad.md", "title: a\nexcerpt: b: c")
    odd = write("odd.md", "title: a\nquality: high")
    code, out, err = run(capsys, "check", tmp_path)
    assert code == 1
    reason = (
        "the front matter is damaged (mapping values are not allowed in this context); "
        "it was read line by line"
    )
    assert out.splitlines() == [
        f"{bad}:3:11: warning: {reason}",
        f"{odd}:3: warning: quality: a whole number was expected; set aside",
    ]
    assert "2 articles, 2 problems in 2 files" in err
    code, out, _ = run(capsys, "check", bad, "--json")
    (issue,) = json.loads(out)
    assert (code, issue["line"], issue["column"], issue["severity"]) == (1, 3, 11, "warning")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("list", SEEDS, "-q", "quality>=high"), "high"),
        (("list", SEEDS, "--sort", "-dat"), "date"),
        (("list", SEEDS, "-q", "(a"), "parenthesis"),
        (("list", "--no-such-option"), "--no-such-option"),
        (("list", "--limit", "-1"), "limit"),
        (("facets", "colour"), "colour"),
        (("show",), "required"),
        (("list", "--json", "--urls"), "not allowed"),
    ],
)
def test_wrong_usage_exits_with_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str | Path, ...], message: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_bad_query_has_a_caret_under_its_column(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(capsys, "list", SEEDS, "-q", "detroit qualty>=60")
    message, query, caret = err.splitlines()
    assert "did you mean quality?" in message
    assert caret.index("^") == query.index("qualty")


def test_a_missing_path_is_told_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, "list", tmp_path / "none", SEEDS)
    assert (code, len(out.splitlines())) == (0, 5)
    assert err == f"{tmp_path / 'none'}: error: there is no such file or folder\n"
    code, out, _ = run(capsys, "list", tmp_path / "none")
    assert (code, out) == (1, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("facets", "topic"),
        ("stats",),
        ("explain", "-topic:x"),
        ("mark", "read", "-q", "detroit", "--in"),
    ],
)
def test_every_command_says_what_it_could_not_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, _, err = run(capsys, *arguments, tmp_path / "none")
    assert code == 1
    assert f"{tmp_path / 'none'}: error: there is no such file or folder\n" in err


def test_show_tells_why_an_article_is_hot(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "show", "659c6e5b251e", "--in", SEEDS, "--why")
    assert out.splitlines()[0] == "hot         302"
    assert "coverage     68  0.25 x 3   2 articles tell the story" in out
    _, out, _ = run(capsys, "show", "659c6e5b251e", "--in", SEEDS, "--why", "--json")
    why = json.loads(out)
    assert why["hot"] == round(sum(part["points"] for part in why["parts"])) == 302


def test_the_configured_library(
    capsys: pytest.CaptureFixture[str], empty_home: Path, write: Write, tmp_path: Path
) -> None:
    write("a.md", "title: mine")
    config = empty_home / ".config" / "newsreader" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'library = "{tmp_path}"\n')
    assert run(capsys, "list")[1].endswith("mine\n")
    config.write_text('libary = "x"\n')
    code, _, err = run(capsys, "list")
    assert code == 1
    assert err == f"newsreader: {config} has an unknown key 'libary'; did you mean library?\n"


def test_nothing_of_a_file_reaches_the_terminal_as_a_command(
    capsys: pytest.CaptureFixture[str], write: Write, tmp_path: Path
) -> None:
    write("a.md", 'title: "a\\e]0;owned\\a\\x9b31m"\nodd: "\\e[2J\\u202e\\x7f"')
    for arguments in (("list",), ("list", "--json"), ("list", "--jsonl"), ("open",)):
        _, out, err = run(capsys, *arguments, tmp_path)
        assert not [char for char in out + err if ord(char) < 32 and char != "\n"]
        assert not set(out) & set("\x7f\x9b\u202e")
    _, out, _ = run(capsys, "list", tmp_path, "--json")
    assert json.loads(out)[0]["odd"] == "\x1b[2J\u202e\x7f"


def test_the_program_itself(tmp_path: Path) -> None:
    assert program("--version").stdout.startswith("newsreader 0.")
    help_ = program("--help")
    assert help_.returncode == 0
    assert "facets" in help_.stdout
    listing = program("list", SEEDS, "--urls")
    assert (listing.returncode, len(listing.stdout.splitlines())) == (0, 5)


def test_a_reader_who_has_had_enough(tmp_path: Path) -> None:
    for number in range(2_000):
        (tmp_path / f"{number}.md").write_text(f"---\ntitle: {'long ' * 40}{number}\n---\n")
    command = f'"{sys.executable}" -m newsreader "{tmp_path}" | head -n 1'
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_the_command_line_never_loads_textual() -> None:
    code = (
        "import sys\nfrom newsreader.cli.main import main\n"
        f"main(['list', {str(SEEDS)!r}, '-q', 'topic:AI'], None)\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'textual']\n"
    )
    environment = {**os.environ, "TZ": "UTC"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_reader_opens_with_a_query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.cli.main._is_terminal", lambda: True)
    opened: list[tuple[object, ...]] = []
    for arguments in (
        (str(SEEDS), "-q", "-topic:x"),
        ("-q", "-topic:x"),
        ("open", "-q", "-topic:x"),
    ):
        assert main(arguments, lambda *given: opened.append(given)) == 0
    assert [given[2] for given in opened] == ["-topic:x"] * 3
    assert main(["-q", "(x"], lambda *given: opened.append(given)) == 2
    assert len(opened) == 3


def test_keys_of_files_that_are_called_like_ours(
    capsys: pytest.CaptureFixture[str], write: Write
) -> None:
    path = write("a.md", "title: a\nid: 42\npath: /foo\nbody: short", "The body.")
    _, out, _ = run(capsys, "list", path, "--json")
    (article,) = json.loads(out)
    assert (article["path"], article["body"]) == (str(path), "The body.")
    assert article["extra"] == {"id": 42, "path": "/foo", "body": "short"}
    assert run(capsys, "show", article["id"], "--in", path)[0] == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_told_in_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsreader", "list", str(SEEDS)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "newsreader: The output cannot be written: No space left on device.\n"


def test_a_folder_is_no_article(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "show", SEEDS)
    assert code == 1
    assert "is a folder" in err


def saved(empty_home: Path) -> Path:
    return empty_home / ".config" / "newsreader" / "searches.toml"


def test_searches_are_saved_listed_renamed_and_deleted(
    capsys: pytest.CaptureFixture[str], empty_home: Path
) -> None:
    assert run(capsys, "search", "list") == (0, "", "")
    assert run(capsys, "search", "list", "--json") == (0, "[]\n", "")
    query = 'topic:"Computer Vision" detroit'
    assert run(capsys, "search", "save", "Police", query) == (
        (0, "", "newsreader: Police is saved.\n")
    )
    run(capsys, "search", "save", "No wires 電", "-provider:cnet")
    lines = [f"Police       3  {query}", "No wires 電  4  -provider:cnet"]
    assert run(capsys, "search", "list", SEEDS) == (0, "\n".join(lines) + "\n", "")
    _, out, _ = run(capsys, "search", "list", "--json")
    assert json.loads(out)[0] == {"name": "Police", "query": query, "count": 3}
    _, out, err = run(capsys, "search", "save", "POLICE", "contract")
    assert (out, err) == ("", f"newsreader: Police is changed; its query was: {query}\n")
    assert "with the same query" in run(capsys, "search", "save", "police", "contract")[2]
    assert run(capsys, "search", "rename", "police", "-Contracts") == (
        (0, "", "newsreader: police is called -Contracts now.\n")
    )
    code, out, err = run(capsys, "search", "delete", "-contracts")
    assert (code, out) == (0, "")
    assert err == "newsreader: -Contracts is deleted; its query was: contract\n"
    assert saved(empty_home).read_text() == (
        '[[search]]\nname = "No wires 電"\nquery = "-provider:cnet"\n'
    )


def test_a_bad_query_is_not_saved(capsys: pytest.CaptureFixture[str], empty_home: Path) -> None:
    code, out, err = run(capsys, "search", "save", "a", "detroit qualty>=60")
    message, query, caret = err.splitlines()
    assert (code, out) == (2, "")
    assert "did you mean quality?" in message
    assert caret.index("^") == query.index("qualty")
    assert not saved(empty_home).exists()


def test_a_search_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "search", "save", "Police technology", "detroit")
    for arguments in (("delete", "polcie"), ("rename", "polcie", "x")):
        assert run(capsys, "search", *arguments) == (
            1,
            "",
            "newsreader: There is no saved search called polcie; did you mean Police technology?\n",
        )


def test_what_is_wrong_with_searches_written_by_hand(
    capsys: pytest.CaptureFixture[str], empty_home: Path
) -> None:
    path = saved(empty_home)
    path.parent.mkdir(parents=True)
    path.write_text(
        '[[search]]\nname = "a"\nquery = "qualty>1"\n[[search]]\nname = "b"\n'
        '[[search]]\nname = "c"\nquery = "detroit"\n'
    )
    code, out, err = run(capsys, "search", "list", SEEDS)
    assert (code, out) == (1, "a  ?  qualty>1\nc  3  detroit\n")
    assert err == (
        f"{path}:4: warning: a search has no query; set aside\n"
        "newsreader: a: There is no field qualty; did you mean quality?\n"
    )
    _, out, _ = run(capsys, "search", "list", SEEDS, "--json")
    assert json.loads(out)[0] == {"name": "a", "query": "qualty>1", "count": None}
    path.write_text("[[search]\n")
    for arguments in (("list",), ("save", "a", "b"), ("delete", "a")):
        code, out, err = run(capsys, "search", *arguments)
        assert (code, out) == (1, "")
        assert err.startswith(f"newsreader: {path}:1: this is not valid TOML")
    assert path.read_text() == "[[search]\n"


@pytest.mark.parametrize(
    "arguments", [(), ("save",), ("save", "a"), ("rename", "a"), ("delete",), ("lst",)]
)
def test_wrong_usage_of_search(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, "search", *arguments)
    assert (code, out) == (2, "")
    assert "usage: newsreader search" in err


def test_searches_never_load_textual(empty_home: Path) -> None:
    code = (
        "import sys\nfrom newsreader.cli.main import main\n"
        "main(['search', 'save', 'a', 'detroit'], None)\n"
        "main(['search', 'list'], None)\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'textual']\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "a  3  detroit\n"), done.stderr


def test_index(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    news = tmp_path / "news"
    shutil.copytree(SEEDS, news)
    summary = "5 articles: 5 added, 0 updated, 0 removed.\n"
    assert run(capsys, "index", news) == (0, summary, "")
    changed, gone, *_ = sorted(news.iterdir())
    assert run(capsys, "index", "--verify", news) == (0, "5 articles: all as in the files.\n", "")
    changed.write_text(changed.read_text(encoding="utf-8").replace("title:", "title: More", 1))
    gone.unlink()
    code, out, err = run(capsys, "index", "--verify", news)
    assert code == 1
    assert f"{changed}: not as it was read (" in out
    assert str(gone) in out
    assert "2 differences" in err
    summary = "4 articles: 0 added, 1 updated, 1 removed.\n"
    assert run(capsys, "index", news) == (0, summary, "")
    summary = "4 articles: 4 added, 0 updated, 0 removed.\n"
    assert run(capsys, "index", "--rebuild", news) == (0, summary, "")
    status = json.loads(run(capsys, "index", "--status", "--json", news)[1])
    assert status["articles"] == 4
    assert status["size"] > 1000
    assert Path(status["folder"]).is_dir()
    assert status["fetched"] == {name: {"files": 0, "size": 0} for name in ("pages", "images")}
    assert "articles  4\n" in run(capsys, "index", "--status", news)[1]
    code, _, err = run(capsys, "index", tmp_path / "none")
    assert code == 1
    assert "There is no such file or folder" in err
