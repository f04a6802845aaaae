"""Where a text has what a query looks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining

from newsreader.query.ast import Regex, Text
from newsreader.query.patterns import compiled
from newsreader.query.query import Query
from newsreader.query.relevance import wanted
from newsreader.query.words import whole_words
from newsreader.text.fold import fold_with_places, is_unspaced

Spans = list[tuple[int, int]]
"""Stretches of a text, from and up to a place; in order, none touching another."""


@dataclass(frozen=True)
class Marker:
    """Finds what a query looks for. Two that look for the same are equal."""

    nodes: tuple[Text | Regex, ...]

    @property
    def may_span_lines(self) -> bool:
        """Whether some of it may stand partly on one line and partly on the next."""
        return any(
            isinstance(node, Regex) or " " in node.text or is_unspaced(node.text)
            for node in self.nodes
        )

    def spans(self, text: str, fields: Collection[str] = ()) -> Spans:
        """Where *text*, which belongs to *fields*, has any of it; a beginning marks the word.

        What is looked for in one field only is found in that field only.
        """
        nodes = [node for node in self.nodes if node.field is None or node.field in fields]
        found: list[tuple[int, int]] = []
        words = [node for node in nodes if isinstance(node, Text)]
        if words and text:
            found += _words(text, words)
        for node in nodes:
            if isinstance(node, Regex):
                found += _matches(text, node)
        return _joined(found)


def marker_of(query: Query) -> Marker | None:
    """What marks the words, phrases and patterns that *query* looks for; None without any."""
    nodes = [node for node in wanted(query.root) if isinstance(node, Text | Regex)]
    return Marker(tuple(dict.fromkeys(nodes))) if nodes else None


def _words(text: str, nodes: Iterable[Text]) -> Iterator[tuple[int, int]]:
    folded, places = fold_with_places(text)
    for node in nodes:
        if node.text in folded:
            for match in _pattern(node).finditer(folded):
                yield _original(text, places, *match.span())


def _original(text: str, places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    first, last = places[start], places[end - 1] + 1
    while last < len(text) and combining(text[last]):
        last += 1
    return first, last


@lru_cache(maxsize=256)
def _pattern(node: Text) -> re.Pattern[str]:
    pattern = whole_words(node)
    if pattern is None:
        return re.compile(re.escape(node.text))
    return re.compile(rf"{pattern.pattern}\w*") if node.prefix else pattern


def _matches(text: str, node: Regex) -> Iterator[tuple[int, int]]:
    for match in compiled(node).finditer(text):
        start, end = match.span()
        if start < end:
            yield start, end


def _joined(found: Iterable[tuple[int, int]]) -> Spans:
    """*found* in order, with those that overlap or touch made one."""
    spans: Spans = []
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
