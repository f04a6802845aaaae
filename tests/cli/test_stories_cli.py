"""``newsreader stories``, ``story`` and ``related``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, Write

from newsreader.cli.main import main

RENEWS, APPROVES = "659c6e5b251e", "0b227588015a"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    def no_screen(*_: object) -> None:
        raise AssertionError("there is no terminal")

    code = main([str(each) for each in arguments], no_screen)
    output = capsys.readouterr()
    return code, output.out, output.err


def data(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    assert out == run(capsys, *arguments, "--json")[1]
    return json.loads(out)


def test_stories_of_the_samples(capsys: pytest.CaptureFixture[str]) -> None:
    (story,) = data(capsys, "stories", SEEDS)
    assert story == {
        "id": RENEWS,
        "title": "Detroit Renews Facial Recognition Contract",
        "count": 2,
        "providers": ["Wall Street Journal", "Governing"],
        "first": "2020-09-30T06:05:00Z",
        "last": "2020-10-01T19:44:00Z",
        "quality": 69,
        "heat": 89,
    }
    assert data(capsys, "stories", SEEDS, "-q", "provider:governing") == [story]
    assert data(capsys, "stories", SEEDS, "-q", "date:2023") == []
    _, out, _ = run(capsys, "stories", SEEDS)
    assert out.startswith(f"{RENEWS}     2  2 providers")
    assert "30 Sep 2020 -  1 Oct 2020" in out
    assert run(capsys, "stories", SEEDS, "-q", "(")[0] == 2


def test_the_largest_story_is_first(
    capsys: pytest.CaptureFixture[str], write: Write, tmp_path: Path
) -> None:
    for place, day, count in (("Velmora ferry", 1, 2), ("Korso museum", 2, 3), ("Ruhn dam", 3, 2)):
        for number in range(count):
            write(f"{place}{number}.md", f"title: {place} strike {number}\ndate: 2024-03-0{day}")
    found = data(capsys, "stories", tmp_path)
    assert [story["title"][:4] for story in found] == ["Kors", "Ruhn", "Velm"]


@pytest.mark.parametrize("name", [RENEWS, APPROVES, "0b22", "002_92871293f8b4318d.txt"])
def test_the_coverage_of_a_story(capsys: pytest.CaptureFixture[str], name: str) -> None:
    found = data(capsys, "story", name, "--in", SEEDS)
    assert (found["id"], found["count"], found["leftOut"]) == (RENEWS, 6, 0)
    assert found["articles"] == [RENEWS, APPROVES]
    pieces = found["pieces"]
    assert [piece["id"] for piece in pieces] == [None, None, RENEWS, None, None, APPROVES]
    times = [piece["publishedDateTime"] for piece in pieces]
    assert times == sorted(times)
    assert (found["first"], found["last"]) == (times[0], times[-1])
    assert pieces[2]["adds"] == ["Renews"]


def test_the_coverage_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "story", "0b22", "--in", SEEDS)
    lines = out.splitlines()
    assert code == 0
    assert lines[:3] == [
        "Detroit Renews Facial Recognition Contract",
        "6 pieces, 5 providers, 29 Sep – 1 Oct 2020",
        "",
    ]
    assert len(lines) == 9
    assert lines[-1].startswith(f"{APPROVES}   1 Oct 2020 19:44   39  Governing")


def test_what_is_related_and_what_is_similar(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "related", APPROVES, "--in", SEEDS)
    assert [piece["provider"] for piece in found["related"]] == [
        "Detroit Free Press",
        "World Socialist Web Site",
    ]
    first = found["similar"][0]
    assert (first["id"], first["isOfStory"], first["isOfProviderAndWeek"]) == (RENEWS, True, False)
    assert "Detroit" in first["shares"]
    assert 0 < first["score"] <= 1
    _, out, _ = run(capsys, "related", APPROVES, "--in", SEEDS)
    assert out.startswith("Related\n")
    assert "same story" in out


@pytest.mark.parametrize("command", ["story", "related"])
def test_what_is_not_there_is_said(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run(capsys, command, "nobody", "--in", SEEDS)[0] == 1
    assert run(capsys, command)[0] == 2
