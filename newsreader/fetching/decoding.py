"""Bytes of an image from anywhere to a small PNG, in the process that may die of it."""

from __future__ import annotations

import base64
import io
import warnings

from PIL import Image, ImageOps

from newsreader.fetching.net import FetchError

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_ORIENTATION = 0x0112
_ON_ITS_SIDE = range(5, 9)
_MOST_PIXELS = 50_000_000
"""Pixels of an image, each of which takes four bytes or more when it is decoded."""


def decoded(body: bytes, most: int) -> tuple[str, int, int]:
    """The image of *body* as a PNG in base 64, with its own width and height.

    It has no more than *most* pixels in either. Of an animation it is the first picture.

    Raises:
        FetchError: when it is no image that is known, or one with too many pixels.
    """
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(body), formats=_FORMATS)
        width, height = image.size
        if image.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE:
            width, height = height, width
        image.draft("RGB", (most, most))
        # Made small first: to turn an image takes as much memory again.
        small = _plain(image)
        small.thumbnail((most, most))
        turned = ImageOps.exif_transpose(small)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise FetchError("The image has too many pixels to be shown.") from None
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError):
        raise FetchError("What came is damaged, or no image of a known kind.") from None
    # What shows through is white, as on the pages that images are made for.
    ground = Image.new("RGBA", turned.size, "white")
    ground.alpha_composite(turned.convert("RGBA"))
    output = io.BytesIO()
    ground.convert("RGB").save(output, "PNG")
    png = base64.b64encode(output.getvalue()).decode("ascii")
    return png, width, height


def _plain(image: Image.Image) -> Image.Image:
    """*image* in a mode that can be made small smoothly."""
    if image.mode in ("1", "P", "PA"):
        return image.convert("RGBA")
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    return image
