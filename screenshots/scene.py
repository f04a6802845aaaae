"""A picture of our own for the pictures of the app: the ferry at dusk, below the turbines."""

from __future__ import annotations

import base64
import io
import math

from PIL import Image, ImageDraw

from newsreader.fetching.kept_images import KeptImage

_WIDTH, _HEIGHT = 640, 360
_HORIZON = 225
_SUN = (470, 158, 30)


def ferry() -> KeptImage:
    """The image as it is kept once it was fetched."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT))
    draw = ImageDraw.Draw(picture)
    _sky(draw)
    _hills(draw)
    _sea(draw)
    _boat(draw, 190, _HORIZON + 42)
    output = io.BytesIO()
    picture.save(output, "PNG")
    return KeptImage(1920, 1080, base64.b64encode(output.getvalue()).decode("ascii"))


def _between(start: tuple[int, ...], end: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(start, end, strict=True))


def _sky(draw: ImageDraw.ImageDraw) -> None:
    for y in range(_HORIZON):
        share = y / _HORIZON
        draw.line((0, y, _WIDTH, y), _between((38, 44, 84), (244, 150, 96), share**1.6))
    x, y, radius = _SUN
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), (255, 222, 150))


def _hills(draw: ImageDraw.ImageDraw) -> None:
    for height, color, phase in ((40, (96, 66, 92), 0.4), (22, (62, 48, 78), 2.1)):
        ridge = [
            (x, _HORIZON - height - 14 * math.sin(x / 70 + phase) - 6 * math.sin(x / 23))
            for x in range(0, _WIDTH + 8, 8)
        ]
        draw.polygon([(0, _HORIZON), *ridge, (_WIDTH, _HORIZON)], color)
    for x in (60, 120, 560, 604):
        hub = (x, _HORIZON - 92)
        draw.line((x, _HORIZON - 30, *hub), (222, 214, 214), 3)
        for turn in range(3):
            angle = x + turn * math.tau / 3
            tip = (hub[0] + 30 * math.cos(angle), hub[1] + 30 * math.sin(angle))
            draw.line((*hub, *tip), (236, 228, 226), 2)


def _sea(draw: ImageDraw.ImageDraw) -> None:
    for y in range(_HORIZON, _HEIGHT):
        share = (y - _HORIZON) / (_HEIGHT - _HORIZON)
        draw.line((0, y, _WIDTH, y), _between((196, 118, 104), (20, 30, 62), share**0.7))
        if y % 4 == 0:
            half = 26 + 44 * share * abs(math.sin(y))
            draw.line((_SUN[0] - half, y, _SUN[0] + half, y), (255, 204, 142), 2)


def _boat(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    dark, light, window = (24, 26, 46), (232, 226, 222), (255, 214, 130)
    draw.polygon([(x - 110, y - 18), (x + 130, y - 18), (x + 104, y + 12), (x - 92, y + 12)], dark)
    draw.rectangle((x - 84, y - 46, x + 84, y - 18), light)
    draw.rectangle((x - 30, y - 68, x + 40, y - 46), light)
    for at in range(x - 74, x + 78, 18):
        draw.rectangle((at, y - 38, at + 9, y - 28), window)
    draw.rectangle((x - 20, y - 62, x + 30, y - 54), window)
    draw.line((x + 5, y - 68, x + 5, y - 92), dark, 3)
