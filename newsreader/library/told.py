"""The articles of a library with the stories that they tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from time import time
from typing import TYPE_CHECKING, NamedTuple

from newsreader.config.settings import HotWeights
from newsreader.library.marked import MarkedArticles
from newsreader.model.table import FEW, NO_CODE, UNKNOWN, UNKNOWN_TIME
from newsreader.store.shelf import Shelf
from newsreader.store.shelving import FolderShelving

if TYPE_CHECKING:
    from newsreader.config.paths import MarkPlaces
    from newsreader.library.hotness import Hotness, Why
    from newsreader.marks.record import Record
    from newsreader.model import Article
    from newsreader.store.sections import Sections
    from newsreader.store.story_columns import StoryColumns

_SOME_COPIES = 50
"""Copies of an article that are told of."""
_COUNTED_APART = 1_000
"""Among so many marked articles copies are told apart."""


class Story(NamedTuple):
    """Articles about one event. ``id`` is that of the one that came first.

    ``rows`` are those of its articles in the columns that it was asked of, the oldest first, and
    ``providers`` the names of those who told it, the first one first. ``quality`` is the best and
    ``heat`` the greatest that is known.
    """

    id: str
    title: str
    rows: Sequence[int]
    providers: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    quality: int | None
    heat: int | None


class ToldArticles(MarkedArticles):
    """Articles with their marks, their stories, and how *hot* they are.

    Stories are found by :meth:`know_stories`, once the articles were read, and kept with the index.
    When articles change, those that are left keep their stories until then.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        index_folder: Path | None = None,
        mark_places: MarkPlaces | None = None,
        hot: HotWeights | None = None,
    ) -> None:
        super().__init__(roots, index_folder, mark_places)
        self._weights = hot or HotWeights()
        self._telling = Lock()
        self._told: tuple[Sections, Sections] | None = None
        """The columns that stories are known of, and what those were found from."""
        self._before: Sections | None = None
        self._looked_for: Sections | None = None
        """The columns whose kept stories were looked for."""

    def know_stories(self, wait: Callable[[], None] = lambda: None) -> bool:
        """Find the stories of the articles as they stand; whether that says anything new.

        One thread at a time does, and others wait for it. *wait* is called again and again
        meanwhile; what it raises ends the search.
        """
        if self.knows_stories:
            return False
        from newsreader.library.storytelling import stories_of

        with self._telling:
            columns = self.snapshot.columns
            if self.found_for(columns) is not None:
                return False
            shelving = self._shelving
            folder = shelving if isinstance(shelving, FolderShelving) else None
            self._before = stories_of(columns, folder, self._before, wait)
            return self._tell(columns, self._before)

    def _tell(self, columns: Shelf, found: Sections) -> bool:
        from newsreader.library.storytelling import columns_from

        stories = columns_from(found)
        scores = self._hotness(columns, stories).scores()
        if not self._store.tell(columns, stories.with_hot(scores)):
            return False
        self._told = columns.sections, found
        return True

    def recall_stories(self) -> None:
        """Take on the stories that are kept with the index, if nothing has changed since."""
        columns, shelving = self.snapshot.columns, self._shelving
        is_known = columns.story_columns is not None or self._looked_for is columns.sections
        if is_known or not isinstance(shelving, FolderShelving):
            return
        self._looked_for = columns.sections
        from newsreader.library.storytelling import kept_stories

        found = kept_stories(columns, shelving)
        if found is not None:
            self._tell(columns, found)

    @property
    def knows_stories(self) -> bool:
        """Whether the stories are those of the articles as they stand."""
        return self.found_for(self.snapshot.columns) is not None

    def found_for(self, columns: Shelf) -> Sections | None:
        """What the stories of *columns* were found from; None when they are not known."""
        told = self._told
        return told[1] if told is not None and told[0] is columns.sections else None

    # Copies

    def copies(self, article_id: str) -> Sequence[Article]:
        """What is known of the other copies of an article, the oldest first; some, if many."""
        columns = self.snapshot.columns
        row = None if columns.story_columns is None else columns.row(article_id)
        number = NO_CODE if row is None else columns.copies[row]
        if number == NO_CODE:
            return ()
        rows = [each for each in _with_numbers(columns, columns.copies, [number]) if each != row]
        rows.sort(key=lambda each: (columns.published[each], columns.id(each)))
        return list(map(columns.known, rows[:_SOME_COPIES]))

    def act(self, verb: str, ids: Iterable[str], given: str = "") -> Record | None:
        """As for :class:`MarkedArticles`; most verbs are done to all copies of an article."""
        from newsreader.library.verbs import VERBS

        return super().act(verb, self._with_copies(ids) if VERBS[verb].is_shared else ids, given)

    def _with_copies(self, ids: Iterable[str]) -> list[str]:
        columns, chosen = self.snapshot.columns, list(ids)
        if columns.story_columns is None:
            return chosen
        copies = columns.copies
        there = columns.rows_of(chosen).values()
        numbers = {copies[row] for row in there} - {NO_CODE}
        more = set(_with_numbers(columns, copies, numbers)).difference(there)
        return [*chosen, *map(columns.id, sorted(more))]

    def in_words(self, record: Record) -> str:
        """What *record* did: ``1 article and 2 copies marked read``."""
        from newsreader.library.verbs import told

        return told(record, self._copies_among(record))

    def _copies_among(self, record: Record) -> int:
        book, columns = self.book, self.snapshot.columns
        if book is None or not 1 < len(record.keys) <= _COUNTED_APART:
            return 0
        keys: dict[int, set[str]] = {}
        for name, row in columns.rows_of(set(book.names(record.keys))).items():
            if columns.copies[row]:
                keys.setdefault(columns.copies[row], set()).add(book.key(name))
        return sum(len(each) - 1 for each in keys.values())

    # Scores

    def why(self, article_id: str) -> Why | None:
        """Why an article is as hot as it is; None when it is not there.

        Stories are found first if they are not known.
        """
        self.know_stories()
        columns = self.snapshot.columns
        row, stories = columns.row(article_id), columns.story_columns
        return None if row is None or stories is None else self._hotness(columns, stories).why(row)

    def _hotness(self, columns: Shelf, stories: StoryColumns) -> Hotness:
        from newsreader.library.hotness import Hotness

        return Hotness(columns, stories, self._weights, int(time()))

    # Stories

    def story(self, article_id: str, columns: Shelf | None = None) -> Story | None:
        """The story that an article tells with others; None when it is alone in the library.

        Its rows are those of *columns*, else of the articles as they stand.
        """
        columns = self.snapshot.columns if columns is None else columns
        row = columns.row(article_id)
        number = NO_CODE if row is None else columns.story[row]
        if number == NO_CODE:
            return None
        return _story(columns, number, _with_numbers(columns, columns.story, [number]))

    def stories(self, rows: Sequence[int]) -> Iterator[Story]:
        """The stories that the articles of some *rows* tell, in the order of their first rows.

        They have all their articles, and not only those among *rows*.
        """
        columns = self.snapshot.columns
        story = columns.story
        members: dict[int, list[int]] = {story[row]: [] for row in rows}
        members.pop(NO_CODE, None)
        for row in _with_numbers(columns, story, members):
            members[story[row]].append(row)
        for number, each in members.items():
            yield _story(columns, number, each)


