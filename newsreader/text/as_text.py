"""Blocks as plain text, for where there is no page to lay them out on."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent

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
    Table,
    plain_text,
)


def as_text(blocks: Iterable[Block]) -> str:
    """*blocks* with an empty line between them, but none between the items of a list."""
    return _joined(blocks, is_inside=False)


def _joined(blocks: Iterable[Block], *, is_inside: bool) -> str:
    text, was_item = "", False
    for block in blocks:
        one = _one(block)
        if one:
            is_item = isinstance(block, ListItem)
            text += ("\n" if is_item and (was_item or is_inside) else "\n\n") * bool(text) + one
            was_item = is_item
    return text


def _one(block: Block) -> str:
    match block:
        case Paragraph() | Heading() | Caption():
            return plain_text(block.spans)
        case Definition():
            inner = indent(as_text(block.blocks), "  ")
            return f"{plain_text(block.term)}\n{inner}".strip("\n")
        case ListItem():
            inner = indent(_joined(block.blocks, is_inside=True), "  ").strip()
            return f"{block.marker} {inner}"
        case Quote():
            return indent(as_text(block.blocks), "> ", lambda _: True)
        case Code():
            return indent(block.text, "    ")
        case Rule():
            return "* * *"
        case Table():
            rows = (block.header, *block.rows) if block.header else block.rows
            return "\n".join("  ".join(map(plain_text, row)) for row in rows)
        case Figure():
            return f"[{block.alt}]" if block.alt else ""
