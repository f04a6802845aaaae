"""What makes two files the same article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from newsreader.model import Article, Piece
from newsreader.text.urls import canonical


def identity(article: Article) -> str:
    """The canonical URL of *article* when it has one, else the absolute path of its file."""
    return canonical(article.url) or str(Path(article.path).absolute())


def addresses(piece: Piece) -> Iterator[str]:
    """The addresses of *piece* by which it can be found, each in its canonical form."""
    for link in piece.links:
        address = canonical(link.url)
        if address is not None:
            yield address


def article_id(key: str) -> str:
    """Twelve hexadecimal digits that stand for an identity."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def with_id(article: Article, paths: dict[str, str], twins: list[tuple[str, str]]) -> Article:
    """*article* with its id. *paths* tells the path behind each id given out so far, and grows.

    A second file of the same identity gets an id of its own from its path, so that neither is
    lost; reading the files in the same order gives the same ids. *twins* get the ids of both.
    """
    key = identity(article)
    name = article_id(key)
    if paths.setdefault(name, article.path) != article.path:
        first = name
        name = article_id(f"{key}\n{Path(article.path).absolute()}")
        twins.append((first, name))
        paths[name] = article.path
    return replace(article, id=name)
