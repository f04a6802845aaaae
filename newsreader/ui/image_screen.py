"""The images of an article, one at a time, as well as the terminal can show them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import on, work
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.worker import Worker, WorkerState

from newsreader.actions import Scope, of_scope
from newsreader.config.settings import Keep
from newsreader.fetching.asking import MISSING_IMAGES
from newsreader.fetching.helper import Helper
from newsreader.fetching.kept_images import KeptImage
from newsreader.library.image_fetching import image_of
from newsreader.model.article import Image
from newsreader.text.urls import host_of
from newsreader.ui import kitty
from newsreader.ui.bindings import bindings_of, key_label
from newsreader.ui.cells import Line, wrap
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.half_blocks import fitting, half_blocks
from newsreader.ui.ink import Inked, InkLine
from newsreader.ui.opening import Opener

_HINTS = ("next", "previous", "open", "close")
_ACTIONS = of_scope(Scope.IMAGES)
_FIRST_NUMBER = 0x6E6577
"""The number of an article's first image in Kitty, which is a colour as well."""
_INSTEAD: Line = (("o", "accent"), (" opens it in the browser.", "whisper"))


class Source(NamedTuple):
    """Where images are kept, how they are shown, and whether private networks are asked.

    No more than *most_bytes* are kept.
    """

    folder: Path
    way: str
    allows_private: bool = False
    most_bytes: int = Keep().images


