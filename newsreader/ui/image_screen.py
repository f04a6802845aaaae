"""The images of an article, one at a time, as well as the terminal can show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.worker import Worker, WorkerState

from newsreader.actions import Scope, of_scope
from newsreader.config.settings import Keep
from newsreader.fetching.asking import MISSING_IMAGES
from newsreader.fetching.helper import Helper
from newsreader.fetching.kept_images import KeptImage
from newsreader.library.image_fetching import image_of
from newsreader.model.article import Image
from newsreader.text.urls import host_of
from newsreader.ui.bindings import bindings_of, key_label
from newsreader.ui.cells import Line
from newsreader.ui.full_screen import FullScreen
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.image_ways import Way
from newsreader.ui.ink import InkLine
from newsreader.ui.net import write_alone
from newsreader.ui.opening import Opener
from newsreader.ui.picture_view import PictureView
from newsreader.ui.pictures import NO_PICTURE, Picture, draw

_HINTS_OF_ONE = ("open", "copy", "close")
_HINTS = ("next", "previous", *_HINTS_OF_ONE)
_ACTIONS = of_scope(Scope.IMAGES)
_FIRST_NUMBER = 0x6E6577
"""The number of an article's first image in Kitty, which is a colour as well."""
_NOT_HERE = "Images are not shown in this terminal."
_INSTEAD: Line = (("o", "accent"), (" opens it in the browser.", "whisper"))


class Source(NamedTuple):
    """Where images are kept, how they are shown, and whether private networks are asked.

    To find out how may take a moment. No more than *most_bytes* are kept.
    """

    folder: Path
    way: Callable[[], Way]
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

    def __init__(self, names: Sequence[str], *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._names = names

    def line(self) -> Line:
        hints = [action for name in self._names for action in _ACTIONS if action.id == name]
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


class ImageScreen(FullScreen[None]):
    """Shows *images*, beginning with the *first*. Each is fetched when it is come to."""

    DEFAULT_CSS = """
    ImageScreen { background: $background; layout: vertical; }
    """
    BINDINGS = bindings_of(Scope.IMAGES)

    class Loaded(Message):
        """An image is there, drawn for a room; or there is trouble with it."""

        def __init__(
            self, turn: int, size: Size, image: KeptImage | None, picture: Picture, text: str
        ) -> None:
            super().__init__()
            self.turn = turn
            self.size = size
            self.image = image
            self.picture = picture
            self.text = text

    def __init__(
        self,
        images: Sequence[Image],
        source: Source,
        opener: Opener,
        glyphs: Glyphs,
        *,
        first: int = 0,
    ) -> None:
        super().__init__()
        self._images = images
        self._source = source
        self._opener = opener
        self._glyphs = glyphs
        self._number = first
        self._turn = 0
        self._image: KeptImage | None = None
        self._is_loading = False
        self._helper = Helper()
        self._after: set[str] = set()

    def compose(self) -> ComposeResult:
        """The head, the picture, the keys."""
        yield _Head(glyphs=self._glyphs)
        yield PictureView(glyphs=self._glyphs)
        names = _HINTS if len(self._images) > 1 else _HINTS_OF_ONE
        yield _Hints(names, glyphs=self._glyphs)

    def on_unmount(self) -> None:
        """Wait for no image, and leave none in the terminal."""
        self._turn += 1
        self._helper.end()
        for sequence in self._after:
            write_alone(self.app, sequence)

    @property
    def _picture(self) -> PictureView:
        return self.query_one(PictureView)

    @on(PictureView.Resized)
    def _resized(self) -> None:
        if not self._turn:
            self._go(0)
        elif self._image is not None and not self._is_loading:
            self._begin()

    def _go(self, step: int) -> None:
        self._number = (self._number + step) % len(self._images)
        self._image = None
        self._tell()
        self._say("Fetching the image …")
        self._helper.end()
        self._helper = Helper()
        self._begin()

    def _say(self, sentence: str, *more: Line) -> None:
        self._picture.show(NO_PICTURE, ((sentence, "whisper"),), *more)

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
        source, way = self._source, self._source.way()
        if way.name == "none":
            self._loaded(turn, size, _NOT_HERE)
            return
        found = image or image_of(
            address,
            source.folder,
            helper,
            allows_private=source.allows_private,
            most_bytes=source.most_bytes,
        )
        if turn != self._turn:
            return
        if not isinstance(found, KeptImage):
            self._loaded(turn, size, found)
            return
        number = _FIRST_NUMBER + self._number
        try:
            picture = draw(found, size, way, number)
        except ImportError:
            self._loaded(turn, size, MISSING_IMAGES)
        except (OSError, ValueError):
            self._loaded(turn, size, "The image that is kept is damaged.")
        else:
            self._loaded(turn, size, image=found, picture=picture)

    def _loaded(
        self,
        turn: int,
        size: Size,
        text: str = "",
        *,
        image: KeptImage | None = None,
        picture: Picture = NO_PICTURE,
    ) -> None:
        self.post_message(self.Loaded(turn, size, image, picture, text))

    def on_image_screen_loaded(self, event: Loaded) -> None:
        """Show it, unless the reader has gone on."""
        if event.turn != self._turn:
            return
        self._is_loading = False
        self._image = event.image
        # Not by the thread: what is sent in parts must not mix with another picture.
        self._after |= set(event.picture.after)
        for sequence in event.picture.before:
            write_alone(self.app, sequence)
        self._picture.show(event.picture, ((event.text, "whisper"),), _INSTEAD)
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
