"""Until when what is said of time stays true: ``3h``, ``6 years ago``, articles of last week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from newsreader.library.answer import Answer
from newsreader.library.library import Library
from newsreader.model import Article, Piece
from newsreader.text import dates

_WEEK = 8 * 86400
_SPANS = tuple(timedelta(minutes=count) for count in (60, 15, 5, 2, 1))


def lasts_until(said: Callable[[datetime], object], now: datetime) -> datetime | None:
    """A moment until which *said* says what it says *now*, midnight at the latest.

    It is enough to ask at the end: with time, ages only grow, and what has left a span of time
    does not come back.
    """
    midnight = datetime.combine(now.date() + timedelta(days=1), time()).astimezone()
    said_now = said(now)
    for moment in (midnight, *(now + span for span in _SPANS)):
        if moment <= midnight and said(moment - timedelta(seconds=1)) == said_now:
            return moment
    return None


def said_of_time(library: Library, answer: Answer, piece: Piece | None, now: datetime) -> object:
    """All that would be said of time if it were *now*, beside an *answer* and a *piece*."""
    view = library.answer(answer.query, now=now, with_filters=False).view
    filters = library.filters_now(answer, now)
    since = now.timestamp() - _WEEK
    recent = [moment for moment in library.snapshot.columns.published if moment > since]
    pieces = [piece, *(piece.related if isinstance(piece, Article) else ())]
    moments = [each.published_at for each in pieces if each is not None and each.published_at]
    return (
        list(view.rows),
        filters,
        [dates.short(datetime.fromtimestamp(moment, now.tzinfo), now) for moment in recent],
        [(dates.relative(moment, now), dates.short(moment, now)) for moment in moments],
    )
