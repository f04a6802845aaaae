"""Stories on the screen: found while nothing else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from newsreader.query.needs import needs_stories
from newsreader.ui.current_screen import CurrentScreen

if TYPE_CHECKING:
    from newsreader.library.story_finding import StoryFinder


class ToldScreen(CurrentScreen):
    """Knows which articles tell one story."""

    _finder: StoryFinder | None = None

    class StoriesFound(Message):
        """The stories are others than they were."""

        def can_replace(self, message: Message) -> bool:
            """Several of them say no more than one."""
            return isinstance(message, ToldScreen.StoriesFound)

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
        """Ask again what depends on stories."""
        answer = self.answer
        if answer is not None and needs_stories(answer.query, answer.order):
            self.ask()
        else:
            self.count_again()

    def on_unmount(self) -> None:
        """Look for nothing more."""
        if self._finder is not None:
            self._finder.stop()
