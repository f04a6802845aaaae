"""An insight as lines with places to stop at: pure functions of its width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from newsreader.query.insight import Days, Insight, Part, Period
from newsreader.query.spread import MOST_PERIODS
from newsreader.text.counted import counted
from newsreader.text.dates import MONTHS, day, local_at
from newsreader.ui.cells import Line, Run, fit, line_len
from newsreader.ui.columns import lettered, stacked
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.inks import ON
from newsreader.ui.sheet import GUTTER, Sheet, Stop, below, beside

LETTERS = "ABCDE"
CHART, LEGEND = "chart", "legend"
_LEAD = 9
"""Cells to the left of a chart, for its scale."""
_TOP = 3
"""The line of a block on which it begins, below its heading."""
_TALL, _LOW = 8, 4
"""Lines of the chart over time, and of the others."""
_WIDEST_COLUMN = 6
_TWO, _THREE = 100, 170
"""From so many cells on, so many blocks stand beside each other."""
_WIDEST_LABEL = 30
_WIDEST_ENTRY = 20
_NARROW = 44
"""Below so many cells a block leaves out a bar."""


class Look(NamedTuple):
    """How a sheet is drawn; with *letters* instead of shades."""

    width: int
    glyphs: Glyphs
    has_letters: bool = False
    period: int | None = None
    """The period that the legend is about; None for all of them."""


def periods_for(width: int) -> int:
    """How many periods there is room for."""
    room = max(1, width - _LEAD - 1)
    return min(MOST_PERIODS, room // 2 if width >= _TWO else room)


def sheet_of(found: Insight, look: Look) -> Sheet:
    """All of an insight."""
    if not found.articles:
        return Sheet(((), (("  There are no articles to count.", "strong"),)))
    blocks = [_chart(found, look), _legend(found, look)] if found.periods else []
    across = 3 if look.width >= _THREE else 2 if look.width >= _TWO else 1
    width = (look.width - GUTTER * (across - 1)) // across
    inner = look._replace(width=width)
    makers = (_providers, _trends, _qualities, _heats, _stories)
    rest = [block for make in makers if (block := make(found, inner)).lines]
    if across == 3:
        rest[2:] = [below(rest[2:])]
    blocks += (beside(rest[at : at + across], width) for at in range(0, len(rest), across))
    return below(blocks)


def _heading(text: str, note: str = "") -> Line:
    heading: Line = (("  ", "text"), (text, "heading"))
    return (*heading, ("   ", "text"), (note, "whisper")) if note else heading


# Over time


def _chart(found: Insight, look: Look) -> Sheet:
    """A column for each period, as high as it has articles, divided by topic."""
    periods, glyphs = found.periods, look.glyphs
    width = max(1, min(_WIDEST_COLUMN, (look.width - _LEAD - 1) // len(periods)))
    bar = width - 1 if width > 2 else width
    most = max(period.count for period in periods)
    columns = [_column(found, period, most, look) for period in periods]
    if not look.has_letters:
        _name(columns, found, glyphs.levels[-1])
    lines: list[Line] = [(), _heading("OVER TIME", _unit(periods)), ()]
    for y in reversed(range(_TALL)):
        cells = _wide((column[y] for column in columns), bar, width)
        lines.append((*_scale(most if y == _TALL - 1 else None), *cells))
    lines += [_base(look.period, width, bar, len(periods), glyphs)]
    lines += [_axis(periods, width, look.width)]
    top, bottom = _TOP, _TOP + _TALL
    stops = [
        Stop(CHART, place, period.query, bottom, _LEAD + place * width, bar, top, 0, look.width)
        for place, period in enumerate(periods)
    ]
    return Sheet(tuple(lines), tuple(stops))


def _letters(found: Insight, glyphs: Glyphs) -> list[str]:
    return [*LETTERS[: len(found.topics)], glyphs.dot]


def _tones(found: Insight) -> list[str]:
    """From the strongest on; the rest is the faintest, unless it is all there is."""
    size = len(found.topics)
    return [*(f"tone{place}" for place in range(size)), "tone5" if size else "tone0"]


def _column(found: Insight, period: Period, most: int, look: Look) -> list[Run]:
    counts, tones = [part.count for part in period.parts], _tones(found)
    if not look.has_letters:
        return stacked(counts, period.count, most, _TALL, tones, look.glyphs)
    letters = list(zip(_letters(found, look.glyphs), tones, strict=True))
    return lettered(counts, period.count, most, _TALL, letters)


def _name(columns: Sequence[list[Run]], found: Insight, full: str) -> None:
    """Put the letter of each topic where its tone has the most *full* cells."""
    for place, tone in enumerate(_tones(found)[: len(found.topics)]):
        runs = [
            (len(cells), number, [y for y, _ in cells])
            for number, column in enumerate(columns)
            for whole, group in groupby(enumerate(column), key=lambda each: each[1])
            if whole == (full, tone) and (cells := list(group))
        ]
        if runs:
            _, number, ys = max(runs, key=lambda each: (each[0], each[1]))
            columns[number][ys[len(ys) // 2]] = (LETTERS[place], _on(tone))


def _on(tone: str) -> str:
    """The role of a letter on a tone."""
    return f"{'ground' if tone < 'tone3' else 'strong'}{ON}{tone}"


def _wide(cells: Iterable[Run], bar: int, width: int) -> Iterator[Run]:
    """Each of *cells* as wide as its column; a letter that names a tone stands in the middle."""
    for text, role in cells:
        if ON in role and text in LETTERS:
            yield f"{text:^{bar}}", role
        else:
            yield text * bar, role
        if bar < width:
            yield " " * (width - bar), "text"


def _base(chosen: int | None, width: int, bar: int, count: int, glyphs: Glyphs) -> Line:
    """The ground that the columns stand on, with a mark below the chosen one."""
    rule = glyphs.rule * (count * width - (width - bar))
    lead: Run = (" " * _LEAD, "text")
    if chosen is None:
        return (lead, (rule, "track"))
    at = chosen * width + (bar - 1) // 2
    return (lead, (rule[:at], "track"), (glyphs.heat, "accent"), (rule[at + 1 :], "track"))


def _axis(periods: Sequence[Period], width: int, room: int) -> Line:
    """The dates at which years, months or days begin, as far as there is room."""
    line: list[Run] = []
    used, before = 0, ""
    for place, period in enumerate(periods):
        start = period.start or period.end
        tick, x = _tick(start, before), _LEAD + place * width
        before = start
        if tick and (used + 2 <= x or not place) and x + len(tick) <= room:
            line += ((" " * (x - used), "text"), (tick, "whisper"))
            used = x + len(tick)
    return tuple(line)


def _tick(start: str, before: str) -> str:
    if not before or len(start) == 4:
        return _date(start)
    if start[:4] != before[:4]:
        return start[:4]
    return MONTHS[int(start[5:7]) - 1][:3] if start[:7] != before[:7] and start[7:] else ""


def _date(text: str) -> str:
    """``2020``, ``Jul 2020`` or ``1 Jul 2020`` for the beginning of an ISO date."""
    year, *rest = text.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1][:3]} {year}"
    return f"{int(rest[1])} {month}" if rest[1:] else month


def _unit(periods: Sequence[Period]) -> str:
    """How long the periods are, in words."""
    inner = periods[len(periods) // 2]
    start, end = inner.start or inner.end, inner.end or inner.start
    match len(start):
        case 4:
            noun, step = "year", int(end) - int(start) + 1
        case 7:
            noun, step = "month", 12 * (int(end[:4]) - int(start[:4])) + 1
            step += int(end[5:]) - int(start[5:])
        case 10:
            return "by day" if start == end else "by week"
        case _:
            return ""
    return f"by {noun}" if step == 1 else f"by {step} {noun}s"


def _stretch(period: Period) -> str:
    start, end = (_date(each) if each else "" for each in (period.start, period.end))
    if start == end:
        return start or "at any time"
    if not start:
        return f"until {end}"
    if not end:
        return f"from {start}"
    is_same_year = period.start[:4] == period.end[:4]
    return f"{start.removesuffix(period.start[:4]).rstrip() if is_same_year else start} to {end}"


def _scale(most: int | None) -> Line:
    """What stands to the left of a chart's line: on the top one, how much it is."""
    text = "" if most is None else _short(most)
    return ((" " * (_LEAD - 1 - len(text)), "text"), (text, "whisper"), (" ", "text"))


