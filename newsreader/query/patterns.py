"""Regular expressions that take time in proportion to the text, whatever they are (RE2)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, cast

from newsreader.query.ast import Regex

_MEMORY = 4 * 1024 * 1024


class PatternError(ValueError):
    """A regular expression that RE2 does not understand, or that is too large for it."""


class Found(Protocol):
    """A place that a regular expression matches."""

    def span(self) -> tuple[int, int]:
        """From and up to where."""


class Pattern(Protocol):
    """A compiled regular expression."""

    def search(self, text: str) -> object:
        """The first place in *text* that it matches, or None."""

    def finditer(self, text: str) -> Iterator[Found]:
        """All places in *text* that it matches, some of them perhaps empty."""


@lru_cache(maxsize=64)
def compiled(node: Regex) -> Pattern:
    """The pattern of *node*.

    Raises:
        PatternError: with RE2's reason.
    """
    import re2  # only patterns need it

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    options.case_sensitive = not node.ignores_case
    try:
        return cast("Pattern", re2.compile(node.pattern, options))
    except UnicodeEncodeError:
        raise PatternError("it has half a character in it") from None
    except re2.error as error:
        reason = error.args[0] if error.args else "it is too large"
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise PatternError(text) from None
