"""What lists, filters and searches need of an article, apart from the article itself."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsreader.model.table import UNKNOWN, UNKNOWN_TIME

TEXT_FIELDS: Final = ("title", "excerpt", "body")
"""The fields that have a line of their own in :attr:`Row.text`, empty or not, in this order."""


class Row(NamedTuple):
    """An article as a store keeps it. Whoever wants more reads the file again.

    ``title`` is the headline to show. ``published`` is in seconds since 1970, UTC, or
    :data:`~newsreader.model.table.UNKNOWN_TIME`; ``quality`` and ``heat`` may be
    :data:`~newsreader.model.table.UNKNOWN`; ``related`` and ``images`` are counts; ``flags`` are
    those of :class:`~newsreader.model.table.Flag`. ``provider`` is its name and ``domain`` its
    domain. ``addresses`` are the article's own in canonical form, best first, and
    ``related_addresses`` those of the articles listed with it. ``key`` is what makes two files the
    same article, and ``names`` are those by which its marks find it again.

    ``text`` is all that is searched, folded, one line a field: the headline, the excerpt and the
    body, of which the last two may be empty, then each topic, the provider's name and domain, and
    the title of each related article, of which those that are empty are left out.
    """

    id: str = ""
    source: str = ""
    path: str = ""
    title: str = ""
    excerpt: str = ""
    published: int = UNKNOWN_TIME
    published_text: str = ""
    quality: int = UNKNOWN
    heat: int = UNKNOWN
    related: int = 0
    images: int = 0
    flags: int = 0
    category: str = ""
    type: str = ""
    provider: str = ""
    domain: str = ""
    topics: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    related_addresses: tuple[str, ...] = ()
    key: str = ""
    names: tuple[str, ...] = ()
    text: str = ""
