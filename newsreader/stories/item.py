"""As much of an article as tells whether another one is about the same."""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """An article as the comparison sees it. Its texts are folded.

    ``key`` tells articles apart and settles ties, so that results do not depend on the order in
    which articles come. ``published`` is in seconds since 1970, or None when unknown. ``names`` are
    those terms that are names. The ``addresses`` are the article's own and the
    ``related_addresses`` those of the articles that it lists, as numbers.
    """

    key: int
    published: int | None = None
    title: str = ""
    excerpt: str = ""
    names: frozenset[str] = frozenset()
    addresses: tuple[int, ...] = ()
    related_addresses: tuple[int, ...] = ()
