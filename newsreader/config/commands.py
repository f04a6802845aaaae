"""The reader's own commands, as the settings have them."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any, Final

PLACES: Final = ("url", "title", "path", "file")
"""What a command may have of an article, each in braces."""
PLACE: Final = re.compile(r"\{(\w+)\}")
SHELLS: Final = frozenset(
    ("sh", "ash", "bash", "dash", "ksh", "mksh", "zsh", "fish", "csh", "tcsh")
)  # fmt: skip
_NAME = re.compile(r"\w(?:[\w .+-]{0,38}\w)?")


def read_commands(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The commands of the table *value*: names and argument vectors.

    Raises:
        ValueError: saying what is wrong with it.
    """
    if not isinstance(value, dict):
        raise ValueError("must be a table of commands")
    return tuple((_name(name), _words(name, words)) for name, words in value.items())


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"has a name of other than letters, digits and spaces: {name!r}")
    return name


def _words(name: str, words: Any) -> tuple[str, ...]:
    if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
        raise ValueError(f"{name} must be a list of texts, the program first")
    if not words[0] or PLACE.search(words[0]):
        raise ValueError(f"{name} must begin with the name of a program")
    is_shell = PurePath(words[0]).name in SHELLS
    for number, word in enumerate(words):
        for place in PLACE.findall(word):
            if place not in PLACES:
                known = ", ".join(f"{{{each}}}" for each in PLACES)
                raise ValueError(f"{name} has {{{place}}}; it may have {known}")
            # Behind -c and its script, words are only what the script says they are.
            is_apart = number > 2 and word == f"{{{place}}}" and words[1] == "-c"
            if is_shell and not is_apart:
                raise ValueError(
                    f'{name} puts {{{place}}} where a shell may run it; write "$1" in the script '
                    f'and, behind it, "sh", "{{{place}}}"'
                )
    return tuple(words)
