"""The list pane: a virtual list that draws the lines it shows and no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from newsreader.actions import Scope
from newsreader.library.answer import Group
from newsreader.model import Article
from newsreader.store.store import View
from newsreader.ui.article_lines import ArticleLines
from newsreader.ui.bindings import bindings_of
from newsreader.ui.cells import Line
from newsreader.ui.list_lines import Place

if TYPE_CHECKING:
    from newsreader.ui.selection import Selection

_MARKS = 3
"""Cells at the left where the mouse folds and unfolds a heading."""


class ArticleList(ArticleLines):
    """The list that the reader moves in.

    The cursor is the number of a stop: a heading or an article. What keeps it in place is the
    name of that stop.
    """

    DEFAULT_CSS = """
    ArticleList { background: $background; }
    """
    BINDINGS = bindings_of(Scope.LIST)

    _anchor: Place | None = None
    _first_offset: int | None = None

    class Moved(Message):
        """The cursor stands on another article, which is at *position* in *view*, or on none."""

        def __init__(self, view: View, position: int | None) -> None:
            super().__init__()
            self.view = view
            self.position = position

        def can_replace(self, message: Message) -> bool:
            """Only the last of several moves matters."""
            return isinstance(message, ArticleList.Moved)

    class Chosen(Message):
        """The reader wants to read the article under the cursor."""

    class ScopeWanted(Message):
        """The reader wants everything (1), what is unread (2), starred (3) or hot (4)."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class LeftBehind(Message):
        """The reader moves to the pane on the left."""

    class Paging(Message):
        """The reader pages the article without leaving the list."""

    class Selected(Message):
        """The reader selected other articles."""

    @property
    def view(self) -> View:
        """The articles listed."""
        return self._view

    @property
    def _position(self) -> int | None:
        """Of the article under the cursor; on a heading, of the first one below it."""
        positions = self._lines.positions(self.cursor)
        return positions[0] if positions else None

    @property
    def current(self) -> Article | None:
        """The article there, which is read if need be."""
        return None if self._position is None else self._view.article(self._position)

    @property
    def current_id(self) -> str:
        """The id of that article, or nothing."""
        return "" if self._position is None else self._view.id(self._position)

    @property
    def near_positions(self) -> Sequence[int]:
        """Of the articles that one key leads to."""
        page = self._page
        stops = (self.cursor + 1, self._leapt(page), self.cursor - 1, self._leapt(-page))
        places = (self._lines.positions(self.validate_cursor(stop)) for stop in stops)
        return [positions[0] for positions in places if positions]

    @property
    def targets(self) -> Sequence[Article]:
        """What a verb acts on: the selection, else the group or the article at the cursor."""
        if self._selection:
            return self._selection.articles
        return [self._view.article(each) for each in self._lines.positions(self.cursor)]

    @property
    def target_ids(self) -> list[str]:
        """The ids of these articles."""
        if self._selection:
            return self._selection.ids
        return [self._view.id(each) for each in self._lines.positions(self.cursor)]

    @property
    def selected_count(self) -> int:
        """How many articles are selected."""
        return len(self._selection) if self._selection else 0

    def show(
        self,
        view: View,
        note: tuple[Line, ...] = (),
        *,
        groups: tuple[Group, ...] = (),
        is_same_question: bool = True,
    ) -> None:
        """Show *view* in *groups*, with *note* below its last article.

        The cursor stays on the article or heading the reader went to last, at its distance from
        the top of the pane, and comes back to it when it was out of the view for a while.
        Meanwhile it stands where that stood, or on the first of the answer to another question.
        """
        offset = self.cursor_offset
        self._view, self._note, self._groups = view, note, groups
        self._now = self._clock()
        if self._selection is not None:
            self._selection.follow(view, is_same_question=is_same_question)
        self._relayout()
        stop = self._find_anchor()
        is_kept = stop is not None
        if stop is None:
            stay = is_same_question and self._anchor is not None
            stop = max(0, min(self.cursor, len(self._lines) - 1)) if stay else 0
        self.set_reactive(ArticleList.cursor, stop)
        if is_kept and self._first_offset is not None:
            offset, self._first_offset = self._first_offset, None
            self._restore_later(offset)
            self.call_after_refresh(self._restore, max(0, self._lines.top(stop) - offset))
        elif is_kept:
            self._restore_later(offset)
        elif self.size.height:
            self._reveal()
        else:
            self.call_after_refresh(self._reveal)
        self.post_message(self.Moved(self._view, self._position))

    def _find_anchor(self) -> int | None:
        anchor = self._anchor
        if anchor is None:
            return None
        return self._lines.find(anchor, self._view.position(anchor.article))

    def _restore_later(self, offset: int) -> None:
        """Put the cursor back at its distance from the top of the pane."""
        top = max(0, self._lines.top(self.cursor) - offset)
        if self.size.height:
            self._restore(top)  # in the frame that shows the other lines
        else:
            self.call_after_refresh(self._restore, top)

    def _restore(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self._reveal()

    def on_resize(self) -> None:
        """Set the rows anew and keep the cursor in sight."""
        self._relayout()
        self.call_after_refresh(self._reveal)

    def watch_density(self) -> None:
        """Set the rows anew and keep the cursor in sight."""
        self._relayout()
        self.call_after_refresh(self._reveal)

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a stop."""
        return max(0, min(cursor, len(self._lines) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two stops anew and follow. Only a reader's own move comes here."""
        self._anchor = self._place_at(new)
        for stop in (old, new):
            self.refresh_lines_at(self._lines.top(stop), self._lines.size(stop))
        if self._selection is not None and self._selection.is_range:
            self._selection.stretch(new)
            self._selected()
        self._reveal()
        self.post_message(self.Moved(self._view, self._position))

    def _place_at(self, stop: int) -> Place | None:
        article_id = self.current_id
        if not article_id:
            return None
        group = self._lines.groups[self._lines.group_at(stop)]
        return Place(group.key, article_id, is_heading=self._lines.is_heading(stop))

    def _reveal(self) -> None:
        lines = self._lines
        extra = len(self._note_lines) if self.cursor == len(lines) - 1 else 0
        shown = min(lines.size(self.cursor) + extra, max(1, self.size.height))
        self.reveal(lines.top(self.cursor), shown)

    @property
    def _page(self) -> int:
        return max(1, self.size.height // self.row_height - 1)

    def _leapt(self, rows: int) -> int:
        """The stop as far away as *rows* articles are high, at least the next one."""
        line = self._lines.top(self.cursor) + rows * self.row_height
        stop, _ = self._lines.at(max(0, min(line, self._lines.height - 1)))
        step = 1 if rows > 0 else -1
        return stop if stop != self.cursor else self.cursor + step

    def _leap(self, rows: int) -> None:
        self.cursor = self._leapt(rows)

    def action_down(self) -> None:
        """Next stop."""
        self.cursor += 1

    def action_up(self) -> None:
        """Previous stop."""
        self.cursor -= 1

    def go_to_article(self, step: int, wanted: Callable[[str], bool] = lambda _: True) -> bool:
        """The next article whose id is *wanted*, or with -1 the previous one; whether there is one.

        Headings are passed over.
        """
        stop = self._lines.next_article(self.cursor, step)
        while stop is not None:
            (position,) = self._lines.positions(stop)
            if wanted(self._view.id(position)):
                self.cursor = stop
                return True
            stop = self._lines.next_article(stop, step)
        return False

    def go_to_id(self, article_id: str) -> bool:
        """Go to the article with that id; whether it is listed."""
        position = self._view.position(article_id)
        stop = self._lines.find(Place("", article_id), position)
        if stop is None or self._lines.is_heading(stop):
            return False
        self.cursor = stop
        return True

    def begin_at(self, article_id: str, offset: int) -> None:
        """Put the cursor on an article, *offset* lines below the top, as soon as it is listed."""
        self._anchor = Place("", article_id, is_heading=False)
        self._first_offset = offset

    @property
    def cursor_offset(self) -> int:
        """How many lines below the top of the pane the cursor stands."""
        return self._lines.top(self.cursor) - self.scroll_offset.y

    def action_top(self) -> None:
        """First stop."""
        self.cursor = 0

    def action_bottom(self) -> None:
        """Last stop."""
        self.cursor = len(self._lines) - 1

    def action_page_down(self) -> None:
        """A page down."""
        self._leap(self._page)

    def action_page_up(self) -> None:
        """A page up."""
        self._leap(-self._page)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._leap(max(1, self._page // 2))

    def action_half_up(self) -> None:
        """Half a page up."""
        self._leap(-max(1, self._page // 2))

    def action_read(self) -> None:
        """Go and read; fold or unfold a heading."""
        if self._lines.is_heading(self.cursor):
            self._toggle_fold()
        elif self.current_id:
            self._anchor = self._place_at(self.cursor)
            self.post_message(self.Chosen())

    def action_right(self) -> None:
        """Unfold a heading, go below it, go and read."""
        is_open = not self._lines.is_folded(self._lines.group_at(self.cursor))
        if self._lines.is_heading(self.cursor) and is_open:
            self.cursor += 1
        else:
            self.action_read()

    def action_left(self) -> None:
        """Go to the heading, fold it, go left."""
        number = self._lines.group_at(self.cursor)
        if not self._lines.groups[number].has_heading or self._lines.is_folded(number):
            self.post_message(self.LeftBehind())
        elif self._lines.is_heading(self.cursor):
            self._toggle_fold()
        else:
            self.cursor = self._lines.heading_of(number)

    def action_page_article(self) -> None:
        """Page the article from here; fold or unfold a heading."""
        if self._lines.is_heading(self.cursor):
            self._toggle_fold()
        else:
            self.post_message(self.Paging())

    def action_scope(self, number: int) -> None:
        """Everything, what is unread, what is starred, what is hot."""
        self.post_message(self.ScopeWanted(number))

    # Folding

    def _toggle_fold(self) -> None:
        group = self._lines.groups[self._lines.group_at(self.cursor)]
        self._fold(self._folded ^ {group.key})

    def action_fold_all(self) -> None:
        """Fold all groups; when all are, unfold them."""
        keys = frozenset(group.key for group in self._groups if group.has_heading)
        self._fold(self._folded - keys if keys <= self._folded else self._folded | keys)

    def _fold(self, folded: frozenset[str]) -> None:
        """Fold and unfold; the cursor keeps its place on the screen, if need be on the heading."""
        offset = self.cursor_offset
        place = self._place_at(self.cursor)
        self._folded = folded
        if self._selection is not None:
            self._selection.end_range()
        self._relayout()
        if place is not None:
            stop = self._lines.find(place, self._view.position(place.article)) or 0
            self.set_reactive(ArticleList.cursor, stop)
            self._anchor = self._place_at(stop)
            self._restore_later(offset)

    # Selecting

    def _selecting(self) -> Selection:
        if self._selection is None:
            from newsreader.ui.selection import Selection

            self._selection = Selection()
            self._selection.follow(self._view, is_same_question=True)
        return self._selection

    def _selected(self) -> None:
        self.redraw()
        self.post_message(self.Selected())

    def action_select(self) -> None:
        """Select what the cursor is on, or no longer, and go on; end a range."""
        selection = self._selecting()
        if selection.is_range:
            selection.end_range()
        else:
            selection.toggle(self._lines.positions(self.cursor))
            self.cursor = self._after(self.cursor)
        self._selected()

    def _after(self, stop: int) -> int:
        """The next stop, after all of the group of a heading."""
        number = self._lines.group_at(stop)
        is_last = number + 1 == len(self._lines.groups)
        if self._lines.is_heading(stop) and not is_last:
            return self._lines.heading_of(number + 1)
        return stop if self._lines.is_heading(stop) else stop + 1

    def action_select_range(self) -> None:
        """Begin a range at the cursor, or end it."""
        selection = self._selecting()
        if selection.is_range:
            selection.end_range()
        else:
            selection.begin_range(self.cursor, self._lines.positions_between)
        self._selected()

    def action_select_all(self) -> None:
        """Select everything listed, or nothing."""
        self._selecting().toggle_all()
        self._selected()

    def clear_selection(self) -> bool:
        """Select nothing. Whether anything was selected."""
        if self._selection is None or not self._selection.clear():
            return False
        self._selected()
        return True

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a double click reads, or folds a heading."""
        line = event.y + self.scroll_offset.y
        if not 0 <= line < self._lines.height:
            return
        self.cursor, _ = self._lines.at(line)
        is_mark = self._lines.is_heading(self.cursor) and event.x < _MARKS
        if is_mark or event.chain >= 2:
            self.action_read()
