"""Running text as Markdown that means the same, whichever styles meet in the middle of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from newsreader.text.blocks import Paragraph, Span, Spans, plain_text

_SPECIAL = re.compile(r"[\\`*_\[\]<>#&~|]")
_AT_START = re.compile(r"\s*(?:\d{1,9}(?=[.)](?:[ \t]|$))|(?=[-+=]))")
_IN_ADDRESS = re.compile(r"[\\<>&]")
_TICKS = re.compile("`+")
_MANY_MARKS = re.compile(r"\*{3,}|\*~~|~~\*")
_STYLES = (("url", ""), ("strong", "**"), ("emphasis", "*"), ("struck", "~~"))
"""The styles by their fields in a span, the outermost first, with their marks."""


def literal(text: str) -> str:
    """One line of *text* with everything escaped that Markdown gives a meaning."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    start = _AT_START.match(escaped)
    return f"{start[0]}\\{escaped[start.end() :]}" if start else escaped


def address(url: str) -> str:
    """*url* as it stands between the angle brackets of a link."""
    return _IN_ADDRESS.sub(r"\\\g<0>", url)


def lines_of(spans: Spans, at_break: str = "\\", *, in_cell: bool = False) -> list[str]:
    """The lines of *spans*, of a cell of a table perhaps; all but the last end with *at_break*."""
    written = (_line(line, in_cell=in_cell).strip() for line in _split(spans))
    some = [line for line in written if line]
    return [f"{line}{at_break}" for line in some[:-1]] + some[-1:]


def _line(spans: Sequence[Span], *, in_cell: bool) -> str:
    made = _written(_separable(spans), in_cell=in_cell)
    if _MANY_MARKS.search(made) and not _means(made, spans):
        plain = (Span(span.text, code=span.code, url=span.url) for span in spans)
        return _written(list(_joined(plain)), in_cell=in_cell)
    return made


def _means(made: str, spans: Iterable[Span]) -> bool:
    """Whether *made* is read as the text of *spans*: of marks side by side, that is not certain."""
    from newsreader.text.markdown import parse

    read = (block.spans for block in parse(made) if isinstance(block, Paragraph))
    return "".join(map(plain_text, read)).split() == plain_text(tuple(spans)).split()


def _split(spans: Spans) -> Iterator[list[Span]]:
    """The spans of each line."""
    line: list[Span] = []
    for span in spans:
        first, *others = span.text.split("\n")
        line.append(span._replace(text=first))
        for text in others:
            yield line
            line = [span._replace(text=text)]
    yield line


def _separable(line: Sequence[Span]) -> list[Span]:
    """*line*, with those styles left out by which its text would not end up as it is.

    A mark is none beside a space that it encloses, nor between a letter outside and a sign inside.
    So such spaces and signs are put outside.
    """
    made: list[Span] = []
    for span in line:
        text = span.text.strip()
        start = span.text.find(text) if text else len(span.text)
        before, after = span.text[:start], span.text[start + len(text) :]
        last = made[-1] if made and not before else Span("")
        parts = [Span(before), span._replace(text=text)]
        if text and last.text.strip() and last.url == span.url:
            parts = _parted(made.pop(), parts[1])
        made += (part for part in (*parts, Span(after)) if part.text)
    return list(_joined(_with_spaces_within(list(_joined(made)))))


def _with_spaces_within(spans: Sequence[Span]) -> Iterator[Span]:
    """*spans*, with those spaces in a style that stand in the middle of it."""
    for number, span in enumerate(spans):
        if span.text.isspace() and 0 < number < len(spans) - 1:
            yield _common(spans[number - 1], spans[number + 1])._replace(text=span.text)
        else:
            yield span


def _parted(first: Span, second: Span) -> list[Span]:
    """Two spans that follow each other, with the signs between them in no style of one alone."""
    common = _common(first, second)
    ends_with_sign = _is_sign("`" if first.code else first.text[-1:])
    begins_with_sign = _is_sign("`" if second.code else second.text[:1])
    if ends_with_sign and not begins_with_sign and not _is_as(first, common):
        if first.code:
            return [common._replace(text=first.text, code=True), second]
        inner = first.text.rstrip("".join(filter(_is_no_letter, set(first.text))))
        return [first._replace(text=inner), common._replace(text=first.text[len(inner) :]), second]
    if begins_with_sign and not ends_with_sign and not _is_as(second, common):
        if second.code:
            return [first, common._replace(text=second.text, code=True)]
        inner = second.text.lstrip("".join(filter(_is_no_letter, set(second.text))))
        signs = second.text[: len(second.text) - len(inner)]
        return [first, common._replace(text=signs), second._replace(text=inner)]
    return [first, second]


def _is_sign(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"


def _is_no_letter(char: str) -> bool:
    return char.isspace() or _is_sign(char)


def _common(first: Span, second: Span) -> Span:
    """No text, in the styles that go on from one to the other."""
    common = Span("")
    for name, _ in _STYLES:
        value = getattr(first, name)
        if value != getattr(second, name):
            break
        common = common._replace(**{name: value})
    return common


def _is_as(span: Span, other: Span) -> bool:
    """Whether both have the same styles."""
    return all(getattr(span, name) == getattr(other, name) for name, _ in _STYLES)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """*spans* without those that are empty, and those of one style as one."""
    for _, same in groupby(
        (span for span in spans if span.text), lambda span: span._replace(text="", marked=False)
    ):
        some = list(same)
        yield some[0]._replace(text="".join(span.text for span in some))


def _written(
    spans: Iterable[Span], styles: Sequence[tuple[str, str]] = _STYLES, *, in_cell: bool
) -> str:
    if not styles:
        return "".join(_leaf(span, in_cell=in_cell) for span in spans)
    (name, mark), *inner_styles = styles
    made = ""
    for value, some in groupby(spans, attrgetter(name)):
        inner = _written(some, inner_styles, in_cell=in_cell)
        if not value:
            made += inner
        elif mark:
            made += f"{mark}{inner}{mark}"
        else:
            # Behind an exclamation mark it would be a picture.
            made = f"{made[:-1]}\\!" if made.endswith("!") else made
            target = address(value)
            made += f"[{inner}](<{_in_cell(target) if in_cell else target}>)"
    return made


def _leaf(span: Span, *, in_cell: bool) -> str:
    if not span.code:
        return literal(span.text)
    fence = "`" * max(1, *(len(run) + 1 for run in _TICKS.findall(span.text)), 0)
    pad = " " if "`" in span.text else ""
    text = _in_cell(span.text) if in_cell else span.text
    return f"{fence}{pad}{text}{pad}{fence}"


def _in_cell(text: str) -> str:
    """*text* without a sign that would end the cell."""
    return text.replace("|", "\\|")