def _short(count: int) -> str:
    """A number in five cells at most."""
    if count < 10_000:
        return f"{count:,}"
    return f"{count // 1_000}k" if count < 1_000_000 else f"{count / 1_000_000:.1f}M"


def _legend(found: Insight, look: Look) -> Sheet:
    """What the period under the cursor has, or all of them have, of each topic."""
    marks = [*zip(_letters(found, look.glyphs), _tones(found), strict=True)]
    if look.period is None or look.period >= len(found.periods):
        whole, parts = _span(found), [*found.topics]
        if found.undated and found.undated.count:
            parts.append(found.undated)
            marks[-1] = (" ", "text")
    else:
        period = found.periods[look.period]
        whole = f"{_stretch(period)}   {counted(period.count, 'article')}"
        parts = [*period.parts]
    lines: list[Line] = [(), (("  ", "text"), (whole, "text")), ()]
    stops: list[Stop] = []
    entries = [
        (_entry(mark, part, look), part.query) for mark, part in zip(marks, parts, strict=False)
    ]
    x = 0
    for place, (entry, query) in enumerate(entries):
        size = line_len(entry)
        if not place or x + size > look.width:
            lines.append(())
            x = 0
        lines[-1] = (*lines[-1], *entry)
        y = len(lines) - 1
        stops.append(Stop(LEGEND, place, query, y, x + 2, size - 3, y, 0, look.width))
        x += size
    return Sheet(tuple(lines), tuple(stops))


