"""How much articles matter now: the parts, the score, and the reasons that are told."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.config.settings import HotWeights, load
from newsreader.library.hotness import Hotness
from newsreader.library.library import Library
from newsreader.model import ConfigError, Provider
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME
from newsreader.stories.hot import coverage_part, damping, heat_part, quality_part

NOW = datetime(2023, 9, 1, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
HOUR = 3600

Row = tuple[int, int, int, int, int]


class Columns(SimpleNamespace):
    """As many columns as the scores need: published, quality, heat, coverage, provider."""

    def __init__(self, rows: list[Row]) -> None:
        names = ("published", "quality", "heat", "coverage", "provider")
        columns = {name: array("q", [row[n] for row in rows]) for n, name in enumerate(names)}
        super().__init__(**columns)
        self.newest_first = sorted(range(len(rows)), key=lambda row: -self.published[row])
        self.providers = [Provider(), *(Provider(name=f"P{n}") for n in range(1, 5))]

    def __len__(self) -> int:
        return len(self.newest_first)


def hotness(rows: list[Row], weights: HotWeights | None = None) -> Hotness:
    columns: Any = Columns(rows)
    return Hotness(columns, columns, weights or HotWeights(), SECONDS)


def row(
    hours: float = 0, quality: int = 50, heat: int = 0, coverage: int = 1, code: int = 1
) -> Row:
    return SECONDS - int(hours * HOUR), quality, heat, coverage, code


NUMBERS = st.one_of(st.just(UNKNOWN), st.integers(-5, 200))
TIMES = st.one_of(
    st.just(UNKNOWN_TIME), st.integers(SECONDS - 10**6, SECONDS + 10**6), st.integers(-(10**10), 0)
)
ROWS = st.lists(
    st.tuples(TIMES, NUMBERS, NUMBERS, st.integers(1, 40), st.integers(0, 4)), max_size=30
)


@settings(max_examples=150)
@given(ROWS, st.integers(0, 9), st.integers(1, 9), st.sampled_from((0.5, 36.0, 10_000.0)))
def test_one_by_one_and_all_at_once_come_to_the_same(
    rows: list[Row], quality: int, freshness: int, half_life: float
) -> None:
    found = hotness(rows, HotWeights(quality=quality, freshness=freshness, half_life=half_life))
    scores = list(found.scores())
    assert list(found._many()) == scores
    assert all(0 <= score <= 1000 for score in scores)
    for place, score in enumerate(scores):
        why = found.why(place)
        points = sum(reason.points for reason in why.reasons) * why.damping
        assert why.score == score == pytest.approx(points, abs=0.51)


def test_the_parts_go_from_nothing_to_all() -> None:
    assert [quality_part(each) for each in (None, -5, 0, 40, 120)] == [0.4, 0, 0, 0.4, 1]
    assert [heat_part(each) for each in (None, 15, -5, 60)] == [0.2, 0.2, 0, 0.5]
    assert [coverage_part(each) for each in (1, 2, 4)] == [0, 0.25, 0.5]
    assert [damping(each) for each in (0, 5, 80)] == [1, 1, 0.5]


def test_what_is_better_hotter_better_covered_or_newer_comes_first() -> None:
    low, *better = hotness(
        [row(50), row(50, quality=60), row(50, heat=9), row(50, coverage=2), row(49)]
    ).scores()
    assert all(each > low for each in better)


def test_a_half_life_is_what_it_says_and_archives_are_as_fresh_as_news() -> None:
    weights = HotWeights(0, 0, 0, 1, half_life=12)
    assert list(hotness([row(0), row(12), row(24)], weights).scores()) == [1000, 500, 250]
    assert list(hotness([row(90_000), row(90_012)], weights).scores()) == [1000, 500]


def test_a_date_to_come_counts_as_now_and_none_as_old() -> None:
    rows = [row(-50), row(0), row(12), (UNKNOWN_TIME, 50, 0, 1, 1)]
    found = hotness(rows, HotWeights(0, 0, 0, 1, half_life=12))
    assert list(found.scores()) == [1000, 1000, 500, 0]
    assert found.why(3).reasons[3].text == "without a date, which counts as old"
    assert list(hotness(rows[3:], HotWeights(0, 0, 0, 1)).scores()) == [0]


def test_a_provider_that_floods_counts_less_and_a_rare_one_comes_up() -> None:
    flood = [row(1, quality=60, code=1) for _ in range(80)]
    found = hotness([row(1, quality=40, code=2), *flood, row(1, code=0)])
    rare, *many, _ = found.scores()
    assert rare > max(many)
    why = found.why(1)
    assert (why.damping, why.flood) == (0.5, "P1 has 80 articles lately")
    assert found.why(0).flood == ""


def test_reasons_are_told_in_words() -> None:
    found = hotness([row(0), (SECONDS - 9 * HOUR, UNKNOWN, UNKNOWN, 5, 1)])
    assert [reason.text for reason in found.why(1).reasons] == [
        "unknown, which counts 0.4",
        "unknown, which counts 0.2",
        "5 articles tell the story",
        "9 hours older than the newest article",
    ]
    assert [reason.text for reason in found.why(0).reasons] == [
        "quality 50",
        "heat 0",
        "no other article tells the story",
        "the newest",
    ]


def test_the_hottest_of_the_samples_come_first() -> None:
    library = Library([SEEDS])
    library.load()
    assert library.why("nobody") is None
    view = library.answer("sort:-hot", now=NOW).view
    scores = [brief.hot for brief in view.briefs()]
    assert scores == sorted(scores, key=lambda each: -(each or 0))
    for brief in view.briefs():
        why = library.why(brief.id)
        assert why is not None
        assert why.score == brief.hot
    assert len(library.answer("hot>=300", now=NOW).view) == 2
    assert len(library.answer("hot:none", now=NOW).view) == 0


def test_weights_are_settings(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[hot]\nquality = 1\nhalf_life = 12.5\n")
    assert load(path).hot == HotWeights(quality=1, half_life=12.5)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("hot = 3", "hot must be a table"),
        (
            "[hot]\nqualty = 3",
            f"hot has an unknown key 'qualty'; it may have {', '.join(HotWeights._fields)}",
        ),
        ("[hot]\nheat = -1", "hot heat must be a number, 0 to 100"),
        ("[hot]\nheat = nan", "hot heat must be a number, 0 to 100"),
        ("[hot]\nheat = true", "hot heat must be a number, 0 to 100"),
        ("[hot]\nhalf_life = 0", "hot half_life must be a number of hours, up to 100000"),
        (
            "[hot]\nquality = 0\nheat = 0\ncoverage = 0\nfreshness = 0",
            "hot must have something that counts more than 0",
        ),
    ],
)
def test_weights_that_are_none_are_told(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as raised:
        load(path)
    assert str(raised.value) == f"{path}: {wrong}."
