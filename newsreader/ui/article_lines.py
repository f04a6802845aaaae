"""What the list pane shows: lines of articles, under headings if there are groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.reactive import reactive

from newsreader.library.answer import Group
from newsreader.model.marks import Marks
from newsreader.model.table import NO_CODE, UNKNOWN_TIME, Mark
from newsreader.store.store import EMPTY_VIEW, View
from newsreader.text import dates
from newsreader.text.counted import counted
from newsreader.ui.cells import Line, wrap
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.ink import InkView
from newsreader.ui.list_lines import ListLines
from newsreader.ui.list_rows import (
    INDENT,
    Measures,
    compact_measures,
    compact_row,
    heading_row,
    roomy_row,
)

if TYPE_CHECKING:
    from newsreader.ui.selection import Selection

NARROW = 80
"""Screens below this width have no blank line between two roomy rows."""
_MOST_TOLD = 2_000
"""Articles of a story that are looked at to say more of it."""


class ArticleLines(InkView):
    """The lines of a list of articles, under headings if it has groups."""

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    density: reactive[str] = reactive("roomy", repaint=False, init=False)
    shows_hot = False
    """Whether each article has its score in place of its heat."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        marks_of: Callable[[str], Marks] | None = None,
        is_new: Callable[[str], bool] = lambda _: False,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(glyphs=glyphs, id=id)
        self._clock = clock
        self._marks_of = marks_of
        self._is_new = is_new
        self._now = clock()
        self._view: View = EMPTY_VIEW
        self._groups: tuple[Group, ...] = ()
        self._lines = ListLines(0)
        self._folded: frozenset[str] = frozenset()
        self._note: tuple[Line, ...] = ()
        self._note_lines: list[Line] = []
        self._measures: Measures | None = None
        self._selection: Selection | None = None

    @property
    def row_height(self) -> int:
        """Lines an article takes."""
        if self.density == "compact":
            return 1
        return 2 if self.app.size.width < NARROW else 3

    def _relayout(self) -> None:
        width = self.size.width
        self._lines = ListLines(
            len(self._view), self._groups, row_height=self.row_height, folded=self._folded
        )
        indent = INDENT if self._lines.has_headings else 0
        self._measures = compact_measures(width - indent) if self.density == "compact" else None
        self._note_lines = [()] if self._note and len(self._view) else []
        for paragraph in self._note:
            if paragraph:
                wrapped = wrap(paragraph, max(10, width - 6))
                self._note_lines.extend((("   ", "text"), *line) for line in wrapped)
            else:
                self._note_lines.append(())
        self.resize_lines(self._lines.height + len(self._note_lines))

    def is_cursor(self, y: int) -> bool:
        """The lines of the cursor's article, without the blank one."""
        if y >= self._lines.height:
            return False
        stop, part = self._lines.at(y)
        return stop == self.cursor and part < 2

    def line(self, y: int) -> Line:
        """One line of a heading, of an article, or of the note after the last one."""
        if y >= self._lines.height:
            beyond = y - self._lines.height
            return self._note_lines[beyond] if beyond < len(self._note_lines) else ()
        stop, part = self._lines.at(y)
        if part > 1:
            return ()
        line = self._heading(stop) if self._lines.is_heading(stop) else self._row(stop, part)
        if stop == self.cursor:
            blank, role = line[0]
            line = ((self.glyphs.cursor, "accent"), (blank[1:], role), *line[1:])
        return line

    def _heading(self, stop: int) -> Line:
        number = self._lines.group_at(stop)
        group = self._lines.groups[number]
        return heading_row(
            group.label,
            len(group.positions),
            self.size.width,
            self.glyphs,
            is_folded=self._lines.is_folded(number),
            selected=self._selection.count(group.positions) if self._selection else 0,
            about=self._about(group) if group.key.startswith("story:") else (),
        )

    def _about(self, group: Group) -> Sequence[str]:
        """By how many providers a story is told, and from when to when."""
        if len(group.positions) > _MOST_TOLD:
            return ()
        columns = self._view.snapshot.columns
        rows = [self._view.rows[position] for position in group.positions]
        providers = {columns.provider[row] for row in rows} - {NO_CODE}
        times = [columns.published[row] for row in rows if columns.published[row] != UNKNOWN_TIME]
        facts = [counted(len(providers), "provider")] if len(providers) > 1 else []
        if times:
            facts.append(dates.span(*(dates.local_at(time) for time in (min(times), max(times)))))
        return facts

    def _row(self, stop: int, part: int) -> Line:
        (position,) = self._lines.positions(stop)
        article = self._view.brief(position)
        if not self.shows_hot:
            article = article._replace(hot=None)
        marks = self._marks_of(article.id) if self._marks_of is not None else None
        # What was new when the list was asked stays so in it.
        is_new = bool(self._view.marks(position) & Mark.NEW) or self._is_new(article.id)
        is_selected = bool(self._selection) and position in (self._selection or ())
        group = self._lines.groups[self._lines.group_at(stop)]
        indent = INDENT if group.has_heading else 0
        if self._measures is not None:
            measures = self._measures
            if self._lines.has_headings and not indent:
                measures = measures._replace(title=measures.title + INDENT)
            return compact_row(
                article,
                measures,
                self._now,
                self.glyphs,
                marks=marks,
                indent=indent,
                is_selected=is_selected,
                is_new=is_new,
            )
        width = self.size.width
        rows = roomy_row(
            article,
            width,
            self._now,
            self.glyphs,
            marks=marks,
            indent=indent,
            is_selected=is_selected,
            is_new=is_new,
        )
        return rows[part]
