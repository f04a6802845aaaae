"""Changes of files, kept back until the files are quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import NamedTuple

QUIET = 0.12
"""Seconds without a further change after which a change is told."""
LONGEST = 0.6
"""Seconds after which a change is told although there are always more."""
MANY = 5_000
"""Paths beyond which everything is to be looked at again."""

_SHARE = 3
"""How many times as long as a rescan a change of everything is kept back at most."""


class Changed(NamedTuple):
    """What was added, changed or removed.

    ``paths`` are files and folders; a folder stands for everything below it. If it may be
    anything, ``everything`` is true and ``paths`` is empty.
    """

    paths: frozenset[Path]
    everything: bool = False


EVERYTHING = Changed(frozenset(), everything=True)
"""Anything may have changed."""


class _Times(NamedTuple):
    first: float
    last: float

    def is_due(self, now: float, longest: float = LONGEST) -> bool:
        return now - self.last >= QUIET or now - self.first >= longest


class Settling:
    """Collects changes, and gives them out when they are due.

    They are due together when nothing changed for a short while; and when some were kept back for
    long, those are that are quiet by themselves. *clock* gives seconds. ``rescan`` is how many
    seconds it takes to look at everything: a change of everything is kept back in proportion.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.rescan = 0.0
        self._clock = clock
        self._files: dict[str, _Times] = {}
        self._folders: dict[str, _Times] = {}
        self._everything: _Times | None = None
        self._last = 0.0

    def __bool__(self) -> bool:
        """Whether there is something to be given out, now or later."""
        return bool(self._files or self._folders or self._everything)

    def add(self, path: str, is_folder: bool = False) -> None:
        """*path* changed; if it *is_folder*, anything below it may have."""
        self._last = now = self._clock()
        if self._everything is not None:
            self._everything = self._everything._replace(last=now)
            return
        places = self._folders if is_folder else self._files
        above = next(self._folders_above(path), None)
        if above is not None:
            places, path = self._folders, above
        places[path] = _Times(places[path].first if path in places else now, now)
        if len(self._files) + len(self._folders) > MANY:
            self.add_everything()

    def add_everything(self) -> None:
        """Anything may have changed."""
        self._last = now = self._clock()
        kept = (*self._files.values(), *self._folders.values())
        first = min((times.first for times in kept), default=now)
        self._everything = _Times(self._everything.first if self._everything else first, now)
        self._files.clear()
        self._folders.clear()

    def take(self) -> Changed | None:
        """What is due, which is then forgotten; None if nothing is."""
        if self._everything is not None:
            return self._take_everything()
        now = self._clock()
        kept = (*self._files.items(), *self._folders.items())
        if now - self._last >= QUIET:
            due = {path for path, _ in kept}
        elif any(now - times.first >= LONGEST for _, times in kept):
            due = {path for path, times in kept if times.is_due(now)}
        else:
            return None
        told = frozenset(Path(path) for path in due if due.isdisjoint(self._folders_above(path)))
        for path in due:
            self._files.pop(path, None)
            self._folders.pop(path, None)
        return Changed(told) if told else None

    def _take_everything(self) -> Changed | None:
        longest = max(LONGEST, _SHARE * self.rescan)
        if self._everything is None or not self._everything.is_due(self._clock(), longest):
            return None
        self._everything = None
        return EVERYTHING

    def _folders_above(self, path: str) -> Iterator[str]:
        """The changed folders that *path* is below."""
        while self._folders and "/" in path:
            path = path.rpartition("/")[0]
            if path in self._folders:
                yield path
