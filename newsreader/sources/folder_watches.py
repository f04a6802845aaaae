"""Watching folders on Linux: one watch for each folder that may hold articles.

The walk is that of `newsreader.sources.folder.find`, so that what is told has the paths that are
found there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsreader.sources.folder import MAX_DEPTH, has_article_name, is_passed_over, leads_below
from newsreader.sources.inotify import NO_MORE, Event, Inotify, Mask
from newsreader.sources.settling import Settling
from newsreader.sources.stop import Stop
from newsreader.sources.watched_roots import WatchedRoots


class _Folder(NamedTuple):
    """A watched folder, the real path of the root it is below, and the levels still allowed."""

    path: str
    root: Path
    depth: int


class FolderWatches:
    """Watches *roots*, and adds what changes to *settling*, until *stop* is set.

    Raises OSError, also later, when the system allows no more watches.
    """

    def __init__(self, roots: Sequence[Path], settling: Settling, stop: Stop) -> None:
        self._roots = WatchedRoots(roots)
        self._settling = settling
        self._stop = stop
        self._begin()

    def wait(self, seconds: float) -> None:
        """Wait until something changes, but not for longer than *seconds*, and take it in."""
        if self._settling:
            # Being woken by each of very many changes would cost more than the changes.
            self._stop.wait(seconds)
        else:
            self._stop.wait(min(seconds, self._roots.seconds), self._notify.handle)
        for event in self._notify.read():
            self._take(event)
        self._follow()
        if self._is_lost:
            self._notify.close()
            self._begin()
            self._settling.add_everything()
        for root in self._roots.changed():
            self._forget_root(root)
            self._watch_root(root)
            self._settling.add(root, is_folder=True)

    def close(self) -> None:
        """End all watches."""
        self._notify.close()

    def _begin(self) -> None:
        self._is_lost = False
        self._folders: dict[int, _Folder] = {}
        self._named: dict[int, dict[str, set[str]]] = {}
        self._links: set[str] = set()
        self._targets: dict[str, set[str]] = {}
        self._moved: dict[str, _Folder] = {}
        self._notify = Inotify()
        try:
            for root in self._roots.now:
                self._watch_root(root)
        except OSError:
            self._notify.close()
            raise

    def _watch_root(self, root: str) -> None:
        found = self._roots.now[root]
        if found is None:
            return
        if found.is_folder:
            self._walk(_Folder(root, Path(found.real), MAX_DEPTH))
            return
        for place in map(Path, (root, found.real)):
            watch = self._add(str(place.parent))
            if watch is not None:
                self._named.setdefault(watch, {}).setdefault(place.name, set()).add(root)

    def _walk(self, top: _Folder) -> None:
        """Watch a folder and all below it, each before it is looked into: so nothing is missed."""
        walked = set()
        to_do = [top]
        while to_do and not self._stop.is_set():
            folder = to_do.pop()
            watch = self._add(folder.path)
            if watch is None or watch in walked:
                continue
            walked.add(watch)
            self._folders[watch] = folder
            if folder.depth:
                below = sorted(self._folders_in(folder), reverse=True)
                to_do += [folder._replace(path=path, depth=folder.depth - 1) for path in below]

    def _folders_in(self, folder: _Folder) -> Iterator[str]:
        try:
            with os.scandir(folder.path) as scan:
                for entry in scan:
                    # Most are files: this asks nothing of the disk.
                    if entry.is_file(follow_symlinks=False) or is_passed_over(entry.name):
                        continue
                    if entry.is_symlink():
                        if self._leads_to_folder(entry.path, folder.root):
                            self._links.add(entry.path)
                            yield entry.path
                    elif entry.is_dir(follow_symlinks=False):
                        yield entry.path
        except OSError:
            # What cannot be read is told by reading it.
            return

    def _leads_to_folder(self, path: str, root: Path) -> bool:
        """Whether there is a link at *path* to a folder below *root*; one to a file is noted."""
        link = Path(path)
        if not link.is_symlink() or not leads_below(link, root):
            return False
        if has_article_name(link.name) and link.is_file():
            self._targets.setdefault(os.path.realpath(path), set()).add(path)
        return link.is_dir()

    def _add(self, folder: str) -> int | None:
        """The number of a watch; None if *folder* vanished or may not be read."""
        try:
            return self._notify.add(folder)
        except OSError as error:
            if error.errno in NO_MORE:
                raise
            return None

    def _take(self, event: Event) -> None:
        watch, mask, name = event
        if mask & (Mask.Q_OVERFLOW | Mask.UNMOUNT):
            self._is_lost = True
        if mask & (Mask.DELETE_SELF | Mask.MOVE_SELF | Mask.UNMOUNT):
            self._doubt_roots(watch)
        if mask & Mask.IGNORED:
            self._folders.pop(watch, None)
            self._named.pop(watch, None)
        for root in self._named.get(watch, {}).get(name, ()):
            self._settling.add(root)
        folder = self._folders.get(watch)
        if folder is None or not name or is_passed_over(name):
            return
        path = os.path.join(folder.path, name)  # noqa: PTH118 - as scandir does, and fast
        if mask & Mask.ISDIR:
            self._take_folder(folder._replace(path=path, depth=folder.depth - 1), mask)
            return
        if has_article_name(name):
            self._settling.add(path)
        if path in self._links or (
            mask & (Mask.CREATE | Mask.MOVED_TO) and self._leads_to_folder(path, folder.root)
        ):
            # By which of its paths a folder is found may have changed.
            self._is_lost = True
        if self._targets:
            for link in self._targets.get(os.path.realpath(path), ()):
                self._settling.add(link)

    def _doubt_roots(self, watch: int) -> None:
        """What is watched by *watch* is no longer where it was."""
        folder = self._folders.get(watch)
        if folder is not None and folder.path in self._roots.now:
            self._roots.doubt(folder.path)
        for roots in self._named.get(watch, {}).values():
            for root in roots:
                self._roots.doubt(root)

    def _take_folder(self, folder: _Folder, mask: int) -> None:
        if folder.depth < 0:
            return
        if mask & (Mask.CREATE | Mask.MOVED_TO):
            self._watch_new(folder)
        elif mask & Mask.MOVED_FROM:
            self._moved[folder.path] = folder
        elif mask & Mask.ATTRIB:
            self._take_permission(folder)
            return
        self._settling.add(folder.path, is_folder=True)
        # With links to folders about, what is elsewhere may now be found by other paths.
        self._is_lost |= bool(self._links)

    def _take_permission(self, folder: _Folder) -> None:
        """A folder that could not be read may be readable now."""
        watch = self._add(folder.path)
        if watch is not None and watch not in self._folders:
            self._watch_new(folder)
            self._settling.add(folder.path, is_folder=True)

    def _watch_new(self, folder: _Folder) -> None:
        links = len(self._links)
        self._walk(folder)
        self._is_lost |= len(self._links) > links

    def _follow(self) -> None:
        """Give up the watches of folders that are gone, unless others took their places."""
        if not self._moved:
            return
        moved, self._moved = self._moved, {}
        self._forget(moved)
        for folder in moved.values():
            if os.path.isdir(folder.path):  # noqa: PTH112
                self._watch_new(folder)

    def _forget_root(self, root: str) -> None:
        self._forget([root])
        for names in self._named.values():
            for told in names.values():
                told.discard(root)

    def _forget(self, tops: Iterable[str]) -> None:
        """Watch nothing at or below *tops*."""
        places = tuple(os.path.join(top, "") for top in tops)  # noqa: PTH118
        gone = [
            watch for watch, folder in self._folders.items() if f"{folder.path}/".startswith(places)
        ]
        for watch in gone:
            del self._folders[watch]
            if watch not in self._named:
                self._notify.remove(watch)
