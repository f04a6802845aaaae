"""Which editor is run, and how it is told the line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.library.browser import LaunchError
from newsreader.library.editor import plan_edit


def which(*installed: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in installed else None


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "-a file; rm.md"
    path.write_text("x")
    return path


@pytest.mark.parametrize(
    ("editor", "arguments"),
    [
        ("vim", ["+7", "{}"]),
        ("nvim -R", ["-R", "+7", "{}"]),
        ("hx", ["{}:7"]),
        ("code --new-window", ["--new-window", "--wait", "--goto", "{}:7"]),
        ("notepad", ["{}"]),
    ],
)
def test_the_line_as_each_editor_takes_it(file: Path, editor: str, arguments: list[str]) -> None:
    program = editor.split()[0]
    launch = plan_edit(str(file), 7, env={"EDITOR": editor}, which=which(program))
    expected = [f"/usr/bin/{program}", *(each.format(file) for each in arguments)]
    assert list(launch.argv) == expected
    assert launch.foreground


def test_visual_comes_before_editor_and_both_before_what_is_installed(file: Path) -> None:
    env = {"VISUAL": "vim", "EDITOR": "nano"}
    find = which("vim", "nano", "vi")
    assert plan_edit(str(file), None, env=env, which=find).argv[0] == "/usr/bin/vim"
    del env["VISUAL"]
    assert plan_edit(str(file), None, env=env, which=find).argv[0] == "/usr/bin/nano"
    launch = plan_edit(str(file), None, env={}, which=which("vi"))
    assert launch.argv == ("/usr/bin/vi", str(file))


@pytest.mark.parametrize("editor", ["none", "'unclosed", " "])
def test_an_editor_that_cannot_be_run_is_told(file: Path, editor: str) -> None:
    with pytest.raises(LaunchError, match=r"\$EDITOR"):
        plan_edit(str(file), 1, env={"EDITOR": editor}, which=which("vi"))
    with pytest.raises(LaunchError, match="No editor"):
        plan_edit(str(file), 1, env={}, which=which())


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="no file"):
        plan_edit(str(tmp_path / "gone"), 1, env={"EDITOR": "vi"}, which=which("vi"))
