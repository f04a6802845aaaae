"""Saved searches: what is saved is what is loaded, and nothing else in the file is touched."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.config.paths import searches_file
from newsreader.config.pieces import Pieces
from newsreader.config.searches import LONGEST_NAME, SavedSearch, Searches
from newsreader.model import ConfigError
from newsreader.text.fold import fold
from newsreader.text.sanitize import clean_line

BY_HAND = """\
# The searches of our desk.
desk = "tech"

# What the police buys
[[search]]
name = "Police technology"  # for Monday
query = 'topic:"Computer Vision" detroit'
colour = "blue"

# --- Robots ---

# lead of robots
[[search]]
query = \"\"\"
robot*
# not a comment\"\"\"
name = 'Robots'
# below robots

[search.mine]
since = 2023-09-01

[other]
text = '''
[[search]]
'''
rows = [
  ["search"],
  [[1]],
]

[[search]]
name = "Étude"
query = "study"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "searches.toml"


@pytest.fixture
def searches(path: Path) -> Searches:
    return Searches(path)


@pytest.fixture
def by_hand(searches: Searches) -> Searches:
    searches.path.write_text(BY_HAND)
    return searches


def names(searches: Searches) -> list[str]:
    return [each.name for each in searches.load().searches]


def left_over(path: Path) -> list[str]:
    return [each.name for each in path.parent.iterdir() if each != path]


CHANGES: dict[str, Callable[[Searches], object]] = {
    "save": lambda searches: searches.save("New", "query"),
    "change": lambda searches: searches.save("robots", "query"),
    "rename": lambda searches: searches.rename("Robots", "Machines"),
    "move": lambda searches: searches.move("Robots", -1),
    "delete": lambda searches: searches.delete("Robots"),
}
every_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


