"""Which files of a library were read already: from the index, else as far as this program knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from newsreader.model import Issue, Severity

if TYPE_CHECKING:
    from newsreader.index.files import FileIndex

T = TypeVar("T")
Place = tuple[str, str]
"""A folder, by its absolute path, and the name of a file there."""


Status = tuple[int, int, int]
"""What tells whether a file has changed: bytes, nanoseconds since 1970, and its number."""


class KnownFile(NamedTuple):
    """A file that was read: what it was like, the id it gave if any, and what was wrong.

    ``twin_of`` is the id of another file with an article of the same identity.
    """

    status: Status
    id: str = ""
    twin_of: str = ""
    content: int = 0
    issues: tuple[Issue, ...] = ()


class KnownFiles:
    """The files that were read. Without an index at *path*, or when it fails, all is in memory.

    *is_owner* says whether what is new may be written to the index. *report* is told what is wrong
    with it.
    """

    def __init__(
        self, path: Path | None = None, *, is_owner: bool = False, report: Callable[[Issue], None]
    ) -> None:
        self._path = path
        self._is_owner = is_owner
        self._report = report
        self._index: FileIndex | None = None
        self._new: dict[str, dict[str, KnownFile | None]] = defaultdict(dict)
        self._new_ids: dict[str, Place] = {}
        if path is not None and (is_owner or path.exists()):
            self._open(path)

    def _open(self, path: Path) -> None:
        try:
            from newsreader.index.files import FileIndex

            self._index = FileIndex(path)
        except Exception as error:  # noqa: BLE001 - SQLite raises many; all can do without
            self._give_up(error)

    def _ask(self, ask: Callable[[FileIndex], T]) -> T | None:
        """What *ask* gives; None without an index, or when it fails, which is then given up."""
        if self._index is None:
            return None
        try:
            return ask(self._index)
        except Exception as error:  # noqa: BLE001 - as above
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        self._index = None
        self._report(Issue(str(self._path), f"the index of files cannot be used: {error}"))

    @property
    def edition(self) -> int:
        """The edition of the articles that these files gave; 0 when it is not known."""
        return self._ask(lambda index: index.edition) or 0

    def clear(self) -> None:
        """Forget everything."""
        if self._is_owner:
            self._ask(lambda index: index.clear())
        else:
            self._index = None

    def close(self) -> None:
        """Let go of the index."""
        self._ask(lambda index: index.close())
        self._index = None

    def in_folder(self, folder: str) -> dict[str, tuple[int, int, int]]:
        """What the files of *folder* were like: size, time of change, number."""
        known: dict[str, tuple[int, int, int]] = {}
        known.update(self._ask(lambda index: index.known(folder)) or {})
        for name, file in self._new.get(folder, {}).items():
            if file is None:
                known.pop(name, None)
            else:
                known[name] = file.status
        return known

    def folders(self) -> set[str]:
        """All folders of which files are known."""
        return {*(self._ask(lambda index: index.folders()) or ()), *self._new}

    def ids(self, folder: str, names: Iterable[str]) -> dict[str, str]:
        """The ids that some files of *folder* gave, by their names."""
        wanted = list(names)
        known = self._ask(lambda index: index.ids(folder, wanted)) or {}
        new = self._new.get(folder, {})
        for name in wanted:
            if name in new:
                file = new[name]
                known[name] = "" if file is None else file.id
        return {name: each for name, each in known.items() if each}

    def owners(self, ids: Iterable[str]) -> dict[str, list[Place]]:
        """The files that gave each of *ids*, if any did."""
        wanted = list(ids)
        owners: dict[str, list[Place]] = defaultdict(list)
        for name, *place in self._ask(lambda index: index.owners(wanted)) or ():
            if not self._is_changed(place[0], place[1]):
                owners[name].append((place[0], place[1]))
        for each in wanted:
            if each in self._new_ids and self._new_ids[each] not in owners[each]:
                owners[each].append(self._new_ids[each])
        return {name: places for name, places in owners.items() if places}

    def _is_changed(self, folder: str, name: str) -> bool:
        return name in self._new.get(folder, {})

    def twins(self) -> list[tuple[str, str]]:
        """The ids of files that are of one identity, two by two."""
        known = self._ask(lambda index: index.twins()) or []
        new = (file for files in self._new.values() for file in files.values())
        return known + [
            (file.twin_of, file.id) for file in new if file is not None and file.twin_of
        ]

    def issues(self) -> Iterator[tuple[Place, Issue]]:
        """What was wrong with each file."""
        for folder, name, *issue in self._ask(lambda index: index.issues()) or ():
            if not self._is_changed(folder, name):
                path, reason, severity, line, column = issue
                yield (folder, name), Issue(path, reason, Severity(severity), line, column)
        for folder, files in self._new.items():
            for name, file in files.items():
                for each in () if file is None else file.issues:
                    yield (folder, name), each

    def all_ids(self) -> set[str]:
        """All ids that files gave."""
        return {*(self._ask(lambda index: index.all_ids()) or ()), *self._new_ids}

    def save(self, files: Mapping[Place, KnownFile], gone: Collection[Place], edition: int) -> None:
        """Know *files*, and no longer those *gone*, as the articles are at *edition*."""
        if self._index is not None and self._is_owner:
            self._save(files, gone, edition)
        if self._index is not None and self._is_owner:
            return
        for place in gone:
            self._forget(place)
            self._new[place[0]][place[1]] = None
        for place, file in files.items():
            self._forget(place)
            self._new[place[0]][place[1]] = file
            if file.id:
                self._new_ids[file.id] = place

    def _save(
        self, files: Mapping[Place, KnownFile], gone: Collection[Place], edition: int
    ) -> None:
        from newsreader.index.files import File

        known = [
            File(
                *place,
                file.status,
                file.id,
                file.twin_of,
                file.content,
                _plain(file.issues),
            )
            for place, file in files.items()
        ]
        self._ask(lambda index: index.save(known, gone, edition))

    def _forget(self, place: Place) -> None:
        file = self._new[place[0]].get(place[1])
        if file is not None and self._new_ids.get(file.id) == place:
            del self._new_ids[file.id]


def _plain(issues: Iterable[Issue]) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (each.path, each.reason, each.severity.value, each.line, each.column) for each in issues
    )
