"""The last net: what reaches the terminal is what Textual itself writes, and nothing else.

Foreign text is cleaned where it enters (:mod:`newsreader.text.sanitize`). Should any of it ever
get past that, it is caught here: a frame is styled runs of text and cursor positions, and
everything that sets up or restores the terminal is written alone, never within a frame.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from newsreader.ui.terminal_answers import QUESTION

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver

    _Base = Driver
else:
    _Base = object

# Controls but for tab, bidi controls, line separators, tags, surrogates.
_FOREIGN = (
    "\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    "\U000e0000-\U000e0fff\ud800-\udfff"
)
_OPEN = r"\x1b\[[1-9][\d;]*+m"
_RESET = r"\x1b\[0m"
# Positions in a frame; the rest only where the app is drawn in place of a whole screen.
_MOVE = r"[\r\n]|\x1b\[(?:\d+;\d+H|\d*[ABCD]|[HJ]|6n)"
_FRAME = re.compile(rf"(?:{_OPEN}[^{_FOREIGN}]*+{_RESET}|[^{_FOREIGN}]++|{_MOVE})*+")
_PART = rf"(?P<open>{_OPEN})|(?P<reset>{_RESET})|(?P<move>{_MOVE})|(?P<text>[^{_FOREIGN}]++)"
# Modes: line wrap, cursor, mouse, focus, alternate screen, paste, synchronised updates, resize.
_MODES = (7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048)
_SETTINGS = frozenset(
    (
        *(f"\x1b[?{mode}{end}" for mode in _MODES for end in ("h", "l", "$p")),
        *(f"\x1b[>{flags}u" for flags in range(32)),  # the kitty keyboard, and its end
        *("\x1b[<u", "\x1b[?1049l\x1b[?25h", "\x1b[2J", "\x07"),
        QUESTION,
    )
)
# Of the graphics protocol only what newsreader.ui.kitty says: others name files, or ask.
_SENDING = r"(?:a=T,U=1,q=2,f=100,i=\d+,c=\d+,r=\d+,m=[01]|q=2,m=[01]|a=d,d=I,q=2,i=\d+)"
_PICTURE = rf"\x1b_G{_SENDING};[A-Za-z0-9+/=]{{0,4096}}+\x1b\\"
# Sixels as newsreader.ui.sixel puts them: colours, repeats and rows of pixels, nothing else.
_SIXELS = r"\x1b\[\d+;\d+H\x1bP0;0;0q\"1;1;\d+;\d+[0-9#;!$\-?-~]*+\x1b\\"
_CLIPBOARD_OR_POINTER = r"\x1b\](?:52;c;[A-Za-z0-9+/=]*|22;[a-z-]*)\x07"
_LONG_SETTING = re.compile(f"{_CLIPBOARD_OR_POINTER}|{_PICTURE}|{_SIXELS}")


class Net(_Base):
    """What a driver inherits first so that foreign sequences never leave it."""

    dropped: ClassVar[int] = 0
    """How many characters and sequences were caught in this process. More than 0 is a bug."""

    def write(self, data: str) -> None:
        """Write *data* without what Textual would not have written."""
        if not (_FRAME.fullmatch(data) or is_setting(data)):
            data, count = strained(data)
            Net.dropped += count
        super().write(data)  # type: ignore[safe-super]


def is_setting(data: str) -> bool:
    """Whether *data* is one of the sequences that are written alone."""
    return data in _SETTINGS or _LONG_SETTING.fullmatch(data) is not None


def write_alone(app: App[Any], data: str) -> None:
    """Write one of the sequences that are written alone, if there is a terminal."""
    driver = app._driver
    if driver is not None:
        driver.write(data)


def strained(data: str) -> tuple[str, int]:
    """*data* as a frame without anything that does not belong in one, and how much that was."""
    part_at = re.compile(_PART).match
    kept: list[str] = []
    dropped = position = 0
    is_open = False
    while position < len(data):
        part = part_at(data, position)
        if part is None:
            dropped += 1
            position += 1
            continue
        position = part.end()
        # A style is opened, filled and reset; nothing else can stand within it.
        if part.lastgroup == "text" or is_open == (part.lastgroup == "reset"):
            is_open = part.lastgroup == "open" if part.lastgroup != "text" else is_open
            kept.append(part.group())
        else:
            dropped += 1
    if is_open:
        kept.append("\x1b[0m")
    return "".join(kept), dropped


def netted(driver: type[Any]) -> type[Driver]:
    """The class *driver* with the net before its ``write``."""
    return type(f"Netted{driver.__name__}", (Net, driver), {})
