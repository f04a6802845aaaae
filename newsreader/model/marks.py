"""What the reader did to an article. Never mixed into the article itself."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

Value: TypeAlias = int | str | tuple[Any, ...] | None
"""What a field of a mark holds."""
Register: TypeAlias = tuple[str, Value]
"""A stamp and the value it gave. Stamps compare as texts."""
Entry: TypeAlias = dict[str, Register]
"""The registers of an article, by field. ``note@STAMP`` is a note, and ``over@STAMP`` says that
another one took the place of that."""


def wins(new: Register, old: Register) -> bool:
    """Whether *new* takes the place of *old*, whichever came first."""
    return (new[0], repr(new[1])) > (old[0], repr(old[1]))


class Place(NamedTuple):
    """How far a file was read: bytes and lines, and a print of what stands right before."""

    offset: int = 0
    line: int = 0
    print: str = ""


class Position(NamedTuple):
    """Where the reader left a text: its first line shown, out of how many."""

    line: int
    lines: int


class Marks(NamedTuple):
    """What the reader did to one article, each with when: milliseconds since 1970, UTC.

    ``read``, ``starred`` and ``later`` are None when they are not so; ``seen`` is when the article
    was met first, and ``opened`` when it was opened in a browser. ``notes`` are more than one
    only where two devices changed the same note without knowing of each other.
    """

    read: int | None = None
    starred: int | None = None
    later: int | None = None
    opened: int | None = None
    seen: int | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    position: Position | None = None

    @property
    def note(self) -> str:
        """The note, or all of them one after another."""
        return NOTE_RULE.join(self.notes)


NOTE_RULE = "\n\n---\n\n"
"""What stands between two notes that were written at the same time."""

NO_MARKS = Marks()
"""Nothing was done."""
