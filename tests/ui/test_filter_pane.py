"""Saved searches, ranges, presets and the chart of time, as a person uses them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driver import Reader, reading, shown, to_filter

from newsreader.ui.saved_screen import SavedFiles

TWO = """# Mine.

[[search]]
name = "Police"
query = "detroit police"

[[search]]
name = "Good ones"
query = "quality>=60"
"""


@pytest.fixture
def files(tmp_path: Path) -> SavedFiles:
    return SavedFiles(tmp_path / "config" / "searches.toml", tmp_path / "state" / "looked.json")


@asynccontextmanager
async def saved(seeds: Path, files: SavedFiles, text: str = "") -> AsyncIterator[Reader]:
    if text:
        files.searches.parent.mkdir()
        files.searches.write_text(text, encoding="utf-8")
    async with reading(seeds, size=(150, 60), saved_files=files) as reader:
        yield reader


def names(files: SavedFiles) -> list[str]:
    lines = files.searches.read_text(encoding="utf-8").splitlines()
    return [line.split('"')[1] for line in lines if line.startswith("name")]


async def test_saved_searches_stand_in_the_sidebar_with_counts(
    seeds: Path, files: SavedFiles
) -> None:
    async with saved(seeds, files, TWO) as reader:
        assert shown(reader.lines, "SAVED")
        assert shown(reader.lines, "Police", " 2 ")
        await to_filter(reader, "Good ones")
        await reader.press("enter")
        assert reader.main.query_text == 'search:"Good ones"'
        assert len(reader.titles) == 3
        await reader.press("k", "x")
        assert reader.main.query_text == 'search:"Good ones" -search:Police'
        assert len(reader.titles) == 2
        assert "good ones" in json.loads(files.looked.read_text())


async def test_a_query_is_saved_under_a_name(seeds: Path, files: SavedFiles) -> None:
    async with saved(seeds, files) as reader:
        await reader.press("ctrl+s")
        assert any("no query" in toast for toast in reader.toasts)
        await reader.press("slash")
        await reader.type("contract")
        await reader.press("enter", "ctrl+s")
        assert shown(reader.lines, "Save the query as")
        await reader.press("enter")
        assert shown(reader.lines, "name")
        await reader.type("My contracts")
        await reader.press("enter")
        assert names(files) == ["My contracts"]
        assert shown(reader.lines, "My contracts", " 2 ")
        await reader.press("C", "slash")
        await reader.type('search:"my contracts"')
        assert len(reader.titles) == 2


async def test_they_are_renamed_moved_deleted_and_brought_back(
    seeds: Path, files: SavedFiles
) -> None:
    async with saved(seeds, files, TWO) as reader:
        await to_filter(reader, "Police")
        await reader.press("e", "ctrl+u")
        await reader.type("Good ones")
        await reader.press("enter")
        assert shown(reader.lines, "already")
        await reader.press("ctrl+u")
        await reader.type("Cops")
        await reader.press("enter")
        assert names(files) == ["Cops", "Good ones"]
        await to_filter(reader, "Cops")
        await reader.press("shift+down")
        assert names(files) == ["Good ones", "Cops"]
        assert reader.main.filter_pane.current_label == "Cops"
        await reader.press("d")
        assert names(files) == ["Good ones"]
        await reader.press("u")
        assert names(files) == ["Good ones", "Cops"]
        await reader.press("u")
        assert any("nothing to undo" in toast for toast in reader.toasts)
        assert files.searches.read_text().startswith("# Mine.")


async def test_a_file_changed_by_hand_is_followed(seeds: Path, files: SavedFiles) -> None:
    async with saved(seeds, files, TWO) as reader:
        files.searches.write_text('[[search]]\nname = "New"\nquery = "lansing"\n')
        await reader.press("S", "escape", "slash")
        await reader.type("search:new")
        assert len(reader.titles) == 1
        assert shown(reader.lines, "New", " 1 ")


async def test_a_broken_file_is_left_alone_and_told(seeds: Path, files: SavedFiles) -> None:
    async with saved(seeds, files, "[[search]\n") as reader:
        assert len(reader.titles) == 5
        assert any("searches.toml" in toast for toast in reader.toasts)
        await reader.press("slash")
        await reader.type("contract")
        await reader.press("enter", "ctrl+s")
        await reader.type("x")
        await reader.press("enter")
        assert shown(reader.lines, "TOML")
        assert files.searches.read_text() == "[[search]\n"


async def test_presets_set_the_dates(seeds: Path, files: SavedFiles) -> None:
    async with saved(seeds, files) as reader:
        await to_filter(reader, "the last 30 days")
        await reader.press("enter")
        assert reader.main.query_text == "date:30d.."
        assert len(reader.titles) == 1
        await to_filter(reader, "this year")
        await reader.press("enter")
        assert reader.main.query_text == 'date:"this year"'
        await reader.press("enter")
        assert reader.main.query_text == ""


async def test_the_chart_of_time_is_selected_on_by_key(seeds: Path, files: SavedFiles) -> None:
    async with saved(seeds, files) as reader:
        await to_filter(reader, "by time")
        await reader.press("l")
        assert shown(reader.lines, "2020-07", ": 2")
        await reader.press("enter")
        assert reader.main.query_text.startswith("date:2020-07")
        assert len(reader.titles) == 2
        await reader.press("l")
        assert len(reader.titles) == 4
        await reader.press("enter", "l", "l")
        assert len(reader.titles) == 4
        await reader.press("x")
        assert reader.main.query_text == ""
        await reader.press("h")
        assert shown(reader.lines, "2023")


async def test_heat_is_a_range_as_well(seeds: Path, files: SavedFiles) -> None:
    async with saved(seeds, files) as reader:
        await to_filter(reader, "at most any")
        await reader.press("j")
        assert reader.main.filter_pane.current_label == "at least any"
        await reader.press("enter")
        assert reader.main.query_text == "heat>=50"
        await reader.press("j", "h")
        assert reader.main.query_text == "heat:50..100"
        await reader.press("l")
        assert reader.main.query_text == "heat>=50"
