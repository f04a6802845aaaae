"""A picture in the middle of a pane, or sentences in its place."""

from __future__ import annotations

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from newsreader.ui.cells import Line, line_len, wrap
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.ink import Inked
from newsreader.ui.net import write_alone
from newsreader.ui.pictures import NO_PICTURE, Picture
from newsreader.ui.sixel import putting


class PictureView(Inked):
    """Shows one picture as large as it was drawn."""

    DEFAULT_CSS = """
    PictureView { height: 1fr; background: $background; }
    """

    class Resized(Message):
        """There is another room for the picture."""

    def __init__(self, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._picture = NO_PICTURE
        self._said: tuple[Line, ...] = ()
        self._text: list[Line] = []
        self._is_put = False

    def show(self, picture: Picture, *text: Line) -> None:
        """Show *picture*, else the lines of *text*."""
        self._picture, self._said = picture, text
        self._is_put = False
        self._wrap()

    def _wrap(self) -> None:
        width = max(1, self.size.width - 4)
        self._text = [part for line in self._said for part in wrap(line, width)]
        self.forget()
        self.refresh()

    def on_resize(self) -> None:
        """Break the text anew, and say so."""
        self._wrap()
        self.post_message(self.Resized())

    def render_line(self, y: int) -> Strip:
        """A line of the picture with its margins, or of the text."""
        left, top = self._corner
        lines = self._picture.lines or self._text
        line: Line = ((" " * left, "text"), *lines[y - top]) if 0 <= y - top < len(lines) else ()
        return self.drawn(y, lambda: line)

    @property
    def _corner(self) -> tuple[int, int]:
        """Column and line where the picture begins, or the text."""
        width, height = self.size
        lines = self._picture.lines
        if not lines:
            return 2, max(0, (height - len(self._text)) // 2)
        return max(0, (width - line_len(lines[0])) // 2), max(0, (height - len(lines)) // 2)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines that are about to be drawn; what goes over them comes after."""
        if self._picture.over and not self._is_put:
            self._is_put = True
            self.call_after_refresh(self._put)
        return super().render_lines(crop)

    def _put(self) -> None:
        """Write what goes over the lines, and draw anew what is above that."""
        if self._picture.over and self.screen.is_active:
            left, top = self._corner
            x, y = self.region.x + left, self.region.y + top
            write_alone(self.app, putting(self._picture.over, x, y))
            for toast in self.screen.query("Toast"):
                toast.refresh()
        self.call_after_refresh(self._drawn_over)

    def _drawn_over(self) -> None:
        self._is_put = False
