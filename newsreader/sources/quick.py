"""The row of an ordinary file straight from its bytes, without making an article of it.

It takes a file apart at the keys of its front matter and reads each value by itself: the long
ones, of which no two are alike, here and the others by the reference, which remembers them.
Whatever is not surely read as :func:`newsreader.sources.article.parse_article` reads it, or would
have it complain, gives no row: a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsreader.model.row import Row
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME, Flag
from newsreader.sources.aliases import ALIAS_NAMES
from newsreader.sources.article import date_of_name
from newsreader.sources.fields import ARTICLE, IMAGE, MAX_NESTED, Notes, Table
from newsreader.sources.ordinary import ordinary
from newsreader.sources.scalars import plain as meaning_of
from newsreader.sources.values import WrongValueError, to_date
from newsreader.text.fold import fold_lines
from newsreader.text.names import names_of
from newsreader.text.sanitize import HARMLESS, clean_block, plain
from newsreader.text.urls import canonical

MAX_HEADER: Final = 64 * 1024
"""Bytes of front matter. A longer one is left to the reference, with its bounds."""
MAX_LINES: Final = 4_000
"""Lines of front matter, below the bound of the ordinary reader."""
_LONGEST_REMEMBERED: Final = 500
_MOST_REMEMBERED: Final = 4_096

_QUOTED: Final = r'"[^"\\\n]*+"'
_DATE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_NUMBER: Final = "[0-9]{1,9}"


def _images_pattern(column: int) -> str:
    """The commonest form of a list of images whose dashes are at *column*."""
    start = rf"\n {{{column}}}"
    further = (
        f"  width: {_NUMBER}",
        f"  height: {_NUMBER}",
        "  isCached: (?:true|false)",
        f"  title: {_QUOTED}",
    )
    return f"(?:{start}- url: {_QUOTED}{''.join(f'(?:{start}{each})?' for each in further)})++"


_TEXT_IN_QUOTES: Final = r'"([^"\\\n]*+)"'
_RELATED_PATTERN: Final = (
    rf"\n  - title: {_TEXT_IN_QUOTES}(?:\n    excerpt: {_QUOTED})?"
    rf"(?:\n    publishedDateTime: ({_DATE}))?"
    rf"(?:\n    originalUrl: {_TEXT_IN_QUOTES})?(?:\n    webUrl: {_TEXT_IN_QUOTES})?"
    rf"(?:\n    ampWebUrl: {_TEXT_IN_QUOTES})?(?:\n    cdnAmpWebUrl: {_TEXT_IN_QUOTES})?"
    r"(?:\n    type: [A-Za-z]++)?(?:\n    provider:((?:\n      .*+)++))?"
    rf"(?:\n    quality: {_NUMBER})?(?:\n    images:{_images_pattern(6)})?(?=\n  - |\Z)"
)
"""The commonest form of one of a list of related articles: its title, date, addresses, provider."""

_PLAIN_BYTES: Final = bytes(range(0x20, 0x7F)) + b"\n"
_HARMLESS: Final = re.compile(f"[{HARMLESS}]*")
_KEY_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}")
_NEXT_KEY: Final = re.compile(r"\n(?=[A-Za-z])")
_COMMENTS: Final = re.compile(r"^(?:#.*\n)+(?=[A-Za-z])", re.MULTILINE)
_TEXT_BLOCK: Final = re.compile(r" [>|]-?\n( +)[^ \n].*(?:\n\1.*)*")
_ESCAPED_TEXT: Final = re.compile(r'[^"\\]*(?:\\["\\/nrt][^"\\]*)*+')
_USUAL_DATE: Final = re.compile(rf" {_DATE}")
_USUAL_IMAGES: Final = re.compile(_images_pattern(2))
_USUAL_RELATED: Final = re.compile(_RELATED_PATTERN)
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t"}
_NOT_BARE: Final = re.compile(r": | #|:$")
# As numbers: an operation on flags costs a microsecond.
_PUBLISHED, _UNPUBLISHED = int(Flag.PUBLISHED), int(Flag.UNPUBLISHED)
_SECURED, _BODY, _AMP = int(Flag.SECURED), int(Flag.BODY), int(Flag.AMP)


class UnusualError(Exception):
    """Something that is left to the reference."""


class _Related(NamedTuple):
    """What a row needs of a related article: its title and its addresses."""

    title: str
    urls: Sequence[str]


Values = Mapping[str, str]
"""What stands after the colon of each key, the lines below it included."""
Reader = Callable[[str], Any]


def quick_row(data: bytes, *, source: str, name: str) -> Row | None:
    """The row of the file *name* that holds *data*; None when it is not an ordinary one.

    It is the row of the article that ``parse_article`` makes of them with no complaint.
    """
    try:
        header, body = _take_apart(data)
        return _row(_front_matter(header), body, source, name)
    except UnusualError:
        return None


def _front_matter(header: str) -> dict[str, Any]:
    try:
        values = _by_key(header, _NEXT_KEY)
        if ALIAS_NAMES.isdisjoint(values):
            return _read(values, _ARTICLE)
    except UnusualError:
        without_comments = _COMMENTS.sub("", header)
        if len(without_comments) < len(header):
            return _front_matter(without_comments)
    raise UnusualError


def _take_apart(data: bytes) -> tuple[str, str]:
    """The front matter's lines without what encloses them, and the body."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    end = data.find(b"\n---", 3)
    after = end + 4
    if not data.startswith(b"---\n") or not 3 < end < MAX_HEADER:
        raise UnusualError
    if data[after : after + 1] not in (b"\n", b"") or b"\0" in data:
        raise UnusualError
    header = data[4:end]
    foreign = header.translate(None, _PLAIN_BYTES)
    try:
        if not _HARMLESS.fullmatch(foreign.decode()) or header.count(b"\n") >= MAX_LINES:
            raise UnusualError
        return header.decode(), _body(data[after:])
    except UnicodeDecodeError:
        raise UnusualError from None


