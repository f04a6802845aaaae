"""What of an article can be muted, and until when: pure functions to choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from newsreader.config.rules import Rule
from newsreader.model import Article, Piece
from newsreader.query.quoting import quote
from newsreader.text.counted import counted
from newsreader.ui.cells import Line

ENDS: dict[str, int | None] = {"For good": None, "For a day": 1, "For a week": 7, "For a month": 30}
"""How many days a rule is to last."""


class Subject(NamedTuple):
    """What a rule may be about: as a choice says it, as the rule is called, and as a query."""

    choice: str
    name: str
    query: str


def story_query(article: Article) -> str:
    """The query for the story that *article* is in."""
    return f"story:{quote(article.id)}"


def subjects(piece: Piece) -> Iterator[Subject]:
    """What rules may be about that also catch *piece*."""
    if isinstance(piece, Article):
        yield Subject(f"This story: {piece.headline}", piece.headline, story_query(piece))
    if piece.provider is not None and piece.provider.label:
        label = piece.provider.label
        query = f"provider:{quote(piece.provider.domain or label)}"
        yield Subject(f"Everything from {label}", f"from {label}", query)
    for topic in piece.topics if isinstance(piece, Article) else ():
        yield Subject(f"The topic {topic}", f"about {topic}", f"topic:{quote(topic)}")


def about_word(word: str) -> Subject:
    """The subject of a *word* or phrase in titles."""
    return Subject(word, f"“{word}” in titles", f"title:{quote(word)}")


def about_value(field: str, value: str, label: str) -> Subject:
    """The subject of a value of the filters."""
    said = {"provider": "from ", "topic": "about ", "tag": "tagged "}.get(field, "")
    return Subject(label, f"{said}{label}", f"{field}:{quote(value)}")


def until(rule: Rule) -> str:
    """The end of a rule in words, if it has one."""
    return f" until {rule.until.isoformat()}" if rule.until is not None else ""


def rule_lines(
    rules: Sequence[Rule], counts: Mapping[str, int | None], today: date
) -> Iterator[tuple[Line, ...]]:
    """Two lines a rule: what it does, until when and to how many; and its query.

    *counts* are by queries, as far as they are known yet; None is for one that is no query.
    """
    for rule in rules:
        is_over, count = rule.is_over(today), counts.get(rule.query, 0)
        many = "cannot be understood" if count is None else _many(rule, counts.get(rule.query))
        end = f"over since {rule.until}" if is_over else f"{many}{until(rule)}"
        role, told = "whisper" if is_over else "strong", "error" if count is None else "text"
        yield (
            (("  ", "text"), (f"{rule.kind}  ", "accent"), (rule.name, role)),
            (
                ("  ", "text"),
                (end, told),
                (f"   {rule.query}", "whisper"),
            ),
            (),
        )


def _many(rule: Rule, count: int | None) -> str:
    done = "hides" if rule.mutes else "finds"
    return done if count is None else f"{done} {counted(count, 'article')}"
