"""A hostile file and what must become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SHOWN, NOTED, REFUSED, EITHER = "shown", "noted", "refused", "either"
"""Without an issue, with warnings, not at all, with or without warnings."""


@dataclass(frozen=True)
class Case:
    """A file and its outcome. ``fields`` are attributes of the article with their values.

    ``line`` is that of the first issue, and ``word`` a part of its reason.
    """

    name: str
    data: bytes
    outcome: str
    fields: dict[str, Any] = field(default_factory=dict)
    line: int | None = None
    word: str = ""
    file: str = "a.md"


def page(header: str, body: str = "Body") -> bytes:
    """A file whose front matter begins with a category, so that *header* is on line 3."""
    return f"---\ncategory: c\n{header}\n---\n{body}\n".encode()