def _body(data: bytes) -> str:
    text = data.decode().strip("\n")
    return clean_block(text) if data.translate(None, _PLAIN_BYTES) else text


def _by_key(text: str, next_key: re.Pattern[str]) -> dict[str, str]:
    parts = next_key.split(text)
    try:
        values = dict([part.split(":", 1) for part in parts])
    except ValueError:
        raise UnusualError from None
    if len(values) != len(parts):
        raise UnusualError
    return values


def _read(values: Values, readers: Mapping[str, Reader]) -> dict[str, Any]:
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
    _scalar(value)


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
        return _one_line(_block_text(value.rstrip("\n")))
    return _line(value)


def _line(value: str) -> str:
    return _one_line(_scalar(value) or "")


def _block_text(value: str) -> str:
    if not _TEXT_BLOCK.fullmatch(value):
        raise UnusualError
    return " ".join(value.split()[1:])


def _one_line(text: str) -> str:
    if "&" in text or "\n" in text or "\r" in text or "\t" in text:
        return plain(text)
    return _without_gaps(text) if "  " in text or text[:1] == " " or text[-1:] == " " else text


def _address(value: str) -> str:
    text = _scalar(value) or ""
    if "\n" in text or "\r" in text or "\t" in text:
        raise UnusualError
    return _without_gaps(text)


def _without_gaps(text: str) -> str:
    return " ".join(text.split()) if " " in text else text


def _date(value: str) -> datetime | None:
    if _USUAL_DATE.fullmatch(value):
        return _usual_date(value[1:])
    try:
        return to_date(_scalar(value))
    except WrongValueError:
        raise UnusualError from None


