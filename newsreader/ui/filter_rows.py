"""What the filter pane shows, as rows: pure functions from an answer to rows and lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from newsreader.library.answer import Answer, SavedCount
from newsreader.query import FacetValue, Query, edit
from newsreader.text.fold import fold
from newsreader.ui.cells import Line, Run, fit, fit_right
from newsreader.ui.glyphs import Glyphs

SHOWN = 8
"""Values of a facet shown before the rest is folded away."""

PRESETS = {
    "today": ("today", "today"),
    "the last 7 days": ("7d", ""),
    "the last 30 days": ("30d", ""),
    "this year": ("this year", "this year"),
}
"""Stretches of time by their labels: the first and the last date, as a query says them."""

_SECTIONS = (
    ("tag", "TAGS"),
    ("topic", "TOPICS"),
    ("provider", "PROVIDERS"),
    ("category", "CATEGORIES"),
    ("type", "TYPES"),
)
_MARKS = {
    "is:new": "new",
    "is:unread": "unread",
    "is:starred": "starred",
    "is:later": "for later",
    "has:note": "has note",
    "is:hidden": "hidden by rules",
}
_RARE_MARKS = ("is:read", "is:opened", "has:tag")
"""Flags that are listed with the marks while the query asks for them."""
_FLAGS = {
    "is:published": "published",
    "has:related": "has related",
    "has:image": "has image",
}


class Kind(Enum):
    """What a row is."""

    HEADING = "heading"
    SAVED = "saved"
    FOLLOWED = "followed"
    VALUE = "value"
    FLAG = "flag"
    MORE = "more"
    LEAST = "least"
    MOST = "most"
    CHART = "chart"
    AXIS = "axis"
    PRESET = "preset"
    SINCE = "since"
    UNTIL = "until"
    BLANK = "blank"


class Row(NamedTuple):
    """One line of the pane. ``value`` is what the query says; ``chosen`` and ``excluded`` how.

    ``fresh`` is how many articles of a saved search, or of what is followed, are new since that
    was last looked at. What is followed has its query as its ``field``.
    """

    kind: Kind
    field: str = ""
    value: str = ""
    label: str = ""
    count: int | None = None  # type: ignore[assignment]  # the method of tuples is not missed
    chosen: bool = False
    excluded: bool = False
    fresh: int = 0

    @property
    def is_stop(self) -> bool:
        """Whether the cursor stops here."""
        return self.kind not in (Kind.HEADING, Kind.AXIS, Kind.BLANK)


class Chart(NamedTuple):
    """Where the reader is in the chart of time: a bar, and the one a stretch began with."""

    bar: int | None = None
    mark: int | None = None


NOWHERE = Chart()


def filter_rows(
    answer: Answer, unfolded: frozenset[str] = frozenset(), saved: Sequence[SavedCount] = ()
) -> tuple[Row, ...]:
    """The rows for *answer*, with the facets in *unfolded* shown whole."""
    return tuple(_rows(answer, unfolded, saved))


def _rows(answer: Answer, unfolded: frozenset[str], saved: Sequence[SavedCount]) -> Iterator[Row]:
    query = answer.query
    yield from _section("SAVED", _searches(query, saved))
    yield from _section("FOLLOWED", _followed(answer))
    yield from _section("MARKS", _flags(query, _marks(answer), _MARKS))
    for field, heading in _SECTIONS:
        yield from _section(heading, _values(answer, field, unfolded))
    yield from _section("ONLY", _flags(query, _other_flags(answer), _FLAGS))
    yield from _range(answer, "quality")
    if any(answer.filters.heats) or edit.span(query, "heat"):
        yield from _range(answer, "heat")
    yield from _dates(answer, unfolded)


def _section(heading: str, rows: Iterable[Row]) -> Iterator[Row]:
    """*rows* under a heading, which is left out when there are none."""
    kept = tuple(rows)
    if kept:
        yield Row(Kind.HEADING, label=heading)
        yield from kept
        yield Row(Kind.BLANK)


def _searches(query: Query, saved: Sequence[SavedCount]) -> Iterator[Row]:
    chosen, excluded = edit.selected(query, "search"), edit.excluded(query, "search")
    for each in saved:
        name = fold(each.name)
        state = (name in chosen, name in excluded)
        yield Row(Kind.SAVED, "search", each.name, each.name, each.count, *state, fresh=each.fresh)


def _followed(answer: Answer) -> Iterator[Row]:
    text = answer.query.text.strip()
    for each in answer.filters.followed:
        is_chosen = text == each.query
        yield Row(
            Kind.FOLLOWED, each.query, each.name, each.name, each.count, is_chosen, fresh=each.fresh
        )


def _marks(answer: Answer) -> Iterable[FacetValue]:
    """The flags of marks in the order of the pane; none where nothing can be marked."""
    if not answer.has_marks:
        return ()
    flags = {flag.value: flag for flag in answer.filters.facets.get("flag", ())}
    return [flags[name] for name in (*_MARKS, *_RARE_MARKS) if name in flags]


def _other_flags(answer: Answer) -> Iterable[FacetValue]:
    """The flags of what the files say, the most frequent first."""
    flags = answer.filters.facets.get("flag", ())
    return [flag for flag in flags if flag.value not in (*_MARKS, *_RARE_MARKS)]


def _flags(query: Query, flags: Iterable[FacetValue], labels: Mapping[str, str]) -> Iterator[Row]:
    """Those of *flags* that have one of *labels*, or that the query asks for."""
    texts = {term.text for term in query.terms}
    for flag in flags:
        chosen = edit.has_flag(query, flag.value)
        if chosen or flag.value in labels:
            label, excluded = labels.get(flag.value, flag.label), f"-{flag.value}" in texts
            yield Row(Kind.FLAG, "flag", flag.value, label, flag.count, chosen, excluded)


def _range(answer: Answer, field: str) -> Iterator[Row]:
    low, high = edit.span(answer.query, field) or ("", "")
    yield Row(Kind.HEADING, field, label=field.upper())
    yield Row(Kind.LEAST, field, low, f"at least {low or 'any'}", chosen=bool(low))
    yield Row(Kind.MOST, field, high, f"at most {high or 'any'}", chosen=bool(high))
    yield Row(Kind.BLANK)


def _dates(answer: Answer, unfolded: frozenset[str]) -> Iterator[Row]:
    span = edit.span(answer.query, "date")
    since, until = span or ("", "")
    yield Row(Kind.HEADING, label="WHEN")
    if len(answer.filters.bars) > 1:
        yield Row(Kind.CHART, "date", label="by time")
        yield Row(Kind.AXIS)
    for label, ends in PRESETS.items():
        yield Row(Kind.PRESET, "date", label, label, chosen=span == ends)
    yield Row(Kind.SINCE, "date", since, f"from {since or 'the first'}", chosen=bool(since))
    yield Row(Kind.UNTIL, "date", until, f"to {until or 'the last'}", chosen=bool(until))
    yield from _values(answer, "year", unfolded)


def _values(answer: Answer, name: str, unfolded: frozenset[str]) -> Iterator[Row]:
    chosen = edit.selected(answer.query, name)
    excluded = edit.excluded(answer.query, name)
    values = answer.filters.facets.get(name, ())
    kept = []
    for place, each in enumerate(values):
        is_chosen, is_excluded = fold(each.value) in chosen, fold(each.value) in excluded
        if place < SHOWN or is_chosen or is_excluded or name in unfolded:
            kept.append(
                Row(Kind.VALUE, name, each.value, each.label, each.count, is_chosen, is_excluded)
            )
    yield from kept
    if len(kept) < len(values):
        yield Row(Kind.MORE, name, label=f"{len(values) - len(kept)} more")
    elif len(values) > SHOWN and name in unfolded:
        yield Row(Kind.MORE, name, label="fewer")


def row_line(
    row: Row,
    answer: Answer,
    width: int,
    glyphs: Glyphs,
    *,
    cursor: bool,
    chart: Chart = NOWHERE,
) -> Line:
    """*row* as a line of *width* cells."""
    lead: Run = (glyphs.cursor if cursor else " ", "accent")
    match row.kind:
        case Kind.BLANK:
            return ()
        case Kind.HEADING:
            return _heading(row, answer, glyphs)
        case Kind.MORE:
            return (lead, (f"  {glyphs.ellipsis} {row.label}", "whisper"))
        case Kind.CHART:
            return (lead, ("  ", "text"), *_bars(answer, glyphs))
        case Kind.AXIS:
            return _axis(answer, chart, glyphs)
        case Kind.LEAST | Kind.MOST | Kind.PRESET | Kind.SINCE | Kind.UNTIL:
            mark = glyphs.chosen if row.chosen else " "
            return (lead, (f"{mark} ", "accent"), (row.label, "accent" if row.chosen else "text"))
    return _counted(row, width, glyphs, lead)


def _heading(row: Row, answer: Answer, glyphs: Glyphs) -> Line:
    measures = {"quality": answer.filters.qualities, "heat": answer.filters.heats}.get(row.field)
    label: Line = ((" ", "text"), (row.label, "heading"))
    if measures is None:
        return label
    return (*label, ("  ", "text"), (glyphs.spark(measures), row.field))


def _counted(row: Row, width: int, glyphs: Glyphs, lead: Run) -> Line:
    mark = glyphs.chosen if row.chosen else glyphs.excluded if row.excluded else " "
    role = "accent" if row.chosen else "struck" if row.excluded else "text"
    count = "" if row.count is None else str(row.count)
    fresh = f"+{row.fresh} " if row.fresh else ""
    right = max(3, len(count))
    label = fit(row.label, max(1, width - 5 - right - len(fresh)), glyphs.ellipsis)
    return (
        lead,
        (f"{mark} ", "accent"),
        (label, role if row.count or row.chosen else "whisper"),
        (fresh, "accent"),
        (fit_right(count, right), "whisper"),
    )


def _bars(answer: Answer, glyphs: Glyphs) -> Iterator[Run]:
    """One cell a bar, those within the dates of the query set off."""
    bars, span = answer.filters.bars, edit.span(answer.query, "date")
    spark = glyphs.spark(answer.filters.spread)
    for bar, cell in zip(bars, spark, strict=True):
        chosen = span is not None and _is_within(bar.start, bar.end, *span)
        yield (cell, "accent" if chosen else "quality" if span is None else "track")


def _is_within(start: str, end: str, since: str, until: str) -> bool:
    """Whether a bar begins within two ends that are ISO dates, as those of other bars are."""
    if not all(each[:4].isdigit() for each in (since, until) if each):
        return False
    return (not since or not start or start >= since[: len(start)]) and (
        not until or not end or end <= until + "~"
    )


def _axis(answer: Answer, chart: Chart, glyphs: Glyphs) -> Line:
    bars, spread = answer.filters.bars, answer.filters.spread
    if chart.bar is None or chart.bar >= len(bars):
        left, right = bars[0].start or bars[0].end, bars[-1].end or bars[-1].start
        room = len(bars) - len(left)
        if room <= len(right):
            return (("   ", "text"), (f"{left} {glyphs.rule} {right}", "whisper"))
        return (("   ", "text"), (left, "whisper"), (fit_right(right, room), "whisper"))
    mark = chart.bar if chart.mark is None else chart.mark
    first, last = min(mark, chart.bar), max(mark, chart.bar)
    label = _stretch(bars[first].start, bars[last].end, glyphs)
    label = f"{label}: {sum(spread[first : last + 1])}"
    before = " " * (3 + chart.bar)
    if chart.bar > len(bars) // 2 and len(label) < len(before):
        return ((f"{before[len(label) + 1 :]}{label} ", "text"), (glyphs.heat, "accent"))
    return ((before, "text"), (glyphs.heat, "accent"), (f" {label}", "text"))


def _stretch(start: str, end: str, glyphs: Glyphs) -> str:
    if start == end:
        return start
    return f"{start or glyphs.ellipsis}{glyphs.rule}{end or glyphs.ellipsis}"
