"""Reading and showing a hostile folder starts nothing, writes nothing and reads nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from terminal.hostile import build


def test_nothing_is_done_but_reading_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    outside = tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    count = build(folder)
    (outside / "canary.md").write_text("---\ntitle: Canary\n---\n")
    (folder / "link.md").symlink_to(outside / "canary.md")
    (folder / "link").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "passwd.md").symlink_to("/etc/passwd")
    os.mkfifo(folder / "fifo.md")
    before = {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()}
    env = {
        "PATH": "/nowhere",
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = [sys.executable, str(Path(__file__).with_name("audited.py")), str(folder)]
    finished = subprocess.run(run, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode == 0, finished.stderr
    report = json.loads(finished.stdout.splitlines()[-1])
    assert report["done"] == []
    assert report["outside"] == []
    assert report["written"] == []
    assert count - 10 <= report["inside"] <= count
    assert report["articles"] > 40
    assert {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()} == before
