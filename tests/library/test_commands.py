"""The reader's own commands: what they may be, and what articles make of them."""

from __future__ import annotations

import sys
from pathlib import Path
from queue import Queue

import pytest

from newsreader.config.settings import Settings, load
from newsreader.library.browser import LaunchError
from newsreader.library.commands import (
    MOST_OUTPUT,
    Outcome,
    Running,
    filled,
    found,
    task_for,
    wants_terminal,
    words_of,
)
from newsreader.model import Article, ConfigError, Related, UnsafeUrlError

PYTHON = sys.executable
ARTICLE = Article(title="-rf $(x) `y`; 'z", web_url="https://x.org/a b?c=$d", path="news/-a.md")


def settings(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "config.toml"
    file.write_text(f"[commands]\n{text}\n")
    return load(file)


def test_commands_are_read_from_the_settings(tmp_path: Path) -> None:
    text = (
        'play = ["mpv", "--", "{url}"]\n"read aloud" = ["sh", "-c", "say \\"$1\\"", "x", "{title}"]'
    )
    assert settings(tmp_path, text).commands == (
        ("play", ("mpv", "--", "{url}")),
        ("read aloud", ("sh", "-c", 'say "$1"', "x", "{title}")),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('a = "mpv {url}"', "a must be a list of texts"),
        ("a = []", "a must be a list of texts"),
        ('a = ["{title}"]', "a must begin with the name of a program"),
        ('a = ["mpv", "{link}"]', r"a has {link}; it may have {url}, {title}, {path}, {file}"),
        ('a = ["sh", "-c", "say {title}"]', "a puts {title} where a shell may run it"),
        ('a = ["/bin/bash", "-c", "{title}"]', "a puts {title} where a shell may run it"),
        ('a = ["sh", "{path}"]', "a puts {path} where a shell may run it"),
        ('"[b]" = ["mpv"]', "has a name of other than letters"),
    ],
)
def test_a_command_that_cannot_be_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as error:
        settings(tmp_path, text)
    assert complaint in str(error.value)


def test_values_are_one_word_and_never_an_option() -> None:
    words = (PYTHON, "{title}", "--title={title}", "{path}", "{file}", "a{}b")
    title = ARTICLE.title
    argv = filled(words, ARTICLE, "/x/file.md")
    path = str(Path("news/-a.md").absolute())
    assert argv == (PYTHON, f" {title}", f"--title={title}", path, "/x/file.md", "a{}b")
    safe = ARTICLE.__class__(web_url="https://x.org/a?c=$d;e")
    assert filled((PYTHON, "{url}"), safe, "") == (PYTHON, "https://x.org/a?c=$d;e")


def test_what_cannot_be_filled_in_is_refused() -> None:
    for piece in (ARTICLE, Article(), Article(web_url="javascript:x"), Article(web_url="-x")):
        with pytest.raises(UnsafeUrlError):
            filled((PYTHON, "{url}"), piece, "")
    with pytest.raises(LaunchError, match="no file of its own"):
        filled((PYTHON, "{path}"), Related(title="x"), "")
    with pytest.raises(LaunchError, match="no program"):
        found(("no-such-program-here",))


def test_the_file_is_there_until_the_end() -> None:
    task = task_for((PYTHON, "{file}"), ARTICLE, "a.md", lambda piece: f"# {piece.title}")
    file = Path(task.argv[1])
    assert file.name == "a.md"
    assert file.read_text() == f"# {ARTICLE.title}"
    task.clean_up()
    assert not file.parent.exists()


def test_words_are_split_as_a_shell_does() -> None:
    assert words_of(f"{PYTHON} -c 'a b' $HOME") == (PYTHON, "-c", "a b", "$HOME")
    assert wants_terminal(("/usr/bin/less",))
    assert not wants_terminal(("/usr/bin/wc", "less"))
    for text, complaint in (
        ("'", "not closed"),
        ("  ", "no command"),
        ("no-such-x y", "no-such-x"),
    ):
        with pytest.raises(LaunchError, match=complaint):
            words_of(text)


def outcome(code: str, data: bytes = b"") -> Outcome:
    told: Queue[Outcome] = Queue()
    Running((PYTHON, "-c", code), data, told.put)
    return told.get(timeout=30)


def test_a_command_is_given_its_input_and_told_what_it_said() -> None:
    code = (
        "import sys; print(len(sys.stdin.read())); print('\\x1b[2Jx', file=sys.stderr); sys.exit(2)"
    )
    found = outcome(code, b"a" * 200_000)
    assert sorted(found.text.split("\n")) == ["200000", "x"]
    assert found.code == 2
    assert outcome("pass", b"a" * 200_000) == Outcome("", 0)


def test_a_command_without_end_is_ended() -> None:
    endless = outcome("while True: print('x' * 1000)")
    assert endless.is_cut
    assert len(endless.text) == MOST_OUTPUT
    told: Queue[Outcome] = Queue()
    Running((PYTHON, "-c", "import time; time.sleep(600)"), b"", told.put).stop()
    assert told.get(timeout=30).code == -15


def test_what_is_no_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(LaunchError, match="could not be started"):
        Running((str(file),), b"", print)