def test_the_file_is_beside_the_configuration(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert searches_file() == empty_home / ".config" / "newsreader" / "searches.toml"
    monkeypatch.setenv("NEWSREADER_CONFIG", "~/dots/reader.toml")
    assert searches_file() == empty_home / "dots" / "searches.toml"


def test_nothing_is_there_at_first(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "searches.toml"
    searches = Searches(path)
    assert searches.load() == ((), ())
    assert not path.parent.exists()
    assert searches.save("Police technology", 'topic:"Computer Vision" detroit') is None
    searches.save("It's", 'it\'s "x"')
    assert path.read_text() == (
        '[[search]]\nname = "Police technology"\n'
        "query = 'topic:\"Computer Vision\" detroit'\n\n"
        '[[search]]\nname = "It\'s"\nquery = "it\'s \\"x\\""\n'
    )
    assert searches.load().queries == {
        "Police technology": 'topic:"Computer Vision" detroit',
        "It's": 'it\'s "x"',
    }


def test_a_file_written_by_hand(by_hand: Searches) -> None:
    loaded = by_hand.load()
    assert loaded.searches == (
        ("Police technology", 'topic:"Computer Vision" detroit'),
        ("Robots", "robot* # not a comment"),
        ("Étude", "study"),
    )
    assert loaded.issues == ()
    assert Pieces(BY_HAND, "search").lines == [5, 13, 32]
    assert Pieces(BY_HAND, "search").text == BY_HAND


def test_save_changes_the_query_of_one_with_the_same_name(by_hand: Searches) -> None:
    assert by_hand.save("POLICE  technology", "x") == (
        "Police technology",
        'topic:"Computer Vision" detroit',
    )
    assert by_hand.save("etude", "y") == ("Étude", "study")
    expected = BY_HAND.replace("'topic:\"Computer Vision\" detroit'", '"x"')
    assert by_hand.path.read_text() == expected.replace('"study"', '"y"')


def test_rename(by_hand: Searches) -> None:
    by_hand.rename("robots", "ROBOTS")
    by_hand.rename("police technology", 'The "police"')
    expected = BY_HAND.replace("'Robots'", '"ROBOTS"')
    expected = expected.replace('"Police technology" ', "'The \"police\"' ")
    assert by_hand.path.read_text() == expected
    with pytest.raises(ConfigError, match=r"^There is a saved search called etude already\.$"):
        by_hand.rename("robots", "etude")
    assert by_hand.path.read_text() == expected


@pytest.mark.parametrize(
    ("name", "step", "place", "order"),
    [
        ("a", 1, 1, "bac"),
        ("a", 9, 2, "bca"),
        ("a", -1, 0, "abc"),
        ("C", -1, 1, "acb"),
        ("c", -9, 0, "cab"),
        ("b", 0, 1, "abc"),
    ],
)
def test_move(searches: Searches, name: str, step: int, place: int, order: str) -> None:
    for each in "abc":
        searches.save(each, each)
    assert searches.move(name, step) == place
    assert "".join(names(searches)) == order


def test_a_moved_search_takes_its_comments_along(by_hand: Searches) -> None:
    by_hand.move("Robots", -1)
    text = by_hand.path.read_text()
    assert names(by_hand) == ["Robots", "Police technology", "Étude"]
    assert text.index("# lead of robots") < text.index("[search.mine]")
    assert text.index("[search.mine]") < text.index("# --- Robots ---")
    assert text.index("# --- Robots ---") < text.index("# What the police buys")
    assert sorted(text.splitlines()) == sorted(BY_HAND.splitlines())
    by_hand.move("Robots", 1)
    assert by_hand.path.read_text() == BY_HAND


@pytest.mark.parametrize("name", ["Police technology", "Robots", "Étude"])
def test_delete_and_undo(by_hand: Searches, name: str) -> None:
    deleted = by_hand.delete(name.lower())
    assert deleted.search.name == name
    assert name not in names(by_hand)
    assert "# --- Robots ---" in by_hand.path.read_text()
    assert "rows = [" in by_hand.path.read_text()
    by_hand.restore(deleted)
    assert by_hand.path.read_text() == BY_HAND


def test_undo_after_other_changes(searches: Searches) -> None:
    for each in "abc":
        searches.save(each, each)
    deleted = searches.delete("c")
    searches.delete("a")
    searches.restore(deleted)
    assert names(searches) == ["b", "c"]
    with pytest.raises(ConfigError, match="called c already"):
        searches.restore(deleted)
    searches.path.unlink()
    searches.restore(deleted)
    assert searches.load().searches == (("c", "c"),)


def test_bad_entries_are_set_aside_and_told_and_kept(searches: Searches) -> None:
    text = (
        '[[search]]\nname = "a"\n\n[[search]]\nquery = "b"\n\n[[search]]\nname = 3\nquery = "c"\n\n'
        '[[search]]\nname = "d"\nquery = ["d"]\n\n[[search]]\nname = " "\nquery = "e"\n\n'
        '[[search]]\nname = "Good"\nquery = "first"\n\n[[search]]\nname = "göod"\nquery = "2"\n\n'
        f'[[search]]\nname = "{"x" * 101}"\nquery = "f"\n'
    )
    searches.path.write_text(text)
    loaded = searches.load()
    assert loaded.searches == (("Good", "first"),)
    assert [(each.line, each.reason.removesuffix("; set aside")) for each in loaded.issues] == [
        (1, "a search has no query"),
        (4, "a search has no name"),
        (7, "the name of a search must be a text in quotes"),
        (11, "the query of a search must be a text in quotes"),
        (15, "the name of a search must have at least one visible character"),
        (23, "there is a search called Good before this one"),
        (27, "the name of a search can have 100 characters at most, and this one has 101"),
    ]
    assert str(loaded.issues[0]).startswith(f"{searches.path}:1: warning: a search has no query")
    searches.save("good", "changed")
    assert searches.path.read_text() == text.replace('"first"', '"changed"')
    changed = searches.path.read_text()
    deleted = searches.delete("good")
    assert searches.load().searches == (("göod", "2"),)
    searches.restore(deleted)
    assert searches.path.read_text() == changed


def test_two_of_one_name_that_are_written_the_same(searches: Searches) -> None:
    searches.path.write_text('[[search]]\nname = "a"\nquery = "1"\n' * 2)
    loaded = searches.load()
    assert (loaded.searches, len(loaded.issues)) == ((("a", "1"),), 1)


def test_a_misspelt_table_is_told(searches: Searches) -> None:
    searches.path.write_text('[[searches]]\nname = "a"\nquery = "b"\n')
    loaded = searches.load()
    assert [each.reason for each in loaded.issues] == [
        "there is an unknown key searches; did you mean search?"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('search = [{name = "a", query = "b"}]\n', 1),
        ("search = []\n", 0),
        ('search = "a"\n', 0),
        ('[search]\nname = "a"\nquery = "b"\n', 0),
        ('[["\\u0073earch"]]\nname = "a"\nquery = "b"\n', 1),
        ('[[search]]\nname = "a"\nquery = "b"\n[other]\n[search.sub]\nx = 1\n', 1),
    ],
)
def test_other_forms_are_read_and_left_alone(searches: Searches, text: str, found: int) -> None:
    searches.path.write_text(text)
    assert len(searches.load().searches) == found
    with pytest.raises(ConfigError, match=r"written as \[\[search\]\] .*\.$"):
        searches.save("x", "y")
    assert searches.path.read_text() == text
    assert left_over(searches.path) == []


@every_change
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[[search]]\nname = "a\n', ":2: this is not valid TOML"),
        (b'x = 1\n\n[[search]]\nname = "a"\nquery =', ":5: this is not valid TOML"),
        (b"a = 1\na = 2\n", ":2: this is not valid TOML"),
        (b"a = 1\n<<<<<<< HEAD\n", ":2: this is not valid TOML"),
        (b'a = 1\nb = "\xff"\n', ":2: this is not UTF-8 text"),
        (b"a = " + b"[" * 100_000, ":1: this is not valid TOML"),
        (b"a = 1\x00\n", ":1: this is not valid TOML"),
    ],
    ids=["string", "end", "twice", "merge", "bytes", "deep", "nul"],
)
def test_a_broken_file_is_told_and_left_alone(
    searches: Searches, change: Callable[[Searches], object], content: bytes, message: str
) -> None:
    searches.path.write_bytes(content)
    for attempt in (Searches.load, change):
        with pytest.raises(ConfigError) as caught:
            attempt(searches)
        assert str(caught.value).startswith(f"{searches.path}{message}")
        assert str(caught.value).endswith("editor.")
        assert "\n" not in str(caught.value)
    assert searches.path.read_bytes() == content
    assert left_over(searches.path) == []


