"""Muting and following in the app: from key to screen to file, and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from driver import Reader, reading, shown

from newsreader.config.paths import MarkPlaces
from newsreader.library import story_finding
from newsreader.model.table import UNKNOWN_TIME
from newsreader.ui.filter_rows import Kind
from newsreader.ui.saved_screen import SavedFiles


@asynccontextmanager
async def ruling(home: Path, *paths: Path, **options: Any) -> AsyncIterator[Reader]:
    places = MarkPlaces(home / "marks", home / "state", home / "index.db")
    names = ("searches.toml", "looked.json", "rules.toml", "followed.json")
    files = SavedFiles(*(home / name for name in names))
    async with reading(*paths, mark_places=places, saved_files=files, **options) as reader:
        yield reader


def rules_of(home: Path) -> str:
    return (home / "rules.toml").read_text(encoding="utf-8")


def at_filter(reader: Reader, label: str, kind: Kind) -> None:
    """Go to the filter with that label."""
    pane = reader.main.filter_pane
    pane.cursor = [(row.label, row.kind) for row in pane._rows].index((label, kind))
    pane.focus()


async def test_a_provider_is_muted_counted_listed_and_brought_back(
    tmp_path: Path, seeds: Path
) -> None:
    async with ruling(tmp_path, seeds) as reader:
        first = reader.titles[0]
        await reader.press("X")
        assert shown(reader.lines, "This story: All Cases")
        assert shown(reader.lines, "Everything from")
        assert shown(reader.lines, "The topic AI")
        await reader.press("j", "enter")
        assert shown(reader.lines, "For a week")
        await reader.press("j", "j", "enter")
        assert "1 article hidden. u undoes it." in reader.toasts[-1]
        assert "until 2023-09-08" in reader.toasts[-1]
        assert first not in reader.titles
        assert shown(reader.lines, "4 of 5", "4 unread", "1 hidden by rules")
        assert shown(reader.lines, "hidden by rules", "1")
        assert "until = 2023-09-08" in rules_of(tmp_path)
        await reader.press("s", "u")
        assert "starred" in reader.toasts[-1]
        reader.main.query_text = "is:hidden"
        await reader.press("X")
        assert reader.titles == [first]
        assert shown(reader.lines, "No longer: from")
        await reader.press("escape", "C", "Z")
        assert shown(reader.lines, "mute", "from")
        assert shown(reader.lines, "hides 1 article until 2023-09-08", "provider:")
        await reader.press("e", "ctrl+u", "enter")
        assert "until" not in rules_of(tmp_path)
        await reader.press("enter")
        assert reader.titles == [first]
        await reader.press("Z", "d", "escape", "C")
        assert len(reader.titles) == 5
        await reader.press("u")
        assert len(reader.titles) == 4
        await reader.press("u", "u")
        assert len(reader.titles) == 5
        assert "rule" not in rules_of(tmp_path)


async def test_a_word_is_muted_until_a_date_and_everything_may_be_hidden(
    tmp_path: Path, seeds: Path
) -> None:
    async with ruling(tmp_path, seeds) as reader:
        await reader.press("X", "G", "enter", *"contract", "enter", "G", "enter", *"7d", "enter")
        assert "until = 2023-09-08" in rules_of(tmp_path)
        assert "title:contract" in rules_of(tmp_path)
        count = len(reader.titles)
        assert 0 < count < 5
        rule = '\n[[rule]]\nkind = "mute"\nquery = "quality:none OR quality>=0"\n'
        (tmp_path / "rules.toml").write_text(rules_of(tmp_path) + rule)
        await reader.press("2", "1")
        assert shown(reader.lines, "0 of 5", "5 hidden by rules")
        assert shown(reader.lines, "5 hidden by rules, and nothing else matches.")
        (tmp_path / "rules.toml").write_text("[[rule]\n")
        await reader.press("2", "1")
        assert shown(reader.lines, "1 problem")
        await reader.press("X")
        assert "cannot" not in reader.text


async def test_a_filter_is_muted_and_a_story_followed(tmp_path: Path, seeds: Path) -> None:
    async with ruling(tmp_path, seeds) as reader:
        at_filter(reader, "CNET", Kind.VALUE)
        await reader.press("X", "enter")
        assert shown(reader.lines, "4 of 5", "1 hidden by rules")
        await reader.press("escape", "W")
        assert 'kind = "follow"' in rules_of(tmp_path)
        await reader.press("W")
        assert 'kind = "follow"' not in rules_of(tmp_path)


async def test_new_coverage_is_marked_counted_looked_at_and_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Once stories are found the list is asked for again, and what was looked at is new no more.
    monkeypatch.setattr(story_finding, "_QUIET", 3600)
    folder = tmp_path / "news"
    folder.mkdir()
    article(folder, "Police one", 1)
    article(folder, "Schools", 2)
    (tmp_path / "searches.toml").write_text('[[search]]\nname = "Police"\nquery = "title:police"\n')
    async with ruling(tmp_path, folder, is_live=True) as reader:
        live = reader.main._live
        assert live is not None
        await reader.until(lambda: live._watch is not None and live._watch._ready.is_set())
        library = reader.main.library
        await reader.until(lambda: UNKNOWN_TIME not in library.snapshot.columns.added)
        at_filter(reader, "Police", Kind.SAVED)
        await reader.press("W")
        assert "1 article so far" in reader.toasts[-1]
        assert shown(reader.lines, "FOLLOWED")
        assert not shown(reader.lines, "✚")
        article(folder, "Police two", 3)
        await reader.until(lambda: shown(reader.lines, "✚", "Police two"))
        assert not shown(reader.lines, "✚", "Police one")
        await reader.until(lambda: shown(reader.lines, "Police", "+1", "2"))
        assert shown(reader.lines, "new", "1")
        reader.main.query_text = "is:new"
        await reader.settle()
        assert reader.titles == ["Police two"]
        at_filter(reader, "Police", Kind.FOLLOWED)
        await reader.press("enter")
        assert sorted(reader.titles) == ["Police one", "Police two"]
        assert not shown(reader.lines, "+1")
        assert shown(reader.lines, "✚", "Police two")
        await reader.press("enter")
        assert len(reader.titles) == 3
        assert not shown(reader.lines, "✚")


def article(folder: Path, title: str, day: int) -> None:
    header = f"title: {title}\npublishedDateTime: 2020-01-{day:02}T00:00:00Z"
    (folder / f"{day}.md").write_text(f"---\n{header}\n---\nText.\n")
