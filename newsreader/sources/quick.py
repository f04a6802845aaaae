"""The row of an ordinary file straight from its bytes, without making an article of it.

The commonest form of front matter is recognised as a whole, and any other is taken apart at its
keys. Whatever is not surely read as :func:`newsreader.sources.article.parse_article` reads it, or
would have it complain, gives no row: a test holds the two against each other.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from newsreader.model.row import Row
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME, Flag
from newsreader.sources import by_keys
from newsreader.sources.article import date_of_name
from newsreader.sources.parts import Parts, Related, UnusualError, one_line, without_gaps
from newsreader.sources.shapes import FRONT_MATTER
from newsreader.text.amp import with_own_pages
from newsreader.text.fold import fold_lines
from newsreader.text.names import names_of
from newsreader.text.sanitize import HARMLESS, clean_block
from newsreader.text.urls import address_keys, canonical

MAX_HEADER: Final = 64 * 1024
"""Characters of front matter. A longer one is left to the reference, with its bounds."""
MAX_LINES: Final = 4_000
"""Lines of front matter, below the bound of the ordinary reader."""

_PLAIN_BYTES: Final = bytes(range(0x20, 0x7F)) + b"\n"
_HARMLESS: Final = re.compile(f"[{HARMLESS}]*")
# As numbers: an operation on flags costs a microsecond.
_PUBLISHED, _UNPUBLISHED = int(Flag.PUBLISHED), int(Flag.UNPUBLISHED)
_SECURED, _BODY, _AMP = int(Flag.SECURED), int(Flag.BODY), int(Flag.AMP)
_NONE_RELATED: Final = Related()


class File(NamedTuple):
    """What a row says of its file: see there."""

    source: str
    path: str
    file: str = ""
    content: int = 0


def quick_row(data: bytes, file: File) -> Row | None:
    """The row of a *file* that holds *data*; None when it is not an ordinary one.

    It is the row of the article that ``parse_article`` makes of them with no complaint.
    """
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode()
        end = text.find("\n---", 3)
        if not text.startswith("---\n") or not 3 < end < MAX_HEADER:
            return None
        header, body = text[: end + 4], text[end + 4 :]
        if body and not body.startswith("\n"):
            return None
        body = body.strip("\n")
        if not _is_harmless(data):
            if "\0" in body or not _is_harmless(header.encode()):
                return None
            body = clean_block(body)
        return _row(_parts(header), body, file)
    except (UnicodeDecodeError, UnusualError):
        return None


def _is_harmless(data: bytes) -> bool:
    # What is beyond ASCII stays whole when ASCII is taken out between.
    foreign = data.translate(None, _PLAIN_BYTES)
    return not foreign or _HARMLESS.fullmatch(foreign.decode()) is not None


def _parts(header: str) -> Parts:
    found = FRONT_MATTER.fullmatch(header)
    if found is None:
        if header.count("\n") > MAX_LINES:
            raise UnusualError
        return by_keys.parts(header[4:-4])
    (
        category, title, excerpt, date, original, web, amp, cdn_amp,
        kind, quality, heat, published, provider, topics, images, related, secured,
    ) = found.groups("")  # fmt: skip
    return Parts(
        one_line(title),
        one_line(excerpt),
        datetime.fromisoformat(date) if date else None,
        without_gaps(original),
        without_gaps(web),
        without_gaps(amp),
        without_gaps(cdn_amp),
        by_keys.category(category) if category else "",
        by_keys.kind(kind) if kind else "",
        by_keys.quality(quality) if quality else None,
        by_keys.heat(heat) if heat else None,
        by_keys.published(published) if published else None,
        by_keys.provider(provider) if provider else None,
        by_keys.topics(topics) if topics else (),
        images.count("\n  - "),
        by_keys.related(related) if related else _NONE_RELATED,
        bool(secured),
    )


def _row(parts: Parts, body: str, file: File) -> Row:
    (
        title, excerpt, moment, original, web, amp, cdn_amp, category, kind, quality, heat,
        is_published, provider, topics, images, related, is_secured,
    ) = parts  # fmt: skip
    if not title:
        raise UnusualError
    if moment is None:
        moment = date_of_name(file.path)
    publisher, domain = (provider.name, provider.domain) if provider else ("", "")
    forms = {url: canonical(url) for url in (original, web, amp, cdn_amp) if url}
    own = [address for address in (forms.get(original), forms.get(web)) if address]
    words = " ".join(body.split()) if body else ""
    lines = fold_lines([title, excerpt, words, *topics, publisher, domain, *related.titles])
    flags = 0 if is_published is None else _PUBLISHED if is_published else _UNPUBLISHED
    flags |= (is_secured and _SECURED) | (bool(words) and _BODY) | (bool(amp or cdn_amp) and _AMP)
    return Row(
        id="",
        source=file.source,
        path=file.path,
        file=file.file,
        title=title,
        excerpt=excerpt,
        published=UNKNOWN_TIME if moment is None else int(moment.timestamp()),
        quality=UNKNOWN if quality is None else quality,
        heat=UNKNOWN if heat is None else heat,
        related=len(related.titles),
        images=images,
        flags=flags,
        category=category,
        type=kind,
        provider=publisher,
        domain=domain,
        topics=tuple(topics),
        addresses=address_keys(with_own_pages(forms.values())),
        related_addresses=address_keys(with_own_pages(map(canonical, related.urls))),
        key=(forms and next(iter(forms.values()))) or str(Path(file.path).absolute()),
        names=names_of(
            title=lines[0],
            addresses=own,
            day="" if moment is None else moment.isoformat(),
            text=f"{excerpt}\n{body}".strip(),
            path=file.path,
        ),
        content=file.content,
        text="\n".join((*lines[:3], *filter(None, lines[3:]))),
    )
