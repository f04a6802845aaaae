"""The articles of a library with the stories that they tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    from newsreader.store.sections import Sections
    from newsreader.store.story_columns import StoryColumns


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
        self._told: Sections | None = None
        self._before: Sections | None = None

    def know_stories(self, wait: Callable[[], None] = lambda: None) -> bool:
        """Find the stories of the articles as they stand; whether that says anything new.

        One thread at a time does, and others wait for it. *wait* is called again and again
        meanwhile; what it raises ends the search.
        """
        if self.knows_stories:
            return False
        from newsreader.library.storytelling import columns_from, stories_of

        with self._telling:
            columns = self.snapshot.columns
            if self._told is columns.sections:
                return False
            shelving = self._shelving
            folder = shelving if isinstance(shelving, FolderShelving) else None
            self._before = stories_of(columns, folder, self._before, wait)
            stories = columns_from(self._before)
            scores = self._hotness(columns, stories).scores()
            if not self._store.tell(columns, stories.with_hot(scores)):
                return False
            self._told = columns.sections
            return True

    @property
    def knows_stories(self) -> bool:
        """Whether the stories are those of the articles as they stand."""
        return self._told is self.snapshot.columns.sections

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

    def story(self, article_id: str) -> Story | None:
        """The story that an article tells with others; None when it is alone in the library."""
        columns = self.snapshot.columns
        row = columns.row(article_id)
        number = NO_CODE if row is None else columns.story[row]
        if number == NO_CODE:
            return None
        return _story(columns, number, _with_number(columns, number))

    def stories(self, rows: Sequence[int]) -> Iterator[Story]:
        """The stories that the articles of some *rows* tell, in the order of their first rows.

        They have all their articles, and not only those among *rows*.
        """
        columns = self.snapshot.columns
        story, gone = columns.story, columns.gone
        wanted = dict.fromkeys(story[row] for row in rows)
        wanted.pop(NO_CODE, None)
        members: dict[int, list[int]] = {number: [] for number in wanted}
        for row, number in enumerate(story):
            if number in members and (gone is None or not gone[row]):
                members[number].append(row)
        for number, each in members.items():
            yield _story(columns, number, each)


def _with_number(columns: Shelf, number: int) -> list[int]:
    """The rows of a story."""
    gone = columns.gone
    if len(columns) <= FEW:
        rows = [row for row, each in enumerate(columns.story) if each == number]
    else:
        import numpy as np

        rows = np.flatnonzero(np.asarray(columns.story) == number).tolist()
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
