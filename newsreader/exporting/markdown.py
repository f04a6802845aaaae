"""Articles as Markdown documents. What is no Markdown is escaped so that it means itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from newsreader.exporting.facts import facts
from newsreader.exporting.markdown_spans import address, lines_of, literal
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
    Spans,
    Table,
)

BETWEEN = "\n\n---\n\n"
"""What stands between two documents in one text."""
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
    return f"[{title}](<{address(piece.url)}>)" if piece.url else title


def _value(text: str) -> str:
    return f"<{text}>" if _AUTOLINK.fullmatch(text) else literal(text)


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
            yield from lines_of(spans)
        case Heading(level, spans):
            yield f"{'#' * level} {' '.join(lines_of(spans, ''))}"
        case ListItem(_, marker, blocks):
            box = f"{marker} " if marker in (OPEN_BOX, TICKED_BOX) else ""
            start = f"{marker} " if block.is_numbered else "- "
            for number, line in enumerate(_lines(blocks)):
                yield f"{' ' * len(start)}{line}".rstrip() if number else f"{start}{box}{line}"
        case Definition(term, blocks):
            strong = tuple(span._replace(strong=True) for span in term)
            inner = (Paragraph(strong), *blocks) if strong else blocks
            yield from _block(ListItem(0, BULLET, inner))
        case Caption(spans, _):
            yield from lines_of(tuple(span._replace(emphasis=True) for span in spans))
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
        case Figure(alt, url, title, leads_to):
            said = literal(alt or title)
            shown = f"![{said}](<{address(url)}>)" if url else said
            yield f"[{shown}](<{address(leads_to)}>)" if leads_to and shown else shown


_RULES: Mapping[Alignment, str] = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
"""What stands below the header of a column."""


def _table(
    header: tuple[Spans, ...],
    rows: tuple[tuple[Spans, ...], ...],
    alignments: tuple[Alignment, ...],
) -> Iterator[str]:
    width = max(len(row) for row in (header, *rows))
    for number, row in enumerate((header, *rows)):
        cells = [" ".join(lines_of(cell, "", in_cell=True)) for cell in row]
        yield f"| {' | '.join(cells + [''] * (width - len(row)))} |"
        if not number:
            rules = [_RULES[side] for side in alignments] + ["---"] * (width - len(alignments))
            yield f"| {' | '.join(rules)} |"
