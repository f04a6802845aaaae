"""A TOML file of tables of one kind, which a person may write and newsreader changes with care.

Every change reads the file again, under a lock, and touches only the entry that it is about.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from newsreader.model import ConfigError, Issue
from newsreader.model.issue import Severity
from newsreader.text.fold import fold
from newsreader.text.sanitize import clean_line

if TYPE_CHECKING:
    from newsreader.config.pieces import Pieces

_BYTE_ORDER_MARK = "\ufeff"


class Problem(NamedTuple):
    """What is wrong with the file, or with one entry of it by its place."""

    at: int | None
    reason: str


class Named(Protocol):
    """What an entry stands for, under its name."""

    @property
    def name(self) -> str:
        """One line of safe text."""


T = TypeVar("T", bound=Named)


class Found(NamedTuple, Generic[T]):
    """What an entry stands for, and its place among all entries of the file."""

    item: T
    at: int


class Entries(Generic[T]):
    """The ``[[key]]`` tables of one file, which need not exist. *nouns* is what several are called.

    *read* gives what the value of an entry stands for; for one that cannot be used it raises
    ValueError or :class:`~newsreader.model.ConfigError`. At *most* so many are used.

    All methods raise :class:`~newsreader.model.ConfigError`, in one sentence, when the file
    cannot be read, is not TOML, or cannot be written; it is then as it was.
    """

    def __init__(
        self,
        path: Path,
        key: str,
        nouns: str,
        read: Callable[[Any], T],
        *,
        most: int | None = None,
    ) -> None:
        self.path = path
        self._key = key
        self._nouns = nouns
        self._read = read
        self._most = most

    def load(self) -> tuple[tuple[T, ...], tuple[Issue, ...]]:
        """What the file has, in its order, and what is wrong with entries that are set aside."""
        text = self._text()
        if not text:
            return (), ()
        values, others = self._values(self._data(text))
        found, problems = self._usable(values)
        return tuple(each.item for each in found), self._issues(text, [*problems, *others])

    def _usable(self, values: Sequence[Any]) -> tuple[list[Found[T]], list[Problem]]:
        """The entries that can be used, each name once, and what is wrong with the others."""
        found: list[Found[T]] = []
        problems: list[Problem] = []
        first: dict[str, str] = {}
        for at, value in enumerate(values):
            try:
                if len(found) == self._most:
                    raise ValueError(f"there are more than {self._most} {self._nouns}")
                item = self._read(value)
                folded = fold(item.name)
                if folded in first:
                    called = f"a {self._key} called {first[folded]}"
                    raise ValueError(f"there is {called} before this one")
                first[folded] = item.name
                found.append(Found(item, at))
            except ConfigError as error:
                reason = str(error).rstrip(".")
                problems.append(Problem(at, f"{reason[0].lower()}{reason[1:]}; set aside"))
            except ValueError as error:
                problems.append(Problem(at, f"{error}; set aside"))
        return found, problems

    def _text(self) -> str:
        """What the file has; empty when there is none."""
        path = self.path
        try:
            return path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise ConfigError(f"{path} cannot be read: {error.strerror or error}.") from None
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise ConfigError(
                f"{path}:{line}: this is not UTF-8 text; save the file as UTF-8 in an editor."
            ) from None

    def _values(self, data: dict[str, Any]) -> tuple[list[Any], list[Problem]]:
        """The values of all entries, and what is wrong with other keys."""
        key = self._key
        problems = [Problem(None, reason) for reason in self._misspelt(data)]
        entries = data.get(key, [])
        if not isinstance(entries, list):
            reason = f"{key} must be a list of tables, each headed [[{key}]] in two brackets"
            return [], [Problem(None, reason)]
        return entries, problems

    def _misspelt(self, data: dict[str, Any]) -> Iterator[str]:
        unknown = [key for key in data if key != self._key]
        if unknown:
            import difflib

            for key in difflib.get_close_matches(self._key, unknown, 3, 0.7):
                yield f"there is an unknown key {clean_line(key)}; did you mean {self._key}?"

    def _data(self, text: str) -> dict[str, Any]:
        import tomllib

        try:
            return tomllib.loads(text.removeprefix(_BYTE_ORDER_MARK))
        except tomllib.TOMLDecodeError as error:
            reason, line = _reason_and_line(str(error), text)
        except RecursionError:
            reason, line = "Brackets stand too deep within brackets", 1
        raise ConfigError(
            f"{self.path}:{line}: this is not valid TOML ({reason}); put it right in an editor."
        )

    def _issues(self, text: str, problems: Sequence[Problem]) -> tuple[Issue, ...]:
        """*problems* of a *text*, with the lines of their entries."""
        if not problems:
            return ()
        lines = dict(enumerate(self._pieces(text.removeprefix(_BYTE_ORDER_MARK)).lines))
        return tuple(
            Issue(
                os.fspath(self.path),
                each.reason,
                Severity.WARNING,
                None if each.at is None else lines.get(each.at),
            )
            for each in problems
        )

    @contextmanager
    def change(self) -> Iterator[tuple["Pieces", list[Found[T]]]]:
        """The file as it is now in pieces, which are written when changed; and what can be used."""
        from newsreader.config.replace import only_one, replace_file

        try:
            with only_one(self.path):
                text = self._text()
                bare = text.removeprefix(_BYTE_ORDER_MARK)
                mark = text[: len(text) - len(bare)]
                data = self._data(text)
                pieces = self._pieces(bare)
                if self._said(pieces) != repr(data.get(self._key, [])) or (
                    self._key in data
                ) != bool(pieces.entries):
                    raise ConfigError(
                        f"{self.path} has {self._nouns} that are not written as [[{self._key}]] "
                        "with name and query below; write them so by hand, then they can be "
                        "changed here."
                    )
                before = pieces.text
                yield pieces, self._usable(self._values(data)[0])[0]
                if pieces.text != before:
                    self._verify(pieces, data)
                    replace_file(self.path, (mark + pieces.text).encode("utf-8"))
        except OSError as error:
            reason = error.strerror or error
            raise ConfigError(f"{self.path} cannot be written: {reason}.") from None

    def _pieces(self, text: str) -> "Pieces":
        from newsreader.config.pieces import Pieces

        return Pieces(text, self._key)

    def value(self, entry: str) -> Any:
        """The value of the text of an *entry*."""
        import tomllib

        return tomllib.loads(entry)[self._key][0]

    def _said(self, pieces: "Pieces") -> str:
        return repr([self.value(entry) for entry in pieces.entries])

    def _verify(self, pieces: "Pieces", before: dict[str, Any]) -> None:
        """Make sure that what is about to be written says what it should, whatever the file was."""
        import tomllib

        try:
            after = tomllib.loads(pieces.text)
            is_right = self._said(pieces) == repr(after.get(self._key, []))
            is_right = is_right and self._rest(after) == self._rest(before)
        except ValueError:
            is_right = False
        if not is_right:
            raise ConfigError(
                f"{self.path} is written in a way that cannot be changed safely; "
                "change it in an editor."
            )

    def _rest(self, data: dict[str, Any]) -> str:
        return repr({key: value for key, value in data.items() if key != self._key})

    def entry(self, values: Mapping[str, str | date | None], newline: str) -> str:
        """The text of an entry with those *values* that there are."""
        lines = [f"{key} = {_item(value).as_string()}" for key, value in _given(values)]
        return "".join(line + newline for line in (f"[[{self._key}]]", *lines))

    def edited(self, entry: str, values: Mapping[str, str | date | None]) -> str:
        """*entry* with other *values*, of which None takes a key away, and nothing else changed."""
        import tomlkit
        from tomlkit.exceptions import TOMLKitError

        wanted = {**self.value(entry), **values}
        try:
            document: Any = tomlkit.parse(entry)
            table = document[self._key][0]
            for key, value in values.items():
                if value is not None:
                    table[key] = _item(value)
                elif key in table:
                    del table[key]
            edited: str = document.as_string()
            is_right = sorted(map(repr, _given(wanted))) == sorted(
                map(repr, self.value(edited).items())
            )
        except (TOMLKitError, ValueError):
            is_right = False
        if not is_right:
            what = " and ".join(values)
            raise ConfigError(
                f"The {what} of this {self._key} cannot be changed here; use an editor."
            )
        return edited


def unknown(noun: str, name: str, names: Sequence[str]) -> str:
    """The sentence that no *noun* is called *name*, with the nearest of those that there are."""
    import difflib

    # A whole name goes before a word of one.
    by_text = {word: each for each in reversed(names) for word in fold(each).split()}
    by_text |= {fold(each): each for each in names}
    near = difflib.get_close_matches(fold(name), by_text, 1)
    hint = f"; did you mean {by_text[near[0]]}?" if near else "."
    return f"There is no {noun} called {clean_line(name)}{hint}"


def _given(values: Mapping[str, str | date | None]) -> Iterator[tuple[str, str | date]]:
    return ((key, value) for key, value in values.items() if value is not None)


def _item(value: str | date) -> Any:
    """*value* for TOML; a text in single quotes where double ones would need backslashes."""
    import tomlkit

    if isinstance(value, str):
        is_literal = ('"' in value or "\\" in value) and "'" not in value
        return tomlkit.string(value, literal=is_literal)
    return tomlkit.item(value)


def _reason_and_line(message: str, text: str) -> tuple[str, int]:
    import re

    found = re.fullmatch(
        r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", message, re.DOTALL
    )
    if found is None:
        return clean_line(message), 1
    return clean_line(found[1]), int(found[2] or text.rstrip().count("\n") + 1)