@every_change
def test_a_kill_before_the_file_is_replaced(
    by_hand: Searches, change: Callable[[Searches], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, told in ((OSError(28, "No space left"), ConfigError), (KeyboardInterrupt(),) * 2):

        def fail(*_: object, error: BaseException = error) -> None:
            assert len(left_over(by_hand.path)) == 1
            raise error

        monkeypatch.setattr(os, "replace", fail)
        with pytest.raises(told if isinstance(told, type) else KeyboardInterrupt):
            change(by_hand)
        assert by_hand.path.read_text() == BY_HAND
        assert left_over(by_hand.path) == []
    monkeypatch.undo()
    change(by_hand)
    assert by_hand.path.read_text() != BY_HAND
    assert left_over(by_hand.path) == []


def test_a_full_disk_is_told(by_hand: Searches, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError) as caught:
        by_hand.save("a", "b")
    assert str(caught.value) == f"{by_hand.path} cannot be written: No space left on device."
    assert (by_hand.path.read_text(), left_over(by_hand.path)) == (BY_HAND, [])


@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is read-only for root")
def test_a_folder_that_is_read_only(by_hand: Searches) -> None:
    folder = by_hand.path.parent
    folder.chmod(0o555)
    try:
        with pytest.raises(ConfigError, match=r"cannot be written: Permission denied\.$"):
            by_hand.save("a", "b")
    finally:
        folder.chmod(0o755)
    assert (by_hand.path.read_text(), left_over(by_hand.path)) == (BY_HAND, [])


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    searches = Searches(tmp_path / "file" / "below" / "searches.toml")
    with pytest.raises(ConfigError, match=r"cannot be written: .*\.$"):
        searches.save("a", "b")
    folder = Searches(tmp_path)
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory\.$"):
        folder.load()
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory\.$"):
        folder.save("a", "b")


def test_permissions_are_kept(by_hand: Searches) -> None:
    by_hand.path.chmod(0o640)
    by_hand.save("a", "b")
    assert stat.S_IMODE(by_hand.path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_any_new_file(searches: Searches) -> None:
    searches.save("a", "b")
    other = searches.path.with_name("other")
    other.touch()
    assert searches.path.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link(tmp_path: Path, is_there: bool) -> None:
    target = tmp_path / "dotfiles" / "searches.toml"
    link = tmp_path / "config" / "searches.toml"
    link.parent.mkdir()
    link.symlink_to(Path("..") / "dotfiles" / "searches.toml")
    if is_there:
        target.parent.mkdir()
        target.write_text(BY_HAND)
    searches = Searches(link)
    searches.save("New", "x")
    assert link.is_symlink()
    assert not target.is_symlink()
    assert target.read_text().startswith(BY_HAND if is_there else "[[search]]")
    assert names(searches)[-1] == "New"
    assert left_over(target) == left_over(link) == []


def test_links_in_a_circle_are_told(searches: Searches) -> None:
    searches.path.symlink_to(searches.path)
    for attempt in (Searches.load, CHANGES["save"]):
        with pytest.raises(ConfigError, match="cannot be read"):
            attempt(searches)


@every_change
def test_line_ends_of_windows_are_kept(
    searches: Searches, change: Callable[[Searches], object]
) -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        searches.path.write_bytes(mark + BY_HAND.replace("\n", "\r\n").encode())
        change(searches)
        content = searches.path.read_bytes()
        assert content.startswith(mark + b"# The searches")
        assert content.count(b"\n") == content.count(b"\r\n")
        windows = searches.load()
        searches.path.write_text(BY_HAND)
        change(searches)
        assert searches.path.read_bytes() == content[len(mark) :].replace(b"\r\n", b"\n")
        assert searches.load().searches == windows.searches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("\n", "\n\n"),
        ("# Mine", "# Mine\n\n"),
        ("# Mine\n\n", "# Mine\n\n"),
        ("[other]\nx = 1\n", "[other]\nx = 1\n\n"),
        ('[[search]]\nname="b"\nquery="c" # end', '[[search]]\nname="b"\nquery="c" # end\n\n'),
    ],
)
def test_where_a_new_search_goes(searches: Searches, text: str, expected: str) -> None:
    searches.path.write_text(text)
    before = searches.load().searches
    searches.save("a", "b")
    new = '[[search]]\nname = "a"\nquery = "b"\n'
    assert searches.path.read_text() in (expected + new, text + new)
    assert searches.load().searches == (*before, ("a", "b"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "at least one"),
        (" \t\n", "at least one"),
        ("\x1b[31m", "at least one"),
        ("x" * (LONGEST_NAME + 1), "100 characters at most, and this one has 101"),
    ],
)
def test_what_cannot_be_a_name(by_hand: Searches, name: str, message: str) -> None:
    attempts: tuple[Callable[[], object], ...] = (
        lambda: by_hand.save(name, "x"),
        lambda: by_hand.rename("Robots", name),
    )
    for attempt in attempts:
        with pytest.raises(ConfigError, match=message):
            attempt()
    assert by_hand.path.read_text() == BY_HAND


