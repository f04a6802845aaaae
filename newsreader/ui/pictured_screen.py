"""The images of the article shown: in its page, and one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.geometry import Size
from textual.message import Message
from textual.timer import Timer

from newsreader.model import Image, Piece
from newsreader.ui.article_view import ArticleView
from newsreader.ui.full_text_screen import FullTextScreen
from newsreader.ui.net import write_alone
from newsreader.ui.page_pictures import Pictures

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.fetching.helper import Helper
    from newsreader.fetching.kept_images import KeptImage
    from newsreader.ui.image_ways import Way
    from newsreader.ui.pictures import Picture

_REST = 0.15
"""Seconds on an article after which its pictures are drawn."""


class PicturedScreen(FullTextScreen):
    """Shows images that are kept within the article, and has others fetched when asked to."""

    _waiting_to_draw: Timer | None = None
    _image_helper: Helper | None = None
    _opened: Piece | None = None
    """What images were fetched of because it was opened."""

    _sent: Mapping[tuple[str, ...], int] = {}
    """What takes each of those in the page out of the terminal again, and which that is."""

    class Drawn(Message):
        """Pictures of *piece* are drawn for *room*, by their addresses."""

        def __init__(self, piece: Piece, room: Size, pictures: Mapping[str, Picture]) -> None:
            super().__init__()
            self.piece = piece
            self.room = room
            self.pictures = pictures

    class ImagesFound(Message):
        """It is known which images *piece* has, to look at them from *first* on."""

        def __init__(self, piece: Piece, images: list[Image], first: str) -> None:
            super().__init__()
            self.piece = piece
            self.images = images
            self.first = first

    @property
    def _folder_of_images(self) -> Path | None:
        folder = self.library.full_texts.folder
        return folder.with_name("images") if folder is not None else None

    # In the page

    @on(ArticleView.PicturesWanted)
    def _pictures_wanted(self, event: ArticleView.PicturesWanted) -> None:
        """Draw the pictures of the article shown once the reader rests on it."""
        if self._waiting_to_draw is not None:
            self._waiting_to_draw.stop()
        if self.settings.images_in_text and self._folder_of_images is not None:
            self._waiting_to_draw = self.set_timer(
                _REST, partial(self._draw, event.piece, event.room)
            )

    @work(thread=True, exclusive=True, group="pictures", exit_on_error=False)
    def _draw(self, piece: Piece, room: Size, *, fetches: bool = False) -> None:
        from newsreader.ui.picture_drawing import pictures_in

        folder = self._folder_of_images
        if folder is None:
            return
        fetch = partial(self._fetch_image, folder) if fetches else None
        found: dict[str, Picture] = {}
        for url, picture in pictures_in(piece, folder, room, self._way, fetch):
            if self.article_pane.piece is not piece:
                return
            found[url] = picture
            if fetches:
                self.post_message(self.Drawn(piece, room, found.copy()))
        self.post_message(self.Drawn(piece, room, found))

    def _fetch_image(self, folder: Path, image: Image) -> KeptImage | None:
        """An image of a source that the settings name, whose images need not be asked for."""
        from newsreader.fetching.helper import Helper
        from newsreader.fetching.kept_images import KeptImage
        from newsreader.library.image_fetching import image_of

        self._image_helper = Helper()
        found = image_of(
            image.url,
            folder,
            self._image_helper,
            allows_private=self.settings.fetch_private,
            most_bytes=self.library.keep.images,
        )
        return found if isinstance(found, KeptImage) else None

    def on_pictured_screen_drawn(self, event: Drawn) -> None:
        """Show them, unless the reader has gone on."""
        self._send([picture for picture in event.pictures.values() if picture.before], event)

    def _send(self, left: list[Picture], event: Drawn) -> None:
        """Send one after the other, so that keys have their turn, and then show them."""
        if self.article_pane.piece is not event.piece:
            return
        if left:
            picture, *others = left
            which = hash(picture.before)
            if self._sent.get(picture.after) != which:
                self._sent = {**self._sent, picture.after: which}
                for sequence in picture.before:
                    write_alone(self.app, sequence)
            self.call_later(self._send, others, event)
            return
        by_url = {url: picture.lines for url, picture in event.pictures.items()}
        self.article_pane.set_pictures(event.piece, Pictures(event.room, by_url))

    def go_to(self, name: str) -> None:
        """Go to a pane; an article of a chosen source has its images fetched when it is opened."""
        super().go_to(name)
        piece = self.article_pane.piece
        names = self.settings.images_from
        is_wanted = names and self.settings.images_in_text
        if name != "article" or not is_wanted or piece is None or piece is self._opened:
            return
        from newsreader.library.image_fetching import opens_with_images

        if opens_with_images(piece, names):
            self._opened = piece
            self._draw(piece, self.article_pane.room_for_pictures, fetches=True)

    # One at a time

    def action_images(self) -> None:
        """Show the images of what is shown, from the one in sight on."""
        piece = self.article_pane.piece
        if self._folder_of_images is None:
            self.notify("There is no place to keep images.", severity="warning", markup=False)
        elif piece is not None:
            self._find_images(piece, self.article_pane.figure_in_sight)

    @work(thread=True, exclusive=True, group="images", exit_on_error=False)
    def _find_images(self, piece: Piece, first: str) -> None:
        from newsreader.library.images import images_of

        self.post_message(self.ImagesFound(piece, images_of(piece), first))

    def on_pictured_screen_images_found(self, event: ImagesFound) -> None:
        """Show them, unless the reader has gone on."""
        folder = self._folder_of_images
        if self.article_pane.piece is not event.piece or folder is None or not self.is_current:
            return
        if not event.images:
            self.notify("This has no images.", severity="warning", markup=False)
            return
        from newsreader.ui.image_screen import ImageScreen, Source

        urls = [image.url for image in event.images]
        first = urls.index(event.first) if event.first in urls else 0
        source = Source(folder, self._way, self.settings.fetch_private, self.library.keep.images)
        screen = ImageScreen(
            event.images, source, self._opener, self.article_pane.glyphs, first=first
        )
        self.app.push_screen(screen, lambda _: self.article_pane.look_for_pictures())

    def _way(self) -> Way:
        """How this terminal shows pictures; it may be asked for that, and take a moment."""
        import os

        from newsreader.ui.glyphs import ASCII
        from newsreader.ui.image_ways import way_here

        return way_here(
            self.settings.images,
            os.environ,
            partial(write_alone, self.app),
            is_ascii=self.article_pane.glyphs is ASCII,
            colors=self.app.console.color_system or "",
        )

    def on_unmount(self) -> None:
        """Wait for no image, and leave none in the terminal."""
        if self._image_helper is not None:
            self._image_helper.end()
        for sequence in (each for after in self._sent for each in after):
            write_alone(self.app, sequence)
