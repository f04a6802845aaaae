"""In which way this terminal shows pictures, as far as its environment tells."""

from __future__ import annotations

from collections.abc import Mapping

from newsreader.config.settings import IMAGE_WAYS


def way_of(setting: str, env: Mapping[str, str], *, is_ascii: bool = False) -> str:
    """One of ``kitty``, ``halfblock`` and ``none``.

    ``NEWSREADER_IMAGES`` says so, else the *setting*, else what is known of the terminal.
    """
    for named in (env.get("NEWSREADER_IMAGES", ""), setting):
        if named in IMAGE_WAYS:
            return named
    if is_ascii or env.get("NO_COLOR"):
        return "none"
    # A multiplexer keeps the graphics to itself, whatever terminal it is shown in.
    if "TMUX" in env or "STY" in env:
        return "halfblock"
    is_kitty = env.get("TERM") in ("xterm-kitty", "xterm-ghostty") or "KITTY_WINDOW_ID" in env
    return "kitty" if is_kitty else "halfblock"