def test_controls_reach_neither_the_file_nor_the_screen(searches: Searches) -> None:
    searches.save("a\x1b[2J\nb\udc80\u202e", "c\x07\td\ud800")
    assert searches.load().searches == (("a b", "c d"),)
    searches.path.write_text('[[search]]\nname = "a\\u001b[2J"\nquery = "b\\u202e\\u0007"\n')
    assert searches.load().searches == (("a", "b"),)
    searches.rename("a", "c")
    assert searches.load().searches == (("c", "b"),)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Robts", "; did you mean Robots?"),
        ("polcie", "; did you mean Police technology?"),
        ("zzz", "."),
        ("a\x1b[2Jb\n", "."),
    ],
)
def test_an_unknown_name(by_hand: Searches, name: str, hint: str) -> None:
    attempts: tuple[Callable[[], object], ...] = (
        lambda: by_hand.rename(name, "x"),
        lambda: by_hand.move(name, 1),
        lambda: by_hand.delete(name),
    )
    for attempt in attempts:
        with pytest.raises(ConfigError) as caught:
            attempt()
        said = clean_line(name)
        assert str(caught.value) == f"There is no saved search called {said}{hint}"
    assert by_hand.path.read_text() == BY_HAND


def test_nothing_is_written_when_nothing_changes(by_hand: Searches) -> None:
    before = by_hand.path.stat()
    by_hand.save("robots", "robot* # not a comment")
    by_hand.rename("Robots", "Robots")
    by_hand.move("Robots", 0)
    after = by_hand.path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_change_of_another_between_load_and_save(path: Path) -> None:
    ours, theirs = Searches(path), Searches(path)
    ours.save("a", "1")
    ours.load()
    theirs.save("b", "2")
    theirs.save("a", "3")
    ours.save("c", "4")
    assert ours.load().queries == {"a": "3", "b": "2", "c": "4"}
    theirs.delete("a")
    with pytest.raises(ConfigError, match="no saved search called a"):
        ours.rename("a", "x")


