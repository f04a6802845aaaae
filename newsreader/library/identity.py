"""What makes two files the same article."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from newsreader.model.row import Row


def article_id(key: str) -> str:
    """Twelve hexadecimal digits that stand for an identity."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def with_id(row: Row, paths: dict[str, str], twins: list[tuple[str, str]]) -> Row:
    """*row* with its id. *paths* tells the path behind each id given out so far, and grows.

    A second file of the same identity gets an id of its own from its path, so that neither is
    lost; reading the files in the same order gives the same ids. *twins* get the ids of both.
    """
    name = article_id(row.key)
    if paths.setdefault(name, row.path) != row.path:
        first = name
        name = article_id(f"{row.key}\n{Path(row.path).absolute()}")
        twins.append((first, name))
        paths[name] = row.path
    return row._replace(id=name)
