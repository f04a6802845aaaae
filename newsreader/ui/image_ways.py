"""In which way this terminal shows pictures: as one says, as its environment or its answers say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from textual.geometry import Size

from newsreader.config.settings import IMAGE_WAYS
from newsreader.ui.terminal_answers import TERMINAL, Answers

_CELL = Size(10, 20)
"""Pixels of a cell when nothing is known of them: they are twice as high as wide."""
_LARGEST_CELL = Size(200, 400)
"""Whoever tells of larger ones is not believed."""
_MOST = Size(1_000, 1_000)
"""Pixels of a picture of Sixels that xterm takes at most, unless it was set up otherwise."""
_WITH_PLACEHOLDERS = ("kitty", "ghostty")
"""Terminals with that part of Kitty's protocol, which others have without it."""


class Way(NamedTuple):
    """One of :data:`IMAGE_WAYS`, and the sizes of a cell and of the largest picture in pixels."""

    name: str
    cell: Size = _CELL
    most: Size = _MOST


def way_of(
    setting: str, env: Mapping[str, str], *, is_ascii: bool = False, colors: str = "truecolor"
) -> str:
    """One of :data:`IMAGE_WAYS`, or nothing when the terminal must be asked.

    ``NEWSREADER_IMAGES`` says so, else the *setting*, else what is known of the terminal. *colors*
    is the colour system as rich names it.
    """
    for named in (env.get("NEWSREADER_IMAGES", ""), setting):
        if named in IMAGE_WAYS:
            return named
    if is_ascii or env.get("NO_COLOR"):
        return "none"
    # A multiplexer keeps Kitty's graphics to itself, whatever terminal it is shown in.
    is_alone = "TMUX" not in env and "STY" not in env
    is_kitty = env.get("TERM") in ("xterm-kitty", "xterm-ghostty") or "KITTY_WINDOW_ID" in env
    return "kitty" if is_kitty and is_alone and colors == "truecolor" else ""


def way_by(answers: Answers, *, colors: str = "truecolor") -> str:
    """The best way of a terminal that gave those *answers*."""
    if answers.name.lower().startswith(_WITH_PLACEHOLDERS) and colors == "truecolor":
        return "kitty"
    if answers.has_sixels:
        return "sixel"
    return "halfblock" if colors in ("truecolor", "256") else "none"


def way_here(
    setting: str,
    env: Mapping[str, str],
    write: Callable[[str], None],
    *,
    is_ascii: bool = False,
    colors: str = "truecolor",
) -> Way:
    """The way of the terminal that *write* writes to. It may wait for answers."""
    name = way_of(setting, env, is_ascii=is_ascii, colors=colors)
    answers = Answers() if name in ("none", "kitty") else TERMINAL.ask(write)
    name = name or way_by(answers, colors=colors)
    cell = _likely(answers.cell) or _likely(_cell_of_window()) or _CELL
    return Way(name, cell, answers.most or _MOST)


def _likely(cell: Size | None) -> Size | None:
    """*cell*, unless no terminal has such ones."""
    if cell is None or cell.width > _LARGEST_CELL.width or cell.height > _LARGEST_CELL.height:
        return None
    return cell


def _cell_of_window() -> Size | None:
    """The size of a cell as the system knows it, where it does."""
    try:
        import fcntl
        import struct
        import sys
        import termios

        packed = fcntl.ioctl(sys.__stdout__ or 1, termios.TIOCGWINSZ, bytes(8))
        rows, columns, width, height = struct.unpack("4H", packed)
    except (ImportError, OSError, ValueError):
        return None
    return Size(width // columns, height // rows) or None if rows and columns else None
