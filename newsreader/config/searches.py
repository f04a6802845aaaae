"""Saved searches: one TOML file that a person may write, and that newsreader changes with care.

::

    [[search]]
    name = "Police technology"
    query = 'topic:"Computer Vision" detroit'

Their order is that of the file. Names are the same when they differ in case or accents only.
Every change reads the file again, under a lock, and touches only the entry that it is about.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsreader.config.entries import Entries, Found, unknown
from newsreader.model import ConfigError, Issue
from newsreader.text.fold import fold
from newsreader.text.sanitize import clean_line

if TYPE_CHECKING:
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
        self._entries = Entries(path, "search", "searches", _search)

    def load(self) -> Loaded:
        """What is in the file. Entries that cannot be used are left out and told as issues."""
        return Loaded(*self._entries.load())

    def save(self, name: str, query: str) -> SavedSearch | None:
        """Add a search at the end, or change the query of the one with that name.

        Gives back what the search was before, if there was one.

        Raises:
            ConfigError: also when *name* cannot be a name.
        """
        new = SavedSearch(_name(name), clean_line(query))
        with self._entries.change() as (pieces, found):
            place = _place(found, new.name)
            if place is None:
                pieces.append(self._entries.entry(new._asdict(), pieces.newline))
                return None
            old = found[place]
            if old.item.query != new.query:
                entry = pieces.entries[old.at]
                pieces.entries[old.at] = self._entries.edited(entry, {"query": new.query})
            return old.item

    def rename(self, old: str, new: str) -> None:
        """Call the search *old* *new*; it stays at its place.

        Raises:
            ConfigError: also when there is no *old*, *new* is another's, or cannot be a name.
        """
        name = _name(new)
        with self._entries.change() as (pieces, found):
            place = _known(found, old)
            if _place(found, name) not in (None, place):
                raise ConfigError(f"There is a saved search called {name} already.")
            if found[place].item.name != name:
                at = found[place].at
                pieces.entries[at] = self._entries.edited(pieces.entries[at], {"name": name})

    def move(self, name: str, step: int) -> int:
        """Move a search *step* places down, or up if negative, as far as it goes: its new place.

        Raises:
            ConfigError: also when there is no search of that *name*.
        """
        with self._entries.change() as (pieces, found):
            place = _known(found, name)
            new_place = min(max(place + step, 0), len(found) - 1)
            pieces.move(found[place].at, found[new_place].at)
            return new_place

    def delete(self, name: str) -> Deleted:
        """Take out a search, with its comment. What comes back undoes it.

        Raises:
            ConfigError: also when there is no search of that *name*.
        """
        with self._entries.change() as (pieces, found):
            place = _known(found, name)
            search, at = found[place]
            text, gaps = pieces.remove(at)
            return Deleted(search, place, at, text, gaps, self._namesakes(pieces, search.name))

    def restore(self, deleted: Deleted) -> None:
        """Put back what :meth:`delete` took out, at its place or at the end of a shorter list.

        Raises:
            ConfigError: also when its name has been given to another search meanwhile.
        """
        with self._entries.change() as (pieces, found):
            if self._namesakes(pieces, deleted.search.name) > deleted.namesakes:
                raise ConfigError(f"There is a saved search called {deleted.search.name} already.")
            at, place = deleted.at, deleted.place
            if at > len(pieces.entries) or sum(each.at < at for each in found) != place:
                at = found[place].at if place < len(found) else len(pieces.entries)
            pieces.insert(at, deleted.text, deleted.gaps)

    def _namesakes(self, pieces: "Pieces", name: str) -> int:
        """How many entries go by *name*, those of a file written by hand with several included."""
        wanted = fold(name)
        return sum(fold(each) == wanted for each in map(self._name_of, pieces.entries) if each)

    def _name_of(self, entry: str) -> str:
        try:
            return _search(self._entries.value(entry)).name
        except (ValueError, ConfigError):
            return ""


def _search(entry: Any) -> SavedSearch:
    if not isinstance(entry, dict):
        raise ValueError("a search must be a table with a name and a query")
    for key in SavedSearch._fields:
        if key not in entry:
            raise ValueError(f"a search has no {key}")
        if not isinstance(entry[key], str):
            raise ValueError(f"the {key} of a search must be a text in quotes")
    return SavedSearch(_name(entry["name"]), clean_line(entry["query"]))


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


def _place(found: Sequence[Found[SavedSearch]], name: str) -> int | None:
    wanted = fold(name)
    places = (place for place, each in enumerate(found) if fold(each.item.name) == wanted)
    return next(places, None)


def _known(found: Sequence[Found[SavedSearch]], name: str) -> int:
    place = _place(found, clean_line(name))
    if place is None:
        raise ConfigError(unknown("saved search", name, [each.item.name for each in found]))
    return place
