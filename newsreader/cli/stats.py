"""The command that prints what articles come to."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.cells import cell_len, set_cell_size

from newsreader.cli import output
from newsreader.cli.reading import read_all
from newsreader.library.library import Library
from newsreader.query.insight import Days, Insight, Part, Trend
from newsreader.text.counted import counted
from newsreader.text.dates import day, local_at, now

_WIDEST = 32
"""Cells of a column, at most."""


def run(library: Library, options: Namespace) -> int:
    """Run ``newsreader stats …`` and return the exit code."""
    library.parse(options.query)
    code = read_all(library)
    library.know_stories()
    moment = now()
    answer = library.answer(options.query, now=moment, with_filters=False)
    found = library.insight(answer, moment)
    if options.json:
        print(output.as_json(_data(found)))
    else:
        for line in _lines(found):
            print(line.rstrip())
    return code


def _data(found: Insight) -> dict[str, Any]:
    data: dict[str, Any] = _plain(found)
    data["published"] = [datetime.fromtimestamp(time, UTC) for time in found.published or ()]
    return data


def _plain(value: Any) -> Any:
    """*value* with named tuples as mappings."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        data = {name: _plain(each) for name, each in value._asdict().items()}
        return {**data, "change": value.change} if isinstance(value, Trend) else data
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return round(value, 2) if isinstance(value, float) else value


def _lines(found: Insight) -> Iterator[str]:
    span = ""
    if found.published is not None:
        first, last = map(local_at, found.published)
        span = f", {day(first)} to {day(last)}"
    yield f"{counted(found.articles, 'article')}{span}"
    if not found.articles:
        return
    heads = ("", "articles", *(part.label for part in found.topics), "others")
    periods = [
        (_stretch(each.start, each.end), each.count, *(part.count for part in each.parts))
        for each in found.periods
        if each.count
    ]
    yield from _section("Over time", periods + _known(found.undated), heads)
    providers = [
        (each.label, each.count, "" if each.quality is None else f"{each.quality:.1f}")
        for each in found.providers
    ]
    yield from _section("Providers", providers, ("", "articles", "quality"))
    if found.lately and found.before:
        heads = ("", _days(found.lately), _days(found.before), "change")
        trends = [
            (each.label, each.count, each.before, f"{each.change:+}") for each in found.trends
        ]
        yield from _section("Topics that rise and fall", trends, heads)
    stories = [(each.title, each.pieces, each.providers) for each in found.stories]
    yield from _section("Stories", stories, ("", "articles", "providers"))
    for title, parts, unknown in (
        ("Quality", found.qualities, found.unrated),
        ("Heat", found.heats, found.without_heat),
    ):
        rows = [(each.label, each.count) for each in parts]
        yield from _section(title, rows + _known(unknown), ("", "articles"))


def _known(part: Part | None) -> list[Any]:
    """A row for those of whom something is not known, if there are any."""
    return [(part.label, part.count)] if part is not None and part.count else []


def _stretch(start: str, end: str) -> str:
    return start if start == end else f"{start}..{end}"


def _days(days: Days) -> str:
    return f"{days.first}..{days.last}"


def _section(title: str, rows: Sequence[tuple[Any, ...]], heads: Sequence[str]) -> Iterator[str]:
    """*rows* under *heads*: the first column to the left, the others to the right."""
    if not rows:
        return
    table = [(title, *heads[1:]), *rows]
    cells = [[_cut(str(cell)) for cell in row] for row in table]
    widths = [
        max(cell_len(row[column]) for row in cells if column < len(row))
        for column in range(len(heads))
    ]
    yield ""
    for first, *others in cells:
        yield "  ".join((set_cell_size(first, widths[0]), *_to_the_right(others, widths[1:])))


def _cut(text: str) -> str:
    return text if cell_len(text) <= _WIDEST else f"{set_cell_size(text, _WIDEST - 1)}…"


def _to_the_right(cells: Iterable[str], widths: Iterable[int]) -> Iterator[str]:
    for cell, width in zip(cells, widths, strict=False):
        yield " " * (width - cell_len(cell)) + cell
