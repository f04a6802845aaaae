"""The command line and the screen give the same answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))
from driver import Reader, reading

from newsreader.cli.main import main
from newsreader.ui.saved_screen import SavedFiles

SEARCHES = '[[search]]\nname = "Good"\nquery = "quality>=60 sort:title"\n'
QUERIES = (
    *("", "detroit", "contr*", "recog* -contract", '"wrongful arrest" OR mistaken', "#ai"),
    *("quality>=60", "heat:none", "date:2020", "date:2020-08..2022", "provider:/com$/"),
    *("sort:title", "detroit sort:-heat limit:2", "search:good", "-search:good", "zzz"),
    *("related.provider:cnbc", "https://www.wsj.com/articles/x", "limit:3 group:day"),
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SavedFiles:
    monkeypatch.setenv("NEWSREADER_CONFIG", str(tmp_path / "config.toml"))
    files = SavedFiles(tmp_path / "searches.toml", tmp_path / "looked.json")
    files.searches.write_text(SEARCHES, encoding="utf-8")
    return files


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    def never(*_: object) -> None:
        raise AssertionError("the screen was opened")

    assert main(words, never) == 0
    return capsys.readouterr().out


async def ask(reader: Reader, query: str) -> None:
    reader.main.query_text = query
    await reader.settle()


async def test_both_list_the_same_in_the_same_order(
    seeds: Path, files: SavedFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: dict[str, list[str]] = {}
    async with reading(seeds, saved_files=files) as reader:
        for query in QUERIES:
            await ask(reader, query)
            shown[query] = [article.id for article in reader.main.list_pane.view]
    for query in QUERIES:
        lines = printed(capsys, "list", str(seeds), "-q", query, "--jsonl").splitlines()
        assert [json.loads(line)["id"] for line in lines] == shown[query], query


@pytest.mark.parametrize("field", ["topic", "provider", "category", "type", "year"])
async def test_both_count_the_same(
    field: str, seeds: Path, files: SavedFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: dict[str, list[list[object]]] = {}
    async with reading(seeds, saved_files=files) as reader:
        for query in ("", "detroit", "quality>=60 -contract", "search:good"):
            await ask(reader, query)
            assert reader.main.answer is not None
            values = reader.main.answer.filters.facets[field]
            shown[query] = [[each.value, each.count] for each in values if each.count]
    for query, counts in shown.items():
        told = json.loads(printed(capsys, "facets", field, str(seeds), "-q", query, "--json"))
        assert [[each["value"], each["count"]] for each in told] == counts, query


def test_a_query_is_explained(
    seeds: Path, files: SavedFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, "explain", "detroit quality>=60 search:good", str(seeds))
    assert "with “detroit”" in text
    assert "query  detroit quality:60.. search:Good" in text
    assert "finds  2 of 5" in text
    assert "5 → 3" in text
    told = json.loads(printed(capsys, "explain", "-topic:x", str(seeds), "--json"))
    assert told["found"] == 5
    assert told["steps"][0]["rows_in"] == 5


def test_groups_have_headings(
    seeds: Path, files: SavedFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, "list", str(seeds), "-q", "group:topic date:2020").splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "Computer Vision (4)",
        "AI (4)",
    ]
    assert len(lines) == 10
