"""Addresses of articles, by any spelling or by a part."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from newsreader.model import Article
from newsreader.text.urls import canonical


def address_check(wanted: str) -> Callable[[Article], bool]:
    """A check whether an article has *wanted* in any of its addresses, in any case.

    A whole web address also finds its other spellings, and those that go on from it.
    """
    part = wanted.casefold()
    address = (canonical(wanted) or "").casefold()
    host = urlsplit(address).netloc

    def has(article: Article) -> bool:
        for link in article.links:
            url = link.url.casefold()
            if part in url:
                return True
            # Bringing every address into its one form would be slow; few have the same host.
            if host and host in url and address in (canonical(link.url) or "").casefold():
                return True
        return False

    return has
