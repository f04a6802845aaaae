"""What was wrong with an input, where, and how bad it is."""

from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How much of the input was lost."""

    ERROR = "error"
    """The article could not be used at all."""
    WARNING = "warning"
    """The article is shown, but something in it was repaired or set aside."""


class Issue(NamedTuple):
    """One problem of one file. Lines and columns count from 1."""

    path: str
    reason: str
    severity: Severity = Severity.ERROR
    line: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        """``path:line:column``, as far as known: the form that editors understand."""
        known = [self.path]
        if self.line is not None:
            known.append(str(self.line))
            if self.column is not None:
                known.append(str(self.column))
        return ":".join(known)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity.value}: {self.reason}"
