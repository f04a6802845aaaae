"""What comes from the terminal, before Textual takes it for keys; and its end."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser

from newsreader.ui.terminal_answers import TERMINAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.driver import Driver
    from textual.message import Message

_PATIENCE = 1.0
"""Seconds that a program whose terminal is gone has to end by itself."""


class _Parser(XTermParser):
    """Textual's parser, to which no answers come, and which ends with its terminal."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._is_gone = _hang_up()
        TERMINAL.listens = True

    def feed(self, data: str) -> Iterable[Message]:
        """Take *data* but for answers; Textual takes no data for the end of it."""
        kept = TERMINAL.hear(data)
        return super().feed(kept) if kept or not data else ()

    def tick(self) -> Iterable[Message]:
        """Look at what has waited too long; this is done ten times a second."""
        if self._is_gone():
            _leave()
        return super().tick()


def _hang_up() -> Callable[[], bool]:
    """What tells whether the terminal is gone. Textual reads nothing from it for ever then."""
    try:
        from select import POLLHUP, poll

        place = poll()
        place.register((sys.__stdin__ or sys.stdin).fileno(), 0)
    except (ImportError, OSError, ValueError):
        return lambda: False
    return lambda: any(event & POLLHUP for _, event in place.poll(0))


def _leave() -> None:
    """End as programs end whose terminal goes, also where the system does not tell them so."""
    os.kill(os.getpid(), signal.SIGHUP)
    time.sleep(_PATIENCE)
    os._exit(1)


def listening(driver: type[Driver]) -> type[Driver]:
    """*driver*, whose modules make their parsers by a name that now means ours."""
    for each in driver.__mro__:
        module: Any = sys.modules[each.__module__]
        if hasattr(module, "XTermParser"):
            module.XTermParser = _Parser
    return driver
