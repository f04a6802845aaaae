"""Names of an article that only it has, whatever becomes of its file."""

from __future__ import annotations

import os
from collections.abc import Sequence

from newsreader.model.article import Article
from newsreader.text.blake import blake2b
from newsreader.text.fold import fold
from newsreader.text.urls import canonical

_LEAST_TEXT = 40
"""Characters of a text that no two articles have in common by chance."""


def sure_names(article: Article) -> tuple[str, ...]:
    """The names that only *article* has, twelve hexadecimal digits each.

    An address together with the title, and the whole content; without an address also the path
    with the title and day, and the path with the text.
    """
    addresses = [canonical(url) for url in (article.original_url, article.web_url) if url]
    return names_of(
        title=fold(article.headline),
        addresses=[address for address in addresses if address],
        day=article.published_at.isoformat() if article.published_at else article.published_text,
        text=f"{article.excerpt}\n{article.body}".strip(),
        path=article.path,
    )


def names_of(
    *, title: str, addresses: Sequence[str], day: str, text: str, path: str
) -> tuple[str, ...]:
    """:func:`sure_names` of an article by what they are made of.

    *title* is folded, *addresses* are canonical, *day* is the instant in ISO's form or what stood
    in its place, and *text* is the excerpt and the body without white space at its ends.
    """
    names = [_name("address", address, title) for address in dict.fromkeys(addresses)]
    if text and len(title) + len(text) >= _LEAST_TEXT:
        names.append(_name("content", title, day, text))
    if not addresses:
        whole_path = os.path.abspath(path)  # noqa: PTH100 - of every article
        names.append(_name("title", whole_path, title, day))
        if len(text) >= _LEAST_TEXT:
            names.append(_name("text", whole_path, text))
    return tuple(dict.fromkeys(names))


def _name(*parts: str) -> str:
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=6).hexdigest()
