"""The body of an article, in either of its two forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsreader.text.blocks import Block


def blocks_of(body: str, *, is_html: bool) -> tuple[Block, ...]:
    """The blocks of *body*, which is HTML or Markdown. Any text will do: it never raises."""
    # Imported here: no start has a body to read.
    if is_html:
        from newsreader.text.html import parse
    else:
        from newsreader.text.markdown import parse
    return parse(body)
