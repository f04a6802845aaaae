"""Stories on the screen: found while nothing else happens, and shown in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from newsreader.model import Article, Piece
from newsreader.ui.article_view import ArticleView
from newsreader.ui.rule_screen import RuleScreen

if TYPE_CHECKING:
    from newsreader.library.nearby import Nearby
    from newsreader.library.story_finding import StoryFinder
    from newsreader.ui.coverage_screen import CoverageScreen

_REST = 0.15
"""Seconds on an article after which it is looked at what is beside it."""


class ToldScreen(RuleScreen):
    """Knows which articles tell one story."""

    _finder: StoryFinder | None = None
    _coverage: CoverageScreen | None = None
    _waiting_to_look: Timer | None = None

    class StoriesFound(Message):
        """The stories are others than they were."""

        def can_replace(self, message: Message) -> bool:
            """Several of them say no more than one."""
            return isinstance(message, ToldScreen.StoriesFound)

    class NearbyFound(Message):
        """It is known what is beside an article."""

        def __init__(self, article_id: str, nearby: Nearby) -> None:
            super().__init__()
            self.article_id = article_id
            self.nearby = nearby

    def begin_stories(self) -> None:
        """Have stories found once nothing changes any more."""
        if self._finder is None:
            # Imported here: no start looks for stories.
            from newsreader.library.story_finding import StoryFinder

            self._finder = StoryFinder(self.library, self._tell_stories).start()
        self._finder.wake()

    def _tell_stories(self) -> None:
        self.post_message(self.StoriesFound())

    def on_told_screen_stories_found(self) -> None:
        """Ask again, as the list counts copies, and look anew at what is beside an article."""
        self._nearby_wanted()
        self.ask()

    # What is beside an article

    @on(ArticleView.Showing)
    def _nearby_wanted(self) -> None:
        """Find out what is beside the article shown once the reader rests on it."""
        if self._waiting_to_look is not None:
            self._waiting_to_look.stop()
        article = self.article_pane.piece
        if self._finder is not None and isinstance(article, Article):
            self._waiting_to_look = self.set_timer(_REST, lambda: self._find_nearby(article.id))

    @work(thread=True, exclusive=True, group="nearby", exit_on_error=False)
    def _find_nearby(self, article_id: str) -> None:
        from newsreader.library.nearby import nearby

        self.post_message(self.NearbyFound(article_id, nearby(self.library, article_id)))

    def on_told_screen_nearby_found(self, event: NearbyFound) -> None:
        """Show it, unless the reader has gone on."""
        self.article_pane.set_nearby(event.article_id, event.nearby)

    # Coverage

    def action_coverage(self) -> None:
        """Show all that is told of the story of the article shown."""
        article = self.article_pane.article
        if article is None:
            self.notify("There is no article here.", markup=False)
            return
        # Imported here: no start needs it.
        from newsreader.ui.coverage_screen import CoverageScreen

        glyphs = self.article_pane.glyphs
        self._coverage = CoverageScreen(self.library, article, self, self._opener, glyphs)
        self.app.push_screen(self._coverage, self._coverage_left)

    def _coverage_left(self, piece: Piece | None) -> None:
        """Read what was chosen: in the list when it is there, else as a step of the trail."""
        self._coverage = None
        if piece is None:
            return
        if not (self._is_shown(piece) or self._is_listed(piece)):
            self.article_pane.visit(piece)
        self.go_to("article")

    def _is_shown(self, piece: Piece) -> bool:
        shown = self.article_pane.piece
        if isinstance(shown, Article) and isinstance(piece, Article):
            return shown.id == piece.id
        return False

    def _is_listed(self, piece: Piece) -> bool:
        """Whether the list has gone to another article, *piece*."""
        return (
            isinstance(piece, Article)
            and piece.id != self.current
            and self.list_pane.go_to_id(piece.id)
        )

    def show_marks(self) -> None:
        """Draw what depends on marks anew."""
        super().show_marks()
        if self._coverage is not None:
            self._coverage.show_marks()

    def on_unmount(self) -> None:
        """Look for nothing more."""
        if self._finder is not None:
            self._finder.stop()
