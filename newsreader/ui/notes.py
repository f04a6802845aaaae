"""What the list says below its last article or in place of articles. Pure functions to lines."""

from __future__ import annotations

from math import ceil

from newsreader.library.answer import Answer
from newsreader.library.library import Library
from newsreader.library.reading import Reading
from newsreader.text.counted import counted
from newsreader.ui.cells import Line

SAMPLES: tuple[Line, ...] = (
    (("These are samples that came with newsreader.", "whisper"),),
    (("Open your own folder:  ", "whisper"), ("newsreader ~/news", "accent")),
    (("or name it in the configuration file; see ", "whisper"), ("?", "accent"), (".", "whisper")),
)
READING: tuple[Line, ...] = ((("Reading …", "whisper"),),)


def below(
    answer: Answer, without: tuple[int, ...], library: Library, activity: str
) -> tuple[Line, ...]:
    """What to say of *answer*, while *activity* goes on in the library if any does."""
    if len(answer.view):
        is_whole = not answer.query.terms and not activity
        return SAMPLES if library.are_samples and is_whole else ()
    if answer.total:
        return no_match(answer, without)
    if activity:
        return READING
    return nothing_there(tuple(map(str, library.roots)), len(library.issues))


def no_match(answer: Answer, without: tuple[int, ...]) -> tuple[Line, ...]:
    """Which filter to remove, and how; or that rules hide it all."""
    lines: list[Line] = [(("Nothing matches.", "strong"),), ()]
    if answer.hidden:
        lines[0] = ((f"{answer.hidden:,} hidden by rules, and nothing else matches.", "strong"),)
        lines += [
            (("is:hidden", "accent"), (" in the query finds what rules hide", "whisper")),
            (("Z", "accent"), ("   lists the rules", "whisper")),
        ]
    if not answer.query.terms:
        return tuple(lines)
    for term, count in zip(answer.query.terms, without, strict=False):
        if count:
            found = f" there would be {counted(count, 'article')}."
            lines.append((("Without ", "whisper"), (term.text, "accent"), (found, "whisper")))
    if not any(without) and len(answer.query.terms) > 1:
        lines.append((("No single filter is to blame.", "whisper"),))
    lines += [
        (),
        (("Esc", "accent"), (" in the list removes the last filter", "whisper")),
        (("C", "accent"), ("   removes all of them", "whisper")),
    ]
    return tuple(lines)


def nothing_there(roots: tuple[str, ...], problems: int) -> tuple[Line, ...]:
    """Why there is no article at all."""
    where = ", ".join(roots)
    lines: list[Line] = [((f"No articles in {where}.", "strong"),), ()]
    if problems:
        lines.append(
            (
                (f"{counted(problems, 'file')} could not be used. ", "text"),
                ("Ctrl-e", "accent"),
                (" lists them.", "text"),
            )
        )
    else:
        kinds = (
            "newsreader looks for .md, .markdown, .txt, .yaml and .html files with front matter."
        )
        lines.append(((kinds, "whisper"),))
    return tuple(lines)


def activity(reading: Reading) -> str:
    """What a reading of the folders is doing, how fast, and for how long still."""
    if reading.is_over:
        return ""
    if not reading.total:
        return "reading"
    if reading.done == reading.total:
        return "indexing words"
    said = f"reading {reading.done:,} of {reading.total:,}"
    rate, seconds = reading.pace.rate, reading.pace.seconds_left
    if not rate or seconds is None:
        return said
    return f"{said}, {rate:,.0f}/s, {_time(seconds)} left"


def _time(seconds: float) -> str:
    if seconds < 100:
        return f"{ceil(seconds)} s"
    minutes = ceil(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


def changes(reading: Reading) -> str:
    """What a reading of the folders brought, in one sentence."""
    counts = (("new", reading.added), ("changed", reading.updated), ("gone", reading.removed))
    parts = [f"{count:,} {word}" for word, count in counts if count]
    return f"Read again: {', '.join(parts)}." if parts else "Read again: nothing has changed."
