"""Articles as columns: what a store holds and a query reads, so that neither imports the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntFlag
from typing import Final, NamedTuple, Protocol

from newsreader.model.article import Article, Provider

UNKNOWN: Final = -(2**31)
"""In a column of numbers (also of years): not known. Smaller than any value."""
UNKNOWN_TIME: Final = -(2**62)
"""In the column of instants: not known. Smaller than any value."""
FEW: Final = 3_000
"""So few rows are gone through in Python sooner than numpy is imported."""
NO_CODE: Final = 0
"""In a column of codes: the article names none. The vocabularies hold an empty value at 0."""


class Flag(IntFlag):
    """What is true of an article, as bits of one column."""

    PUBLISHED = 1
    UNPUBLISHED = 2
    SECURED = 4
    BODY = 8
    AMP = 16
    FULL_TEXT = 32


class Mark(IntFlag):
    """What the reader did to an article, and what rules say of it, as bits of one column."""

    READ = 1
    STARRED = 2
    LATER = 4
    OPENED = 8
    NOTE = 16
    TAG = 32
    HIDDEN = 64
    NEW = 128


class Having(NamedTuple):
    """The rows that have some words: a byte a row, 1 or 0.

    Unless it ``is_exact``, they have all the words, but maybe not side by side. Of the rows in
    ``unknown`` nothing is known.
    """

    mask: bytes | memoryview
    is_exact: bool
    unknown: tuple[range, ...] = ()


class Lists(Protocol):
    """A tuple of codes a row, all of them in one array: the last one of a row is before its end."""

    @property
    def ends(self) -> Sequence[int]: ...
    @property
    def codes(self) -> Sequence[int]: ...
    def __getitem__(self, row: int) -> tuple[int, ...]: ...
    def __len__(self) -> int: ...


class Table(Protocol):
    """Articles as columns. A row is an index into every column; nothing here ever changes.

    ``category``, ``type`` and ``provider`` hold one code a row and ``topics`` several, each once;
    a code is an index into the vocabulary of the same kind. ``published`` is in seconds since
    1970, UTC; ``year`` is the year of that instant in local time. Rows that are ``gone`` are to
    be found by nothing.
    """

    @property
    def gone(self) -> Sequence[int] | None:
        """A byte a row, 1 for those that are gone; None when none are."""
        ...

    @property
    def newest_first(self) -> Sequence[int]:
        """All rows that are not gone, by date and then by title."""
        ...

    @property
    def published(self) -> Sequence[int]: ...
    @property
    def year(self) -> Sequence[int]: ...
    @property
    def quality(self) -> Sequence[int]: ...
    @property
    def heat(self) -> Sequence[int]: ...
    @property
    def related(self) -> Sequence[int]: ...
    @property
    def images(self) -> Sequence[int]: ...
    @property
    def flags(self) -> Sequence[int]: ...
    @property
    def category(self) -> Sequence[int]: ...
    @property
    def type(self) -> Sequence[int]: ...
    @property
    def provider(self) -> Sequence[int]: ...
    @property
    def topics(self) -> Lists: ...
    @property
    def categories(self) -> Sequence[str]: ...
    @property
    def types(self) -> Sequence[str]: ...
    @property
    def providers(self) -> Sequence[Provider]: ...
    @property
    def topic_names(self) -> Sequence[str]: ...
    @property
    def marks(self) -> bytes | bytearray:
        """A :class:`Mark` a row."""
        ...

    @property
    def read(self) -> Sequence[int]:
        """When the reader read an article; as ``published``, and so the three that follow."""
        ...

    @property
    def starred(self) -> Sequence[int]: ...
    @property
    def added(self) -> Sequence[int]: ...
    @property
    def opened(self) -> Sequence[int]: ...
    @property
    def tags(self) -> Mapping[int, tuple[int, ...]]:
        """The codes of the tags of those rows that have any."""
        ...

    @property
    def tag_names(self) -> Sequence[str]: ...
    @property
    def notes(self) -> Mapping[int, str]:
        """What the reader noted to those rows that have a note."""
        ...

    @property
    def story(self) -> Sequence[int]:
        """A number that the articles of one story have in common; 0 for those that are alone."""
        ...

    @property
    def copies(self) -> Sequence[int]:
        """The same for those that are copies of one article."""
        ...

    @property
    def duplicate(self) -> Sequence[int]:
        """1 for all copies of an article but the first one."""
        ...

    @property
    def coverage(self) -> Sequence[int]:
        """How many articles a story has."""
        ...

    @property
    def hot(self) -> Sequence[int]:
        """How much a story matters now, from 0 to 1,000."""
        ...

    @property
    def story_ids(self) -> Sequence[str]:
        """The ids of the stories, by their numbers: those of the articles that came first."""
        ...

    @property
    def story_titles(self) -> Sequence[str]:
        """What the stories are called, by their numbers."""
        ...

    @property
    def titles(self) -> Sequence[str]:
        """The folded headlines."""
        ...

    @property
    def texts(self) -> Sequence[str]:
        """All that is searched, as :attr:`newsreader.model.row.Row.text`."""
        ...

    def having(self, text: str, *, prefix: bool, in_title: bool = False) -> Having | None:
        """The rows with *text*, as far as an index of words knows them; None when it does not."""
        ...

    def __len__(self) -> int: ...
    def row(self, article_id: str) -> int | None:
        """The row of the article with that id."""
        ...

    def article(self, row: int) -> Article:
        """The whole article of *row*, which may have to be read from its file."""
        ...
