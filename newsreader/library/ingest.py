"""Reading the sources into change sets, batch by batch: only files that are new or have changed."""

from __future__ import annotations

import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsreader.library.identity import article_id
from newsreader.library.known_files import KnownFile, KnownFiles, Place, Status
from newsreader.model import ChangeSet, Issue
from newsreader.model.row import Row
from newsreader.sources.folder import Listing, exists, has_article_name, listings_below
from newsreader.store.store import Snapshot
from newsreader.text.sanitize import clean_line

_FIRST_BATCH = 32
_LARGEST_BATCH = 40_000
"""Files whose rows are in memory at once."""
_MOST_PROCESSES = 4
_YOUNG = 2_000_000_000
"""A file written so many nanoseconds ago may be written again with no change to its time."""
_CHANGED: Status = (-1, -1, -1)


if TYPE_CHECKING:
    from newsreader.sources.crew import FileToRead
    from newsreader.sources.row_reading import RowReading


class Progress(NamedTuple):
    """How far reading has come, and what the last batch brings. Counts are of files."""

    done: int
    total: int
    changes: ChangeSet
    issues: tuple[Issue, ...]


class _ToRead(NamedTuple):
    """Files of one folder that have to be read, below the root *source* as it was typed."""

    mtime_ns: int
    source: str
    shown: str
    folder: str
    names: list[str]


class _Read(NamedTuple):
    """A file that was read. ``before`` is the id that it gave the last time."""

    place: Place
    status: Status
    before: str
    row: Row | None
    issues: tuple[Issue, ...]