def _with_numbers(columns: Shelf, column: Sequence[int], numbers: Collection[int]) -> list[int]:
    """The rows with any of *numbers* in a column."""
    gone = columns.gone
    if not numbers:
        return []
    if len(columns) <= FEW:
        rows = [row for row, each in enumerate(column) if each in numbers]
    else:
        import numpy as np

        rows = np.flatnonzero(np.isin(np.asarray(column), list(numbers))).tolist()
    return [row for row in rows if gone is None or not gone[row]]


def _story(columns: Shelf, number: int, rows: Sequence[int]) -> Story:
    rows = sorted(rows, key=lambda row: (columns.published[row], columns.id(row)))
    labels = (columns.providers[columns.provider[row]].label for row in rows)
    times = [columns.published[row] for row in rows if columns.published[row] != UNKNOWN_TIME]
    quality, heat = (max(column[row] for row in rows) for column in (columns.quality, columns.heat))
    return Story(
        id=columns.story_ids[number],
        title=columns.story_titles[number],
        rows=rows,
        providers=tuple(dict.fromkeys(filter(None, labels))),
        first_at=datetime.fromtimestamp(times[0], UTC) if times else None,
        last_at=datetime.fromtimestamp(times[-1], UTC) if times else None,
        quality=None if quality == UNKNOWN else quality,
        heat=None if heat == UNKNOWN else heat,
    )
