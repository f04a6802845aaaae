"""Reading an article closely: the text alone, finding in it, and its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.events import DescendantFocus

from newsreader.actions import STARTS_TYPING
from newsreader.model import Article
from newsreader.text.counted import counted
from newsreader.text.links import Target
from newsreader.ui.article_view import ArticleView
from newsreader.ui.hot_screen import HotScreen

if TYPE_CHECKING:
    from newsreader.ui.find_bar import FindBar, FindBox
    from newsreader.ui.links_dialog import LinksDialog

_REST = 0.15
"""Seconds on a long article after which its links are looked for."""
_MOST_NUMBERED = 200_000
"""Characters of a text whose links have numbers: of a longer one it would take too long."""


class ReaderScreen(HotScreen):
    """What one does within the article, as far as it takes more of the screen than its pane."""

    _find_bar: FindBar | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are letters while one types."""
        if action in STARTS_TYPING and (self._is_in_find_bar or self.article_pane.is_hinting):
            return False
        return super().check_action(action, parameters)

    def watch_pane(self, old: str, new: str) -> None:
        """Finding ends where the article does, and so does being alone with it."""
        super().watch_pane(old, new)
        if new != "article":
            self.article_pane.end_find()
            self.leave_zen()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the other panes again for one who goes to the search box."""
        super().on_descendant_focus(event)
        if event.widget is not self.article_pane and not self._is_in_find_bar:
            self.leave_zen()

    # The text alone

    def action_zen(self) -> None:
        """Show the text and nothing else, or everything again."""
        if not self.leave_zen():
            self.go_to("article")
            self.add_class("-zen")
            self.article_pane.is_alone = True

    def leave_zen(self) -> bool:
        """Show everything again; whether anything was hidden."""
        was_alone = self.article_pane.is_alone
        self.article_pane.is_alone = False
        self.remove_class("-zen")
        return was_alone

    @property
    def _is_in_find_bar(self) -> bool:
        return self._find_bar is not None and self.focused is self._find_bar.box

    # Finding

    async def action_search(self) -> None:
        """Search; in the article, find in its text."""
        if self.focused is self.article_pane and not self.is_leaving:
            await self._open_find()
        else:
            await super().action_search()

    async def action_search_all(self) -> None:
        """Search, wherever one is."""
        await super().action_search()

    async def _open_find(self) -> None:
        if self._find_bar is None:
            from newsreader.ui.find_bar import FindBar

            self._find_bar = FindBar()
            await self.mount(self._find_bar)
        bar = self._find_bar
        bar.display = True
        bar.box.select_all()
        self.set_focus(bar.box)

    def on_find_box_typed(self, event: FindBox.Typed) -> None:
        """Light what was typed."""
        if self._find_bar is not None and self._find_bar.display:
            self.article_pane.find(event.needle)

    def on_find_box_left(self, event: FindBox.Left) -> None:
        """Go back to the text."""
        self.set_focus(self.article_pane)
        if event.needle:
            self.article_pane.find(event.needle)
        else:
            self._close_find()
            self.article_pane.end_find()

    def on_find_box_stepped(self, event: FindBox.Stepped) -> None:
        """Go on to another match."""
        self.article_pane.find_step(event.step)

    @on(ArticleView.Found)
    def _tell_found(self, event: ArticleView.Found) -> None:
        if self._find_bar is None:
            return
        self._find_bar.say(event.say)
        if event.is_over:
            self._close_find()

    def _close_find(self) -> None:
        if self._is_in_find_bar:
            self.set_focus(self.article_pane)
        if self._find_bar is not None:
            self._find_bar.display = False

    # Links

    @on(ArticleView.LinkTaken)
    def _link_taken(self, event: ArticleView.LinkTaken) -> None:
        if event.copies:
            self._opener.copy(event.target.url)
        else:
            self._open_link(event.target)

    def _open_link(self, target: Target) -> None:
        """Open a link of somebody's text; if it is not plain where it leads, say so first."""
        from newsreader.text.doubts import doubt_about

        doubt = doubt_about(target.url, target.text)
        if not doubt:
            self._opener.open(target.url)
            return
        from newsreader.ui.dialogs import ChoiceDialog

        def chosen(number: int | None) -> None:
            if number == 0:
                self._opener.open(target.url)
            elif number == 1:
                self._opener.copy(target.url)

        choices = ("Open it", "Copy its address", "Leave it")
        self.app.push_screen(ChoiceDialog(doubt, choices, 2), chosen)

    @on(ArticleView.LinkWanted)
    def _link_wanted(self, event: ArticleView.LinkWanted) -> None:
        """Open a link by its number: an address of the article, or a link of its text."""
        addresses, links = event.piece.links, self.article_pane.links
        if event.number <= len(addresses):
            self._opener.open(addresses[event.number - 1].url)
        elif event.number <= len(links):
            self._open_link(links[event.number - 1])
        else:
            message = f"This story has {counted(max(len(addresses), len(links)), 'link')}."
            self.notify(message, severity="warning", markup=False)

    def action_links(self) -> None:
        """List the links of the article; those of its body are looked for where need be."""
        from newsreader.ui.links_dialog import LinksDialog

        piece = self.article_pane.piece
        if piece is None:
            return
        known = self.article_pane.links
        dialog = LinksDialog(piece, self._opener.copy, known)

        def chosen(number: int | None) -> None:
            if number is not None:
                self._open_link(dialog.targets[number])

        self.app.push_screen(dialog, chosen)
        if not known and isinstance(piece, Article) and piece.body:
            self._look_for_links(piece, dialog)

    @work(thread=True, exclusive=True, group="links", exit_on_error=False)
    def _look_for_links(self, article: Article, dialog: LinksDialog) -> None:
        from newsreader.text.links import links_in

        found = links_in(article.body, is_html=article.body_is_html)
        self.app.call_from_thread(dialog.add, found)

    # The numbers of links

    @on(ArticleView.LinksUnknown)
    def _links_unknown(self, event: ArticleView.LinksUnknown) -> None:
        """Look for the links of a long text, to number them, once the reader rests on it."""
        article = event.article

        def number() -> None:
            if self.article_pane.piece is article and not self.article_pane.links:
                self._number_links(article)

        if len(article.body) <= _MOST_NUMBERED:
            self.set_timer(_REST, number)

    @work(thread=True, exclusive=True, group="link numbers", exit_on_error=False)
    def _number_links(self, article: Article) -> None:
        from newsreader.text.links import links_in, numbered
        from newsreader.ui.page_sections import addresses_of

        found = links_in(article.body, is_html=article.body_is_html)
        links = numbered(addresses_of(article), found, article.url)
        self.app.call_from_thread(self.article_pane.number_links, article.body, links)
