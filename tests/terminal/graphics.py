"""Readers of what a terminal is sent as pictures: Sixels, and Kitty's graphics protocol."""

from __future__ import annotations

import base64
import re
from typing import NamedTuple

_SIXELS = re.compile(r'\x1b\[(\d+);(\d+)H\x1bP0;0;0q"1;1;(\d+);(\d+)([^\x1b]*)\x1b\\')
_SIXEL_PART = re.compile(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([$-])|([?-~])")
_KITTY = re.compile(r"\x1b_G([^;\x1b]*);([A-Za-z0-9+/=]*)\x1b\\")

Color = tuple[int, int, int]


class Sixels(NamedTuple):
    """Where a picture was put, counted from 1, and the colour of each pixel in per cent."""

    line: int
    column: int
    rows: list[list[Color | None]]


def sixels_in(text: str) -> list[Sixels]:
    """The pictures in *text*. Every character of them must mean something."""
    return [_sixels(found) for found in _SIXELS.finditer(text)]


def _sixels(found: re.Match[str]) -> Sixels:
    width, height = int(found[3]), int(found[4])
    rows: list[list[Color | None]] = [[None] * width for _ in range(-(-height // 6) * 6)]
    palette: dict[int, Color] = {}
    color = x = top = position = 0
    data = found[5]
    while position < len(data):
        part = _SIXEL_PART.match(data, position)
        assert part is not None, data[position : position + 20]
        position = part.end()
        if part[1]:
            color = int(part[1])
            if part[2]:
                palette[color] = (int(part[2]), int(part[3]), int(part[4]))
        elif part[7] == "$":
            x = 0
        elif part[7] == "-":
            x, top = 0, top + 6
        else:
            count, bits = int(part[5] or 1), ord(part[6] or part[8]) - 0x3F
            for row in range(6):
                if bits >> row & 1:
                    rows[top + row][x : x + count] = [palette[color]] * count
            x += count
            assert x <= width
    return Sixels(int(found[1]), int(found[2]), rows[:height])


class KittyPicture(NamedTuple):
    """What the first sequence of a picture says of it, and its bytes."""

    keys: dict[str, str]
    data: bytes


def kitty_pictures(text: str) -> list[KittyPicture]:
    """The pictures that *text* sends, each of them in whole."""
    pictures: list[KittyPicture] = []
    keys: dict[str, str] = {}
    data = ""
    for control, payload in _KITTY.findall(text):
        found = dict(part.split("=", 1) for part in control.split(","))
        if found.get("a") == "d":
            continue
        keys = keys or found
        data += payload
        if found["m"] == "0":
            pictures.append(KittyPicture(keys, base64.b64decode(data, validate=True)))
            keys, data = {}, ""
    assert not data
    return pictures
