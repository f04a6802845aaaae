"""Waiting for what happens in one folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from newsreader.sources import folder_news
from newsreader.sources.folder_news import FolderNews

LONG = 30.0
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify")


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FolderNews]:
    monkeypatch.setattr(folder_news, "_QUIET", 0.0)
    monkeypatch.setattr(folder_news, "remote_system", lambda _: "")
    made = FolderNews(tmp_path / "folder")
    made.open()
    yield made
    made.close()


def returns(news: FolderNews) -> Event:
    """Is set when a wait that may last long has ended."""
    ended = Event()

    def wait() -> None:
        news.wait(LONG)
        ended.set()

    Thread(target=wait, daemon=True).start()
    return ended


def test_who_waits_is_woken_now_or_the_next_time(news: FolderNews) -> None:
    news.wake()
    news.wait(LONG)
    ended = returns(news)
    assert not ended.wait(0.02)
    news.wake()
    assert ended.wait(LONG)


@on_linux
def test_what_happens_in_the_folder_ends_the_wait(news: FolderNews, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    assert not news.watch()
    folder.mkdir()
    assert news.watch()
    news.wait(LONG)  # The folder itself is news.
    for text in ("some", "more"):
        assert news.watch()
        ended = returns(news)
        assert not ended.wait(0.02)
        (folder / "file").write_text(text)
        assert ended.wait(LONG)
        news.wait(0.0)


@on_linux
def test_a_folder_in_the_place_of_another_is_watched(news: FolderNews, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert news.watch()
    news.wait(LONG)
    folder.rename(tmp_path / "elsewhere")
    news.wait(LONG)
    assert not news.watch()
    folder.mkdir()
    assert news.watch()
    news.wait(LONG)
    (folder / "file").touch()
    news.wait(LONG)


def test_where_nothing_is_told_one_has_to_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    news = FolderNews(tmp_path)
    news.open()
    assert not news.watch()
    news.wait(0.0)
    news.close()
    news.wake()
