"""The one table of front matter fields: their names outside, inside, and the way both directions.

The outside names are those of the seeds; other programs' names for the same things are in
:mod:`newsreader.sources.aliases`. See ``docs/format.md``.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from newsreader.model import Article, Image, Origin, Provider, Related
from newsreader.sources.aliases import with_our_names
from newsreader.sources.nodes import key_meaning, meaning, written
from newsreader.sources.values import (
    WrongValueError,
    plain_value,
    to_date,
    to_flag,
    to_heat,
    to_mappings,
    to_number,
    to_text,
    to_url,
    to_words,
)

MAX_NESTED = 5_000
"""Related articles, topics or images of one article. More are dropped with a note."""


class Note(NamedTuple):
    """A value that was wrong: its key, dotted where it is nested, why, and its line if known."""

    key: str
    reason: str
    line: int | None = None


Notes = list[Note]
NO_LINES: Mapping[Any, int] = MappingProxyType({})


class Field(NamedTuple):
    """One front matter key, the attribute it becomes, and the way in and out."""

    key: str
    attribute: str
    read: Callable[[Any, Notes], Any]
    write: Callable[[Any], Any] = lambda value: value


Table = Mapping[str, Field]


def _simple(convert: Callable[[Any], Any]) -> Callable[[Any, Notes], Any]:
    return lambda value, _notes: convert(value)


def _table(*fields: Field) -> Table:
    return {each.key: each for each in fields}


def _many(kind: type[Any], table: Table, name: str) -> Callable[[Any, Notes], Any]:
    def read(value: Any, notes: Notes) -> tuple[Any, ...]:
        mappings = to_mappings(value, name)
        if len(mappings) > MAX_NESTED:
            notes.append(Note("", f"more than {MAX_NESTED} entries; the rest are left out"))
        return tuple(read_fields(kind, table, each, notes) for each in mappings[:MAX_NESTED])

    return read


def _write_many(table: Table) -> Callable[[Any], Any]:
    return lambda items: [write_fields(item, table) for item in items]


def _read_provider(value: Any, notes: Notes) -> Provider | None:
    mappings = to_mappings(value, "name")
    if len(mappings) > 1:
        raise WrongValueError("one provider was expected")
    return read_fields(Provider, PROVIDER, mappings[0], notes) if mappings else None


def _read_secured(value: Any, _notes: Notes) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    raise WrongValueError("a text was expected")


IMAGE: Table = _table(
    Field("url", "url", _simple(to_url)),
    Field("width", "width", _simple(to_number)),
    Field("height", "height", _simple(to_number)),
    Field("isCached", "is_cached", _simple(to_flag)),
    Field("title", "title", _simple(to_text)),
)

_IMAGES = Field("images", "images", _many(Image, IMAGE, "url"), _write_many(IMAGE))

PROVIDER: Table = _table(
    Field("name", "name", _simple(to_text)),
    Field("domain", "domain", _simple(to_url)),
    _IMAGES,
)

_PIECE: Table = _table(
    Field("title", "title", _simple(to_text)),
    Field("excerpt", "excerpt", _simple(to_text)),
    Field("publishedDateTime", "published_at", _simple(to_date)),
    Field("originalUrl", "original_url", _simple(to_url)),
    Field("webUrl", "web_url", _simple(to_url)),
    Field("ampWebUrl", "amp_url", _simple(to_url)),
    Field("cdnAmpWebUrl", "cdn_amp_url", _simple(to_url)),
    Field("type", "type", _simple(to_text)),
    Field("quality", "quality", _simple(to_number)),
    Field(
        "provider",
        "provider",
        _read_provider,
        lambda provider: None if provider is None else write_fields(provider, PROVIDER),
    ),
    _IMAGES,
)

ARTICLE: Table = _table(
    Field("category", "category", _simple(to_text)),
    *_PIECE.values(),
    Field("heat", "heat", _simple(to_heat)),
    Field("published", "is_published", _simple(to_flag)),
    Field("topics", "topics", _simple(to_words), list),
    Field("related", "related", _many(Related, _PIECE, "title"), _write_many(_PIECE)),
    Field("secured", "secured", _read_secured),
)


def read_fields(kind: type[Any], table: Table, mapping: Mapping[Any, Any], notes: Notes) -> Any:
    """An object of *kind* from *mapping* by *table*. Never raises: a wrong value is noted."""
    return kind(**read_attributes(table, mapping, notes))


def read_attributes(table: Table, mapping: Mapping[Any, Any], notes: Notes) -> dict[str, Any]:
    """The attributes that *mapping* gives by *table*, with their ``origin``.

    What our value does not give back exactly is kept as written in ``origin.raw``; unknown
    keys are kept in ``origin.extra``.
    """
    attributes: dict[str, Any] = {}
    extra: dict[Any, Any] = {}
    raw: dict[Any, Any] = {}
    lines: Mapping[Any, int] = getattr(mapping, "lines", NO_LINES)
    for key, value in mapping.items():
        known = table.get(key)
        if known is None:
            extra[key_meaning(key)] = meaning(value)
            continue
        inner: Notes = []
        try:
            ours = attributes[known.attribute] = known.read(value, inner)
        except WrongValueError as error:
            notes.append(Note(key, str(error), lines.get(key)))
            raw[key] = written(value)
        else:
            for note in inner:
                dotted = f"{key}.{note.key}" if note.key else key
                notes.append(Note(dotted, note.reason, note.line or lines.get(key)))
            if known.write(ours) != meaning(value):
                raw[key] = written(value)
    attributes["origin"] = _origin(tuple(map(key_meaning, mapping)), extra, raw)
    return attributes


def write_fields(item: Any, table: Table) -> dict[Any, Any]:
    """The front matter mapping of an article or a part of one: the names and values it came with.

    Of an item that did not come from front matter, all that it has.
    """
    origin: Origin = item.origin
    if not origin.keys:
        written = ((each.key, each.write(getattr(item, each.attribute))) for each in table.values())
        return {key: value for key, value in written if value not in (None, "", [])}
    result: dict[Any, Any] = {}
    for key in origin.keys:
        if key in origin.raw:
            result[key] = origin.raw[key]
        elif (known := table.get(key)) is not None:
            result[key] = known.write(getattr(item, known.attribute))
        else:
            result[key] = origin.extra[key]
    return result


def _origin(keys: tuple[Any, ...], extra: dict[Any, Any], raw: dict[Any, Any]) -> Origin:
    if extra or raw:
        return Origin(keys, MappingProxyType(extra), MappingProxyType(raw))
    return _plain_origin(keys)


@lru_cache(maxsize=1_000)
def _plain_origin(keys: tuple[Any, ...]) -> Origin:
    return Origin(keys)


def article_attributes(metadata: Mapping[Any, Any], notes: Notes) -> dict[str, Any]:
    """The attributes of an :class:`Article` that its front matter gives.

    ``published_text`` is among them when there is a date that could not be understood.
    """
    named = with_our_names(metadata)
    attributes = read_attributes(ARTICLE, named, notes)
    if attributes.get("published_at") is None:
        written = named.get("publishedDateTime")
        if written is not None:
            attributes["published_text"] = plain_value(written)
    return attributes


def front_matter(article: Article) -> dict[Any, Any]:
    """The front matter of *article* again, under the seeds' names, with the values it had."""
    return write_fields(article, ARTICLE)
