"""What reading one file gives."""

from __future__ import annotations

from dataclasses import dataclass

from newsreader.model import Article, Issue


@dataclass(frozen=True, slots=True)
class Reading:
    """The article of one file, or None when it could not be used, and what was wrong."""

    article: Article | None
    issues: tuple[Issue, ...] = ()
