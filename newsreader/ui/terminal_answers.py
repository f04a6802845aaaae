"""What the terminal says of itself when it is asked, kept from what is typed.

Asked are its name (XTVERSION), the size of a cell in pixels (XTWINOPS 16), that of the largest
picture (XTSMGRAPHICS), and its attributes (DA1), of which 4 stands for Sixels: "XTerm Control
Sequences", https://invisible-island.net/xterm/.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Event, Lock
from typing import NamedTuple

from textual.geometry import Size

QUESTION = "\x1b[>q\x1b[16t\x1b[?2;1;0S\x1b[c"
"""Every terminal answers the last one, so nothing is awaited after that."""
_PATIENCE = 0.5
"""Seconds that an answer may take."""
_ANSWER = re.compile(
    r"\x1bP>\|(?P<name>[^\x1b]{0,200})\x1b\\"
    r"|\x1b\[6;(?P<height>\d{1,4});(?P<width>\d{1,4})t"
    r"|\x1b\[\?2;0;(?P<most_width>\d{1,5});(?P<most_height>\d{1,5})S"
    r"|\x1b\[\?(?:2;[1-9][\d;]{0,20}S|(?P<attributes>[\d;]{1,60})c)"
)
_BEGUN = re.compile(r"\x1b(?:P>(?:\|[^\x1b]{0,200}\x1b?)?|\[6;[\d;]{0,9}|\[\?[\d;]{0,60})\Z")
_SIXELS = "4"


class Answers(NamedTuple):
    """The terminal's name, whether it shows Sixels, and how large a cell is, and at most a picture,
    if it says so.
    """

    name: str = ""
    has_sixels: bool = False
    cell: Size | None = None
    most: Size | None = None


class Terminal:
    """The terminal of the process: it is asked once, and any thread may ask but the app's own."""

    def __init__(self) -> None:
        self.listens = False
        """Whether what is typed comes by us."""
        self._answers = Answers()
        self._is_asked = False
        self._is_over = Event()
        self._begun = ""
        self._lock = Lock()

    def ask(self, write: Callable[[str], None], patience: float = _PATIENCE) -> Answers:
        """What it says, or has said before; nothing when it does not answer in time."""
        with self._lock:
            if self.listens and not self._is_asked:
                self._is_asked = True
                write(QUESTION)
                self._is_over.wait(patience)
                self._is_over.set()
            return self._answers

    def hear(self, data: str) -> str:
        """*data* from the terminal without its answers, also when they are late."""
        if not self._is_asked:
            return data
        data = self._begun + data
        for found in _ANSWER.finditer(data):
            self._note(found)
        data = _ANSWER.sub("", data)
        begun = None if self._is_over.is_set() else _BEGUN.search(data)
        self._begun = begun.group() if begun else ""
        return data[: begun.start()] if begun else data

    def _note(self, found: re.Match[str]) -> None:
        answers = self._answers
        if found["name"] is not None:
            answers = answers._replace(name=found["name"])
        elif found["height"]:
            size = Size(int(found["width"]), int(found["height"]))
            answers = answers._replace(cell=size or None)
        elif found["most_width"]:
            size = Size(int(found["most_width"]), int(found["most_height"]))
            answers = answers._replace(most=size or None)
        elif found["attributes"]:
            answers = answers._replace(has_sixels=_SIXELS in found["attributes"].split(";"))
        self._answers = answers
        if found["attributes"]:
            self._is_over.set()


TERMINAL = Terminal()
