"""Saved searches: one TOML file that a person may write, and that newsreader changes with care.

::

    [[search]]
    name = "Police technology"
    query = 'topic:"Computer Vision" detroit'

Their order is that of the file. Names are the same when they differ in case or accents only.
Every change reads the file again, under a lock, and touches only the entry that it is about.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsreader.model import ConfigError, Issue
from newsreader.model.issue import Severity
from newsreader.text.fold import fold
from newsreader.text.sanitize import clean_line

if TYPE_CHECKING:
    from tomlkit.items import String

    from newsreader.config.pieces import Pieces

LONGEST_NAME = 100
"""Characters of a name."""


class SavedSearch(NamedTuple):
    """A query with a name, each one line of safe text."""

    name: str
    query: str


class Loaded(NamedTuple):
    """The searches of the file in order, and what was wrong with others in it."""

    searches: tuple[SavedSearch, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def queries(self) -> dict[str, str]:
        """The query of each name."""
        return dict(self.searches)


class Deleted(NamedTuple):
    """What :meth:`Searches.restore` needs: a search, its place, and all that the file had of it."""

    search: SavedSearch
    place: int
    at: int
    """Its place among all entries of the file, with those that are no searches."""
    text: str
    gaps: tuple[str, str]
    namesakes: int
    """How many entries of that name are left in a file written by hand."""


class Searches:
    """The saved searches of one file, which need not exist.

    All methods raise :class:`~newsreader.model.ConfigError`, in one sentence, when the file
    cannot be read, is not TOML, or cannot be written; it is then as it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Loaded:
        """What is in the file. Entries that cannot be used are left out and told as issues."""
        text = _text(self.path)
        if not text:
            return Loaded()
        found, problems = _usable(_data(self.path, text))
        return Loaded(tuple(each.search for each in found), _issues(self.path, text, problems))

    def save(self, name: str, query: str) -> SavedSearch | None:
        """Add a search at the end, or change the query of the one with that name.

        Gives back what the search was before, if there was one.

        Raises:
            ConfigError: also when *name* cannot be a name.
        """
        new = SavedSearch(_name(name), clean_line(query))
        with self._change() as (pieces, found):
            place = _place(found, new.name)
            if place is None:
                pieces.append(_entry(new, pieces.newline))
                return None
            old = found[place]
            if old.search.query != new.query:
                entry = pieces.entries[old.at]
                pieces.entries[old.at] = _edited(entry, "query", new.query)
            return old.search

    def rename(self, old: str, new: str) -> None:
        """Call the search *old* *new*; it stays at its place.

        Raises:
            ConfigError: also when there is no *old*, *new* is another's, or cannot be a name.
        """
        name = _name(new)
        with self._change() as (pieces, found):
            place = _known(found, old)
            if _place(found, name) not in (None, place):
                raise ConfigError(f"There is a saved search called {name} already.")
            if found[place].search.name != name:
                at = found[place].at
                pieces.entries[at] = _edited(pieces.entries[at], "name", name)

    def move(self, name: str, step: int) -> int:
        """Move a search *step* places down, or up if negative, as far as it goes: its new place.

        Raises:
            ConfigError: also when there is no search of that *name*.
        """
        with self._change() as (pieces, found):
            place = _known(found, name)
            new_place = min(max(place + step, 0), len(found) - 1)
            pieces.move(found[place].at, found[new_place].at)
            return new_place

    def delete(self, name: str) -> Deleted:
        """Take out a search, with its comment. What comes back undoes it.

        Raises:
            ConfigError: also when there is no search of that *name*.
        """
        with self._change() as (pieces, found):
            place = _known(found, name)
            search, at = found[place]
            text, gaps = pieces.remove(at)
            return Deleted(search, place, at, text, gaps, _namesakes(pieces, search.name))

    def restore(self, deleted: Deleted) -> None:
        """Put back what :meth:`delete` took out, at its place or at the end of a shorter list.

        Raises:
            ConfigError: also when its name has been given to another search meanwhile.
        """
        with self._change() as (pieces, found):
            if _namesakes(pieces, deleted.search.name) > deleted.namesakes:
                raise ConfigError(f"There is a saved search called {deleted.search.name} already.")
            at, place = deleted.at, deleted.place
            if at > len(pieces.entries) or sum(each.at < at for each in found) != place:
                at = found[place].at if place < len(found) else len(pieces.entries)
            pieces.insert(at, deleted.text, deleted.gaps)

    @contextmanager
    def _change(self) -> Iterator[tuple["Pieces", list["_Found"]]]:
        """The file as it is now, in pieces to be changed, which are then written."""
        from newsreader.config.pieces import Pieces
        from newsreader.config.replace import only_one, replace_file

        try:
            with only_one(self.path):
                text = _text(self.path)
                bare = text.removeprefix(_BYTE_ORDER_MARK)
                mark = text[: len(text) - len(bare)]
                data = _data(self.path, text)
                pieces = Pieces(bare)
                if _values(pieces) != repr(data.get(_KEY, [])) or (_KEY in data) != bool(
                    pieces.entries
                ):
                    raise ConfigError(
                        f"{self.path} has searches that are not written as [[search]] with name "
                        "and query below; write them so by hand, then they can be changed here."
                    )
                before = pieces.text
                yield pieces, _usable(data)[0]
                if pieces.text != before:
                    _verify(self.path, pieces, data)
                    replace_file(self.path, (mark + pieces.text).encode("utf-8"))
        except OSError as error:
            reason = error.strerror or error
            raise ConfigError(f"{self.path} cannot be written: {reason}.") from None


