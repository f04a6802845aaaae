"""Articles and what they are made of: frozen, and never holding what the reader did.

Names here are Python's; the names of the front matter (``publishedDateTime``,
``webUrl``) live in :mod:`newsreader.sources.fields`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file said beyond the fields, so that it can be written back unchanged.

    ``keys`` are the keys as they stood, in order, under the seeds' names.
    ``extra`` holds unknown keys, untouched. ``raw`` holds the value as written of
    each field that our own value does not give back exactly: text that had
    entities or control characters, a number that was not one, ``heat: -1``.
    """

    keys: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    raw: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    def __hash__(self) -> int:
        return hash(self.keys)


NO_ORIGIN = Origin()


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture, by reference. ``width`` and ``height`` are pixels."""

    url: str = ""
    width: int | None = None
    height: int | None = None
    is_cached: bool | None = None
    title: str = ""
    origin: Origin = NO_ORIGIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who published an article."""

    name: str = ""
    domain: str = ""
    images: tuple[Image, ...] = ()
    origin: Origin = NO_ORIGIN

    @property
    def label(self) -> str:
        """The name to show: the name, else the domain."""
        return self.name or self.domain


class LinkKind(Enum):
    """The four addresses a page may have, in the order of preference for opening."""

    ORIGINAL = "original"
    WEB = "web"
    AMP = "amp"
    CDN_AMP = "cached amp"


class Link(NamedTuple):
    """One address of a page, and which of the four it is."""

    kind: LinkKind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Piece:
    """What an article and a related item have in common: a headline with its addresses.

    ``published_at`` is in UTC, or None when unknown. ``quality`` is about 0 to 100
    in practice but unbounded; None when unknown.
    """

    title: str = ""
    excerpt: str = ""
    published_at: datetime | None = None
    original_url: str = ""
    web_url: str = ""
    amp_url: str = ""
    cdn_amp_url: str = ""
    type: str = ""
    quality: int | None = None
    provider: Provider | None = None
    images: tuple[Image, ...] = ()
    origin: Origin = NO_ORIGIN

    @property
    def links(self) -> tuple[Link, ...]:
        """The addresses it has, best first, each URL once."""
        return tuple(self._distinct_links())

    def _distinct_links(self) -> Iterator[Link]:
        seen: set[str] = set()
        for kind, url in (
            (LinkKind.ORIGINAL, self.original_url),
            (LinkKind.WEB, self.web_url),
            (LinkKind.AMP, self.amp_url),
            (LinkKind.CDN_AMP, self.cdn_amp_url),
        ):
            if url and url not in seen:
                seen.add(url)
                yield Link(kind, url)

    @property
    def headline(self) -> str:
        """What to show where a title belongs: never empty."""
        return self.title or self.excerpt or self.url or "(untitled)"

    @property
    def url(self) -> str:
        """The address to open first: the original, else the web page, else AMP; or empty."""
        return self.original_url or self.web_url or self.amp_url or self.cdn_amp_url


class Related(Piece):
    """A small article listed under another one's ``related``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Piece):
    """One item of news: what a file becomes.

    ``id`` is unique in a library. ``source`` is the folder or file that was
    opened and ``path`` the article's own file. ``heat`` is None when unknown (-1 in
    files). ``is_published`` is a flag of the front matter, None when it says
    nothing. ``secured`` is ciphertext: kept byte for byte and never shown.
    ``body`` is Markdown unless ``body_is_html``. ``published_text`` is what stood in
    place of a date that could not be understood.
    """

    id: str = ""
    source: str = ""
    path: str = ""
    category: str = ""
    heat: int | None = None
    is_published: bool | None = None
    topics: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    secured: str | None = None
    body: str = ""
    body_is_html: bool = False
    published_text: str = ""

    @property
    def headline(self) -> str:
        """What to show where a title belongs: never empty."""
        if self.title:
            return self.title
        first_line = self.body.lstrip("#> \n\t").split("\n", 1)[0].strip()
        return self.excerpt or first_line or self.path.rpartition("/")[2] or "(untitled)"

    def __hash__(self) -> int:
        return hash(self.id)
