"""A segment: the rows of some articles with their texts and what finds them. Never changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, repeat
from typing import Any

from newsreader.model import Provider
from newsreader.model.lists import Codes
from newsreader.model.row import Row
from newsreader.store.sections import (
    Buffer,
    DamagedIndexError,
    Sections,
    Strings,
    Writer,
    let_go,
)
from newsreader.store.vocabulary import Vocabulary
from newsreader.text.urls import address_key

NUMBERS = (
    ("published", "q"),
    ("quality", "i"),
    ("heat", "i"),
    ("related", "i"),
    ("images", "i"),
    ("flags", "B"),
)
"""The columns that are numbers in a :class:`~newsreader.model.row.Row` already, and their types."""
TEXTS = ("id", "source", "path", "file", "title", "excerpt", "published_text", "text")
LISTS = ("related_addresses", "addresses", "names")
"""The columns that are lists of keys."""
FOUND = ("addresses", "names")
"""Those of them by whose keys rows are found."""
_DIGITS = 16


def id_key(article_id: str) -> int:
    """The number that stands for an id or a name: what its hexadecimal digits say."""
    if len(article_id) < _DIGITS and article_id.isalnum():
        try:
            return int(article_id, 16)
        except ValueError:
            pass
    return address_key(article_id)


class Finder:
    """Which rows have a key: sorted keys, and the row of each."""

    __slots__ = ("_rows", "keys")

    def __init__(self, sections: Sections, name: str) -> None:
        self.keys = sections.array(f"{name}.keys")
        self._rows = sections.array(f"{name}.rows")

    def rows(self, key: int) -> Iterator[int]:
        """The rows with *key*."""
        for place in range(bisect_left(self.keys, key), len(self.keys)):
            if self.keys[place] != key:
                return
            yield self._rows[place]


class Segment:
    """Rows from a buffer that :func:`segment_of` made, which may be mapped from a file.

    Raises:
        DamagedIndexError: from every method, when the buffer is not that.
    """

    def __init__(self, buffer: Buffer, size: int | None = None, file: str = "") -> None:
        self._buffer = buffer
        self.file = file
        """The name of the file that it is in, if it is in one."""
        self.size = int(self.sections.meta["size"]) if size is None else size

    @cached_property
    def sections(self) -> Sections:
        """All arrays. Nothing of a file is looked at before they are wanted."""
        sections = Sections(self._buffer)
        if "size" in self.__dict__ and sections.meta["size"] != self.size:
            raise DamagedIndexError("A segment has not as many rows as it should have.")
        return sections

    @cached_property
    def titles(self) -> Strings:
        """The headlines."""
        return self.sections.strings("title")

    @cached_property
    def texts(self) -> Strings:
        """All that is searched."""
        return self.sections.strings("text")

    @cached_property
    def topics(self) -> Codes:
        """The codes of the topics of each row."""
        return self.sections.codes("topics")

    @cached_property
    def _ids(self) -> Strings:
        return self.sections.strings("id")

    def __len__(self) -> int:
        return self.size

    def numbers(self, name: str) -> memoryview:
        """One of :data:`NUMBERS`, the codes of ``category`` and others, or any other array."""
        return self.sections.array(name)

    def names(self, field: str) -> Strings:
        """What the codes of ``category``, ``type`` and ``topics`` mean."""
        return self.sections.strings(f"{field}.names")

    @property
    def providers(self) -> list[Provider]:
        """What the codes of ``provider`` mean."""
        names, domains = self.names("provider"), self.names("domain")
        return [
            Provider(name=name, domain=domain) for name, domain in zip(names, domains, strict=True)
        ]

    def text(self, field: str, row: int) -> str:
        """A text of a row: ``id``, ``source``, ``path``, ``title``, ``excerpt`` and so on."""
        return self.sections.strings(field)[row]

    def id(self, row: int) -> str:
        """The id of the article of *row*."""
        return self._ids[row]

    @cached_property
    def _by_id(self) -> Finder:
        return Finder(self.sections, "ids")

    @cached_property
    def _by_address(self) -> Finder:
        return Finder(self.sections, "addresses")

    @cached_property
    def _by_name(self) -> Finder:
        return Finder(self.sections, "names")

    def with_id(self, article_id: str) -> list[int]:
        """The rows with that id: one, or none."""
        found = self._by_id.rows(id_key(article_id))
        return [row for row in found if self._ids[row] == article_id]

    def with_ids(self, ids: Mapping[int, str]) -> dict[str, int]:
        """The rows of those of *ids*, each under its :func:`id_key`, that are here."""
        found: dict[str, int] = {}
        for key in set(ids).intersection(self._by_id.keys):
            found.update((ids[key], row) for row in self.with_id(ids[key]))
        return found

    def with_address(self, key: int) -> Iterable[int]:
        """The rows of the articles with an address that *key* stands for."""
        return self._by_address.rows(key)

    def with_name(self, key: int) -> Iterable[int]:
        """The rows of the articles with a name whose :func:`id_key` is *key*."""
        return self._by_name.rows(key)

    def keys(self, field: str) -> Codes:
        """For each row the keys of its ``addresses``, ``related_addresses`` or ``names``."""
        return self.sections.codes(field)

    def row(self, row: int) -> Row:
        """A row as it was given, but for what made its id."""
        plain: dict[str, Any] = {name: self.numbers(name)[row] for name, _ in NUMBERS}
        plain.update((name, self.text(name, row)) for name in TEXTS)
        codes = {name: self.numbers(name)[row] for name in ("category", "type", "provider")}
        topics = self.names("topics")
        return Row(
            **plain,
            category=self.names("category")[codes["category"]],
            type=self.names("type")[codes["type"]],
            provider=self.names("provider")[codes["provider"]],
            domain=self.names("domain")[codes["provider"]],
            topics=tuple(topics[code] for code in self.topics[row]),
            addresses=self.keys("addresses")[row],
            related_addresses=self.keys("related_addresses")[row],
            content=self.numbers("content")[row],
            names=tuple(f"{key:012x}" for key in self.keys("names")[row]),
        )

    def rest(self) -> None:
        """Take no memory until something is looked at, if it is mapped."""
        let_go(self._buffer)

    @property
    def has_words(self) -> bool:
        """Whether there is an index of words."""
        return "words" in self.sections


def segment_of(rows: Sequence[Row]) -> Iterator[Buffer]:
    """What a :class:`Segment` of *rows* is read from, without an index of their words."""
    writer = Writer({"size": len(rows)})
    values = zip(*rows, strict=True) if rows else repeat((), len(Row._fields))
    columns: dict[str, Sequence[Any]] = dict(zip(Row._fields, values, strict=True))
    for name, code in (*NUMBERS, ("content", "Q")):
        writer.add_numbers(name, code, columns[name])
    for name in TEXTS:
        writer.add_strings(name, columns[name])
    _add_codes(writer, columns)
    _add_finder(writer, "ids", list(map(id_key, columns["id"])), range(len(rows)))
    columns["names"] = [list(map(id_key, names)) for names in columns["names"]]
    for name in LISTS:
        lists = columns[name]
        keys = list(chain.from_iterable(lists))
        writer.add_numbers(f"{name}.ends", "i", accumulate(map(len, lists)))
        writer.add_numbers(name, "Q", keys)
        if name in FOUND:
            places = chain.from_iterable(repeat(row, len(each)) for row, each in enumerate(lists))
            _add_finder(writer, name, keys, list(places))
    return writer.pieces()


def _add_finder(writer: Writer, name: str, keys: Sequence[int], rows: Sequence[int]) -> None:
    """Add what finds the rows that have *keys*, each of which belongs to one of *rows*."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    writer.add_numbers(f"{name}.keys", "Q", map(keys.__getitem__, order))
    writer.add_numbers(f"{name}.rows", "I", map(rows.__getitem__, order))


def _add_codes(writer: Writer, columns: Mapping[str, Sequence[Any]]) -> None:
    for name in ("category", "type"):
        words = Vocabulary("")
        writer.add_numbers(name, "i", words.codes(columns[name]))
        writer.add_strings(f"{name}.names", words.values)
    providers = Vocabulary(("", ""))
    pairs = zip(columns["provider"], columns["domain"], strict=True)
    writer.add_numbers("provider", "i", providers.codes(pairs))
    writer.add_strings("provider.names", [name for name, _ in providers.values])
    writer.add_strings("domain.names", [domain for _, domain in providers.values])
    topics = Vocabulary("")
    lists = [tuple(dict.fromkeys(map(topics.code, each))) for each in columns["topics"]]
    writer.add_codes("topics", Codes.of(lists))
    writer.add_strings("topics.names", topics.values)
