"""What a row needs of front matter, however it was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from newsreader.model import Provider
from newsreader.text.sanitize import plain


class UnusualError(Exception):
    """Something that is left to the reference."""


class Related(NamedTuple):
    """The titles of the related articles, and the addresses of all of them."""

    titles: Sequence[str] = ()
    urls: Sequence[str] = ()


class Parts(NamedTuple):
    """The values of an article's fields; ``images`` is their count."""

    title: str = ""
    excerpt: str = ""
    published_at: datetime | None = None
    original_url: str = ""
    web_url: str = ""
    amp_url: str = ""
    cdn_amp_url: str = ""
    category: str = ""
    type: str = ""
    quality: int | None = None
    heat: int | None = None
    is_published: bool | None = None
    provider: Provider | None = None
    topics: Sequence[str] = ()
    images: int = 0
    related: Related = Related()
    is_secured: bool = False


def one_line(text: str) -> str:
    """:func:`plain` of a text that has no control characters but those that YAML's escapes make."""
    if "&" in text or "\n" in text or "\r" in text or "\t" in text:
        return plain(text)
    return without_gaps(text) if "  " in text or text[:1] == " " or text[-1:] == " " else text


def without_gaps(text: str) -> str:
    """*text* with a single space for each run of white space, and none at the ends."""
    return " ".join(text.split()) if " " in text else text
