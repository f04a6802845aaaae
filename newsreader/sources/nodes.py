"""What the YAML door makes: texts, lists and mappings that remember what was written.

All scalars are texts here. What an unquoted one stands for in YAML is its ``meaning``, which is
used for keys that are not ours and for writing; our own fields make their types themselves.
"""

from typing import Any


class Plain(str):
    """The text of an unquoted scalar that means something else in YAML, such as a number."""

    __slots__ = ("meaning",)

    meaning: Any

    def __new__(cls, text: str, meaning: Any) -> "Plain":
        """The text as written, and the value that YAML has for it."""
        made = super().__new__(cls, text)
        made.meaning = meaning
        return made


class Listed(list[Any]):
    """A list; its ``meaning`` is the list of the meanings."""

    __slots__ = ("_meaning",)

    _meaning: list[Any]

    @property
    def meaning(self) -> list[Any]:
        """Ordinary lists, mappings and values."""
        try:
            return self._meaning
        except AttributeError:
            self._meaning = [meaning(item) for item in self]
            return self._meaning


class Mapped(dict[str, Any]):
    """A mapping with text keys, and the line of the file on which each key stands."""

    __slots__ = ("_meaning", "lines")

    lines: dict[str, int]
    _meaning: dict[Any, Any]

    def __init__(self) -> None:
        super().__init__()
        self.lines = {}

    @property
    def meaning(self) -> dict[Any, Any]:
        """Ordinary lists, mappings and values."""
        try:
            return self._meaning
        except AttributeError:
            self._meaning = {key_meaning(key): meaning(value) for key, value in self.items()}
            return self._meaning


def meaning(value: Any) -> Any:
    """What *value* stands for: ordinary lists, mappings and values that can be written."""
    return value if type(value) is str else getattr(value, "meaning", value)


def key_meaning(key: Any) -> Any:
    """What a key stands for: a whole number stays one, anything else is text."""
    if type(key) is not Plain:
        return key
    return key.meaning if type(key.meaning) is int else str(key)


def written(value: Any) -> Any:
    """What *value* stands for, if that is written back as it was; otherwise its text.

    ``title: 007`` is the title "007" to us, and must not come back as the number 7.
    """
    if type(value) is Plain:
        stands_for = value.meaning
        spelled = str(stands_for)
        as_written = value.replace("T", " ").replace("Z", "+00:00")
        if value not in (spelled, spelled.lower()) and as_written != spelled:
            return str(value)
        return stands_for
    if type(value) is Listed:
        return [written(item) for item in value]
    if type(value) is Mapped:
        return {key_meaning(key): written(item) for key, item in value.items()}
    return value