class _Head(InkLine):
    """Which image it is, and what is known of it."""

    def __init__(self, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self.facts: Line = ()

    def line(self) -> Line:
        return self.facts


class _Hints(InkLine):
    """The keys that matter."""

    def line(self) -> Line:
        hints = [action for name in _HINTS for action in _ACTIONS if action.id == name]
        return (
            ("  ", "text"),
            *(
                run
                for action in hints
                for run in (
                    (key_label(action.keys[0]), "accent"),
                    (f" {action.text.lower()}   ", "whisper"),
                )
            ),
        )


class _Picture(Inked):
    """The picture in the middle, or a sentence in its place."""

    DEFAULT_CSS = """
    _Picture { height: 1fr; background: $background; }
    """

    class Resized(Message):
        """There is another room for the picture."""

    def __init__(self, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._picture: Sequence[Strip] = ()
        self._text: list[Line] = []

    def show(self, picture: Sequence[Strip], *text: Line) -> None:
        """Show *picture*, else the lines of *text*."""
        width = max(1, self.size.width - 4)
        self._picture = picture
        self._text = [part for line in text for part in wrap(line, width)]
        self.forget()
        self.refresh()

    def on_resize(self) -> None:
        """Say so."""
        self.post_message(self.Resized())

    def render_line(self, y: int) -> Strip:
        """A line of the picture with its margins, or of the text."""
        width, height = self.size
        if not self._picture:
            lines = self._text
            at = y - max(0, (height - len(lines)) // 2)
            line: Line = (("  ", "text"), *lines[at]) if 0 <= at < len(lines) else ()
            return self.drawn(y, lambda: line)
        at = y - (height - len(self._picture)) // 2
        if not 0 <= at < len(self._picture):
            return self.drawn(y, lambda: ())
        strip = self._picture[at]
        left = max(0, (width - strip.cell_length) // 2)
        ground = Style(bgcolor=self.background_colors[1].rich_color)
        right = max(0, width - left - strip.cell_length)
        margins = (Segment(" " * left, ground), Segment(" " * right, ground))
        return Strip([margins[0], *strip, margins[1]]).crop(0, width)


class ImageScreen(Screen[None]):
    """Shows *images*, of which each is fetched when it is come to."""

    DEFAULT_CSS = """
    ImageScreen { background: $background; layout: vertical; }
    """
    BINDINGS = bindings_of(Scope.IMAGES)

    class Loaded(Message):
        """An image is there, drawn for a room; or there is trouble with it."""

        def __init__(
            self, turn: int, size: Size, image: KeptImage | None, strips: Sequence[Strip], text: str
        ) -> None:
            super().__init__()
            self.turn = turn
            self.size = size
            self.image = image
            self.strips = strips
            self.text = text

    def __init__(
        self, images: Sequence[Image], source: Source, opener: Opener, glyphs: Glyphs
    ) -> None:
        super().__init__()
        self._images = images
        self._source = source
        self._opener = opener
        self._glyphs = glyphs
        self._number = 0
        self._turn = 0
        self._image: KeptImage | None = None
        self._is_loading = False
        self._helper = Helper()
        self._sent: set[int] = set()

    def compose(self) -> ComposeResult:
        """The head, the picture, the keys."""
        yield _Head(glyphs=self._glyphs)
        yield _Picture(glyphs=self._glyphs)
        yield _Hints(glyphs=self._glyphs)

    def on_unmount(self) -> None:
        """Wait for no image, and leave none in the terminal."""
        self._turn += 1
        self._helper.end()
        for number in self._sent:
            self._write(kitty.deleting(number))

    @property
    def _picture(self) -> _Picture:
        return self.query_one(_Picture)

    @on(_Picture.Resized)
    def _resized(self) -> None:
        if not self._turn:
            self._go(0)
        elif self._image is not None and not self._is_loading:
            self._begin()

    def _go(self, step: int) -> None:
        self._number = (self._number + step) % len(self._images)
        self._image = None
        self._tell()
        if self._source.way == "none":
            self._turn += 1
            self._say("Images are not shown in this terminal.", _INSTEAD)
            return
        self._say("Fetching the image …")
        self._helper.end()
        self._helper = Helper()
        self._begin()

    def _say(self, sentence: str, *more: Line) -> None:
        self._picture.show((), ((sentence, "whisper"),), *more)

    def _begin(self) -> None:
        self._turn += 1
        self._is_loading = True
        address = self._images[self._number].url
        self._load(self._turn, address, self._image, self._picture.size, self._helper)

    @work(thread=True, group="images", exit_on_error=False)
    def _load(
        self, turn: int, address: str, image: KeptImage | None, size: Size, helper: Helper
    ) -> None:
        if turn != self._turn:
            return
        source = self._source
        found = image or image_of(
            address,
            source.folder,
            helper,
            allows_private=source.allows_private,
            most_bytes=source.most_bytes,
        )
        if turn != self._turn:
            return
        strips: Sequence[Strip] = ()
        text = ""
        try:
            if isinstance(found, KeptImage):
                strips = self._drawn(found, size)
            else:
                text = found
        except ImportError:
            text = MISSING_IMAGES
        except (OSError, ValueError):
            text = "The image that is kept is damaged."
        kept = found if isinstance(found, KeptImage) and strips else None
        self.post_message(self.Loaded(turn, size, kept, strips, text))

    def _drawn(self, image: KeptImage, size: Size) -> Sequence[Strip]:
        columns, rows = size
        if self._source.way == "kitty":
            columns, rows = min(columns, kitty.MOST_CELLS), min(rows, kitty.MOST_CELLS)
        columns, rows = fitting(image.width, image.height, max(1, columns), max(1, rows))
        if self._source.way != "kitty":
            return half_blocks(base64.b64decode(image.png), columns, rows)
        number = _FIRST_NUMBER + self._number
        self._sent.add(number)
        for sequence in kitty.sending(image.png, number, columns, rows):
            self._write(sequence)
        return kitty.placeholders(number, columns, rows)

    def _write(self, sequence: str) -> None:
        driver = self.app._driver
        if driver is not None:
            driver.write(sequence)

    def on_image_screen_loaded(self, event: Loaded) -> None:
        """Show it, unless the reader has gone on."""
        if event.turn != self._turn:
            return
        self._is_loading = False
        self._image = event.image
        self._picture.show(event.strips, ((event.text, "whisper"),), _INSTEAD)
        self._tell()
        if event.image is not None and event.size != self._picture.size:
            self._begin()

    def _tell(self) -> None:
        """Say what is known of the image."""
        image, kept = self._images[self._number], self._image
        width, height = (kept.width, kept.height) if kept else (image.width, image.height)
        facts = [f"{width} {self._glyphs.times} {height}"] if width and height else []
        facts += [each for each in (image.title, host_of(image.url)) if each]
        head = self.query_one(_Head)
        count = f"  Image {self._number + 1} of {len(self._images)}"
        dot = f" {self._glyphs.dot} "
        head.facts = ((count, "strong"), ("".join(dot + each for each in facts), "whisper"))
        head.redraw()

    def action_next(self) -> None:
        """The next image."""
        if len(self._images) > 1:
            self._go(1)

    def action_previous(self) -> None:
        """The image before."""
        if len(self._images) > 1:
            self._go(-1)

    def action_open(self) -> None:
        """Open the image in a browser."""
        self._opener.open(self._images[self._number].url)

    def action_copy(self) -> None:
        """Copy the address of the image."""
        self._opener.copy(self._images[self._number].url)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong, if ever anything does."""
        if event.state is WorkerState.ERROR:
            self._is_loading = False
            self._say(f"The image cannot be shown: {event.worker.error!r}", _INSTEAD)
