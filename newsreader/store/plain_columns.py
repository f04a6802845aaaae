"""The columns of a :class:`~newsreader.model.table.Table` that are arrays already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from newsreader.model import Provider
from newsreader.model.lists import Codes
from newsreader.model.table import FEW, UNKNOWN, UNKNOWN_TIME
from newsreader.store.mark_columns import MarkColumns
from newsreader.store.sections import Sections, Strings
from newsreader.store.story_columns import StoryColumns, no_stories
from newsreader.text.dates import local_at


class PlainColumns:
    """Columns from *sections*, and *marks*. See the protocol for what each of them is."""

    def __init__(self, sections: Sections, marks: MarkColumns) -> None:
        self._sections = sections
        self.mark_columns = marks
        self.story_columns: StoryColumns | None = None
        """Which articles tell one story; None as long as nobody knows."""
        self.published = sections.array("published")
        """Seconds since 1970."""

    @property
    def sections(self) -> Sections:
        """All arrays."""
        return self._sections

    @property
    def living(self) -> int:
        """How many rows there are that are not gone."""
        return len(self.newest_first)

    @cached_property
    def newest_first(self) -> memoryview:
        """All rows that are not gone, the newest first."""
        return self._sections.array("order")

    @cached_property
    def gone(self) -> memoryview | None:
        """A byte a row, 1 for those that are gone; None when none are."""
        return self._sections.array("gone") if "gone" in self._sections else None

    @cached_property
    def quality(self) -> memoryview:
        """See the protocol."""
        return self._sections.array("quality")

    @cached_property
    def heat(self) -> memoryview:
        """See the protocol."""
        return self._sections.array("heat")

    @cached_property
    def related(self) -> memoryview:
        """See the protocol."""
        return self._sections.array("related")

    @cached_property
    def images(self) -> memoryview:
        """See the protocol."""
        return self._sections.array("images")

    @cached_property
    def flags(self) -> memoryview:
        """See the protocol."""
        return self._sections.array("flags")

    @cached_property
    def category(self) -> memoryview:
        """See the protocol."""
        return self._sections.array("category")

    @cached_property
    def type(self) -> memoryview:
        """See the protocol."""
        return self._sections.array("type")

    @cached_property
    def provider(self) -> memoryview:
        """See the protocol."""
        return self._sections.array("provider")

    @cached_property
    def topics(self) -> Codes:
        """See the protocol."""
        return self._sections.codes("topics")

    @cached_property
    def year(self) -> Sequence[int]:
        """See the protocol."""
        if len(self.published) > FEW:
            from newsreader.store.years import years_of

            return years_of(self.published)
        return [_year(seconds) for seconds in self.published]

    # Vocabularies

    @cached_property
    def categories(self) -> Strings:
        """See the protocol."""
        return self._sections.strings("category.names")

    @cached_property
    def types(self) -> Strings:
        """See the protocol."""
        return self._sections.strings("type.names")

    @cached_property
    def topic_names(self) -> Strings:
        """See the protocol."""
        return self._sections.strings("topics.names")

    @cached_property
    def providers(self) -> Sequence[Provider]:
        """See the protocol."""
        names = self._sections.strings("provider.names")
        domains = self._sections.strings("domain.names")
        pairs = zip(names, domains, strict=True)
        return [Provider(name=name, domain=domain) for name, domain in pairs]

    # Marks

    @property
    def marks(self) -> bytes | bytearray:
        """See the protocol."""
        return self.mark_columns.bits

    @property
    def read(self) -> Sequence[int]:
        """See the protocol."""
        return self.mark_columns.instants("read")

    @property
    def starred(self) -> Sequence[int]:
        """See the protocol."""
        return self.mark_columns.instants("starred")

    @property
    def added(self) -> Sequence[int]:
        """See the protocol."""
        return self.mark_columns.instants("added")

    @property
    def opened(self) -> Sequence[int]:
        """See the protocol."""
        return self.mark_columns.instants("opened")

    @property
    def tags(self) -> Mapping[int, tuple[int, ...]]:
        """See the protocol."""
        return self.mark_columns.tags

    @property
    def tag_names(self) -> Sequence[str]:
        """See the protocol."""
        return self.mark_columns.tag_names.values

    @property
    def notes(self) -> Mapping[int, str]:
        """See the protocol."""
        return self.mark_columns.notes

    # Stories

    @cached_property
    def _stories(self) -> StoryColumns:
        return self.story_columns or no_stories(len(self.published))

    @property
    def story(self) -> Sequence[int]:
        """See the protocol."""
        return self._stories.story

    @property
    def copies(self) -> Sequence[int]:
        """See the protocol."""
        return self._stories.copies

    @property
    def duplicate(self) -> Sequence[int]:
        """See the protocol."""
        return self._stories.duplicate

    @property
    def coverage(self) -> Sequence[int]:
        """See the protocol."""
        return self._stories.coverage

    @property
    def hot(self) -> Sequence[int]:
        """See the protocol."""
        return self._stories.hot

    @property
    def story_ids(self) -> Sequence[str]:
        """See the protocol."""
        return self._stories.ids

    @property
    def story_titles(self) -> Sequence[str]:
        """See the protocol."""
        return self._stories.titles


def _year(seconds: int) -> int:
    return UNKNOWN if seconds == UNKNOWN_TIME else local_at(seconds).year
