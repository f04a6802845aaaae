"""The pictures of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.text.links import pieces_of

if TYPE_CHECKING:
    from newsreader.text.blocks import Figure

MOST_FIGURES = 200
_MOST_TEXT = 300_000
"""Characters in which they are looked for."""
_SHORT = 20_000
_SIGNS = ("![", "<img", "<IMG")


def may_have_figures(body: str) -> bool:
    """Whether *body* is worth looking through. Of a long one that alone would take a while."""
    return len(body) > _SHORT or _has_signs(body)


def _has_signs(body: str) -> bool:
    return any(sign in body for sign in _SIGNS)


def figures_in(body: str, *, is_html: bool) -> list[Figure]:
    """The pictures at the beginning of *body*, each address once, :data:`MOST_FIGURES` at most."""
    found: dict[str, Figure] = {}
    body = body[:_MOST_TEXT]
    if not _has_signs(body):
        return []
    from newsreader.text.blocks import Figure, each_of

    for blocks in pieces_of(body, is_html=is_html):
        for block in each_of(blocks):
            if isinstance(block, Figure) and block.url:
                found.setdefault(block.url, block)
        if len(found) >= MOST_FIGURES:
            break
    return list(found.values())[:MOST_FIGURES]
