"""What one does with articles: open, copy, go on to the next; and with the list: group it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import reactive

from newsreader.library.answer import Answer
from newsreader.model import Article, LinkKind, Piece
from newsreader.query import edit
from newsreader.ui.opening import Opener
from newsreader.ui.saved_screen import SavedScreen


class VerbScreen(SavedScreen):
    """Knows what a verb acts on: the selection, else the group or the article one is at."""

    answer: reactive[Answer | None] = reactive(None, repaint=False, init=False, always_update=True)

    _opener: Opener

    @property
    def _targets(self) -> Sequence[Piece]:
        """What open and copy act on: the selection, else what one sees, where one is.

        In the article pane it is what is shown there, whatever is selected in the list.
        """
        if self.acts_on_list:
            return self.list_pane.targets
        pane = self.article_pane
        target = pane.target if self.pane == "article" else pane.piece
        return (target,) if target is not None else ()

    @property
    def acts_on_list(self) -> bool:
        """Whether a verb is for what is selected in the list, or for what is at its cursor."""
        pane = self.article_pane
        is_on_trail = pane.display and pane.depth and not self.list_pane.selected_count
        return self.pane != "article" and not is_on_trail

    def action_open(self) -> None:
        """Open in a browser."""
        targets = self._targets
        if targets:
            self._opener.open_all([piece.url for piece in targets])
            self.opened([piece for piece in targets if isinstance(piece, Article)])

    def opened(self, articles: Sequence[Article]) -> None:
        """Articles were opened in a browser."""

    def action_open_kind(self, kind: str) -> None:
        """Open one of the four addresses of each story."""
        wanted = LinkKind[kind]
        links = (link for piece in self._targets for link in piece.links)
        urls = [link.url for link in links if link.kind is wanted]
        if urls:
            self._opener.open_all(urls)
        else:
            message = f"This story has no {wanted.value} address."
            self.notify(message, severity="warning", markup=False)

    def action_copy(self) -> None:
        """Copy the address."""
        self._opener.copy_all([piece.url for piece in self._targets])

    def action_next(self) -> None:
        """Next article."""
        self.list_pane.go_to_article(1)

    def action_previous(self) -> None:
        """Previous article."""
        self.list_pane.go_to_article(-1)

    def action_back(self) -> None:
        """Back through the stories one came by; from the first, to the list."""
        if not self.article_pane.back() and self.pane == "article":
            self.go_to("list")

    def action_forward(self) -> None:
        """Forward again."""
        if not self.article_pane.forward():
            self.notify("There is nothing further on.", markup=False)

    def action_insight(self) -> None:
        """Show what the query finds as pictures."""
        from newsreader.ui.insight_screen import InsightScreen

        answer = self.answer
        if answer is None:
            return

        def chosen(query: str | None) -> None:
            if query is not None:
                self.is_typing = False
                self.query_text = query
                self.go_to("list")

        glyphs = self.list_pane.glyphs
        screen = InsightScreen(self.library, answer, clock=lambda: self.now, glyphs=glyphs)
        self.app.push_screen(screen, chosen)

    def action_group(self) -> None:
        """Choose what the list is grouped by."""
        from newsreader.query.fields import GROUPS
        from newsreader.ui.dialogs import ChoiceDialog

        groups = (None, *GROUPS)
        current = groups.index(self.answer.query.group) if self.answer else 0

        def chosen(number: int | None) -> None:
            if number is not None:
                self.is_typing = False
                self.edit_query(lambda text: edit.set_shown(text, "group", groups[number]))

        names = ["nothing", *GROUPS]
        self.app.push_screen(ChoiceDialog("Group by", names, current), chosen)
