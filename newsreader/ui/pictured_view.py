"""A page with pictures in it, which come when they are drawn; the text one reads stays in place."""

from __future__ import annotations

from bisect import bisect_left

from textual.geometry import Size
from textual.message import Message

from newsreader.library.images import may_have_images
from newsreader.model import Piece
from newsreader.ui.hint_view import after_hints
from newsreader.ui.measured_view import MeasuredView
from newsreader.ui.page_flow import Page
from newsreader.ui.page_pictures import NO_PICTURES, Pictures, figure_on, is_of_picture, room_for
from newsreader.ui.page_sections import MARGIN


class PicturedView(MeasuredView):
    """Asks for the pictures of what it shows, and has them put into its page."""

    _pictures = NO_PICTURES
    _pictured: Piece | None = None
    """What the pictures are of."""

    class PicturesWanted(Message):
        """The pictures of *piece*, if there are any, are to be drawn for a room."""

        def __init__(self, piece: Piece, room: Size) -> None:
            super().__init__()
            self.piece = piece
            self.room = room

    @property
    def piece(self) -> Piece | None:
        """What is shown."""
        raise NotImplementedError

    @property
    def room_for_pictures(self) -> Size:
        """How large a picture may be in the text."""
        width = min(self.measure, self.size.width - 2 * len(MARGIN))
        return room_for(max(1, width), self.size.height)

    @property
    def figure_in_sight(self) -> str:
        """The address of the first picture in sight of which something is said there."""
        top = self.scroll_offset.y
        lines = map(self._page.line, range(top, top + self.size.height))
        return next((url for line in lines if (url := figure_on(line, self.base))), "")

    def pictures_of(self, piece: Piece) -> Pictures:
        """The pictures that there are of *piece*; others are asked for."""
        room = self.room_for_pictures
        pictures = self._pictures if self._pictured is piece else NO_PICTURES
        if pictures.room != room and self.size and may_have_images(piece):
            self.post_message(self.PicturesWanted(piece, room))
        return pictures

    @after_hints
    def set_pictures(self, piece: Piece, pictures: Pictures) -> None:
        """Show the *pictures* of *piece*, if that is still shown."""
        if self.piece is not piece:
            return
        is_same = self._pictured is piece and self._pictures.by_url == pictures.by_url
        self._pictured, self._pictures = piece, pictures
        if is_same:
            return
        # Of a long text the parts keep their places.
        top = self.scroll_offset.y if len(self._page.parts) < 2 else 0
        before = [] if not top else _of_text(self._page)
        read = bisect_left(before, top)
        was = self._page.line(top)
        self.relayout()
        if top:
            after = _of_text(self._page)
            # What is said of the first one is above the text, and new.
            last = len(after) - 1
            new = max(0, min(last, read + len(after) - len(before)))
            is_there = self._page.line(after[new]) == was
            self._go(after[new if is_there else min(last, read)])

    def look_for_pictures(self) -> None:
        """Ask for the pictures once more, for some have come."""
        self._pictures = self._pictures._replace(room=Size())
        self.relayout()


def _of_text(page: Page) -> list[int]:
    """The lines of *page* that are of no picture."""
    return [y for y in range(page.height) if not is_of_picture(page.line(y))]
