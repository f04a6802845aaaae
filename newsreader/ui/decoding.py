"""Kept pictures as pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


def decoded(png: bytes) -> Image:
    """The picture *png*, red, green and blue.

    Raises:
        ImportError: when Pillow is not installed.
        OSError: when it is damaged.
    """
    from PIL import Image

    try:
        return Image.open(io.BytesIO(png), formats=["PNG"]).convert("RGB")
    except (SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise OSError(f"damaged: {error}") from error
