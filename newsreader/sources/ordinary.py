"""The ordinary file, read line by line: what nearly every front matter is written in.

A small part of YAML: names with a text on the same line or an indented block below, lists of
texts or of such blocks, quotes with the commonest escapes. Whatever is not surely within it is
left to :mod:`newsreader.sources.frontmatter`, which reads the same things to the same values: a
test holds the two against each other. Neither PyYAML nor python-frontmatter is imported for a
folder of ordinary files.
"""

import re
from typing import Any

from newsreader.sources.document import Document
from newsreader.sources.nodes import Listed, Mapped
from newsreader.sources.scalars import plain

MAX_LENGTH = 512 * 1024
"""Characters of front matter. A longer one is not ordinary."""
MAX_LINES = 20_000
"""Lines of front matter: far fewer parts than the YAML door's bounds allow."""
MAX_DEPTH = 32
"""Blocks inside each other, below the YAML door's bound."""

_ODD = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_DOUBLE = rf'"([^"\\{_ODD}]*(?:\\["\\/nrt][^"\\{_ODD}]*)*)" *'
_SINGLE = rf"'([^'{_ODD}]*)' *"
_BARE = rf"(-?[^\W_][^{_ODD}]*)"
_KEY = r"(?:([A-Za-z][A-Za-z0-9_-]{0,99}):(?: +|$))?"
_LINE = re.compile(rf"( *)((?:- +)?){_KEY}(?:{_DOUBLE}|{_SINGLE}|{_BARE}|)")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_MORE_THAN_TEXT = re.compile(r": | #|:$")


def ordinary(text: str) -> Document | None:
    """The document that *text* is, which has ``\\n`` line ends; None when it is not ordinary."""
    if not text.startswith("---\n"):
        return None
    end = text.find("\n---", 3)
    after = end + 4
    if not 3 < end < MAX_LENGTH or text[after : after + 1] not in ("\n", ""):
        return None
    header = text[3 : end + 1]
    lines = header.split("\n")
    blocks = _Blocks()
    if len(lines) > MAX_LINES or not all(map(blocks.take, enumerate(lines, 1))):
        return None
    return Document(blocks.done(), text[after:].strip("\n"), header) if blocks.root else None


class _Blocks:
    """Mappings and lists that are being filled, line by line."""

    def __init__(self) -> None:
        self.root = Mapped()
        self._block: Any = self.root
        self._column = 0
        self._outer: list[tuple[Any, int]] = []
        self._waiting: str | None = None  # the key whose value may be a block that follows

    def take(self, numbered: tuple[int, str]) -> bool:
        """Read a line, given with its number in the file; whether it is an ordinary one."""
        number, line = numbered
        if not line:
            return True
        found = _LINE.fullmatch(line)
        if found is None:
            return False
        spaces, dash, key, double, single, bare = found.groups()
        if not self._find_block(len(spaces), dash):
            return False
        value = single
        if double is not None:
            value = _ESCAPE.sub(_unescaped, double) if "\\" in double else double
        elif bare is not None:
            if _MORE_THAN_TEXT.search(bare):
                return False
            value = plain(bare.rstrip(" "))
        if key is not None:
            if dash:
                item = Mapped()
                self._block.append(item)
                self._open(item, self._column + len(dash))
            return self._put(key, number, value, is_waiting=found.lastindex == 3)
        if not dash or found.lastindex == 2:
            return False
        self._block.append(value)
        return True

    def _find_block(self, column: int, dash: str) -> bool:
        """Go to the block that a line at *column* belongs to; whether there is one."""
        if self._waiting is not None:
            opened: Any = None
            block = self._block
            if column > self._column or (dash and column == self._column):
                opened = Listed() if dash else Mapped()
                self._open(opened, column)
            block[self._waiting] = opened
            self._waiting = None
        while self._outer and (
            column < self._column
            or (column == self._column and not dash and type(self._block) is Listed)
        ):
            self._block, self._column = self._outer.pop()
        return (
            column == self._column
            and bool(dash) is (type(self._block) is Listed)
            and len(self._outer) < MAX_DEPTH
        )

    def _open(self, block: Any, column: int) -> None:
        self._outer.append((self._block, self._column))
        self._block, self._column = block, column

    def _put(self, key: str, line: int, value: str | None, *, is_waiting: bool) -> bool:
        block = self._block
        if key in block or type(plain(key)) is not str:
            return False
        block.lines[key] = line
        if is_waiting:
            self._waiting = key
        else:
            block[key] = value
        return True

    def done(self) -> Mapped:
        """The mapping that all lines wrote."""
        if self._waiting is not None:
            self._block[self._waiting] = None
        return self.root


def _unescaped(escape: re.Match[str]) -> str:
    return _ESCAPED.get(escape[1], escape[1])
