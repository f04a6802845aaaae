"""Which files of a folder are articles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.model import Issue
from newsreader.sources.folder import MAX_DEPTH, Found, find


def names(root: Path) -> list[str]:
    found = list(find(root))
    assert not [each for each in found if isinstance(each, Issue)]
    return [os.path.relpath(each.path, root) for each in found if isinstance(each, Found)]


def test_kinds_depth_and_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "d/e/f.yaml", "d/c.HTML", "g.png", "h", "i.markdown", "j.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["a.txt", "b.md", "i.markdown", "j.yml", "d/c.HTML", "d/e/f.yaml"]


@pytest.mark.parametrize("name", [".a.md", "a.md~", "#a.md#", "a.md.bak", ".git/a.md", "a.md.swp"])
def test_hidden_and_backup_files_are_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    assert names(tmp_path) == []


def test_a_file_named_outright_counts_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "README"
    path.write_text("x")
    assert [each.path for each in find(path) if isinstance(each, Found)] == [path]


def test_links_stay_below_the_root(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("x")
    root = tmp_path / "root"
    (root / "inner").mkdir(parents=True)
    (root / "inner" / "a.md").write_text("x")
    (root / "out.md").symlink_to(outside)
    (root / "in.md").symlink_to(root / "inner" / "a.md")
    (root / "loop").symlink_to(root)
    (root / "dangling.md").symlink_to(root / "none.md")
    assert names(root) == ["in.md", "inner/a.md"]


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert names(tmp_path) == []


def test_folders_too_deep_are_told(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(MAX_DEPTH + 1):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("x")
    found = list(find(tmp_path))
    assert [type(each) for each in found] == [Issue]


def test_a_folder_that_vanished_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "locked").mkdir()
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(find(tmp_path))
    assert [each.path.name for each in found if isinstance(each, Found)] == ["a.md"]
    (issue,) = [each for each in found if isinstance(each, Issue)]
    assert "cannot be read: Permission denied" in issue.reason