class Ingest:
    """One reading of the files at and below *roots*.

    *files* are those that were read before, and *store* gives the articles as they are. With
    *paths*, only what is there or below is looked at.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        files: KnownFiles,
        store: Callable[[], Snapshot],
        paths: Collection[Path] | None = None,
    ) -> None:
        self._roots = roots
        self._paths = paths
        self._files = files
        self._store = store
        self._issues: list[Issue] = []
        self.folder_issues: tuple[Issue, ...] = ()
        """What was wrong with roots and folders, once they were looked at."""
        self._gone: set[Place] = set()
        self._todo: list[_ToRead] = []
        self._met: set[tuple[int, int]] = set()
        self._waiting: deque[tuple[Place, str]] = deque()
        """The files that are being read, and the ids that they gave before."""
        self._batch: list[_Read] = []
        self._known: dict[Place, KnownFile] = {}
        self._left: set[str] = set()
        self._is_behind = files.edition != store().edition

    def run(self) -> Iterator[Progress]:
        """Say what is new, with an empty change set now and then between batches.

        A batch grows with what is already there, so that applying all of them costs no more than
        a few times the last one. Articles that no file gives any more are removed by the last one.
        """
        from newsreader.sources.crew import read_rows

        self._look()
        self.folder_issues = tuple(self._issues)
        to_read: dict[str, list[str]] = defaultdict(list)
        for each in self._todo:
            to_read[each.folder] += each.names
        self._issues += (
            issue
            for (folder, name), issue in self._files.issues()
            if name not in to_read.get(folder, ()) and (folder, name) not in self._gone
        )
        # The newest folders first.
        self._todo.sort(key=lambda each: (-each.mtime_ns, each.folder))
        total, done = sum(map(len, to_read.values())), 0
        with closing(read_rows(self._files_to_read(), processes())) as batches:
            for batch in batches:
                for reading in batch.readings:
                    self._take(*self._waiting.popleft(), reading)
                done += len(batch.files)
                if len(self._batch) >= self._worth:
                    yield Progress(done, total, self._changes(), self._taken())
                    self._files.save(self._known, (), self._store().edition)
                else:
                    yield Progress(done, total, ChangeSet(), self._taken())
        yield Progress(done, total, self._changes(), self._taken())
        yield from self._finish(total)

    @property
    def _worth(self) -> int:
        """How many files are worth a change set."""
        return max(_FIRST_BATCH, min(_LARGEST_BATCH, len(self._store())))

    def _files_to_read(self) -> Iterator[FileToRead]:
        from newsreader.sources.crew import FileToRead

        for each in self._todo:
            before = self._files.ids(each.folder, each.names)
            for name in each.names:
                self._waiting.append(((each.folder, name), before.get(name, "")))
                path = each.shown + name
                yield FileToRead(Path(path), each.source, path)

    def _finish(self, total: int) -> Iterator[Progress]:
        """Remove what no file gives any more."""
        store = self._store()
        left = self._left.union(*map(self._ids_of, _by_folder(self._gone)))
        # Whoever finds no more than this done has to compare all files with all articles.
        self._files.save(self._known, self._gone, 0 if left or self._is_behind else store.edition)
        if self._is_behind:
            left = set(store.ids()) - self._files.all_ids()
        else:
            left -= self._files.owners(left).keys()
        yield Progress(total, total, ChangeSet(removed=tuple(sorted(left))), self._taken())
        self._files.save({}, (), self._store().edition)

    def _ids_of(self, found: tuple[str, list[str]]) -> Iterable[str]:
        return self._files.ids(*found).values()

    # Looking

    def _look(self) -> None:
        """Find out which files have to be read, and which are gone."""
        if self._paths is not None:
            for path in self._paths:
                self._look_again(path)
            return
        seen: set[str] = set()
        unread: list[str] = []
        for root in self._roots:
            if not exists(root):
                reason = "there is no such file or folder"
                self._issues.append(Issue(clean_line(str(root)), reason))
            elif root.is_dir():
                self._look_below(str(root), root, seen, unread)
            else:
                self._look_at(root, root, seen)
        self._lose(self._folders - seen, unread)

    def _look_again(self, path: Path) -> None:
        """Find out what has become of a file or folder below one of the roots."""
        for root in self._roots:
            if path != root and not str(path).startswith(f"{str(root).rstrip('/')}/"):
                continue
            whole = os.path.abspath(path)  # noqa: PTH100 - links stay as they are
            seen: set[str] = set()
            unread: list[str] = []
            folder, name = os.path.split(whole)
            if path.is_dir():
                self._look_below(str(path), root, seen, unread)
            elif exists(path):
                if path == root or has_article_name(name):
                    self._look_at(path, root, seen)
                continue
            elif name in self._files.in_folder(folder):
                self._gone.add((folder, name))
                continue
            below = (each for each in self._folders if f"{each}/".startswith(f"{whole}/"))
            self._lose(set(below) - seen, unread)

    @cached_property
    def _folders(self) -> set[str]:
        """The folders of which files are known."""
        return self._files.folders()

    def _look_below(self, shown: str, root: Path, seen: set[str], unread: list[str]) -> None:
        base = os.path.abspath(root)  # noqa: PTH100
        for found in listings_below(shown, root):
            if isinstance(found, Issue):
                self._issues.append(found)
                unread.append(base + found.path.removeprefix(str(root)))
            else:
                folder = base + found.folder.removeprefix(str(root))
                seen.add(folder)
                self._compare(str(root), found, folder)

    def _lose(self, folders: Iterable[str], unread: Sequence[str]) -> None:
        """All files of *folders* are gone, but for those that could not be looked into."""
        for folder in folders:
            if not any(folder == each or folder.startswith(f"{each}/") for each in unread):
                self._gone.update((folder, name) for name in self._files.in_folder(folder))

    def _look_at(self, file: Path, root: Path, seen: set[str]) -> None:
        """A file that was named outright."""
        folder, name = os.path.split(os.path.abspath(file))  # noqa: PTH100
        known = self._files.in_folder(folder).get(name)
        try:
            status = file.stat()
        except OSError:
            return
        if file == root:
            seen.add(folder)
        if self._is_new(status) and known != _status(status):
            shown = str(file).removesuffix(name)
            self._todo.append(_ToRead(0, str(root), shown, folder, [name]))

    def _compare(self, source: str, found: Listing, folder: str) -> None:
        known = self._files.in_folder(folder)
        several = len(self._roots) > 1
        names: list[str] = []
        for entry in found.files:
            try:
                status = entry.stat()
            except OSError:
                names.append(entry.name)
                continue
            before = known.pop(entry.name, None)
            if several and not self._is_new(status):
                continue
            if before != (status.st_size, status.st_mtime_ns, status.st_ino):
                names.append(entry.name)
        for name in names:
            known.pop(name, None)
        self._gone.update((folder, name) for name in known)
        if names:
            shown = f"{found.folder.rstrip('/')}/"
            self._todo.append(_ToRead(found.mtime_ns, source, shown, folder, names))

    def _is_new(self, status: os.stat_result) -> bool:
        """Whether the file was not met under another of the names that were opened."""
        identity = (status.st_dev, status.st_ino)
        is_new = identity not in self._met
        self._met.add(identity)
        return is_new

    # Reading

    def _take(self, place: Place, before: str, reading: RowReading) -> None:
        issues = reading.issues
        if reading.row is None and before:
            said = "; its article is shown as it was before"
            issues = (*issues[:-1], issues[-1]._replace(reason=issues[-1].reason + said))
        self._batch.append(_Read(place, _sure(reading.status), before, reading.row, issues))
        self._issues += issues

    def _changes(self) -> ChangeSet:
        """What the batch means for the store, whose files are known from now on."""
        store = self._store()
        added: list[Row] = []
        updated: list[Row] = []
        self._known = {}
        read = (each.row for each in self._batch if each.row is not None)
        owners = self._files.owners(article_id(row.key) for row in read)
        rows: list[Row] = []
        for each in self._batch:
            given, first = each.before, ""
            if each.row is not None:
                given, first = self._id(each, each.row.key, owners)
                rows.append(each.row._replace(id=given))
                if each.before and each.before != given:
                    self._left.add(each.before)
            content = 0 if each.row is None else each.row.content
            self._known[each.place] = KnownFile(each.status, given, first, content, each.issues)
        self._batch = []
        there = store.rows_of([row.id for row in rows])
        for row in rows:
            old = there.get(row.id)
            if old is None:
                added.append(row)
            elif store.columns.entry(old) != row._replace(key=""):
                updated.append(row)
        return ChangeSet(tuple(added), tuple(updated))

    def _id(self, each: _Read, key: str, owners: dict[str, list[Place]]) -> tuple[str, str]:
        """The id of the article of a file; and another one if that has the same identity.

        A second file of one identity gets an id of its own from its path, so that neither is lost.
        """
        first = article_id(key)
        places = owners.setdefault(first, [])
        others = [place for place in places if place not in self._gone and place != each.place]
        if not others or each.before == first:
            places.append(each.place)
            return first, ""
        return article_id(f"{key}\n{'/'.join(each.place)}"), first

    def _taken(self) -> tuple[Issue, ...]:
        taken = tuple(self._issues)
        self._issues.clear()
        return taken


def _by_folder(places: Iterable[Place]) -> Iterable[tuple[str, list[str]]]:
    names: dict[str, list[str]] = {}
    for folder, name in places:
        names.setdefault(folder, []).append(name)
    return names.items()


def _sure(status: Status | None) -> Status:
    """What a file was like; as if it had changed when that would not be seen for sure."""
    if status is None or time.time_ns() - status[1] < _YOUNG:
        return _CHANGED
    return status


def processes() -> int:
    """How many programs read files beside this one."""
    return min(_MOST_PROCESSES, os.cpu_count() or 1)


def _status(status: os.stat_result) -> Status:
    return status.st_size, status.st_mtime_ns, status.st_ino
