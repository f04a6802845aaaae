"""A neutral page: the blocks and spans that Markdown and HTML both become.

Every text in it is already safe: no control, escape or bidirectional character is left. Nothing
is wrapped, measured or coloured here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

BULLET = "•"
"""The marker of an item of an unordered list."""
OPEN_BOX = "[ ]"
"""The marker of a task that is to be done."""
TICKED_BOX = "[x]"
"""The marker of a task that is done."""


class Span(NamedTuple):
    """A run of text of one style.

    A ``\\n`` in it is a line break that was asked for; two are an empty line. ``url`` is the
    address it leads to, as written: it may be relative, and must pass
    :func:`newsreader.text.urls.openable` before anything opens it. ``marked`` is what somebody
    highlighted or put in; ``aside`` is not of the text, but stands beside it: the number of a link.
    """

    text: str
    emphasis: bool = False
    strong: bool = False
    code: bool = False
    struck: bool = False
    url: str = ""
    marked: bool = False
    aside: bool = False


Spans: TypeAlias = tuple[Span, ...]
Alignment: TypeAlias = Literal["", "left", "center", "right"]
"""How the text of a column stands in it; empty where nothing is said."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. It has at least one span."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the highest) to 6."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list, with its lists inside it.

    ``depth`` is 0 for an item of an outermost list and grows by one with each list around it.
    ``marker`` is :data:`BULLET`, a number as it counts (``3.``), or one of the task boxes.
    """

    depth: int
    marker: str
    blocks: tuple[Block, ...]

    @property
    def is_numbered(self) -> bool:
        """Whether it is of an ordered list."""
        return self.marker[:1].isdecimal()


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means, or a summary and its details. ``term`` is empty for what goes on
    explaining the term before.
    """

    term: Spans
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text whose spaces and line breaks count. ``language`` may be empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. ``header`` may be empty, and rows may differ in length.

    ``alignments`` are those of the columns, as far as they are given.
    """

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, by reference. It follows the paragraph in which it stood.

    ``link`` is where a click on it would have led, ``width`` and ``height`` are pixels if known.
    """

    alt: str
    url: str
    title: str = ""
    link: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said of the table below it (``is_above``), or of the figure above it."""

    spans: Spans
    is_above: bool = False


Block: TypeAlias = (
    Paragraph | Heading | ListItem | Definition | Quote | Code | Rule | Table | Figure | Caption
)


def each_of(blocks: Iterable[Block]) -> Iterator[Block]:
    """*blocks* and all within them, each before what it holds."""
    for block in blocks:
        yield block
        if isinstance(block, ListItem | Quote | Definition):
            yield from each_of(block.blocks)


def plain_text(spans: Spans) -> str:
    """The text of *spans* without their style."""
    return "".join(span.text for span in spans)


def without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """*blocks* without a heading at their beginning that says no more than *title*."""
    if blocks and isinstance(blocks[0], Heading):
        heading = plain_text(blocks[0].spans)
        if heading.casefold().split() == title.casefold().split():
            return blocks[1:]
    return blocks
