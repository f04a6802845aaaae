"""Which articles tell the same story, as columns. They come later than the articles."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache

from newsreader.model.table import FEW, UNKNOWN


class StoryColumns:
    """The stories of *size* rows; none ever changes.

    ``story`` and ``copies`` hold a number a row that those in one story, or those that are copies
    of one article, have in common, and 0 for those that are alone; ``duplicate`` is 1 for all
    copies but the first. ``ids`` and ``titles`` are those of the stories, by their numbers.
    ``hot`` are scores from 0 to 1,000.
    """

    def __init__(
        self,
        story: Sequence[int],
        copies: Sequence[int],
        duplicate: Sequence[int],
        ids: Sequence[str],
        titles: Sequence[str],
    ) -> None:
        self.story = story
        self.copies = copies
        self.duplicate = duplicate
        self.ids = ids
        self.titles = titles
        self.hot: Sequence[int] = array("i", [UNKNOWN]) * len(story)

    def __len__(self) -> int:
        return len(self.story)

    @cached_property
    def coverage(self) -> Sequence[int]:
        """How many articles the story of each row has; 1 for those that are alone."""
        if len(self) > FEW:
            import numpy as np

            story = np.asarray(self.story)
            counts = np.bincount(story, minlength=1).astype(np.int32)
            counts[0] = 1
            found: memoryview = counts[story].data
            return found
        sizes = Counter(self.story)
        sizes[0] = 1
        return array("i", map(sizes.__getitem__, self.story))

    @cached_property
    def _sizes(self) -> Sequence[int]:
        """How many articles have each number of copies; 0 for those that are alone."""
        if len(self) > FEW:
            import numpy as np

            counts = np.bincount(np.asarray(self.copies), minlength=1)
            counts[0] = 0
            found: memoryview = counts.data
            return found
        sizes = Counter(self.copies)
        sizes[0] = 0
        return array("q", map(sizes.__getitem__, range(max(sizes) + 1)))

    def copies_count(self, row: int) -> int:
        """How many copies there are of the article of a row, itself among them; 0 for none."""
        return self._sizes[self.copies[row]]

    def with_hot(self, hot: Sequence[int]) -> StoryColumns:
        """The same with other scores."""
        other = copy(self)
        other.hot = hot
        return other

    def picked(self, rows: Sequence[int]) -> StoryColumns:
        """The stories of some *rows* alone, in that order."""
        other = self._copy()
        for name, code in _COLUMNS:
            column: Sequence[int] = getattr(self, name)
            setattr(other, name, array(code, map(column.__getitem__, rows)))
        return other

    def at(self, row: int) -> tuple[int, ...]:
        """What is known of one row."""
        return tuple(getattr(self, name)[row] for name, _ in _COLUMNS)

    def grown(self, size: int, known: Mapping[int, tuple[int, ...]]) -> StoryColumns:
        """The same for *size* rows, of which the first ones are these.

        Of some of the others is *known* what :meth:`at` gave, when they were other rows.
        """
        more = size - len(self)
        if not more:
            return self
        other = self._copy()
        for place, (name, code) in enumerate(_COLUMNS):
            column = array(code, getattr(self, name))
            column.extend([UNKNOWN if name == "hot" else 0] * more)
            for row, values in known.items():
                column[row] = values[place]
            setattr(other, name, column)
        return other

    def _copy(self) -> StoryColumns:
        other = copy(self)
        for derived in ("coverage", "_sizes"):
            other.__dict__.pop(derived, None)
        return other


_COLUMNS = (("story", "I"), ("copies", "I"), ("duplicate", "B"), ("hot", "i"))


@lru_cache(maxsize=1)
def no_stories(size: int) -> StoryColumns:
    """Nothing known of *size* rows."""
    nothing = array("I", bytes(4 * size))
    return StoryColumns(nothing, nothing, array("B", bytes(size)), [""], [""])
