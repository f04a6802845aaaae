"""What is said of an article beside its texts."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.model import Article, Piece
from newsreader.text import dates


def facts(piece: Piece) -> Iterator[tuple[str, str]]:
    """Names and values: who published it and when, what it is about, and its addresses."""
    yield from (pair for pair in _values(piece) if pair[1])
    yield from ((link.kind.value.capitalize(), link.url) for link in piece.links)


def _values(piece: Piece) -> Iterator[tuple[str, str]]:
    article = piece if isinstance(piece, Article) else Article()
    moment = piece.published_at
    yield "Provider", piece.provider.label if piece.provider else ""
    yield "Date", dates.iso(moment) if moment else article.published_text
    yield "Type", ", ".join(filter(None, (piece.type, article.category)))
    yield "Topics", ", ".join(article.topics)
    yield "Quality", "" if piece.quality is None else str(piece.quality)
    yield "Heat", "" if article.heat is None else str(article.heat)
    yield "Status", "unpublished" if article.is_published is False else ""