def _entry(mark: Run, part: Part, look: Look) -> Line:
    letter, tone = mark
    name = fit(part.label, min(_WIDEST_ENTRY, look.width - 16), look.glyphs.ellipsis).rstrip()
    return (
        ("  ", "text"),
        (f" {letter} ", tone if look.has_letters or tone == "text" else _on(tone)),
        (" ", "text"),
        (name, "text" if part.count else "whisper"),
        (" ", "text"),
        (f"{part.count:,}", "whisper"),
        ("  ", "text"),
    )


def _span(found: Insight) -> str:
    if found.published is None:
        return counted(found.articles, "article")
    first, last = (day(local_at(time)) for time in found.published)
    when = first if first == last else f"{first} to {last}"
    return f"{when}   {counted(found.articles, 'article')}"


# Rows


def _rows(block: str, head: Line, rows: Sequence[tuple[Line, str]], width: int) -> Sheet:
    """A heading, and below it lines with their queries."""
    if not rows:
        return Sheet(())
    stops = (
        Stop(block, place, query, y, 1, width - 2, y, 0, width)
        for place, (y, (_, query)) in enumerate(enumerate(rows, _TOP))
    )
    return Sheet(((), head, (), *(line for line, _ in rows)), tuple(stops))


def _providers(found: Insight, look: Look) -> Sheet:
    """How much each has, and how good it is."""
    glyphs, width = look.glyphs, look.width
    most = max((each.count for each in found.providers), default=0)
    room = max((len(f"{each.count:,}") for each in found.providers), default=1)
    cells = _bar_room(width)
    tail = (cells + 2 if cells else 0) + room + (15 if cells else 6)
    label = max(6, min(_WIDEST_LABEL, width - 4 - tail))
    rows = []
    for each in found.providers:
        mean = None if each.quality is None else round(each.quality)
        runs: list[Run] = [("  ", "text"), (fit(each.label, label, glyphs.ellipsis), "text")]
        runs += [("  ", "text"), *_bar(each.count, most, cells, glyphs)] if cells else []
        runs += [("  ", "text"), *_right(f"{each.count:,}", room, "text"), ("   ", "text")]
        if cells and mean is not None:
            full, empty = glyphs.bar(mean)
            runs += [(full, "quality"), (empty, "track"), ("  ", "text")]
        elif cells:
            runs.append((" " * 7, "text"))
        runs += _right("" if mean is None else f"{mean}", 3, "whisper")
        rows.append((tuple(runs), each.query))
    return _rows("providers", _heading("PROVIDERS", "articles, mean quality"), rows, width)


def _right(text: str, width: int, role: str) -> tuple[Run, Run]:
    """*text* at the right end of *width* cells."""
    return (" " * (width - len(text)), "text"), (text, role)


