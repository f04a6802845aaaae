"""Drawing the pictures of an article for a place in its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from textual.geometry import Size

from newsreader.fetching.kept_images import KeptImage, KeptImages
from newsreader.library.images import images_of
from newsreader.model import Image, Piece
from newsreader.ui.image_ways import Way
from newsreader.ui.pictures import Picture, draw

_MOST = 40
"""Pictures of one article that are shown within it."""
_FIRST_NUMBER = 0x6E7000
"""The number of the first of them in Kitty: others than those of the viewer."""


def pictures_in(
    piece: Piece,
    folder: Path,
    room: Size,
    way: Callable[[], Way],
    fetch: Callable[[Image], KeptImage | None] | None = None,
) -> Iterator[tuple[str, Picture]]:
    """The pictures of *piece* that are kept in *folder*, one after the other; with *fetch*, those
    that it has from there or from the web.

    *way* is asked only when there is one.
    """
    if fetch is None and not folder.is_dir():
        return
    kept = KeptImages(folder)
    for number, image in enumerate(images_of(piece)[:_MOST], _FIRST_NUMBER):
        found = kept.get(image.url) if fetch is None else fetch(image)
        if found is None:
            continue
        here = way()
        if here.name == "none":
            return
        if here.name == "sixel":
            # These do not move with the text.
            here = here._replace(name="halfblock")
        try:
            yield image.url, draw(found, room, here, number)
        except ImportError:
            return
        except (OSError, ValueError):
            continue
