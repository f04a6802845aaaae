"""Pictures as text: each cell is half a block in two colours, its upper and its lower pixel."""

from __future__ import annotations

from newsreader.ui.cells import Line, Run
from newsreader.ui.decoding import decoded
from newsreader.ui.inks import pixels

_HALF = "▀"


def half_blocks(png: bytes, columns: int, rows: int) -> list[Line]:
    """The picture *png* in so many columns and rows.

    Raises:
        ImportError: when Pillow is not installed.
        OSError: when it is damaged.
    """
    from PIL import Image

    colors = decoded(png).resize((columns, 2 * rows), Image.Resampling.BOX).tobytes()
    line = 3 * columns
    return [
        _line(colors[top : top + line], colors[top + line : top + 2 * line])
        for top in range(0, len(colors), 2 * line)
    ]


def _line(upper: bytes, lower: bytes) -> Line:
    runs: list[Run] = []
    for at in range(0, len(upper), 3):
        role = pixels(upper[at : at + 3], lower[at : at + 3])
        before, last = runs[-1] if runs else ("", "")
        if role == last:
            runs[-1] = (before + _HALF, role)
        else:
            runs.append((_HALF, role))
    return tuple(runs)