def _bar_room(width: int) -> int:
    """Cells for the bars of a block; none when it is narrow."""
    return 0 if width < _NARROW else min(24, (width - 36) // 2 + 2)


def _bar(count: int, most: int, cells: int, glyphs: Glyphs, role: str = "tone1") -> list[Run]:
    """A bar of *count* out of *most*, of which anything above nothing shows."""
    filled = max(1, round(count * cells / most)) if count else 0
    return [(glyphs.full * filled, role), (" " * (cells - filled), "text")]


def _trends(found: Insight, look: Look) -> Sheet:
    """Which topics have more than before, and which less."""
    if not found.trends or found.lately is None:
        return Sheet(())
    glyphs, width, cells = look.glyphs, look.width, _bar_room(look.width)
    most = max(abs(each.change) for each in found.trends)
    signs = [f"{each.change:+,}".replace("-", glyphs.excluded) for each in found.trends]
    room = max(map(len, signs))
    facts = [f"{each.before:,} {glyphs.crumb} {each.count:,}" for each in found.trends]
    widest = max(map(len, facts))
    tail = (cells + 2 if cells else 0) + room + widest + 4
    label = max(6, min(_WIDEST_LABEL, width - 4 - tail))
    rows = []
    for each, sign, fact in zip(found.trends, signs, facts, strict=True):
        rises = each.change > 0
        runs: list[Run] = [("  ", "text"), (fit(each.label, label, glyphs.ellipsis), "text")]
        if cells:
            tone = "tone1" if rises else "tone4"
            runs += [("  ", "text"), *_bar(abs(each.change), most, cells, glyphs, tone)]
        runs += [("  ", "text"), *_right(sign, room, "strong" if rises else "quiet")]
        runs += [("  ", "text"), *_right(fact, widest, "whisper")]
        rows.append((tuple(runs), each.query))
    note = f"in {_days(found.lately)}"
    return _rows("trends", _heading("RISING AND FALLING", note), rows, width)


def _days(days: Days) -> str:
    size = (days.last - days.first).days + 1
    return f"{counted(size, 'day')} to {_date(days.last.isoformat())}"


def _stories(found: Insight, look: Look) -> Sheet:
    """The stories that most tell."""
    rows = []
    for each in found.stories:
        facts = f"{counted(each.pieces, 'piece')} {look.glyphs.dot} "
        facts += counted(each.providers, "provider")
        title = fit(each.title, max(6, look.width - len(facts) - 6), look.glyphs.ellipsis)
        line: Line = (("  ", "text"), (title, "text"), (f"  {facts}", "whisper"))
        rows.append((line, each.query))
    return _rows("stories", _heading("STORIES"), rows, look.width)


def _qualities(found: Insight, look: Look) -> Sheet:
    """How many there are in each ten of quality."""
    return _measure("quality", found.qualities, found.unrated, look)


def _heats(found: Insight, look: Look) -> Sheet:
    """The same of heat, if any is known."""
    if not any(part.count for part in found.heats):
        return Sheet(())
    return _measure("heat", found.heats, found.without_heat, look)


def _measure(field: str, parts: Sequence[Part], unknown: Part | None, look: Look) -> Sheet:
    most = max(part.count for part in parts)
    width = 4 if look.width >= _NARROW else 3
    columns = [
        stacked([part.count], part.count, max(1, most), _LOW, [field], look.glyphs)
        for part in parts
    ]
    head = _heading(field.upper(), "articles by tens")
    lines: list[Line] = [(), head, ()]
    for y in reversed(range(_LOW)):
        cells = _wide((column[y] for column in columns), width - 1, width)
        lines.append((*_scale(most if y == _LOW - 1 else None), *cells))
    rule = look.glyphs.rule * (width * len(parts) - 1)
    ticks = "".join(f"{10 * place:<{width}}" for place in range(len(parts)))
    lead: Run = (" " * _LEAD, "text")
    lines += [(lead, (rule, "track")), (lead, (ticks, "whisper"))]
    y = len(lines) - 2
    stops = [
        Stop(field, place, part.query, y, _LEAD + width * place, width - 1, _TOP, 0, look.width)
        for place, part in enumerate(parts)
    ]
    if unknown is not None and unknown.count:
        text = f"{unknown.count:,} unknown"
        lines.append((lead, (text, "whisper")))
        place, last = len(parts), len(lines) - 1
        stops.append(Stop(field, place, unknown.query, last, _LEAD, len(text), last, 0, look.width))
    return Sheet(tuple(lines), tuple(stops))
