"""Articles as Markdown documents. What is no Markdown is escaped so that it means itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from newsreader.exporting.facts import facts
from newsreader.model import Article, Piece
from newsreader.text.blocks import (
    BULLET,
    OPEN_BOX,
    TICKED_BOX,
    Alignment,
    Block,
    Caption,
    Code,
    Definition,
    Figure,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)

BETWEEN = "\n\n---\n\n"
"""What stands between two documents in one text."""
_SPECIAL = re.compile(r"[\\`*_\[\]<>#&~|]")
_AT_START = re.compile(r"(\d{1,9})(?=[.)](?: |$))|(?=[-+=])")
_IN_ADDRESS = re.compile(r"[\\<>&]")
_AUTOLINK = re.compile(r"https?://[^\s<>\\]+")
_TICKS = re.compile("`+")


def article_markdown(piece: Piece) -> str:
    """One article, or related story, as a Markdown document."""
    lines = [f"# {literal(piece.headline)}", ""]
    lines += [*(f"- **{name}:** {_value(value)}" for name, value in facts(piece)), ""]
    if piece.excerpt:
        lines += [f"> {literal(piece.excerpt)}", ""]
    if isinstance(piece, Article):
        lines += _body(piece)
        if piece.related:
            lines += ["## Related", "", *(f"- {link(each)}" for each in piece.related)]
    return "\n".join(lines).rstrip()


def documents(pieces: Iterable[Piece]) -> str:
    """Several articles as one text."""
    return BETWEEN.join(map(article_markdown, pieces))


def link(piece: Piece) -> str:
    """The title of *piece*, which leads to its address if it has one."""
    title = literal(piece.headline)
    return f"[{title}](<{_address(piece.url)}>)" if piece.url else title


def literal(text: str) -> str:
    """One line of *text* with everything escaped that Markdown gives a meaning."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    start = _AT_START.match(escaped)
    return f"{start[0]}\\{escaped[start.end() :]}" if start else escaped


def _value(text: str) -> str:
    return f"<{text}>" if _AUTOLINK.fullmatch(text) else literal(text)


def _address(url: str) -> str:
    return _IN_ADDRESS.sub(r"\\\g<0>", url)


def _body(article: Article) -> list[str]:
    if not article.body.strip():
        return []
    if not article.body_is_html:
        return [article.body.strip("\n"), ""]
    from newsreader.text.html import parse

    return [*_lines(parse(article.body)), ""]


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of *blocks*, with an empty line between two of them but for items of a list."""
    before: Block | None = None
    for block in blocks:
        if before is not None and not (
            isinstance(before, ListItem | Definition) and isinstance(block, type(before))
        ):
            yield ""
        yield from _block(block)
        before = block


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(spans):
            yield from _inline(spans)
        case Heading(level, spans):
            yield f"{'#' * level} {' '.join(_inline(spans, ''))}"
        case ListItem(_, marker, blocks):
            box = f"{marker} " if marker in (OPEN_BOX, TICKED_BOX) else ""
            start = f"{marker} " if marker[:1].isdecimal() else "- "
            for number, line in enumerate(_lines(blocks)):
                yield f"{' ' * len(start)}{line}".rstrip() if number else f"{start}{box}{line}"
        case Definition(term, blocks):
            strong = tuple(span._replace(strong=True) for span in term)
            inner = (Paragraph(strong), *blocks) if strong else blocks
            yield from _block(ListItem(0, BULLET, inner))
        case Caption(spans, _):
            yield from _inline(tuple(span._replace(emphasis=True) for span in spans))
        case Quote(blocks):
            yield from (f"> {line}".rstrip() for line in _lines(blocks))
        case Code(text, language):
            fence = "`" * max(3, *(len(run) + 1 for run in _TICKS.findall(text)), 0)
            yield f"{fence}{language}"
            yield from text.split("\n")
            yield fence
        case Rule():
            yield "***"
        case Table(header, rows, alignments):
            yield from _table(header, rows, alignments)
        case Figure(alt, url, title, _):
            said = literal(alt or title)
            yield f"![{said}](<{_address(url)}>)" if url else said


_RULES: Mapping[Alignment, str] = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
"""What stands below the header of a column."""


def _table(
    header: tuple[Spans, ...],
    rows: tuple[tuple[Spans, ...], ...],
    alignments: tuple[Alignment, ...],
) -> Iterator[str]:
    width = max(len(row) for row in (header, *rows))
    for number, row in enumerate((header, *rows)):
        cells = [" ".join(_inline(cell, "")) for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(cells)} |"
        if not number:
            rules = [_RULES[side] for side in alignments] + ["---"] * (width - len(alignments))
            yield f"| {' | '.join(rules)} |"


def _inline(spans: Spans, at_break: str = "\\") -> list[str]:
    """The lines of *spans*; all but the last end with *at_break*."""
    lines = "".join(map(_span, spans)).split("\n")
    some = [line.strip() for line in lines if line.strip()]
    return [f"{line}{at_break}" for line in some[:-1]] + some[-1:]


def _span(span: Span) -> str:
    return "\n".join(_styled(span, line) for line in span.text.split("\n"))


def _styled(span: Span, text: str) -> str:
    """*text* in its style, with the spaces around it outside, where Markdown wants them."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
    if span.code:
        fence = "`" * max(1, *(len(run) + 1 for run in _TICKS.findall(inner)), 0)
        pad = " " if "`" in inner else ""
        made = f"{fence}{pad}{inner}{pad}{fence}"
    else:
        made = literal(inner)
    for is_so, mark in ((span.struck, "~~"), (span.emphasis, "*"), (span.strong, "**")):
        made = f"{mark}{made}{mark}" if is_so else made
    if span.url:
        made = f"[{made}](<{_address(span.url)}>)"
    return f"{before}{made}{after}"
