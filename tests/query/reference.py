"""What a query means, one article at a time: slow, plain, and apart from the compiled plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from newsreader.model import Article, Piece, Provider
from newsreader.model.marks import NO_MARKS, Marks
from newsreader.model.table import Mark
from newsreader.query.ast import (
    And,
    Dates,
    Edge,
    Flagged,
    Match,
    Missing,
    Node,
    Not,
    Number,
    Or,
    Regex,
    Saved,
    Text,
    Url,
    Value,
)
from newsreader.query.spans import resolve
from newsreader.text.dates import local
from newsreader.text.fold import fold, is_unspaced
from newsreader.text.urls import canonical

NO_RULE = Mark(0)


def matches(
    node: Node | None,
    article: Article,
    now: datetime,
    marks: Marks = NO_MARKS,
    ruled: Mark = NO_RULE,
) -> bool:
    """Whether *article* is one of those that *node* asks for.

    It has *marks*, and rules say of it what *ruled* says.
    """
    match node:
        case None:
            return True
        case And(parts):
            return all(matches(part, article, now, marks, ruled) for part in parts)
        case Or(parts):
            return any(matches(part, article, now, marks, ruled) for part in parts)
        case Not(part):
            return not matches(part, article, now, marks, ruled)
        case Saved(node=inner):
            return matches(inner, article, now, marks, ruled)
        case Text(field, text, prefix):
            texts = _texts(article, field, marks)
            return any(_has_words(fold(each), text, prefix) for each in texts)
        case Regex(field, pattern, ignores_case):
            flags = re.IGNORECASE if ignores_case else 0
            texts = _texts(article, field, marks)
            return any(re.search(pattern, each, flags) for each in texts)
        case Match("tag", values):
            return any(_is_named(tag, value) for tag in marks.tags for value in values)
        case Missing("tag"):
            return not marks.tags
        case Missing("read" | "starred" | "added" | "opened" as field):
            return _mark_instant(marks, field) is None
        case Dates(low=first, high=last, field=field) if field != "date":
            return _is_between(_mark_instant(marks, field), first, last, now)
        case Flagged("is:hidden"):
            return Mark.HIDDEN in ruled
        case Flagged("is:new"):
            return Mark.NEW in ruled
        case Flagged(name) if name in _MARKS:
            return bool(_MARKS[name](marks))
        case Url(text):
            return any(_has_address(link.url, text) for link in article.links)
        case Match(field, values):
            return any(_has_name(article, field, value) for value in values)
        case Missing(field):
            return _is_missing(article, field)
        case Number(field, low, high):
            return _within(_number(article, field), low, high)
        case Dates(low=first, high=last):
            return _is_between(article.published_at, first, last, now)
        case Flagged(name):
            return _FLAGS[name](article)


def _within(number: int | None, low: int | None, high: int | None) -> bool:
    if number is None:
        return False
    return (low is None or low <= number) and (high is None or number <= high)


def _texts(article: Article, field: str | None, marks: Marks) -> Iterator[str]:
    related = [each.title for each in article.related]
    fields = {
        "title": [article.headline],
        "excerpt": [article.excerpt],
        "body": [article.body],
        "topic": list(article.topics),
        "tag": list(marks.tags),
        "note": [marks.note],
        "provider": _provider_names(article.provider),
        "related.title": related,
        "url": [link.url for link in article.links],
    }
    if field is not None:
        yield from fields[field]
        return
    yield article.headline
    for name in ("excerpt", "body", "topic", "provider", "related.title"):
        yield from fields[name]


def _provider_names(provider: Provider | None) -> list[str]:
    return [provider.name, provider.domain] if provider else []


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _has_words(text: str, wanted: str, prefix: bool) -> bool:
    place = text.find(wanted)
    while place >= 0:
        before, after = text[place - 1 : place], text[place + len(wanted) :][:1]
        starts = not (before and _is_of_word(before) and _is_of_word(wanted[0]))
        ends = prefix or not (after and _is_of_word(after) and _is_of_word(wanted[-1]))
        if is_unspaced(wanted) or (starts and ends):
            return True
        place = text.find(wanted, place + 1)
    return False


def _has_address(url: str, wanted: str) -> bool:
    address = (canonical(wanted) or "").casefold()
    if wanted.casefold() in url.casefold():
        return True
    return bool(address) and address in (canonical(url) or "").casefold()


def _is_named(name: str, value: Value) -> bool:
    return fold(name).startswith(value.text) if value.prefix else fold(name) == value.text


def _is_provider(provider: Provider | None, value: Value) -> bool:
    if provider is None or not provider.label:
        return False
    names = _provider_names(provider)
    if any(_is_named(name, value) for name in names):
        return True
    return not value.prefix and fold(provider.domain).endswith(f".{value.text}")


def _has_name(article: Article, field: str, value: Value) -> bool:
    match field:
        case "topic":
            return any(topic and _is_named(topic, value) for topic in article.topics)
        case "provider":
            return _is_provider(article.provider, value)
        case "related.provider":
            return any(_is_provider(each.provider, value) for each in article.related)
        case _:
            name = article.category if field == "category" else article.type
            return bool(name) and _is_named(name, value)


def _has_provider(piece: Piece) -> bool:
    return piece.provider is not None and bool(piece.provider.label)


def _is_missing(article: Article, field: str) -> bool:
    match field:
        case "topic":
            return not article.topics
        case "provider":
            return not _has_provider(article)
        case "related.provider":
            return not any(map(_has_provider, article.related))
        case "category" | "type":
            return not getattr(article, field)
        case "date":
            return article.published_at is None
        case "related" | "images":
            return not _number(article, field)
        case _:
            return _number(article, field) is None


def _number(article: Article, field: str) -> int | None:
    match field:
        case "quality":
            return article.quality
        case "heat":
            return article.heat
        case "related":
            return len(article.related)
        case "images":
            return len(article.images)
        case _:
            moment = article.published_at
            return None if moment is None else local(moment).year


def _mark_instant(marks: Marks, field: str) -> datetime | None:
    moment: int | None = getattr(marks, "seen" if field == "added" else field)
    return None if moment is None else datetime.fromtimestamp(moment // 1000, UTC)


def _is_between(
    moment: datetime | None, first: Edge | None, last: Edge | None, now: datetime
) -> bool:
    if moment is None:
        return False
    low, high = _instant(first, now), _instant(last, now)
    return (low is None or low <= moment) and (high is None or moment < high)


def _instant(edge: Edge | None, now: datetime) -> datetime | None:
    span = resolve(edge.text, now) if edge else None
    if edge is None or span is None:
        return None
    return span.end if edge.after else span.start


_MARKS: dict[str, Callable[[Marks], object]] = {
    "is:unread": lambda marks: marks.read is None,
    "is:read": lambda marks: marks.read is not None,
    "is:starred": lambda marks: marks.starred is not None,
    "is:later": lambda marks: marks.later is not None,
    "is:opened": lambda marks: marks.opened is not None,
    "has:note": lambda marks: marks.notes,
    "has:tag": lambda marks: marks.tags,
}
_FLAGS: dict[str, Callable[[Article], bool]] = {
    "is:published": lambda article: article.is_published is True,
    "is:unpublished": lambda article: article.is_published is False,
    "is:secured": lambda article: article.secured is not None,
    "has:related": lambda article: bool(article.related),
    "has:image": lambda article: bool(article.images),
    "has:body": lambda article: bool(article.body.strip()),
    "has:amp": lambda article: bool(article.amp_url or article.cdn_amp_url),
    "has:fulltext": lambda _: False,
}