_KEY = "search"
_BYTE_ORDER_MARK = "\ufeff"


class _Found(NamedTuple):
    search: SavedSearch
    at: int
    """Its place among all entries of the file."""


class _Problem(NamedTuple):
    at: int | None
    """The entry that has it, if one has."""
    reason: str


def _text(path: Path) -> str:
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


def _data(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text.removeprefix(_BYTE_ORDER_MARK))
    except tomllib.TOMLDecodeError as error:
        reason, line = _reason_and_line(str(error), text)
    except RecursionError:
        reason, line = "Brackets stand too deep within brackets", 1
    raise ConfigError(
        f"{path}:{line}: this is not valid TOML ({reason}); put it right in an editor."
    )


def _reason_and_line(message: str, text: str) -> tuple[str, int]:
    import re

    found = re.fullmatch(
        r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", message, re.DOTALL
    )
    if found is None:
        return clean_line(message), 1
    return clean_line(found[1]), int(found[2] or text.rstrip().count("\n") + 1)


def _usable(data: dict[str, Any]) -> tuple[list[_Found], list[_Problem]]:
    """The entries that are searches, and what is wrong with the others."""
    found: list[_Found] = []
    problems: list[_Problem] = []
    entries = data.get(_KEY, [])
    if not isinstance(entries, list):
        reason = "search must be a list of tables, each headed [[search]] in two brackets"
        return [], [_Problem(None, reason)]
    first: dict[str, str] = {}
    for index, entry in enumerate(entries):
        try:
            search = _search(entry)
            folded = fold(search.name)
            if folded in first:
                raise ValueError(f"there is a search called {first[folded]} before this one")
            first[folded] = search.name
            found.append(_Found(search, index))
        except ValueError as error:
            problems.append(_Problem(index, f"{error}; set aside"))
    problems += [_Problem(None, reason) for reason in _misspelt(data)]
    return found, problems


def _search(entry: Any) -> SavedSearch:
    if not isinstance(entry, dict):
        raise ValueError("a search must be a table with a name and a query")
    for key in SavedSearch._fields:
        if key not in entry:
            raise ValueError(f"a search has no {key}")
        if not isinstance(entry[key], str):
            raise ValueError(f"the {key} of a search must be a text in quotes")
    try:
        return SavedSearch(_name(entry["name"]), clean_line(entry["query"]))
    except ConfigError as error:
        message = str(error).rstrip(".")
        raise ValueError(message[0].lower() + message[1:]) from None


def _misspelt(data: dict[str, Any]) -> Iterator[str]:
    unknown = [key for key in data if key != _KEY]
    if unknown:
        import difflib

        for key in difflib.get_close_matches(_KEY, unknown, 3, 0.7):
            yield f"there is an unknown key {clean_line(key)}; did you mean {_KEY}?"


