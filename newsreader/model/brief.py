"""What a list shows of an article."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Brief(NamedTuple):
    """An article in short. ``related`` is a count; ``provider`` is the name to show."""

    id: str = ""
    headline: str = ""
    provider: str = ""
    published_at: datetime | None = None
    published_text: str = ""
    quality: int | None = None
    heat: int | None = None
    related: int = 0
    topics: tuple[str, ...] = ()
    is_unpublished: bool = False
