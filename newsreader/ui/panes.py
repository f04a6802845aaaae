"""Which panes are shown, how wide they are, and which one the reader is in."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.events import DescendantFocus
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from newsreader.actions import Scope
from newsreader.model import Article
from newsreader.text.length import minutes_of
from newsreader.ui.article_list import ArticleList
from newsreader.ui.article_view import ArticleView
from newsreader.ui.filter_pane import FilterPane
from newsreader.ui.page_view import PageView
from newsreader.ui.query_bar import TermLine
from newsreader.ui.status_line import Progress, StatusLine

_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (120, "-wide")]
_SHARES = range(25, 80, 5)
_PANE_SCOPES = {
    "filters": Scope.FILTERS,
    "list": Scope.LIST,
    "article": Scope.ARTICLE,
}


class PanedScreen(Screen[None]):
    """A screen of three panes: side by side when wide, two when medium, one when narrow."""

    AUTO_FOCUS = "#list"
    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS

    pane: reactive[str] = reactive("list", repaint=False, init=False)
    """The pane one is in: ``filters``, ``list`` or ``article``."""
    share: reactive[int] = reactive(55, repaint=False, init=False)
    """The list's part of the room for list and article, in percent."""

    def prepare(self) -> None:
        """Take on the width of the terminal before the first frame, not after it."""
        width = self.app.size.width
        name = next(name for least, name in reversed(_BREAKPOINTS) if width >= least)
        self.add_class(name, update=False)

    @property
    def list_pane(self) -> ArticleList:
        """The list pane."""
        return self.query_one(ArticleList)

    @property
    def article_pane(self) -> ArticleView:
        """The article pane."""
        return self.query_one(ArticleView)

    @property
    def filter_pane(self) -> FilterPane:
        """The filter pane."""
        return self.query_one(FilterPane)

    @property
    def terms(self) -> TermLine:
        """The chips."""
        return self.query_one(TermLine)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the pane one is in, and show its keys."""
        name = event.widget.id or ""
        if name in _PANE_SCOPES:
            self.pane = name
        self.query_one(StatusLine).scope = _PANE_SCOPES.get(name, Scope.SEARCH)

    def watch_pane(self, old: str, new: str) -> None:
        """Tell the stylesheet."""
        self.remove_class(f"on-{old}")
        self.add_class(f"on-{new}")

    def go_to(self, name: str) -> None:
        """Go to a pane, which is shown if it was not."""
        self.pane = name
        pane = self.query_one(f"#{name}")
        if name != "list":
            self.remove_class(f"hide-{name}")
        pane.focus()

    @on(PageView.Scrolled)
    def _scrolled(self) -> None:
        """Say how far one is in the article."""
        pane = self.article_pane
        share, piece = pane.share, pane.piece
        minutes = 0
        if share is not None and isinstance(piece, Article) and piece.body:
            whole = minutes_of(piece.body, is_html=piece.body_is_html)
            minutes = max(1, round(whole * (1 - share)))
        self.query_one(StatusLine).progress = None if share is None else Progress(share, minutes)

    @on(ArticleView.LeftBehind)
    @on(FilterPane.LeftBehind)
    def _to_list(self) -> None:
        self.go_to("list")

    @on(ArticleList.LeftBehind)
    def _to_filters(self) -> None:
        self.go_to("filters")

    def _panes(self) -> Iterator[Widget]:
        if self.terms.has_terms:
            yield self.terms
        if self.has_class("-wide") and not self.has_class("hide-filters"):
            yield self.filter_pane
        yield self.list_pane
        if not self.has_class("hide-article"):
            yield self.article_pane

    def action_pane_next(self, step: int = 1) -> None:
        """Go to the next pane that is shown."""
        panes = list(self._panes())
        place = panes.index(self.focused) if self.focused in panes else -1
        following = panes[(place + step) % len(panes)]
        if following.id in _PANE_SCOPES:
            self.go_to(following.id)
        else:
            following.focus()

    def action_pane_previous(self) -> None:
        """Go to the previous pane that is shown."""
        self.action_pane_next(-1)

    def action_toggle_filters(self) -> None:
        """Show or hide the filter pane."""
        if self.has_class("-wide"):
            if self.pane == "filters":
                self.go_to("list")
            self.toggle_class("hide-filters")
        else:
            self.go_to("list" if self.pane == "filters" else "filters")

    def action_toggle_article(self) -> None:
        """Show or hide the article pane."""
        if self.has_class("-narrow"):
            self.go_to("list" if self.pane == "article" else "article")
            return
        if self.pane == "article":
            self.go_to("list")
        self.toggle_class("hide-article")

    def watch_share(self, share: int) -> None:
        """Divide the room."""
        self.list_pane.styles.width = f"{share}fr"
        self.article_pane.styles.width = f"{100 - share}fr"

    def action_narrower(self) -> None:
        """Less room for the list."""
        self.share = max(min(_SHARES), self.share - 5)

    def action_wider(self) -> None:
        """More room for the list."""
        self.share = min(max(_SHARES), self.share + 5)

    def action_filters(self) -> None:
        """Go to the filters, or back."""
        self.go_to("list" if self.pane == "filters" else "filters")
