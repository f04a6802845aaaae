"""The names of an article by which its marks find it again: after an edit, a move, elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.model import Article
from newsreader.model.row import Row
from newsreader.text.names import sure_names


class Names(NamedTuple):
    """``sure`` are names that only this article has; ``id`` goes with its address or path alone."""

    id: str
    sure: tuple[str, ...]
    has_address: bool


def names_of(article: Article | Row) -> Names:
    """The names of *article*, or of the one that a row stands for.

    An address together with the title, and the whole content; without an address also the path
    with the title and day, and the path with the text. So an article is known again after an
    edit of either title or text, after a move, and in another source; and never another article
    that has come to stand at the same path or address.
    """
    if isinstance(article, Row):
        return Names(article.id, article.names, bool(article.addresses))
    return Names(article.id, sure_names(article), bool(article.url))
