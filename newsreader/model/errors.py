"""The errors a caller may want to tell apart.

::

    NewsreaderError
    ├── ConfigError            the configuration file cannot be used
    ├── SourceError            a path that was asked for cannot be opened
    ├── ArticleNotFoundError   no article goes by that name
    ├── UnsafeUrlError         a URL that must not be opened
    └── InvalidQueryError      a query that cannot be understood

Each message is one sentence for a person. A bad file is never an exception
beyond the source that read it: it is an :class:`~newsreader.model.Issue`.
"""

from __future__ import annotations


class NewsreaderError(Exception):
    """Any failure that newsreader explains in one sentence."""


class ConfigError(NewsreaderError):
    """The configuration file cannot be used as it stands."""


class SourceError(NewsreaderError):
    """A path that was asked for cannot be opened."""


class ArticleNotFoundError(NewsreaderError):
    """No article goes by the given id, URL or file name."""


class UnsafeUrlError(NewsreaderError):
    """A URL that must not be handed to a browser."""


class InvalidQueryError(NewsreaderError):
    """A query that cannot be understood.

    ``column`` counts characters from 0 and may equal the length of the query,
    when something is missing at its end. ``expected`` names what would have
    been understood there, and ``suggestion`` the nearest known word, if any.
    """

    def __init__(
        self,
        reason: str,
        *,
        query: str,
        column: int,
        expected: tuple[str, ...] = (),
        suggestion: str | None = None,
    ) -> None:
        self.reason = reason
        self.query = query
        self.column = column
        self.expected = expected
        self.suggestion = suggestion
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The whole complaint as one sentence, without the caret."""
        parts = [self.reason]
        if self.expected:
            parts.append(f"expected {_any_of(self.expected)}")
        if self.suggestion:
            parts.append(f"did you mean {self.suggestion}?")
        return "; ".join(parts)


def _any_of(words: tuple[str, ...]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} or {words[-1]}"
