"""Articles as plain text and JSON for standard output. All text has been made safe."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size

from newsreader.exporting.facts import facts
from newsreader.library.answer import Answer
from newsreader.model import Article, Issue, Piece
from newsreader.model.brief import Brief
from newsreader.sources.fields import front_matter
from newsreader.text import dates
from newsreader.text.sanitize import clean_block

if TYPE_CHECKING:
    from newsreader.library.hotness import Why

_PROVIDER = 22
_OURS = frozenset(("id", "path", "body", "bodyFormat", "extra"))


def as_json(value: Any, *, indent: int | None = 2) -> str:
    """*value* as JSON that no terminal can take for a command."""
    text = json.dumps(plain_data(value), ensure_ascii=False, indent=indent, allow_nan=False)
    return _escape_controls(text)


def _escape_controls(text: str) -> str:
    if clean_block(text) == text:
        return text
    kept = set(clean_block(text)) | {"\n"}
    return "".join(char if char in kept else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if ord(char) != 0x7F else "\\u007f"


def plain_data(value: Any) -> Any:
    """*value* with dates in ISO 8601 and UTC, and everything else that JSON lacks as text."""
    if isinstance(value, datetime):
        moment = dates.instant(value)
        return dates.iso(moment) if moment else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(each) for each in value]
    if isinstance(value, float) and value - value != 0:
        return None
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


def article_data(article: Article) -> dict[str, Any]:
    """An article under the front matter's names, with its ``id``, ``path`` and any ``body``.

    A body has a ``bodyFormat``, ``markdown`` or ``html``. Keys of the front matter that are
    called like one of these are put under ``extra``.
    """
    data: dict[str, Any] = {"id": article.id, "path": article.path}
    taken: dict[str, Any] = {}
    for key, value in front_matter(article).items():
        (taken if key in _OURS else data)[key] = value
    if "publishedDateTime" in data and article.published_at is not None:
        data["publishedDateTime"] = article.published_at
    if article.body:
        data["body"] = article.body
        data["bodyFormat"] = "html" if article.body_is_html else "markdown"
    if taken:
        data["extra"] = taken
    return data


def list_lines(articles: Iterable[Brief], width: int | None) -> Iterator[str]:
    """A line an article: id, date, quality, provider, title; cut to *width* cells if given."""
    for article in articles:
        moment = article.published_at
        day = dates.day(moment) if moment else article.published_text[:11]
        quality = "" if article.quality is None else str(article.quality)
        line = (
            f"{article.id}  {day:>11}  {quality:>3}  "
            f"{set_cell_size(article.provider, _PROVIDER)}  {article.headline}"
        )
        yield cut_line(line, width)


def grouped_lines(answer: Answer, limit: int | None, width: int | None) -> Iterator[str]:
    """The same under the headings of groups, an article under each group that it is in."""
    for group in answer.groups:
        places = [place for place in group.positions if limit is None or place < limit]
        if places and group.has_heading:
            yield cut_line(f"{group.label} ({len(places)})", width)
        indent = "  " if group.has_heading else ""
        inner = None if width is None else width - len(indent)
        articles = map(answer.view.brief, places)
        yield from (f"{indent}{line}" for line in list_lines(articles, inner))


def search_lines(
    searches: Sequence[tuple[str, str, int | None]], width: int | None
) -> Iterator[str]:
    """A line a saved search: name, count, query; cut to *width* cells if given."""
    counts = ["?" if count is None else str(count) for _, _, count in searches]
    widest_name = max((cell_len(name) for name, _, _ in searches), default=0)
    widest_count = max(map(len, counts), default=0)
    for (name, query, _), count in zip(searches, counts, strict=True):
        line = f"{set_cell_size(name, widest_name)}  {count:>{widest_count}}  {query}"
        yield cut_line(line.rstrip(), width)


def cut_line(line: str, width: int | None) -> str:
    """*line* in at most *width* cells, if given."""
    if width is None or cell_len(line) <= width:
        return line
    return f"{set_cell_size(line, width - 1)}…"


def article_text(article: Article, origin: str = "") -> str:
    """One article to read as plain text; *origin* says where its text comes from."""
    lines = [article.headline, ""]
    lines += [f"{name:<10} {value}" for name, value in facts(article)]
    lines += [f"{'Id':<10} {article.id}", f"{'File':<10} {article.path}"]
    for text in (article.excerpt, origin, _body(article)):
        if text.strip():
            lines += ["", text.strip()]
    if article.related:
        lines += ["", "Related"]
        lines += [f"  {line}" for each in article.related for line in _related_lines(each)]
    return "\n".join(lines)


def _body(article: Article) -> str:
    if not article.body_is_html:
        return article.body
    from newsreader.text.as_text import as_text
    from newsreader.text.html import parse

    return as_text(parse(article.body))


def _related_lines(related: Piece) -> Iterator[str]:
    facts = [related.provider.label] if related.provider else []
    if related.published_at is not None:
        facts.append(dates.day(related.published_at))
    if related.quality is not None:
        facts.append(f"quality {related.quality}")
    yield f"{related.headline} ({', '.join(facts)})" if facts else related.headline
    if related.url:
        yield f"  {related.url}"


def why_data(why: Why) -> dict[str, Any]:
    """A score and its reasons for JSON."""
    parts = [{**reason._asdict(), "points": round(reason.points, 1)} for reason in why.reasons]
    return {"hot": why.score, "parts": parts, "damping": why.damping, "flood": why.flood or None}


def why_text(why: Why) -> str:
    """A score and its reasons, one a line."""
    lines = [f"{'hot':<10} {why.score:>4}"]
    for reason in why.reasons:
        factors = f"{reason.value:.2f} x {reason.weight:g}"
        lines.append(f"{reason.name:<10} {reason.points:>4.0f}  {factors:<9}  {reason.text}")
    if why.flood:
        lines.append(f"{'damping':<10} {'':>4}  x {why.damping:<7.2f}  {why.flood}")
    return "\n".join(lines)


def issue_data(issue: Issue) -> dict[str, Any]:
    """A problem for JSON."""
    return {
        "path": issue.path,
        "line": issue.line,
        "column": issue.column,
        "severity": issue.severity.value,
        "reason": issue.reason,
    }
