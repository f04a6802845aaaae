"""Pictures as text: each cell is half a block in two colours, its upper and its lower pixel."""

from __future__ import annotations

import io

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

_HALF = "▀"


def fitting(width: int, height: int, columns: int, rows: int) -> tuple[int, int]:
    """How many of the columns and rows a picture fills: cells are twice as high as wide."""
    if not (width > 0 and height > 0):
        return columns, rows
    scale = min(columns / width, 2 * rows / height)
    return max(1, round(width * scale)), max(1, round(height * scale / 2))


def half_blocks(png: bytes, columns: int, rows: int) -> list[Strip]:
    """The picture *png* in so many columns and rows.

    Raises:
        ImportError: when Pillow is not installed.
        OSError: when it is damaged.
    """
    from PIL import Image

    picture = Image.open(io.BytesIO(png), formats=["PNG"]).convert("RGB")
    pixels = picture.resize((columns, 2 * rows), Image.Resampling.BOX).tobytes()
    line = 3 * columns
    return [
        _strip(pixels[top : top + line], pixels[top + line : top + 2 * line])
        for top in range(0, len(pixels), 2 * line)
    ]


def _strip(upper: bytes, lower: bytes) -> Strip:
    cells: list[tuple[bytes, int]] = []
    for at in range(0, len(upper), 3):
        colors = upper[at : at + 3] + lower[at : at + 3]
        if cells and cells[-1][0] == colors:
            cells[-1] = colors, cells[-1][1] + 1
        else:
            cells.append((colors, 1))
    return Strip([Segment(_HALF * count, _style(colors)) for colors, count in cells])


def _style(colors: bytes) -> Style:
    upper, lower = Color.from_rgb(*colors[:3]), Color.from_rgb(*colors[3:])
    return Style(color=upper, bgcolor=lower)
