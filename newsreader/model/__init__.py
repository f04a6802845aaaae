"""The nouns of the news: articles, what changed, what went wrong.

Standard library only, and no input or output.
"""

from newsreader.model.article import (
    Article,
    Image,
    Link,
    LinkKind,
    Origin,
    Piece,
    Provider,
    Related,
)
from newsreader.model.changes import ChangeSet
from newsreader.model.errors import (
    ArticleNotFoundError,
    ConfigError,
    InvalidQueryError,
    NewsreaderError,
    SourceError,
    UnsafeUrlError,
)
from newsreader.model.issue import Issue, Severity

__all__ = [
    "Article",
    "ArticleNotFoundError",
    "ChangeSet",
    "ConfigError",
    "Image",
    "InvalidQueryError",
    "Issue",
    "Link",
    "LinkKind",
    "NewsreaderError",
    "Origin",
    "Piece",
    "Provider",
    "Related",
    "Severity",
    "SourceError",
    "UnsafeUrlError",
]