def _usual_date(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UnusualError from None
    if not 1 < found.year < 9999:
        raise UnusualError
    return found


def _is_there(value: str) -> bool:
    return _scalar(value) is not None


def _by_reference(table: Table, key: str, value: str) -> Any:
    """What the reference makes of a key with its value."""
    document = ordinary(f"---\n{key}:{value}\n---\n")
    if document is None or len(document.metadata) != 1:
        raise UnusualError
    notes: Notes = []
    try:
        found = table[key].read(document.metadata[key], notes)
    except WrongValueError:
        raise UnusualError from None
    if notes:
        raise UnusualError
    return found


def _remembering(table: Table, key: str) -> Reader:
    """The reference for values of which many articles have the same."""

    @lru_cache(maxsize=_MOST_REMEMBERED)
    def remembered(value: str) -> Any:
        return _by_reference(table, key, value)

    def read(value: str) -> Any:
        if len(value) > _LONGEST_REMEMBERED:
            return _by_reference(table, key, value)
        return remembered(value)

    return read


def _items(value: str) -> tuple[str, list[str]]:
    """What the first line of each item begins with, and the items without it."""
    value = value.rstrip("\n")
    dash = value.find("- ")
    start = value[: dash + 2]
    if value[0] != "\n" or start[1:-2].strip(" ") or dash < 0:
        raise UnusualError
    items = value.split(start)[1:]
    further = f"\n{' ' * (dash + 1)}"
    if len(items) > MAX_NESTED or value.count("\n") != value.count(further) + len(items):
        raise UnusualError
    return start, items


def _mappings(value: str, readers: Mapping[str, Reader]) -> Sequence[dict[str, Any]]:
    if not value.strip(" \n"):
        return ()
    start, items = _items(value)
    next_key = _next_key(len(start) - 1)
    return [_read(_by_key(item, next_key), readers) for item in items]


@lru_cache(maxsize=16)
def _next_key(column: int) -> re.Pattern[str]:
    return re.compile(rf"\n {{{column}}}(?=[A-Za-z])")


_some_topics = _remembering(ARTICLE, "topics")


def _topics(value: str) -> tuple[str, ...]:
    if not value.startswith("\n"):
        return _some_topics(value)  # type: ignore[no-any-return]
    start, items = _items(value)
    return tuple(dict.fromkeys(word for item in items for word in _some_topics(start + item)))


_IMAGE: Final[Mapping[str, Reader]] = {
    "url": _scalar,
    "width": _remembering(IMAGE, "width"),
    "height": _remembering(IMAGE, "height"),
    "isCached": _remembering(IMAGE, "isCached"),
    "title": _scalar,
}


def _images(value: str) -> int:
    value = value.rstrip("\n")
    if _USUAL_IMAGES.fullmatch(value):
        return value.count("\n  - ")
    return len(_mappings(value, _IMAGE))


_provider = _remembering(ARTICLE, "provider")
_RELATED: Final[Mapping[str, Reader]] = {
    "title": _line,
    "excerpt": _scalar,
    "publishedDateTime": _date,
    "originalUrl": _address,
    "webUrl": _address,
    "ampWebUrl": _address,
    "cdnAmpWebUrl": _address,
    "type": _remembering(ARTICLE, "type"),
    "quality": _remembering(ARTICLE, "quality"),
    "provider": _provider,
    "images": _images,
}


def _related(value: str) -> Sequence[_Related]:
    value = value.rstrip("\n")
    usual = _USUAL_RELATED.findall(value)
    # Each one found begins at a dash and ends before the next: if they are as many, that is all.
    if not value.startswith("\n  - ") or len(usual) != value.count("\n  - "):
        return [_related_of(found) for found in _mappings(value, _RELATED)]
    return [_usual_related(*each) for each in usual]


def _usual_related(
    title: str, date: str, original: str, web: str, amp: str, cached_amp: str, provider: str
) -> _Related:
    if date:
        _usual_date(date)
    if provider:
        _provider(provider)
    urls = dict.fromkeys((original, web, amp, cached_amp))
    return _Related(_one_line(title), [_without_gaps(url) for url in urls if url])


def _related_of(found: Mapping[str, Any]) -> _Related:
    return _Related(found.get("title", ""), _links(found))


_ARTICLE: Final[Mapping[str, Reader]] = {
    **_RELATED,
    "title": _text,
    "excerpt": _text,
    "category": _remembering(ARTICLE, "category"),
    "heat": _remembering(ARTICLE, "heat"),
    "published": _remembering(ARTICLE, "published"),
    "topics": _topics,
    "related": _related,
    "secured": _is_there,
}


def _row(found: Mapping[str, Any], body: str, source: str, name: str) -> Row:
    get = found.get
    title = get("title")
    if not title:
        raise UnusualError
    excerpt = get("excerpt", "")
    moment = get("publishedDateTime") or date_of_name(name)
    provider = get("provider")
    publisher = (provider.name, provider.domain) if provider else ("", "")
    topics = get("topics", ())
    related = get("related", ())
    quality, heat = get("quality"), get("heat")
    canonicals = {url: canonical(url) for url in _links(found)}
    key = next(iter(canonicals.values()), None)
    words = " ".join(body.split()) if body else ""
    folded = fold_lines([title, excerpt, words, *topics, *publisher, *[each.title for each in related]])
    own = (canonicals.get(get("originalUrl", "")), canonicals.get(get("webUrl", "")))
    return Row(
        id="",
        source=source,
        path=name,
        title=title,
        excerpt=excerpt,
        published=UNKNOWN_TIME if moment is None else int(moment.timestamp()),
        quality=UNKNOWN if quality is None else quality,
        heat=UNKNOWN if heat is None else heat,
        related=len(related),
        images=get("images", 0),
        flags=_flags(found, body),
        category=get("category", ""),
        type=get("type", ""),
        provider=publisher[0],
        domain=publisher[1],
        topics=topics,
        addresses=_distinct(canonicals.values()),
        related_addresses=_distinct([canonical(url) for each in related for url in each.urls]),
        key=key or str(Path(name).absolute()),
        names=names_of(
            title=folded[0],
            addresses=[address for address in own if address],
            day="" if moment is None else moment.isoformat(),
            text=f"{excerpt}\n{body}".strip(),
            path=name,
        ),
        text="\n".join((*folded[:3], *filter(None, folded[3:]))),
    )


def _links(found: Mapping[str, Any]) -> list[str]:
    get = found.get
    urls = (get("originalUrl"), get("webUrl"), get("ampWebUrl"), get("cdnAmpWebUrl"))
    return list(dict.fromkeys([url for url in urls if url]))


def _distinct(addresses: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([address for address in addresses if address]))


def _flags(found: Mapping[str, Any], body: str) -> int:
    is_published = found.get("published")
    flags = 0 if is_published is None else _PUBLISHED if is_published else _UNPUBLISHED
    if found.get("secured"):
        flags |= _SECURED
    if body and not body.isspace():
        flags |= _BODY
    if found.get("ampWebUrl") or found.get("cdnAmpWebUrl"):
        flags |= _AMP
    return flags
