"""Ordinary front matter, taken apart at its keys in whatever order they stand.

Each value is read by itself: the long ones, of which no two are alike, here, and the others by the
reference (:mod:`newsreader.sources.fields`), which remembers what it read. Whatever is not surely
read as the reference reads it, or would have it complain, is an :class:`UnusualError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from newsreader.model import Provider
from newsreader.sources.aliases import ALIAS_NAMES
from newsreader.sources.fields import ARTICLE, IMAGE, MAX_NESTED, Notes, Table
from newsreader.sources.ordinary import ordinary
from newsreader.sources.parts import Parts, Related, UnusualError, one_line, without_gaps
from newsreader.sources.scalars import plain as meaning_of
from newsreader.sources.shapes import DATE, IMAGES, RELATED
from newsreader.sources.values import WrongValueError, to_date
from newsreader.text.sanitize import clean_line

_LONGEST_REMEMBERED: Final = 500
"""Characters of a value that is worth remembering. A longer one is left to the reference."""
_MOST_REMEMBERED: Final = 4_096

_KEY_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}")
_NEXT_KEY: Final = re.compile(r"\n(?=[A-Za-z])")
_COMMENTS: Final = re.compile(r"^#.*\n(?=[A-Za-z#])", re.MULTILINE)
_TEXT_BLOCK: Final = re.compile(r" [>|]-?\n( +)[^ \n].*(?:\n\1.*)*")
_ESCAPED_TEXT: Final = re.compile(r'[^"\\]*(?:\\["\\/nrt][^"\\]*)*+')
_DATE: Final = re.compile(f" {DATE}")
_WORD: Final = "[A-Za-z0-9][A-Za-z0-9 ._/-]*+"
_LIST: Final = rf"\[(?:{_WORD}(?:, {_WORD})*+)?\]"
_ENTRY: Final = rf"[A-Za-z]++: (?:{_WORD}|{_LIST})"
_COLLECTION: Final = re.compile(rf" (?:{_LIST}|\{{{_ENTRY}(?:, {_ENTRY})*+\}})\n*")
_PROVIDER: Final = re.compile(
    r"\n( ++)name: ([A-Za-z](?:[A-Za-z0-9 ._/-]{0,98}[A-Za-z0-9])?)"
    r"\n\1domain: ([A-Za-z](?:[A-Za-z0-9._/-]{0,98}[A-Za-z0-9])?)"
)
_ENTRY_KEY: Final = re.compile(r"([A-Za-z]+): ")
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t"}
_NOT_BARE: Final = re.compile(r": | #|:$")

_PARTS: Final = {each.key: each.attribute for each in ARTICLE.values()} | {"secured": "is_secured"}
Values = Mapping[str, str]
"""What stands after the colon of each key, the lines below it included."""
Reader = Callable[[str], Any]
Readers = Mapping[str, Reader]


def parts(header: str) -> Parts:
    """What the lines of front matter say, without the lines of dashes around them.

    *header* has no control characters but line ends.

    Raises:
        UnusualError: when it is not surely ordinary.
    """
    try:
        values = _by_key(header, _NEXT_KEY)
        if ALIAS_NAMES.isdisjoint(values):
            found = _read(values, _ARTICLE)
            return Parts(**{_PARTS[key]: value for key, value in found.items()})
    except UnusualError:
        without_comments = _COMMENTS.sub("", header)
        if len(without_comments) < len(header):
            return parts(without_comments)
    raise UnusualError


def _by_key(text: str, next_key: re.Pattern[str]) -> dict[str, str]:
    pieces = next_key.split(text)
    try:
        values = dict([piece.split(":", 1) for piece in pieces])
    except ValueError:
        raise UnusualError from None
    if len(values) != len(pieces):
        raise UnusualError
    return values


def _read(values: Values, readers: Readers) -> dict[str, Any]:
    """What each of *values* means."""
    found = {}
    for key, value in values.items():
        reader = readers.get(key)
        if reader is None:
            _check_unknown(key, value)
        else:
            found[key] = reader(value)
    return found


def _check_unknown(key: str, value: str) -> None:
    if not _KEY_NAME.fullmatch(key) or type(meaning_of(key)) is not str:
        raise UnusualError
    if value[:2] not in (" [", " {"):
        _scalar(value)
        return
    keys = _ENTRY_KEY.findall(value)
    is_sound = _COLLECTION.fullmatch(value) and len(set(keys)) == len(keys)
    if not is_sound or any(type(meaning_of(each)) is not str for each in keys):
        raise UnusualError


def _scalar(value: str) -> str | None:
    """The text that stands after a key on the same line, None for null."""
    text = value.strip(" \n")
    if not text:
        return None
    if value[0] != " " or "\n" in text:
        raise UnusualError
    first = text[0]
    if first == '"':
        return _double_quoted(text)
    if first == "'":
        inner = text[1:-1]
        if len(text) < 2 or text[-1] != "'" or "'" in inner.replace("''", ""):
            raise UnusualError
        return inner.replace("''", "'")
    if not (first.isalnum() or (first == "-" and text[1:2].isalnum())) or _NOT_BARE.search(text):
        raise UnusualError
    return meaning_of(text)


def _double_quoted(text: str) -> str:
    inner = text[1:-1]
    if len(text) < 2 or text[-1] != '"':
        raise UnusualError
    if "\\" in inner:
        if not _ESCAPED_TEXT.fullmatch(inner):
            raise UnusualError
        return _ESCAPE.sub(_unescaped, inner)
    if '"' in inner:
        raise UnusualError
    return inner


def _unescaped(escape: re.Match[str]) -> str:
    return _ESCAPED.get(escape[1], escape[1])


def _text(value: str) -> str:
    """One line of readable text, which may stand in a block of its own."""
    if value[:2] in (" >", " |"):
        return one_line(_block_text(value.rstrip("\n")))
    return _line(value)


def _line(value: str) -> str:
    return one_line(_scalar(value) or "")


def _block_text(value: str) -> str:
    if not _TEXT_BLOCK.fullmatch(value):
        raise UnusualError
    return " ".join(value.split()[1:])


def _address(value: str) -> str:
    return clean_line(_scalar(value) or "")


def _date(value: str) -> datetime | None:
    if _DATE.fullmatch(value):
        return datetime.fromisoformat(value[1:])
    try:
        return to_date(_scalar(value))
    except WrongValueError:
        raise UnusualError from None


def _is_there(value: str) -> bool:
    return _scalar(value) is not None


def _by_reference(table: Table, key: str, value: str) -> Any:
    """What the reference makes of a key with its value."""
    meant = None
    if value.strip(" \n"):
        document = ordinary(f"---\n{key}:{value}\n---\n")
        if document is None or len(document.metadata) != 1:
            raise UnusualError
        meant = document.metadata[key]
    notes: Notes = []
    try:
        found = table[key].read(meant, notes)
    except WrongValueError:
        raise UnusualError from None
    if notes:
        raise UnusualError
    return found


def _remembering(table: Table, key: str) -> Reader:
    """The reference for values of which many articles have the same."""

    @lru_cache(maxsize=_MOST_REMEMBERED)
    def read(value: str) -> Any:
        if len(value) > _LONGEST_REMEMBERED:
            raise UnusualError
        return _by_reference(table, key, value)

    return read


def _items(value: str) -> tuple[str, list[str]]:
    """What the first line of each item begins with, and the items without it."""
    value = value.rstrip("\n")
    dash = value.find("- ")
    start = value[: dash + 2]
    if value[:1] != "\n" or start[1:-2].strip(" ") or dash < 0:
        raise UnusualError
    items = value.split(start)[1:]
    further = f"\n{' ' * (dash + 1)}"
    if len(items) > MAX_NESTED or value.count("\n") != value.count(further) + len(items):
        raise UnusualError
    return start, items


def _mappings(value: str, readers: Readers) -> Sequence[dict[str, Any]]:
    if not value.strip(" \n"):
        return ()
    start, items = _items(value)
    next_key = _next_key(len(start) - 1)
    return [_read(_by_key(item, next_key), readers) for item in items]


@lru_cache(maxsize=16)
def _next_key(column: int) -> re.Pattern[str]:
    return re.compile(rf"\n {{{column}}}(?=[A-Za-z])")


category = _remembering(ARTICLE, "category")
kind = _remembering(ARTICLE, "type")
quality = _remembering(ARTICLE, "quality")
heat = _remembering(ARTICLE, "heat")
published = _remembering(ARTICLE, "published")
_some_topics = _remembering(ARTICLE, "topics")


@lru_cache(maxsize=_MOST_REMEMBERED)
def provider(value: str) -> Provider | None:
    """The provider that *value* is. Those of related articles are too many to remember all."""
    if len(value) > _LONGEST_REMEMBERED:
        raise UnusualError
    usual = _PROVIDER.fullmatch(value)
    if usual is None or any(type(meaning_of(text)) is not str for text in usual.groups()[1:]):
        found: Provider | None = _by_reference(ARTICLE, "provider", value)
        return found
    return Provider(name=without_gaps(usual[2]), domain=usual[3])


def topics(value: str) -> tuple[str, ...]:
    """The topics that *value* lists."""
    start, items = _items(value) if value.startswith("\n") else ("", [value])
    return tuple(dict.fromkeys(word for item in items for word in _some_topics(start + item)))


_IMAGE: Final[Readers] = {
    "url": _scalar,
    "width": _remembering(IMAGE, "width"),
    "height": _remembering(IMAGE, "height"),
    "isCached": _remembering(IMAGE, "isCached"),
    "title": _scalar,
}


def _images(value: str) -> int:
    value = value.rstrip("\n")
    return value.count("\n  - ") if IMAGES.fullmatch(value) else len(_mappings(value, _IMAGE))


_PIECE: Final[Readers] = {
    "title": _line,
    "excerpt": _scalar,
    "publishedDateTime": _date,
    "originalUrl": _address,
    "webUrl": _address,
    "ampWebUrl": _address,
    "cdnAmpWebUrl": _address,
    "type": kind,
    "quality": quality,
    "provider": provider,
    "images": _images,
}
_ADDRESSES: Final = ("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl")


def related(value: str) -> Related:
    """What *value* lists as related articles."""
    value = value.rstrip("\n")
    usual = RELATED.findall(value)
    # Each one found begins at a dash and ends before the next: if they are as many, that is all.
    if not value.startswith("\n  - ") or len(usual) != value.count("\n  - "):
        found = _mappings(value, _PIECE)
        titles = [each.get("title", "") for each in found]
        addresses = [each.get(key, "") for each in found for key in _ADDRESSES]
        return Related(titles, [address for address in addresses if address])
    for each in usual:
        if each[5]:
            provider(each[5])
    urls = [without_gaps(url) for each in usual for url in each[1:5] if url]
    return Related([one_line(each[0]) for each in usual], urls)


_ARTICLE: Final[Readers] = {
    **_PIECE,
    "title": _text,
    "excerpt": _text,
    "category": category,
    "heat": heat,
    "published": published,
    "topics": topics,
    "related": related,
    "secured": _is_there,
}
