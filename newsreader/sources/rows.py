"""From an article to its row."""

from __future__ import annotations

from pathlib import Path

from newsreader.model import Article, Piece
from newsreader.model.row import Row
from newsreader.model.table import UNKNOWN, UNKNOWN_TIME, Flag
from newsreader.text.amp import with_own_pages
from newsreader.text.fold import fold
from newsreader.text.names import sure_names
from newsreader.text.urls import address_keys, canonical


def row_of(article: Article) -> Row:
    """The row of *article*."""
    provider = article.provider
    moment = article.published_at
    headline = article.headline
    return Row(
        id=article.id,
        source=article.source,
        path=article.path,
        title=headline,
        excerpt=article.excerpt,
        published=UNKNOWN_TIME if moment is None else int(moment.timestamp()),
        published_text=article.published_text,
        quality=UNKNOWN if article.quality is None else article.quality,
        heat=UNKNOWN if article.heat is None else article.heat,
        related=len(article.related),
        images=len(article.images),
        flags=_flags(article),
        category=article.category,
        type=article.type,
        provider=provider.name if provider else "",
        domain=provider.domain if provider else "",
        topics=article.topics,
        addresses=address_keys(addresses(article)),
        related_addresses=address_keys(addresses(*article.related)),
        key=canonical(article.url) or str(Path(article.path).absolute()),
        names=sure_names(article),
        text=_text(article, headline),
    )


def addresses(*pieces: Piece) -> list[str]:
    """The addresses of *pieces* by which they can be found, each in its canonical form.

    Those of pages of which only AMP versions are named come last.
    """
    return with_own_pages(canonical(link.url) for piece in pieces for link in piece.links)


def _flags(article: Article) -> int:
    flags = 0
    if article.is_published is not None:
        flags |= Flag.PUBLISHED if article.is_published else Flag.UNPUBLISHED
    if article.secured is not None:
        flags |= Flag.SECURED
    if article.body.strip():
        flags |= Flag.BODY
    if article.amp_url or article.cdn_amp_url:
        flags |= Flag.AMP
    return int(flags)


def _text(article: Article, headline: str) -> str:
    provider = article.provider
    others = (
        *article.topics,
        *((provider.name, provider.domain) if provider else ()),
        *(related.title for related in article.related),
    )
    lines = [fold(headline), fold(article.excerpt), fold(article.body)]
    return "\n".join((*lines, *filter(None, map(fold, others))))
