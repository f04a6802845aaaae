"""Why front matter cannot be used, and what was odd about it."""

from typing import NamedTuple


class FrontMatterError(Exception):
    """Front matter that is refused. ``line`` and ``column`` count from 1 in the file."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        self.reason = reason
        self.line = line
        self.column = column
        super().__init__(reason)


class DamagedError(FrontMatterError):
    """Front matter with a slip of the pen: what is legible of it can be rescued."""


class Remark(NamedTuple):
    """Something odd in front matter that was read all the same, and its line in the file."""

    reason: str
    line: int | None = None
    column: int | None = None
