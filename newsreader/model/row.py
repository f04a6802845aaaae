"""What lists, filters and searches need of an article, apart from the article itself."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsreader.model.table import UNKNOWN, UNKNOWN_TIME

TEXT_FIELDS: Final = ("title", "excerpt", "body")
"""The fields that have a line of their own in :attr:`Row.text`, empty or not, in this order."""


class Row(NamedTuple):
    """An article as a store keeps it. Whoever wants more reads the file again.

    ``path`` is shown, and ``file`` is what the system calls it where that differs. ``title`` is
    the headline to show. ``published`` is in seconds since 1970, UTC, or
    :data:`~newsreader.model.table.UNKNOWN_TIME`; ``quality`` and ``heat`` may be
    :data:`~newsreader.model.table.UNKNOWN`; ``related`` and ``images`` are counts; ``flags`` are
    those of :class:`~newsreader.model.table.Flag`. ``provider`` is its name and ``domain`` its
    domain. ``addresses`` stand for the article's own addresses, best first, and
    ``related_addresses`` for those of the articles listed with it, each a number as
    :func:`newsreader.text.urls.address_key` makes it. ``key`` is what makes two files the
    same article, ``names`` are those by which its marks find it again, and ``content`` stands for
    all that is in its file.

    ``text`` is all that is searched, folded, one line a field: the headline, the excerpt and the
    body, of which the last two may be empty, then each topic, the provider's name and domain, and
    the title of each related article, of which those that are empty are left out.
    """

    id: str = ""
    source: str = ""
    path: str = ""
    file: str = ""
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
    addresses: tuple[int, ...] = ()
    related_addresses: tuple[int, ...] = ()
    key: str = ""
    names: tuple[str, ...] = ()
    content: int = 0
    text: str = ""
