"""What is told of one event: the articles of a story and all that they list, on one time line.

The same page is there once, whichever of its addresses a list has, and copies stand behind the
one that came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.model import Article, Piece
from newsreader.model.table import NO_CODE
from newsreader.sources.rows import addresses
from newsreader.stories.copies import LIKELY, are_copies, resemblance
from newsreader.stories.terms import WORD, terms_of
from newsreader.text.fold import fold

if TYPE_CHECKING:
    from newsreader.library.library import Library
    from newsreader.store.shelf import Shelf

MOST_READ: Final = 500
"""Articles of a story that are read."""
_MOST_PIECES: Final = 1_000
"""Pieces that are put on one time line."""
_FEW_TERMS: Final = 3
_LAST: Final = datetime.max.replace(tzinfo=UTC)

Span = tuple[int, int]


class Telling(NamedTuple):
    """One piece of a coverage: an article of the library, or a related item that it lists.

    ``copies`` say nearly the same and came later. ``added`` are the places in the headline of the
    words that no headline before it had.
    """

    piece: Piece
    copies: tuple[Piece, ...] = ()
    added: tuple[Span, ...] = ()

    @property
    def is_in_library(self) -> bool:
        """Whether the library has it."""
        return isinstance(self.piece, Article)


class Coverage(NamedTuple):
    """What is told of one event, the oldest first; what has no date stands last.

    ``story_id`` is empty when an article is alone in the library. ``ids`` are those of all articles
    of the story; so many of them were ``left_out``, for they were too many.
    """

    story_id: str
    title: str
    tellings: tuple[Telling, ...]
    ids: tuple[str, ...]
    left_out: int = 0

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces, copies as well."""
        for telling in self.tellings:
            yield telling.piece
            yield from telling.copies

    @property
    def size(self) -> int:
        """How many pieces there are, copies as well."""
        return sum(1 + len(telling.copies) for telling in self.tellings)

    @property
    def providers(self) -> tuple[str, ...]:
        """Who tells it, the first one first."""
        providers = (piece.provider for piece in self.pieces if piece.provider is not None)
        return tuple(dict.fromkeys(each.label for each in providers if each.label))

    @property
    def times(self) -> tuple[datetime, ...]:
        """When each piece with a date came, in order."""
        return tuple(sorted(each.published_at for each in self.pieces if each.published_at))

    @property
    def first(self) -> Telling | None:
        """The one that told it first; None when that is not known."""
        first = self.tellings[0] if len(self.tellings) > 1 else None
        return first if first is not None and first.piece.published_at is not None else None


def coverage_of(library: Library, article_id: str) -> Coverage | None:
    """The coverage of an article's story, or of an article that is alone; None without it.

    It reads files: up to :data:`MOST_READ` of them, and those of the articles that they list.
    """
    columns = library.snapshot.columns
    story = library.story(article_id, columns)
    row = columns.row(article_id)
    rows = story.rows if story is not None else [row] if row is not None else []
    if not rows:
        return None
    articles = [columns.article(each) for each in rows[:MOST_READ]]
    folded = _folded(sorted(_distinct(library, articles), key=_came), columns)
    return Coverage(
        story_id=story.id if story is not None else "",
        title=story.title if story is not None else articles[0].headline,
        tellings=tuple(_with_added(folded)),
        ids=tuple(columns.id(each) for each in rows),
        left_out=max(0, len(rows) - MOST_READ),
    )


def _came(piece: Piece) -> tuple[datetime, bool, str]:
    """What puts pieces in order; of two that came at once, the article of the library is first."""
    return piece.published_at or _LAST, not isinstance(piece, Article), piece.headline


def _distinct(library: Library, articles: Sequence[Article]) -> Iterator[Piece]:
    """*articles*, and what they list, each page once."""
    known = {name for article in articles for name in _names(article)}
    yield from articles
    count = len(articles)
    for related in (related for article in articles for related in article.related):
        names = _names(related)
        if not (related.title or related.excerpt or related.url):
            continue
        if known.isdisjoint(names) and count < _MOST_PIECES:
            article = library.counterpart(related)
            count += 1
            yield article or related
            known.update(_names(article) if article is not None else ())
        known.update(names)


def _names(piece: Piece) -> set[str]:
    """What a page is known by: its addresses, else its headline."""
    return set(addresses(piece)) or {fold(piece.headline)}


class _Kept(NamedTuple):
    """A piece with what tells its copies."""

    pieces: list[Piece]
    terms: frozenset[str]
    title: str
    excerpt: str

    def has_copy(self, other: _Kept) -> bool:
        """Whether *other* is nearly the same."""
        few = min(len(self.terms), len(other.terms)) < _FEW_TERMS
        if few or resemblance(self.terms, other.terms) < LIKELY:
            return False
        return are_copies((self.title, other.title), (self.excerpt, other.excerpt))


def _folded(pieces: Iterable[Piece], columns: Shelf) -> list[list[Piece]]:
    """*pieces*, each with its copies behind it."""
    kept: list[_Kept] = []
    by_number: dict[int, _Kept] = {}
    for piece in pieces:
        title = fold(piece.headline)
        new = _Kept([piece], frozenset(terms_of(title)), title, fold(piece.excerpt))
        row = columns.row(piece.id) if isinstance(piece, Article) else None
        number = NO_CODE if row is None else columns.copies[row]
        same = by_number.get(number) if number != NO_CODE else None
        same = same or next((each for each in kept if each.has_copy(new)), None)
        if same is None:
            kept.append(new)
        else:
            same.pieces.append(piece)
        if number != NO_CODE:
            by_number.setdefault(number, same or new)
    return [each.pieces for each in kept]


def _with_added(folded: Iterable[Sequence[Piece]]) -> Iterator[Telling]:
    """What each one's headline adds to those before it. The first one adds nothing to nothing."""
    seen: set[str] = set()
    for number, (piece, *copies) in enumerate(folded):
        added: list[Span] = []
        for word in WORD.finditer(piece.headline):
            terms = terms_of(fold(word[0]))
            if number and not seen.issuperset(terms):
                added.append(word.span())
            seen.update(terms)
        yield Telling(piece, tuple(copies), tuple(added))
