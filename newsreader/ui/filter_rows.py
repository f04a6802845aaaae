"""What the filter pane shows, as rows: pure functions from an answer to rows and lines."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from newsreader.library.answer import Answer
from newsreader.query import edit
from newsreader.text.fold import fold
from newsreader.ui.cells import Line, Run, fit, fit_right
from newsreader.ui.glyphs import Glyphs

SHOWN = 8
"""Values of a facet shown before the rest is folded away."""

_SECTIONS = (
    ("topic", "TOPICS"),
    ("provider", "PROVIDERS"),
    ("category", "CATEGORIES"),
    ("type", "TYPES"),
)


class Kind(Enum):
    """What a row is."""

    HEADING = "heading"
    VALUE = "value"
    FLAG = "flag"
    MORE = "more"
    QUALITY = "quality"
    SINCE = "since"
    UNTIL = "until"
    BLANK = "blank"


class Row(NamedTuple):
    """One line of the pane. ``value`` is what the query says; ``chosen`` and ``excluded`` how."""

    kind: Kind
    field: str = ""
    value: str = ""
    label: str = ""
    count: int | None = None  # type: ignore[assignment]  # the method of tuples is not missed
    chosen: bool = False
    excluded: bool = False

    @property
    def is_stop(self) -> bool:
        """Whether the cursor stops here."""
        return self.kind not in (Kind.HEADING, Kind.BLANK)


def filter_rows(answer: Answer, unfolded: frozenset[str] = frozenset()) -> tuple[Row, ...]:
    """The rows for *answer*, with the facets in *unfolded* shown whole."""
    return tuple(_rows(answer, unfolded))


def _rows(answer: Answer, unfolded: frozenset[str]) -> Iterator[Row]:
    query = answer.query
    for name, heading in _SECTIONS:
        values = list(_values(answer, name, unfolded))
        if values:
            yield Row(Kind.HEADING, label=heading)
            yield from values
            yield Row(Kind.BLANK)
    flags = answer.facets.get("flag", ())
    texts = {term.text for term in query.terms}
    shown = [value for value in flags if value.value in _FLAGS or edit.has_flag(query, value.value)]
    if shown:
        yield Row(Kind.HEADING, label="ONLY")
        for flag in shown:
            chosen = edit.has_flag(query, flag.value)
            label = _FLAGS.get(flag.value, flag.label)
            excluded = f"-{flag.value}" in texts
            yield Row(Kind.FLAG, "flag", flag.value, label, flag.count, chosen, excluded)
        yield Row(Kind.BLANK)
    yield Row(Kind.HEADING, label="QUALITY")
    least = edit.minimum(query, "quality")
    label = "any" if least is None else f"at least {least}"
    yield Row(Kind.QUALITY, "quality", label=label, chosen=least is not None)
    yield Row(Kind.BLANK)
    yield Row(Kind.HEADING, label="WHEN")
    since, until = edit.span(query, "date") or ("", "")
    yield Row(Kind.SINCE, "date", since, f"from {since or 'the first'}", chosen=bool(since))
    yield Row(Kind.UNTIL, "date", until, f"to {until or 'the last'}", chosen=bool(until))
    yield from _values(answer, "year", unfolded)


_FLAGS = {
    "is:published": "published",
    "has:related": "has related",
    "has:image": "has image",
}


def _values(answer: Answer, name: str, unfolded: frozenset[str]) -> Iterator[Row]:
    chosen = edit.selected(answer.query, name)
    excluded = edit.excluded(answer.query, name)
    values = answer.facets.get(name, ())
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


def row_line(row: Row, answer: Answer, width: int, glyphs: Glyphs, *, cursor: bool) -> Line:
    """*row* as a line of *width* cells."""
    lead: Run = (glyphs.cursor if cursor else " ", "accent")
    match row.kind:
        case Kind.BLANK:
            return ()
        case Kind.HEADING:
            return ((" ", "text"), (row.label, "heading"))
        case Kind.MORE:
            return (lead, (f"  {glyphs.ellipsis} {row.label}", "whisper"))
        case Kind.QUALITY:
            role = "accent" if row.chosen else "text"
            spark = glyphs.spark(answer.qualities)
            return (lead, ("  ", "text"), (f"{spark} ", "quality"), (row.label, role))
        case Kind.SINCE | Kind.UNTIL:
            mark = glyphs.chosen if row.chosen else " "
            return (lead, (f"{mark} ", "accent"), (row.label, "accent" if row.chosen else "text"))
    mark = glyphs.chosen if row.chosen else glyphs.excluded if row.excluded else " "
    role = "accent" if row.chosen else "struck" if row.excluded else "text"
    count = "" if row.count is None else str(row.count)
    label = fit(row.label, max(1, width - 5 - max(3, len(count))), glyphs.ellipsis)
    return (
        lead,
        (f"{mark} ", "accent"),
        (label, role if row.count or row.chosen else "whisper"),
        (fit_right(count, max(3, len(count))), "whisper"),
        ("  ", "text"),
    )
