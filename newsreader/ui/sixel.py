"""Pictures as Sixels: lines of six rows of pixels, colour after colour.

See "All About Sixels", https://vt100.net/shuford/terminal/all_about_sixels.txt. textual-image makes
them; of it only that is imported, for the rest asks the terminal as soon as it is.
"""

from __future__ import annotations

from textual.geometry import Size

from newsreader.ui.decoding import decoded

_BAND = 6
"""Rows of pixels that are sent at once, and so may reach below a picture."""


def sixels(png: bytes, columns: int, rows: int, cell: Size) -> str:
    """The sequence that shows the picture *png* in so many columns and rows of such cells.

    Raises:
        ImportError: when Pillow or textual-image is not installed.
        OSError: when it is damaged.
    """
    from PIL import Image
    from textual_image._sixel import image_to_sixels

    height = rows * cell.height
    size = (columns * cell.width, max(1, height - height % _BAND))
    return image_to_sixels(decoded(png).resize(size, Image.Resampling.LANCZOS))


def putting(sequence: str, x: int, y: int) -> str:
    """The *sequence* of :func:`sixels` where column *x* and line *y* are, counted from 0."""
    return f"\x1b[{y + 1};{x + 1}H{sequence}"
