"""Blocks of text as tests write them, and what is in them."""

from __future__ import annotations

from newsreader.text.blocks import (
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
    Table,
    plain_text,
)


def text_of(blocks: tuple[Block, ...]) -> str:
    """All text of *blocks*, a space between the parts."""
    return " ".join(map(_text_of, blocks))


def _text_of(block: Block) -> str:
    match block:
        case Paragraph(spans) | Heading(_, spans) | Caption(spans, _):
            return plain_text(spans)
        case Definition(term, blocks):
            return f"{plain_text(term)} {text_of(blocks)}"
        case Quote(blocks) | ListItem(_, _, blocks):
            return text_of(blocks)
        case Code(text, language):
            return f"{language} {text}"
        case Table(header, rows, _):
            return " ".join(plain_text(cell) for row in (header, *rows) for cell in row)
        case Figure(alt, url, title, _):
            return f"{alt} {url} {title}"
        case Rule():
            return ""


def depth_of(blocks: tuple[Block, ...]) -> int:
    """How many blocks are within one another at most."""
    inner = [block.blocks for block in blocks if isinstance(block, Quote | ListItem | Definition)]
    return 1 + max(map(depth_of, inner), default=0) if blocks else 0


def plain(text: str) -> Paragraph:
    """A paragraph of *text*."""
    return Paragraph((Span(text),))


def item(marker: str, *blocks: Block, depth: int = 0) -> ListItem:
    """An item of a list."""
    return ListItem(depth, marker, blocks)


def caption(text: str, *, is_above: bool = False) -> Caption:
    """A caption of *text*."""
    return Caption((Span(text),), is_above)
