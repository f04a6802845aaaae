"""How a story's coverage looks: pure functions to lines, for any width."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from newsreader.library.coverage import Coverage, Span
from newsreader.model import Article, Piece
from newsreader.model.marks import NO_MARKS, Marks
from newsreader.text import dates
from newsreader.text.counted import counted
from newsreader.ui.cells import Line, Run, cut, cut_line, fit, fit_right, line_len, wrap
from newsreader.ui.glyphs import Glyphs

_NARROW: Final = 60
"""Below so many cells the date has no column of its own."""
_WIDE: Final = 100
"""From so many cells on the providers have one."""
_DAY: Final = 11
_PROVIDER: Final = 24
_GOOD: Final = 50
"""The quality from which on a piece has a large mark."""
_MOST_MARKS: Final = 4
"""Marks above each other."""
_LABEL: Final = 12
"""Cells for each label of the axis."""
_GAP: Final = timedelta(days=2)
"""A time without a piece that is said."""
_TITLE_LINES: Final = 2


def _no_marks(_: str) -> Marks:
    return NO_MARKS


class Look(NamedTuple):
    """What a coverage is laid out for: ``width`` in cells, the marks of articles and ours."""

    width: int
    glyphs: Glyphs
    marks_of: Callable[[str], Marks] = _no_marks

    @property
    def is_narrow(self) -> bool:
        """Whether a piece takes a line more."""
        return self.width < _NARROW


class Entry(NamedTuple):
    """A piece as it is listed.

    ``telling`` is its number in the coverage, and ``copies`` how many stand behind it, which are
    listed below it when it is unfolded. ``gap`` says how long it was quiet before it.
    """

    piece: Piece
    telling: int
    added: tuple[Span, ...] = ()
    copies: int = 0
    is_copy: bool = False
    is_first: bool = False
    is_unfolded: bool = False
    says_day: bool = True
    gap: str = ""


def entries_of(
    coverage: Coverage, unfolded: Collection[int] = (), *, newest_first: bool = False
) -> list[Entry]:
    """What is listed of a coverage, with the copies of those that are *unfolded*."""
    order = list(enumerate(coverage.tellings))
    if newest_first:
        order.reverse()
    entries: list[Entry] = []
    before: datetime | None = None
    for number, telling in order:
        moment = telling.piece.published_at
        entries.append(
            Entry(
                telling.piece,
                number,
                telling.added,
                len(telling.copies),
                is_first=telling is coverage.first,
                is_unfolded=number in unfolded,
                says_day=_is_other_day(moment, before),
                gap=_gap(before, moment),
            )
        )
        if number in unfolded:
            entries += [Entry(piece, number, is_copy=True) for piece in telling.copies]
        before = moment
    return entries


def _is_other_day(moment: datetime | None, before: datetime | None) -> bool:
    return moment is None or before is None or dates.day(moment) != dates.day(before)


def _gap(before: datetime | None, moment: datetime | None) -> str:
    if moment is None or before is None or abs(moment - before) < _GAP:
        return ""
    amount = dates.relative(min(moment, before), max(moment, before)).removesuffix(" ago")
    return f"{amount} {'later' if moment > before else 'earlier'}"


def height_of(entry: Entry, look: Look) -> int:
    """How many lines an entry takes."""
    return bool(entry.gap) + (_TITLE_LINES + 1 if look.is_narrow else 2)


def entry_lines(entry: Entry, look: Look) -> list[Line]:
    """An entry as lines, as many as :func:`height_of` says."""
    margin = (" " * (2 if look.is_narrow else _DAY + 4), "text")
    lines: list[Line] = []
    if entry.gap:
        lines.append(((margin[0] + "  ", "text"), (entry.gap, "whisper")))
    moment = entry.piece.published_at
    day = dates.day(moment) if moment is not None else "no date"
    lead = (*_lead(entry, look), (" ", "text"))
    room = look.width - len(margin[0]) - line_len(lead) - 1
    titles = _title_lines(entry, room, look)
    if look.is_narrow:
        lines += [(margin, *(_blank(lead) if n else lead), *each) for n, each in enumerate(titles)]
        lines.append(_told(margin, lead, [(day, "quiet"), *_facts(entry, look)], look))
        return [*lines, *[()] * (height_of(entry, look) - len(lines))]
    time = f"{dates.local(moment):%H:%M}" if moment is not None else ""
    shown = day if entry.says_day else ""
    lines.append(((f"  {fit_right(shown, _DAY)}  ", "quiet"), *lead, *titles[0]))
    clock = (f"  {fit_right(time, _DAY)}  ", "whisper")
    lines.append(_told(clock, lead, _facts(entry, look), look))
    return lines


def _blank(lead: Iterable[Run]) -> Line:
    return ((" " * line_len(lead), "text"),)


def _told(margin: Run, lead: Sequence[Run], facts: Sequence[Run], look: Look) -> Line:
    """The line below a title."""
    dot = f" {look.glyphs.dot} "
    line: list[Run] = [margin, *_blank(lead)]
    for number, (text, role) in enumerate(facts):
        is_apart = number and text.strip() == text and not line[-1][0].endswith(" ")
        line += [(dot, "whisper")] if is_apart and role != "track" else []
        line.append((text, role))
    return cut_line(tuple(line), look.width - 1, look.glyphs.ellipsis)


def _lead(entry: Entry, look: Look) -> tuple[Run, ...]:
    """Whether it is unread and what else is marked; a ring for what the library does not have."""
    glyphs, piece = look.glyphs, entry.piece
    indent = ("  ", "text") if entry.is_copy else ("", "text")
    if not isinstance(piece, Article):
        return (indent, (glyphs.rings[-1], "whisper"), (" ", "text"))
    marks = look.marks_of(piece.id)
    unread = glyphs.unread if marks.read is None else " "
    mark: Run = (" ", "text")
    if marks.starred is not None:
        mark = (glyphs.starred, "star")
    elif marks.later is not None:
        mark = (glyphs.later, "accent")
    return (indent, (unread, "accent"), mark)


def _title_lines(entry: Entry, room: int, look: Look) -> list[Line]:
    runs = title_runs(entry)
    if not look.is_narrow:
        return [cut_line(tuple(runs), max(1, room), look.glyphs.ellipsis)]
    lines = wrap(runs, max(1, room))
    if len(lines) > _TITLE_LINES:
        last = (*lines[_TITLE_LINES - 1], (look.glyphs.ellipsis, "text"))
        lines[_TITLE_LINES - 1 :] = [cut_line(last, max(1, room), look.glyphs.ellipsis)]
    return lines


def title_runs(entry: Entry) -> list[Run]:
    """The headline, in which what it adds stands out."""
    text, place = entry.piece.headline, 0
    plain = "title" if entry.is_first else "quiet" if entry.is_copy else "text"
    runs: list[Run] = []
    for start, end in entry.added:
        between = text[place:start]
        runs += [(between, plain if between.strip() else "title"), (text[start:end], "title")]
        place = end
    runs.append((text[place:], plain))
    return [run for run in runs if run[0]]


def _facts(entry: Entry, look: Look) -> list[Run]:
    """Who tells it and how well, and what else is to be said; then how it begins."""
    piece, glyphs = entry.piece, look.glyphs
    provider = piece.provider.label if piece.provider else ""
    runs: list[Run] = []
    if look.width >= _WIDE:
        runs.append((fit(provider, _PROVIDER, glyphs.ellipsis), "quiet"))
    elif provider:
        runs.append((cut(provider, _PROVIDER, glyphs.ellipsis), "quiet"))
    if piece.quality is not None:
        if look.is_narrow:
            runs.append((str(piece.quality), "quality"))
        else:
            filled, empty = glyphs.bar(piece.quality)
            runs += [
                (f"  {filled}", "quality"),
                (empty, "track"),
                (f" {piece.quality:<3} ", "text"),
            ]
    elif look.width >= _WIDE:
        runs.append((" " * 12, "text"))
    if entry.is_first:
        runs.append(("first", "accent"))
    if entry.copies:
        fold = glyphs.unfolded if entry.is_unfolded else glyphs.folded
        runs.append((f"{glyphs.times}{entry.copies + 1} {fold}", "accent"))
    if piece.excerpt and piece.title and not look.is_narrow:
        runs.append((cut(piece.excerpt, look.width, glyphs.ellipsis), "whisper"))
    return runs


# The head


def head_lines(coverage: Coverage, look: Look) -> list[Line]:
    """The title, how much there is, by how many, and from when to when."""
    width = max(10, look.width - 4)
    dot = f" {look.glyphs.dot} "
    lines = wrap([(coverage.title, "title")], width)[:3]
    facts = [counted(coverage.size, "piece")]
    if coverage.providers:
        facts.append(counted(len(coverage.providers), "provider"))
    if coverage.times:
        facts.append(dates.span(coverage.times[0], coverage.times[-1]))
    lines += wrap([(dot.join(facts), "whisper")], width)
    note = _note(coverage, look.glyphs)
    lines += wrap([(note, "whisper")], width)
    return [(("  ", "text"), *line) for line in lines]


def _note(coverage: Coverage, glyphs: Glyphs) -> str:
    if len(coverage.tellings) == 1:
        alone = "Nobody else in the library tells this"
        listed = "" if coverage.story_id else ", and it lists no related stories"
        return f"{alone}{listed}."
    inside = sum(isinstance(piece, Article) for piece in coverage.pieces)
    notes = [f"{glyphs.dots[-1]} {inside:,} in the library"]
    if coverage.size > inside:
        notes.append(f"{glyphs.rings[-1]} {coverage.size - inside:,} not in the library")
    if coverage.left_out:
        notes.append(f"the first of {counted(len(coverage.ids), 'article')}")
    return "   ".join(notes)


# The picture


def time_line(coverage: Coverage, look: Look, current: Piece | None = None) -> list[Line]:
    """A mark for each piece above an axis of time; nothing when all came at once.

    Large marks are of good ones, rings of those that the library does not have. That of the
    *current* one is in the colour of the cursor.
    """
    width = max(1, look.width - 4)
    times = coverage.times
    if not times or times[0] == times[-1]:
        return []
    columns: dict[int, list[Piece]] = {}
    for piece in sorted(coverage.pieces, key=lambda piece: piece.quality or 0, reverse=True):
        if piece.published_at is not None:
            place = _column(piece.published_at, times, width)
            columns.setdefault(place, []).append(piece)
    height = min(_MOST_MARKS, max(map(len, columns.values())))
    lines: list[Line] = []
    for level in reversed(range(height)):
        cells: list[Run] = [(" ", "text")] * width
        for place, pieces in columns.items():
            if level < len(pieces):
                is_cut = level == _MOST_MARKS - 1 and len(pieces) > _MOST_MARKS
                cells[place] = _mark(pieces[level], look.glyphs, current, is_cut=is_cut)
        lines.append((("  ", "text"), *cells))
    return [*lines, *_axis(times, width, look.glyphs)]


def _column(moment: datetime, times: Sequence[datetime], width: int) -> int:
    return round((width - 1) * ((moment - times[0]) / (times[-1] - times[0])))


def _mark(piece: Piece, glyphs: Glyphs, current: Piece | None, *, is_cut: bool) -> Run:
    if is_cut:
        return glyphs.related, "whisper"
    is_inside = isinstance(piece, Article)
    marks = glyphs.dots if is_inside else glyphs.rings
    mark = marks[(piece.quality or 0) >= _GOOD]
    if piece is current:
        return mark, "accent"
    return mark, "strong" if is_inside else "whisper"


def _axis(times: Sequence[datetime], width: int, glyphs: Glyphs) -> Iterator[Line]:
    rule, labels, end = [glyphs.rule] * width, "", 0
    for moment, label in _labels(times[0], times[-1], width):
        place = _column(moment, times, width)
        if place < end or place + len(label) > width:
            continue
        rule[place] = glyphs.tick
        labels = f"{labels:<{place}}{label}"
        end = place + len(label) + 1
    yield (("  ", "text"), ("".join(rule), "track"))
    yield (("  ", "text"), (labels, "whisper"))


_STEPS: Final = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 48, 168, 336))
_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120, 600)


def _labels(first: datetime, last: datetime, width: int) -> Iterator[tuple[datetime, str]]:
    """As many round times between *first* and *last* as have room, with what they are called."""
    most = max(1, width // _LABEL)
    steps = (step for step in _STEPS if (last - first) / step <= most)
    step = next(steps, None)
    begin = dates.local(first).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    moments = _by_days(begin, step) if step is not None else _by_months(begin, first, last, most)
    found = False
    for moment, label in moments:
        there = _instant(moment)
        if there is not None and there > last:
            break
        if there is not None and there >= first:
            found = True
            yield there, label
    if not found:
        yield first, f"{dates.day(first)}, {dates.local(first):%H:%M}"


def _instant(moment: datetime) -> datetime | None:
    """A local time as an instant; None at the ends of the calendar."""
    try:
        return moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _by_days(begin: datetime, step: timedelta) -> Iterator[tuple[datetime, str]]:
    with suppress(OverflowError):
        moment = begin
        while True:
            day = f"{moment.day} {dates.MONTHS[moment.month - 1][:3]}"
            yield moment, f"{moment:%H:%M}" if moment.hour else day
            moment += step


def _by_months(
    begin: datetime, first: datetime, last: datetime, most: int
) -> Iterator[tuple[datetime, str]]:
    months = (last - first).days / 30.44
    step = next((each for each in _MONTHS if months / each <= most), _MONTHS[-1])
    years = step // 12
    moment = begin.replace(day=1)
    if years:
        moment = moment.replace(month=1, year=(moment.year // years or 1) * years)
    with suppress(ValueError):
        while True:
            name = f"{dates.MONTHS[moment.month - 1][:3]} {moment.year}"
            yield moment, f"{moment.year}" if years else name
            moment = dates.add_months(moment, step)
