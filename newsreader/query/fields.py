"""The fields a query may name, and what kind of value each takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Final


class Kind(Enum):
    """What a field holds, and so what may be asked of it."""

    NAME = auto()
    """One name or several: equality, or the start of it."""
    TEXT = auto()
    """Running text: words and phrases."""
    URL = auto()
    """Addresses: any part of one."""
    NUMBER = auto()
    """A whole number: equality, comparison, range."""
    DATE = auto()
    """An instant: spans of the calendar and ages."""
    FLAG = auto()
    """A fixed set of things that are true or not."""
    SAVED = auto()
    """The name of a saved search."""
    SHOWN = auto()
    """Not what is found but how it is shown."""


FIELDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "topic": Kind.NAME,
        "category": Kind.NAME,
        "type": Kind.NAME,
        "provider": Kind.NAME,
        "title": Kind.TEXT,
        "excerpt": Kind.TEXT,
        "body": Kind.TEXT,
        "url": Kind.URL,
        "quality": Kind.NUMBER,
        "heat": Kind.NUMBER,
        "related": Kind.NUMBER,
        "images": Kind.NUMBER,
        "year": Kind.NUMBER,
        "coverage": Kind.NUMBER,
        "hot": Kind.NUMBER,
        "story": Kind.NAME,
        "date": Kind.DATE,
        "read": Kind.DATE,
        "starred": Kind.DATE,
        "added": Kind.DATE,
        "opened": Kind.DATE,
        "tag": Kind.NAME,
        "note": Kind.TEXT,
        "is": Kind.FLAG,
        "has": Kind.FLAG,
        "related.title": Kind.TEXT,
        "related.provider": Kind.NAME,
        "search": Kind.SAVED,
        "sort": Kind.SHOWN,
        "limit": Kind.SHOWN,
        "group": Kind.SHOWN,
    }
)
"""Every field by its name."""

ALIASES: Final[Mapping[str, str]] = MappingProxyType({"from": "provider"})
"""Other names of fields."""

FLAGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "is": (
            *("unread", "read", "starred", "later", "opened"),
            *("new", "hidden"),
            *("published", "unpublished", "secured", "duplicate"),
        ),
        "has": ("related", "image", "body", "amp", "fulltext", "note", "tag"),
    }
)
"""What ``is:`` and ``has:`` take."""

FLAG_ALIASES: Final[Mapping[str, str]] = MappingProxyType({"images": "image"})
"""Other names of flags."""

DATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "date": "published",
        "read": "read",
        "starred": "starred",
        "added": "added",
        "opened": "opened",
    }
)
"""The fields that hold an instant, and what happened then."""

GROUPS: Final = ("story", "provider", "topic", "day")
"""What ``group:`` takes."""

NONE: Final = "none"
"""The value that asks for what is missing."""


def field_name(name: str) -> str | None:
    """The full name of the field that *name* means in any case, or None when there is none."""
    lowered = name.lower()
    lowered = ALIASES.get(lowered, lowered)
    return lowered if lowered in FIELDS else None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that *word* is most likely a misspelling of, if any."""
    from difflib import get_close_matches  # only errors need it

    return next(iter(get_close_matches(word.lower()[:100], known, n=1)), None)
