"""What matters now, and why; and each article once, however many copies there are of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from newsreader.model import Article
from newsreader.query import edit
from newsreader.ui.article_list import ArticleList
from newsreader.ui.mark_screen import MarkScreen

if TYPE_CHECKING:
    from newsreader.library.hotness import Why

_HOTTEST = "-hot"
_SCOPES = ("", "is:unread", "is:starred", f"sort:{_HOTTEST}")
_COPIES = "-is:duplicate"


class HotScreen(MarkScreen):
    """Scopes of the list, the reasons of a score, and the folding of copies."""

    @on(ArticleList.ScopeWanted)
    def _scope_wanted(self, event: ArticleList.ScopeWanted) -> None:
        wanted = _SCOPES[event.number - 1]

        def scoped(text: str) -> str:
            for scope in filter(None, _SCOPES):
                text = edit.without(text, scope)
            if wanted == _SCOPES[-1]:
                return edit.set_shown(text, "sort", _HOTTEST)
            return edit.append(text, wanted)

        self.is_typing = False
        self.edit_query(scoped)
        self.go_to("list")

    def action_fold_copies(self) -> None:
        """Leave out all copies of an article but the first one, or no longer."""
        self.is_typing = False
        self.edit_query(lambda text: edit.toggle_term(text, _COPIES))

    def action_why(self) -> None:
        """Tell why an article is as hot as it is."""
        for piece in self._targets[:1]:
            if isinstance(piece, Article):
                self._look_why(piece)
            else:
                self.notify("This story is not in the library.", severity="warning", markup=False)

    @work(thread=True, exclusive=True, group="why", exit_on_error=False)
    def _look_why(self, article: Article) -> None:
        why = self.library.why(article.id)
        if why is not None:
            self.app.call_from_thread(self._tell_why, article, why)

    def _tell_why(self, article: Article, why: Why) -> None:
        from newsreader.ui.why_dialog import WhyDialog

        self.app.push_screen(WhyDialog(article.headline, why, self.article_pane.glyphs))
