"""What the library has beside an article: the rest of its story, and what is most like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.model import Article
from newsreader.model.table import NO_CODE

if TYPE_CHECKING:
    from newsreader.library.library import Library
    from newsreader.store.shelf import Shelf

MOST_MORE: Final = 12
"""Articles of a story that are named, those that came nearest in time."""


class Near(NamedTuple):
    """An article beside another one; ``why`` says what else is to be said of it."""

    article: Article
    why: tuple[str, ...] = ()


class Nearby(NamedTuple):
    """Other articles of a story, the oldest first, and others that are similar.

    ``others`` is how many others the story has, copies as well. ``before`` and ``after`` are those
    that came next to the article in time.
    """

    more: tuple[Near, ...] = ()
    others: int = 0
    similar: tuple[Near, ...] = ()
    before: Article | None = None
    after: Article | None = None


def nearby(library: Library, article_id: str) -> Nearby:
    """What is beside an article. It reads a few files."""
    columns = library.snapshot.columns
    row = columns.row(article_id)
    if row is None:
        return Nearby()
    story = library.story(article_id, columns)
    rows = story.rows if story is not None else [row]
    own = columns.copies[row]
    firsts = [
        other
        for other in rows
        if other == row
        or not (columns.duplicate[other] or (own != NO_CODE and columns.copies[other] == own))
    ]
    place = firsts.index(row)
    first = max(0, min(place - MOST_MORE // 2, len(firsts) - 1 - MOST_MORE))
    shown = firsts[first : first + MOST_MORE + 1]
    articles = {other: columns.article(other) for other in shown if other != row}
    copies = Counter(columns.copies[other] for other in rows)
    return Nearby(
        more=tuple(
            Near(article, _copies(copies[columns.copies[other]], columns.copies[other]))
            for other, article in articles.items()
        ),
        others=len(rows) - 1,
        similar=_similar(library, columns, row, rows),
        before=articles.get(firsts[place - 1]) if place else None,
        after=articles.get(firsts[place + 1]) if place + 1 < len(firsts) else None,
    )


def _copies(count: int, number: int) -> tuple[str, ...]:
    return (f"{count} copies",) if number != NO_CODE and count > 1 else ()


def _similar(library: Library, columns: Shelf, row: int, but: Sequence[int]) -> tuple[Near, ...]:
    """The most similar ones *but* some. There are none while stories are not known."""
    told = library.found_for(columns)
    if told is None:
        return ()
    # Imported here: it needs numpy.
    from newsreader.library.similar import MOST, similar_to

    others, each = set(but), similar_to(columns, told, row, MOST + MOST_MORE)
    found = (similar for similar in each if similar.row not in others)
    return tuple(Near(columns.article(similar.row), similar.why) for similar in islice(found, MOST))
