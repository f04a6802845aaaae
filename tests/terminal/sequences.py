"""A strict reader of what is sent to a terminal: every byte is accounted for, or a violation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple


class Kind(Enum):
    TEXT = "text"
    C0 = "control"
    C1 = "C1 control"
    ESC = "escape"
    CSI = "control sequence"
    OSC = "operating system command"
    STRING = "device control string"
    UNFINISHED = "unfinished sequence"


class Token(NamedTuple):
    kind: Kind
    text: str
    offset: int


class Violation(NamedTuple):
    offset: int
    what: str
    context: str


_PRINTABLE = re.compile("[^\x00-\x1f\x7f-\x9f]+")
_ODD = re.compile("[^\x20-\x7e]")
_INTRODUCERS = {"[": Kind.CSI, "]": Kind.OSC, **dict.fromkeys("PX^_", Kind.STRING)}
_C1_INTRODUCERS = {"\x9b": "[", "\x9d": "]", "\x90": "P", "\x98": "X", "\x9e": "^", "\x9f": "_"}


def tokens(text: str) -> Iterator[Token]:
    """*text* as a terminal takes it apart, after the state machine of the VT500 series."""
    position = 0
    while position < len(text):
        start = position
        if run := _PRINTABLE.match(text, position):
            position = run.end()
            yield Token(Kind.TEXT, run.group(), start)
            continue
        char = text[position]
        position += 1
        introducer = ""
        if char == "\x1b":
            introducer = text[position : position + 1]
            position += 1
        elif char in _C1_INTRODUCERS:
            introducer = _C1_INTRODUCERS[char]
        if char == "\x1b" and introducer not in _INTRODUCERS:
            position, kind = _escape_end(text, start + 1), Kind.ESC
        elif introducer == "[":
            position, is_whole = _csi_end(text, position)
            kind = Kind.CSI if is_whole else Kind.UNFINISHED
        elif introducer:
            position, is_whole = _string_end(text, position)
            kind = _INTRODUCERS[introducer] if is_whole else Kind.UNFINISHED
        else:
            kind = Kind.C0 if char < "\x20" or char == "\x7f" else Kind.C1
        yield Token(kind, text[start:position], start)


def _escape_end(text: str, position: int) -> int:
    while position < len(text) and "\x20" <= text[position] <= "\x2f":
        position += 1
    return min(len(text), position + 1)


def _csi_end(text: str, position: int) -> tuple[int, bool]:
    while position < len(text):
        char = text[position]
        if "\x40" <= char <= "\x7e":
            return position + 1, True
        if not "\x20" <= char <= "\x3f":
            return position, False
        position += 1
    return position, False


def _string_end(text: str, position: int) -> tuple[int, bool]:
    while position < len(text):
        char = text[position]
        if char in "\x07\x9c":
            return position + 1, True
        if char == "\x1b":
            is_end = text[position + 1 : position + 2] == "\\"
            return (position + 2, True) if is_end else (position, False)
        if char < "\x20":
            return position, False
        position += 1
    return position, False


MODES = frozenset((7, 25, 1000, 1003, 1004, 1006, 1015, 2004, 2026, 2048, 1049))
_MODE = re.compile(r"\x1b\[\?(\d+)(h|l|\$p)")
_MOVE = re.compile(r"\x1b\[\d+;\d+H")
_STYLE = re.compile(r"\x1b\[([\d;]+)m")
_KEYBOARD = re.compile(r"\x1b\[(?:>\d+|<)u")
_COMMAND = re.compile(r"\x1b\](?:52;c;[A-Za-z0-9+/=]*|22;[a-z-]+)\x07")
_ATTRIBUTES = frozenset((*range(1, 10), *range(30, 38), 39, *range(40, 48), 49))
_BRIGHT = frozenset((*range(90, 98), *range(100, 108)))
# Arabic, Syriac and Kaithi number signs are letters to a reader; joiners hold clusters together.
_FORMATS = frozenset(
    map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD))
) | frozenset("\u200c\u200d")


def is_style(parameters: str) -> bool:
    """Whether *parameters* are one of the app's ways to set a style, or the reset."""
    numbers = [int(each or 0) for each in parameters.split(";")]
    if numbers == [0]:
        return True
    while numbers:
        first = numbers.pop(0)
        if first in (38, 48):
            kind = numbers.pop(0) if numbers else -1
            count = {2: 3, 5: 1}.get(kind, 99)
            if len(numbers) < count or any(each > 255 for each in numbers[:count]):
                return False
            del numbers[:count]
        elif first not in _ATTRIBUTES | _BRIGHT:
            return False
    return True


def _complaint(token: Token) -> str:
    """What is wrong with *token* by itself; empty when the app may have sent it."""
    kind, text = token.kind, token.text
    if kind is Kind.TEXT:
        odd = _ODD.findall(text)
        return next((f"U+{ord(char):04X}" for char in odd if is_foreign(char)), "")
    if kind is Kind.C0:
        return "" if text in "\r\n" else f"control {text!r}"
    if kind is Kind.OSC:
        return "" if _COMMAND.fullmatch(text) else kind.name
    if kind is Kind.CSI:
        if mode := _MODE.fullmatch(text):
            return "" if int(mode[1]) in MODES else f"mode {mode[1]}"
        if style := _STYLE.fullmatch(text):
            return "" if is_style(style[1]) else f"style {style[1]}"
        return "" if _MOVE.fullmatch(text) or _KEYBOARD.fullmatch(text) else kind.name
    return kind.name


@cache
def is_foreign(char: str) -> bool:
    """Whether no text of the app has *char*."""
    if char.isascii():
        return not char.isprintable()
    category = unicodedata.category(char)
    is_format = category == "Cf" and char not in _FORMATS
    return is_format or category in ("Cc", "Cs", "Zl", "Zp")


def violations(data: bytes) -> list[Violation]:
    """Everything in *data* that is not the app's own.

    A style is set, filled with text and reset; nothing else stands within it.
    """
    text = data.decode("utf-8", "surrogateescape")
    found: list[Violation] = []
    is_styled = False
    for token in tokens(text):
        what = _complaint(token)
        if not what and token.kind is not Kind.TEXT:
            style = _STYLE.fullmatch(token.text)
            is_reset = style is not None and style[1] == "0"
            if is_styled != is_reset:
                what = "a sequence within a style" if is_styled else "a reset of no style"
            is_styled = style is not None and not is_reset
        if what:
            around = text[max(0, token.offset - 60) : token.offset + 60]
            found.append(Violation(token.offset, what, repr(around)))
    return found


def text_outside_alternate_screen(data: bytes) -> str:
    """The text that went to the reader's shell and not to the app's own screen."""
    outside: list[str] = []
    is_inside = False
    for token in tokens(data.decode("utf-8", "surrogateescape")):
        if token.text.startswith("\x1b[?1049"):
            is_inside = token.text.endswith("h")
        elif token.kind is Kind.TEXT and not is_inside:
            outside.append(token.text)
    return "".join(outside)


def modes(data: bytes) -> dict[int, bool]:
    """Each mode that was ever set or reset, and how it was left."""
    left: dict[int, bool] = {}
    for match in _MODE.finditer(data.decode("utf-8", "surrogateescape")):
        if match[2] != "$p":
            left[int(match[1])] = match[2] == "h"
    return left
