"""What one does to articles: verbs, the marks they make, and how they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from newsreader.library.mark_book import MarkBook, milliseconds
from newsreader.marks.record import Record, clean_note, clean_tag
from newsreader.model import Article
from newsreader.model.marks import Marks, Value


class Verb(NamedTuple):
    """A verb: the field it changes, whether an article is not yet so, and how it is told.

    ``sets`` is false for a verb that takes the mark away. ``takes`` says what has to be given.
    """

    name: str
    field: str
    done: str
    sets: bool = True
    takes: str = ""


VERBS: Final[Mapping[str, Verb]] = MappingProxyType(
    {
        verb.name: verb
        for verb in (
            Verb("read", "read", "marked read"),
            Verb("unread", "read", "marked unread", sets=False),
            Verb("star", "starred", "starred"),
            Verb("unstar", "starred", "no longer starred", sets=False),
            Verb("later", "later", "kept for later"),
            Verb("unlater", "later", "no longer kept for later", sets=False),
            Verb("tag", "tag:", "tagged", takes="a tag"),
            Verb("untag", "tag:", "no longer tagged", sets=False, takes="a tag"),
            Verb("note", "note", "noted", takes="a text"),
            Verb("open", "opened", "opened in a browser"),
        )
    }
)
"""The verbs by name."""


def act(
    book: MarkBook,
    verb: Verb,
    ids: Iterable[str],
    given: str = "",
    articles: Sequence[Article] = (),
) -> Record | None:
    """Do *verb* to articles that are not so yet; None when all are so already.

    Those *articles* that are at hand are known again by their content as well.

    Raises:
        ValueError: when the verb takes something and *given* is none.
    """
    field, value = verb.field, None if not verb.sets else milliseconds()
    is_so: Callable[[Marks], object]
    if verb.name == "note":
        text = clean_note(given)
        return book.set(ids, {"note": text}, verb.name, articles)
    if verb.takes:
        tag = clean_tag(given)
        if not tag:
            raise ValueError(f"{verb.name} takes {verb.takes}")
        field += tag
        is_so = lambda marks: tag in marks.tags  # noqa: E731
    else:
        is_so = lambda marks: getattr(marks, verb.field) is not None  # noqa: E731
    chosen = [each for each in ids if bool(is_so(book.marks(each))) is not verb.sets]
    values: dict[str, Value] = {field: value}
    name = f"{verb.name} {field[4:]}" if verb.takes else verb.name
    # What was opened stays so: there is nothing to undo.
    name = "" if verb.name == "open" else name
    return book.set(chosen, values, name, articles) if chosen else None


def told(record: Record) -> str:
    """What *record* did, in words: ``120 articles marked read``."""
    count = len({key for change in record.changes for key in change.keys})
    articles = f"{count:,} article{'' if count == 1 else 's'}"
    name, _, given = record.verb.partition(" ")
    verb = VERBS.get(name)
    if record.undoes:
        what = f"{verb.done} {given}".strip() if verb else name
        return f"Undone: {articles} {what}" if count else f"Nothing is left of it: {what}"
    done = f"{verb.done} {given}".strip() if verb else name
    return f"{'Again: ' if record.redoes else ''}{articles} {done}"