def _issues(path: Path, text: str, problems: Sequence[_Problem]) -> tuple[Issue, ...]:
    if not problems:
        return ()
    from newsreader.config.pieces import Pieces

    lines = dict(enumerate(Pieces(text.removeprefix(_BYTE_ORDER_MARK)).lines))
    return tuple(
        Issue(
            os.fspath(path),
            each.reason,
            Severity.WARNING,
            None if each.at is None else lines.get(each.at),
        )
        for each in problems
    )


def _name(text: str) -> str:
    name = clean_line(text)
    if not name:
        raise ConfigError("The name of a search must have at least one visible character.")
    if len(name) > LONGEST_NAME:
        raise ConfigError(
            f"The name of a search can have {LONGEST_NAME} characters at most, "
            f"and this one has {len(name)}."
        )
    return name


def _place(found: Sequence[_Found], name: str) -> int | None:
    wanted = fold(name)
    places = (place for place, each in enumerate(found) if fold(each.search.name) == wanted)
    return next(places, None)


def _known(found: Sequence[_Found], name: str) -> int:
    place = _place(found, clean_line(name))
    if place is None:
        raise ConfigError(unknown(name, [each.search.name for each in found]))
    return place


def unknown(name: str, names: Sequence[str]) -> str:
    """The sentence that no search is called *name*, with the nearest of those that there are."""
    import difflib

    # A whole name goes before a word of one.
    by_text = {word: each for each in reversed(names) for word in fold(each).split()}
    by_text |= {fold(each): each for each in names}
    near = difflib.get_close_matches(fold(name), by_text, 1)
    hint = f"; did you mean {by_text[near[0]]}?" if near else "."
    return f"There is no saved search called {clean_line(name)}{hint}"


def _namesakes(pieces: "Pieces", name: str) -> int:
    """How many entries go by *name*, those of a file written by hand with several included."""
    wanted = fold(name)
    return sum(fold(each) == wanted for each in map(_name_of, pieces.entries) if each)


def _name_of(entry: str) -> str:
    try:
        return _search(_value(entry)).name
    except ValueError:
        return ""


def _values(pieces: "Pieces") -> str:
    return repr([_value(entry) for entry in pieces.entries])


def _value(entry: str) -> Any:
    import tomllib

    return tomllib.loads(entry)[_KEY][0]


def _verify(path: Path, pieces: "Pieces", before: dict[str, Any]) -> None:
    """Make sure that what is about to be written says what it should, whatever the file was."""
    import tomllib

    try:
        after = tomllib.loads(pieces.text)
        is_right = _values(pieces) == repr(after.get(_KEY, [])) and _rest(after) == _rest(before)
    except ValueError:
        is_right = False
    if not is_right:
        raise ConfigError(
            f"{path} is written in a way that cannot be changed safely; change it in an editor."
        )


def _rest(data: dict[str, Any]) -> str:
    return repr({key: value for key, value in data.items() if key != _KEY})


def _entry(search: SavedSearch, newline: str) -> str:
    lines = (f"[[{_KEY}]]", f"name = {_quoted(search.name)}", f"query = {_quoted(search.query)}")
    return "".join(line + newline for line in lines)


def _quoted(text: str) -> str:
    return _string(text).as_string()


def _string(text: str) -> "String":
    """*text* for TOML, in single quotes where double ones would need backslashes."""
    import tomlkit

    is_literal = ('"' in text or "\\" in text) and "'" not in text
    return tomlkit.string(text, literal=is_literal)


def _edited(entry: str, key: str, value: str) -> str:
    """*entry* with another *value* for *key*, and nothing else changed."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(entry)
        document[_KEY][0][key] = _string(value)
        edited: str = document.as_string()
        is_right = repr(_value(edited)) == repr({**_value(entry), key: value})
    except (TOMLKitError, ValueError):
        is_right = False
    if not is_right:
        raise ConfigError(f"The {key} of this search cannot be changed here; use an editor.")
    return edited
