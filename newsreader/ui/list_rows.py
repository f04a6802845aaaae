"""How one article looks in the list: pure functions from an article to lines."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len

from newsreader.model.brief import Brief
from newsreader.model.marks import Marks
from newsreader.text import dates
from newsreader.ui.cells import Line, Run, cut, fit, fit_right, line_len
from newsreader.ui.glyphs import Glyphs

_LEAD = 4  # cursor, unread, mark, space
_DATE = 11
_QUALITY = 5
_HEAT = 5
_RELATED = 4
_COPIES = 5  # a space before
_PROVIDER = 18
_PROVIDER_WHEN_SCARCE = 14
_TOPICS = 24
_LEAST_TITLE = 27
_GAP = 2
INDENT = 2
"""Cells that an article stands further in below a heading."""


class Measures(NamedTuple):
    """The width in cells of each column of a row; 0 is not shown."""

    title: int
    provider: int
    quality: int
    heat: int
    related: int
    topics: int
    date: int = _DATE


def compact_measures(width: int) -> Measures:
    """The columns of a one-line row of *width* cells.

    What leaves too little for the title is dropped in this order: topics, related, heat,
    quality, provider.
    """
    columns = {
        "provider": _PROVIDER if width >= 100 else _PROVIDER_WHEN_SCARCE,
        "quality": _QUALITY,
        "heat": _HEAT,
        "related": _RELATED,
        "topics": _TOPICS,
    }
    for name in reversed(list(columns)):
        if _title_width(width, columns) >= _LEAST_TITLE + (20 if name == "topics" else 0):
            break
        columns[name] = 0
    return Measures(title=max(1, _title_width(width, columns)), **columns)


def _title_width(width: int, columns: dict[str, int]) -> int:
    return width - _LEAD - 1 - _DATE - _GAP - sum(size + _GAP for size in columns.values() if size)


def compact_row(
    article: Brief,
    measures: Measures,
    now: datetime,
    glyphs: Glyphs,
    *,
    marks: Marks | None = None,
    indent: int = 0,
    is_selected: bool = False,
    is_new: bool = False,
) -> Line:
    """An article in one line, *indent* cells wider than *measures* say.

    A score that *article* has stands in place of its heat.
    """
    copies = _copies(article, glyphs) if measures.title >= _LEAST_TITLE + _COPIES else ""
    room = measures.title - (_COPIES if copies else 0)
    columns: list[tuple[int, list[Run]]] = [
        (
            measures.title,
            [
                (fit(article.headline, room, glyphs.ellipsis), _title_role(marks)),
                *([(fit_right(copies, _COPIES), "whisper")] if copies else []),
            ],
        )
    ]
    if measures.provider:
        columns.append((measures.provider, [(_provider(article, measures.provider), "text")]))
    if measures.quality:
        columns.append((measures.quality, _quality_bar(article, glyphs)))
    if measures.heat:
        columns.append((measures.heat, [(_heat(article, glyphs), "heat")]))
    if measures.related:
        columns.append((measures.related, [(_related(article, glyphs), "whisper")]))
    if measures.topics:
        topics = f" {glyphs.dot} ".join(article.topics)
        columns.append((measures.topics, [(fit(topics, measures.topics), "whisper")]))
    columns.append((measures.date, [(fit_right(_date(article, now), measures.date), "whisper")]))
    lead = _lead(article, glyphs, indent, marks, is_selected=is_selected, is_new=is_new)
    runs: list[Run] = [*lead]
    for number, (_, column) in enumerate(columns):
        if number:
            runs.append((" " * _GAP, "text"))
        runs.extend(column)
    runs.append((" ", "text"))
    return tuple(runs)


def roomy_row(
    article: Brief,
    width: int,
    now: datetime,
    glyphs: Glyphs,
    *,
    marks: Marks | None = None,
    indent: int = 0,
    is_selected: bool = False,
    is_new: bool = False,
) -> tuple[Line, Line]:
    """An article in two lines: the title and its date; then provider, measures and topics."""
    width -= indent
    date = _date(article, now)
    date_width = _DATE if width >= 48 else 0
    title_width = max(1, width - _LEAD - 1 - (date_width + _GAP if date_width else 0))
    lead = _lead(article, glyphs, indent, marks, is_selected=is_selected, is_new=is_new)
    first: list[Run] = [*lead]
    first.append((fit(article.headline, title_width, glyphs.ellipsis), _title_role(marks)))
    if date_width:
        first.append((" " * _GAP + fit_right(date, date_width), "whisper"))
    first.append((" ", "text"))

    second: list[Run] = [(" " * (_LEAD + indent), "text")]
    gap = _GAP if date_width else 1
    taken = _LEAD + _QUALITY + _HEAT + _RELATED + (0 if date_width else _DATE + 1) + 4 * gap + 1
    provider_width = max(8, min(_PROVIDER + 2, width // 3, width - taken))
    second.append((_provider(article, provider_width), "text"))
    columns: list[list[Run]] = []
    if not date_width:
        columns.append([(fit(date, _DATE), "whisper")])
    columns.append(_quality_bar(article, glyphs))
    columns.append([(_heat(article, glyphs), "heat")])
    columns.append([(_related(article, glyphs), "whisper")])
    if copies := _copies(article, glyphs):
        columns.append([(copies, "whisper")])
    left = width - _LEAD - provider_width - 1
    for column in columns:
        size = sum(cell_len(text) for text, _ in column) + gap
        if size > left:
            break
        second.extend([(" " * gap, "text"), *column])
        left -= size
    if left > 14 and article.topics:
        topics = f" {glyphs.dot} ".join(article.topics)
        second.append((" " * _GAP + cut(topics, left - _GAP, glyphs.ellipsis), "whisper"))
    return tuple(first), tuple(second)


def heading_row(
    label: str,
    count: int,
    width: int,
    glyphs: Glyphs,
    *,
    is_folded: bool = False,
    selected: int = 0,
    about: Sequence[str] = (),
) -> Line:
    """The heading of a group of *count* articles, of which some may be selected.

    What else there is to say *about* the group follows as far as there is room.
    """
    fold = glyphs.folded if is_folded else glyphs.unfolded
    tail: list[Run] = [(f"{' ' * _GAP}{count:,}", "whisper")]
    if selected:
        some = "" if selected == count else f"{selected:,}"
        tail.append((f"{' ' * _GAP}{glyphs.chosen}{some}", "accent"))
    room = max(1, width - _LEAD - 1 - line_len(tail))
    for fact in about:
        more = f" {glyphs.dot} {fact}"
        if cell_len(more) > room - min(cell_len(label), _LEAST_TITLE):
            break
        tail.append((more, "whisper"))
        room -= cell_len(more)
    lead: tuple[Run, ...] = ((" ", "text"), (f"{fold} ", "whisper"))
    # Folded, it stands for its articles; open, it must not outshine them.
    role = "title" if is_folded else "heading"
    return (*lead, (cut(label, room, glyphs.ellipsis), role), *tail)


def _title_role(marks: Marks | None) -> str:
    return "title" if marks is None or marks.read is None else "quiet"


def _lead(
    article: Brief,
    glyphs: Glyphs,
    indent: int,
    marks: Marks | None,
    *,
    is_selected: bool,
    is_new: bool,
) -> tuple[Run, ...]:
    is_unread = marks is not None and marks.read is None
    unread = glyphs.new if is_new else glyphs.unread
    return (
        (" ", "text"),
        (unread if is_unread else " ", "accent"),
        (glyphs.chosen, "accent") if is_selected else _mark(article, glyphs, marks),
        (" " * (1 + indent), "text"),
    )


def _mark(article: Brief, glyphs: Glyphs, marks: Marks | None) -> Run:
    """The one mark there is room for."""
    if marks is not None:
        if marks.starred is not None:
            return glyphs.starred, "star"
        if marks.later is not None:
            return glyphs.later, "accent"
        if marks.notes or marks.tags:
            return glyphs.noted, "whisper"
    return (glyphs.unpublished if article.is_unpublished else " "), "whisper"


def _provider(article: Brief, width: int) -> str:
    return fit(article.provider, width)


def _quality_bar(article: Brief, glyphs: Glyphs) -> list[Run]:
    if article.quality is None:
        return [(" " * _QUALITY, "track")]
    filled, empty = glyphs.bar(article.quality, _QUALITY)
    return [(filled, "quality"), (empty, "track")]


def _heat(article: Brief, glyphs: Glyphs) -> str:
    if article.hot is not None:
        return fit(f"{glyphs.hot}{article.hot}", _HEAT)
    return fit("" if article.heat is None else f"{glyphs.heat}{article.heat}", _HEAT)


def _related(article: Brief, glyphs: Glyphs) -> str:
    return fit(f"{glyphs.related}{article.related}" if article.related else "", _RELATED)


def _copies(article: Brief, glyphs: Glyphs) -> str:
    return f"{glyphs.times}{min(article.copies, 999)}" if article.copies > 1 else ""


def _date(article: Brief, now: datetime) -> str:
    moment = article.published_at
    return dates.short(moment, now) if moment else cut(article.published_text, _DATE)
