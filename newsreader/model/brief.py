"""What a list shows of an article."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Brief(NamedTuple):
    """An article in short. ``related`` is a count; ``provider`` is the name to show.

    ``copies`` is how many there are of it, itself among them; 0 for an article without copies, and
    for all copies but the first one. ``hot`` is a score, None while nobody knows.
    """

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
    copies: int = 0
    hot: int | None = None
