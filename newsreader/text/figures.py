"""The pictures of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsreader.text.links import MOST_TEXT, pieces_of

if TYPE_CHECKING:
    from newsreader.text.blocks import Block, Figure

MOST_FIGURES = 200
_SIGNS = ("![", "<img", "<IMG")


def may_have_figures(body: str) -> bool:
    """Whether *body* is worth looking through."""
    return any(sign in body for sign in _SIGNS)


def figures_in(body: str, *, is_html: bool) -> list[Figure]:
    """The pictures in *body*, each address once, of the first :data:`MOST_FIGURES`."""
    found: dict[str, Figure] = {}
    if not may_have_figures(body):
        return []
    for blocks in pieces_of(body[:MOST_TEXT], is_html=is_html):
        for figure in _figures(blocks):
            found.setdefault(figure.url, figure)
        if len(found) >= MOST_FIGURES:
            break
    return list(found.values())[:MOST_FIGURES]


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    from newsreader.text.blocks import Definition, Figure, ListItem, Quote

    for block in blocks:
        match block:
            case Figure():
                if block.url:
                    yield block
            case ListItem(_, _, inner) | Quote(inner) | Definition(_, inner):
                yield from _figures(inner)
            case _:
                pass
