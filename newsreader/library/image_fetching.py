"""An image of an article: what is kept of it, else fetched and kept."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from newsreader.config.settings import Keep
from newsreader.fetching.asking import Request
from newsreader.fetching.helper import Helper
from newsreader.fetching.kept_images import KeptImage, KeptImages
from newsreader.library.full_text import is_from
from newsreader.model import Piece

_MOST_PIXELS = 1024
"""Pixels of the longer side that are kept: more than terminals show."""


def opens_with_images(article: Piece, images_from: tuple[str, ...]) -> bool:
    """Whether images of *article* are fetched when it is opened, as the setting has it."""
    return any(image.url for image in article.images) and is_from(article, images_from)


def image_of(
    address: str,
    folder: Path,
    helper: Helper,
    *,
    allows_private: bool = False,
    most_bytes: int = Keep().images,
) -> KeptImage | str:
    """The image of *address* from *folder* or by *helper*, else what is wrong with it.

    The helper is closed then. It takes as long as the web does. Of what was in *folder* before,
    there is no more than *most_bytes* afterwards.
    """
    kept = KeptImages(folder)
    image = kept.get(address)
    if image is not None:
        return image
    request = Request(address, allows_private=allows_private, image=_MOST_PIXELS)
    try:
        found = helper.fetch(request)
    finally:
        helper.close()
    if found.trouble:
        return found.trouble
    image = KeptImage(found.width, found.height, found.image)
    with suppress(OSError):  # it can be shown all the same
        kept.keep(address, image)
        kept.make_room(most_bytes)
    return image
