"""The texts of an article as they are, not folded, by the names of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from newsreader.model import Article, Provider


def texts_of(article: Article, field: str | None) -> Iterable[str]:
    """The texts of *field* in *article*; without a field, all that words are looked for in."""
    return _TEXTS[field](article)


def _all(article: Article) -> Iterator[str]:
    yield from (article.headline, article.excerpt, article.body, *article.topics)
    yield from _names(article.provider)
    yield from (each.title for each in article.related)


def _names(provider: Provider | None) -> tuple[str, ...]:
    return (provider.name, provider.domain) if provider is not None else ()


_TEXTS: dict[str | None, Callable[[Article], Iterable[str]]] = {
    None: _all,
    "title": lambda article: (article.headline,),
    "excerpt": lambda article: (article.excerpt,),
    "body": lambda article: (article.body,),
    "category": lambda article: (article.category,),
    "type": lambda article: (article.type,),
    "topic": lambda article: article.topics,
    "provider": lambda article: _names(article.provider),
    "url": lambda article: (link.url for link in article.links),
    "related.title": lambda article: (each.title for each in article.related),
    "related.provider": lambda article: (
        name for each in article.related for name in _names(each.provider)
    ),
}
