"""What every test may use: UTC, a fixed clock, an empty home, the seeds, and articles to order."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
NOW = datetime(2023, 9, 1, 12, 0, tzinfo=UTC)

# The same examples at each run: to look for new ones is for tests/fuzz.py.
settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True)
settings.load_profile("quick")

os.environ["TZ"] = "UTC"
time.tzset()


@pytest.fixture(autouse=True)
def empty_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the machine's user reaches a test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.delenv(f"NEWSREADER_{kind}", raising=False)
    for name in ("BROWSER", "NO_COLOR", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    return home


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of what is synced, and when, put a call of their own in its place."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def seeds() -> Path:
    """The folder of the five sample articles."""
    return SEEDS


@pytest.fixture
def now() -> datetime:
    """A moment soon after the newest sample."""
    return NOW


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an article file below ``tmp_path``: front matter lines as text, and a body."""

    def write_file(name: str, header: str = "title: A title", body: str = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{header}\n---\n{body}", encoding="utf-8")
        return path

    return write_file
