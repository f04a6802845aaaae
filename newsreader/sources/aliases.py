"""The usual front matter names of Jekyll, Hugo and Zola, read as ours. See ``docs/format.md``."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from newsreader.sources.nodes import Mapped
from newsreader.sources.values import WrongValueError, to_flag, to_words


class Alias(NamedTuple):
    """Another name for one of our keys. ``convert`` makes the value ours before it is read."""

    key: str
    convert: Callable[[Any], Any] = lambda value: value


def _draft(value: Any) -> Any:
    draft = to_flag(value)
    return None if draft is None else not draft


def _first(value: Any) -> Any:
    words = to_words(value)
    return words[0] if words else None


def _author(value: Any) -> Any:
    if isinstance(value, Mapping):
        name = value.get("name") or value.get("display_name")
        return {"name": str(name) if isinstance(name, str) else name}
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        names = (each.get("name") for each in value if isinstance(each, Mapping))
        return {"name": ", ".join(str(name) for name in names if name)}
    words = str(value) if isinstance(value, str) else ", ".join(to_words(value))
    return {"name": words}


ALIASES: Mapping[str, Alias] = MappingProxyType(
    {
        "date": Alias("publishedDateTime"),
        "pubDate": Alias("publishedDateTime"),
        "tags": Alias("topics"),
        "categories": Alias("category", _first),
        "description": Alias("excerpt"),
        "summary": Alias("excerpt"),
        "draft": Alias("published", _draft),
        "author": Alias("provider", _author),
        "authors": Alias("provider", _author),
        "link": Alias("webUrl"),
    }
)
ALIAS_NAMES = frozenset(ALIASES) | {"taxonomies"}
"""The keys without which front matter has our own names only."""


def with_our_names(metadata: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """*metadata* under the seeds' names: aliases renamed where our own name is not taken.

    Zola's ``[taxonomies]`` are read as its own keys; every category but the first is a topic
    as well. A value that an alias cannot convert stays under its own name.
    """
    if not any(key in metadata for key in ALIAS_NAMES):
        return metadata
    flat = dict(metadata)
    lines: Mapping[str, int] = getattr(metadata, "lines", {})
    taxonomies = flat.get("taxonomies")
    if isinstance(taxonomies, Mapping):
        for key in ("tags", "categories"):
            if key in taxonomies and key not in flat:
                flat[key] = taxonomies[key]
    result = Mapped()
    result.lines.update(lines)
    for key, value in flat.items():
        alias = ALIASES.get(key) if isinstance(key, str) else None
        if alias is None or alias.key in flat or alias.key in result:
            result[key] = value
            continue
        try:
            result[alias.key] = alias.convert(value)
            if key in lines:
                result.lines[alias.key] = lines[key]
        except WrongValueError:
            result[key] = value
    more = _words_or_none(flat.get("categories"))[1:]
    if more and "topics" not in flat:
        result["topics"] = [*_words_or_none(result.get("topics")), *more]
    return result


def _words_or_none(value: Any) -> tuple[str, ...]:
    try:
        return to_words(value)
    except WrongValueError:
        return ()
