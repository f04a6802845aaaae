"""The query: typed in a box, edited by filters and chips, and one text all the same."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.events import DescendantFocus
from textual.reactive import reactive

from newsreader.actions import STARTS_TYPING
from newsreader.model import InvalidQueryError
from newsreader.query import Query, edit
from newsreader.ui.filter_pane import FilterPane
from newsreader.ui.panes import PanedScreen
from newsreader.ui.placing import in_next_frame
from newsreader.ui.query_bar import LEAD, QueryBar, TermLine

if TYPE_CHECKING:
    from textual.widgets import Input

    from newsreader.query.complete import Completions, Sources
    from newsreader.ui.completion import CompletionList
    from newsreader.ui.search_box import SearchBox


def is_in_word(query: Query) -> bool:
    """Whether *query* ends in a word, which may be that of a field as far as it is typed."""
    is_open = bool(query.terms) and query.terms[-1].end == len(query.text)
    return is_open and query.terms[-1].field is None


class QueryScreen(PanedScreen):
    """Owns the query, and asks whenever it changes."""

    query_text: reactive[str] = reactive("", repaint=False, init=False)

    error: InvalidQueryError | None = None
    """What is wrong with the query as it stands."""
    is_typing = False
    """Whether the last word may go on."""
    is_leaving = False
    """Whether the app is about to end, and no widget can be mounted any more."""
    _box: SearchBox | None = None
    _offers: CompletionList | None = None
    _query_before = ""

    @abstractmethod
    def ask(self, *, settles: bool = False) -> None:
        """Ask the query as it stands; with *settles*, its last word is finished."""

    def warm_up(self) -> None:
        """Do beforehand, on a thread of its own, what the first letter needs."""
        from importlib import import_module

        from newsreader.query import parse

        for name in ("highlight", "in_words", "relevance"):
            import_module(f"newsreader.query.{name}")
        parse("a", typing=True)

    @abstractmethod
    def sources(self) -> Sources:
        """What there is to complete a query with, as far as it is known."""

    def watch_query_text(self, query: str) -> None:
        """Ask; the top line shows what is asked."""
        self.write_query(query)
        self.ask()

    def write_query(self, query: str) -> None:
        """Show *query* wherever it is shown."""
        self.query_one(QueryBar).query_text = query
        if self._box is not None:
            self._box.write(query)

    # The search box

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are letters while one types."""
        if action in STARTS_TYPING and self._box is not None and self.focused is self._box:
            return False
        return super().check_action(action, parameters)

    async def action_search(self) -> None:
        """Lay the search box over the query, and type."""
        if self.is_leaving or (self._box is not None and self.focused is self._box):
            return
        self._query_before = self.query_text
        box = self._box or await self._make_box()
        box.reopen()
        self._fit_box()
        self._open_box()
        self.set_focus(box)

    async def _make_box(self) -> SearchBox:
        from newsreader.config.history import History
        from newsreader.config.paths import history_file
        from newsreader.ui.completion import CompletionList
        from newsreader.ui.search_box import SearchBox

        self._box = box = SearchBox(self.sources, History(history_file()), self._show_offers)
        box.write(self.query_text)
        self._offers = CompletionList(glyphs=self.query_one(QueryBar).glyphs, id="offers")
        await self.mount(box, self._offers)
        # Not sooner: keys that come while it holds the interpreter must find the box in focus.
        self.call_after_refresh(self.run_worker, self.warm_up, thread=True, exit_on_error=False)
        return box

    def _open_box(self) -> None:
        """Show the box, and the line below it in which it is told what the query means."""
        if self._box is not None:
            self._box.display = True
            self.set_class(not self.terms.has_class("-shown"), "-without-terms")
            self.add_class("-typing")
            self.terms.tells_words = True

    @on(QueryBar.Clicked)
    async def _bar_clicked(self) -> None:
        await self.action_search()

    @property
    def scrolled(self) -> int:
        """How many cells of the query are out of sight on the left."""
        return self._box.scroll_offset.x if self._box is not None else 0

    def _fit_box(self) -> None:
        if self._box is not None:
            self._box.styles.width = self.query_one(QueryBar).room

    @on(QueryBar.RoomChanged)
    def _room_changed(self) -> None:
        self._fit_box()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the box when one is in it again."""
        super().on_descendant_focus(event)
        if event.widget is self._box:
            self._open_box()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask what is typed."""
        if self._box is not None and event.value != self._box.value:
            return  # More was typed since, which is under way.
        self.is_typing = True
        self.query_text = event.value

    def on_search_box_kept(self) -> None:
        """Go on to the list, unless something is wrong."""
        if self.error is None:
            if self._box is not None:
                self._box.remember()
            self.go_to("list")

    def on_search_box_dropped(self) -> None:
        """Leave the box; the query is again what it was before."""
        if self.query_text != self._query_before:
            self.is_typing = False
            self.query_text = self._query_before
        self.go_to("list")

    def on_search_box_left(self, event: SearchBox.Left) -> None:
        """Go on to another pane."""
        # The box is no pane: it stands before the first of them, hence after the last.
        self.action_pane_next(max(0, event.step))

    def _show_offers(self, offers: Completions, current: int, column: int) -> None:
        """Show the candidates below the place they are for."""
        if self._offers is not None:
            x = LEAD - 1 + column - self.scrolled
            self.terms.offers_from = offers.start if offers.candidates else None
            self._offers.show(offers, current, x=max(0, x), y=2)
            in_next_frame(self._offers)

    def on_completion_list_picked(self, event: CompletionList.Picked) -> None:
        """Put the candidate into the box."""
        if self._box is not None:
            self._box.take(event.number)

    def on_input_blurred(self) -> None:
        """Put the box away; a word that was left unfinished is asked as it stands."""
        if not self.app.app_focus:
            return  # Only the terminal lost the focus, and will give it back.
        if self._box is not None:
            self._box.display = False
            self._box.offer_nothing()
        if self._offers is not None:
            self._offers.hide()
            self.terms.offers_from = None
        self.remove_class("-typing", "-without-terms")
        self.terms.tells_words = False
        if self.is_typing:
            self.is_typing = False
            self.ask(settles=True)

    # Filters and chips

    @on(FilterPane.Edited)
    def _filters_edited(self, event: FilterPane.Edited) -> None:
        self.is_typing = False
        self.query_text = event.query

    @on(TermLine.Removed)
    def _term_removed(self, event: TermLine.Removed) -> None:
        self.edit_query(lambda text: edit.remove(text, event.index))
        if not self.query_text:
            self.go_to("list")

    @on(FilterPane.DateWanted)
    def _date_wanted(self, event: FilterPane.DateWanted) -> None:
        from newsreader.ui.dialogs import DATE_HINT, TextDialog

        title = "From which date" if event.is_start else "Until which date"

        def accept(text: str) -> None:
            self.filter_pane.set_date(is_start=event.is_start, text=text)

        self.app.push_screen(TextDialog(title, event.text, accept, DATE_HINT))

    def edit_query(self, change: Callable[[str], str]) -> None:
        """Edit the query; a text that is no query gives way to the last one that was."""
        try:
            self.query_text = change(self.query_text)
        except InvalidQueryError:
            self.query_text = self._query_before

    def action_clear(self) -> None:
        """Remove the whole query."""
        self.is_typing = False
        self.query_text = ""
