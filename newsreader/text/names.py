"""Names of an article that only it has, whatever becomes of its file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import blake2b

from newsreader.model.article import Article
from newsreader.text.fold import fold
from newsreader.text.urls import canonical

_LEAST_TEXT = 40
"""Characters of a text that no two articles have in common by chance."""


def sure_names(article: Article) -> tuple[str, ...]:
    """The names that only *article* has, twelve hexadecimal digits each.

    An address together with the title, and the whole content; without an address also the path
    with the title and day, and the path with the text.
    """
    return tuple(dict.fromkeys(_sure(article)))


def _sure(article: Article) -> Iterator[str]:
    title = fold(article.headline)
    addresses = [canonical(url) for url in (article.original_url, article.web_url) if url]
    known = [address for address in addresses if address]
    for address in dict.fromkeys(known):
        yield _name("address", address, title)
    day = article.published_at.isoformat() if article.published_at else article.published_text
    text = f"{article.excerpt}\n{article.body}".strip()
    if text and len(title) + len(text) >= _LEAST_TEXT:
        yield _name("content", title, day, text)
    if not known:
        path = os.path.abspath(article.path)  # noqa: PTH100 - of every article
        yield _name("title", path, title, day)
        if len(text) >= _LEAST_TEXT:
            yield _name("text", path, text)


def _name(*parts: str) -> str:
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=6).hexdigest()