def test_many_at_a_time_lose_nothing(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Searches(path).save(f"n{number}", "q"), range(64)))
    assert len(names(Searches(path))) == 64
    assert left_over(path) == []


def test_the_start_pays_nothing_for_a_file_that_is_not_there(path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom newsreader.config.searches import Searches\n"
        "before = set(sys.modules)\n"
        f"Searches(Path({str(path)!r})).load()\nprint(*set(sys.modules) - before)\n"
        "print(*{'tomllib', 'tomlkit', 'difflib', 'tempfile'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n\n"


TEXTS = st.text() | st.text(alphabet="ab \"'\\#[]=\n\r\té🙂\u200d")
NAMES = TEXTS.filter(lambda text: 1 <= len(clean_line(text)) <= LONGEST_NAME)


@given(NAMES, TEXTS, NAMES, TEXTS)
def test_what_is_saved_is_what_is_loaded(name: str, query: str, name2: str, query2: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        searches = Searches(Path(folder, "searches.toml"))
        searches.path.write_text(BY_HAND)
        before = searches.load().searches
        known = {fold(each.name) for each in before}
        if {fold(clean_line(name)), fold(clean_line(name2))} & known:
            return
        saved = SavedSearch(clean_line(name), clean_line(query))
        assert searches.save(name, query) is None
        assert searches.load() == ((*before, saved), ())
        added = searches.path.read_text()
        assert added.startswith(BY_HAND)
        assert searches.save(name, query2) == saved
        assert searches.load().searches == (*before, (saved.name, clean_line(query2)))
        searches.rename(name, name2)
        assert searches.load().searches == (*before, (clean_line(name2), clean_line(query2)))
        assert searches.path.read_text().startswith(BY_HAND)
        searches.delete(name2)
        assert searches.path.read_text() == BY_HAND


ENTRY = st.builds(
    lambda lead, name, query, tail: (
        f'{lead}[[search]]{tail}\nname = "{name}"{tail}\nquery = {query}\n'
    ),
    st.sampled_from(["", "# lead\n", "\n", "\n# free\n\n", "\n\n# free\n# lead\n", "[x{}]\n"]),
    st.sampled_from("abcdef"),
    st.sampled_from(['"q"', "'''\n# q\n'''", "'[[search]]'", "3", '"""\n[[search]]\n"""']),
    st.sampled_from(["", " # note"]),
)


@given(st.lists(ENTRY, max_size=6), st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 3))))
def test_changes_leave_the_rest_alone(entries: list[str], moves: list[tuple[int, int]]) -> None:
    text = "".join(each.replace("{}", str(number)) for number, each in enumerate(entries))
    with tempfile.TemporaryDirectory() as folder:
        searches = Searches(Path(folder, "searches.toml"))
        searches.path.write_text(text)
        assert Pieces(text, "search").text == text
        for number, step in moves:
            found = searches.load().searches
            if found:
                name = found[number % len(found)].name
                before = searches.path.read_text()
                searches.restore(searches.delete(name))
                assert searches.path.read_text() == before
                searches.move(name, step)
        after = searches.path.read_text()
        assert sorted(after.splitlines()) == sorted(text.splitlines())
        assert len(tomllib.loads(after).get("search", [])) == len(entries)
