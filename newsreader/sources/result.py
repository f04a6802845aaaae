"""What reading one file gives."""

from typing import NamedTuple

from newsreader.model import Article, Issue


class Reading(NamedTuple):
    """The article of one file, or None when it could not be used, and what was wrong."""

    article: Article | None
    issues: tuple[Issue, ...] = ()
