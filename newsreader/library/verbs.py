"""What one does to articles: verbs, the marks they make, and how they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from newsreader.library.mark_book import MarkBook, Named
from newsreader.marks.record import Record, clean_note, clean_tag
from newsreader.model.marks import Marks, Value
from newsreader.text.counted import counted


class Verb(NamedTuple):
    """A verb: the field it changes, whether an article is not yet so, and how it is told.

    ``sets`` is false for a verb that takes the mark away. ``takes`` says what has to be given.
    What is only noted cannot be undone.
    """

    name: str
    field: str
    done: str
    sets: bool = True
    takes: str = ""
    is_only_noted: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether it is done to all copies of an article: a note and a page opened are of one."""
        return self.field not in ("note", "opened")

    def is_so(self, marks: Marks, tag: str) -> bool:
        """Whether *marks* hold the mark already; *tag* is for a verb that takes one."""
        if self.field == "tag:":
            return tag in marks.tags
        return getattr(marks, self.field) is not None


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
            Verb("open", "opened", "opened in a browser", is_only_noted=True),
        )
    }
)
"""The verbs by name."""


def act(
    book: MarkBook,
    verb: Verb,
    ids: Iterable[str],
    given: str = "",
    articles: Sequence[Named] = (),
) -> Record | None:
    """Do *verb* to articles that are not so yet; None when all are so already.

    Those *articles* that are at hand are known again by their content as well.

    Raises:
        ValueError: when the verb takes something and *given* is none.
    """
    if verb.field == "note":
        return book.set(ids, {"note": clean_note(given)}, verb.name, articles)
    tag = clean_tag(given) if verb.takes else ""
    if verb.takes and not tag:
        raise ValueError(f"{verb.name} takes {verb.takes}")
    chosen = [each for each in ids if verb.is_so(book.marks(each), tag) is not verb.sets]
    values: dict[str, Value] = {verb.field + tag: book.now() if verb.sets else None}
    name = "" if verb.is_only_noted else f"{verb.name} {tag}".strip()
    return book.set(chosen, values, name, articles)


def told(record: Record, copies: int = 0) -> str:
    """What *record* did, in words: ``120 articles marked read``. Some of them are *copies*."""
    count = len(record.keys)
    name, _, given = record.verb.partition(" ")
    done = f"{VERBS[name].done} {given}".strip() if name in VERBS else name
    if record.undoes and not count:
        return f"Nothing is left of it: {done}"
    before = "Undone: " if record.undoes else "Again: " if record.redoes else ""
    also = f" and {counted(copies, 'copy', 'copies')}" if copies else ""
    return f"{before}{counted(count - copies, 'article')}{also} {done}"
