"""Watching files where there is no inotify, with the library watchfiles.

On Linux it would not do: it follows links out of what is watched, holds the interpreter while it
walks through folders, wakes several times a second, and does not say when changes were lost.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.sources.folder import has_article_name, is_passed_over, leads_below
from newsreader.sources.settling import Settling
from newsreader.sources.stop import Stop
from newsreader.sources.watched_roots import WatchedRoots

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

_LOOK = 0.2
"""Seconds between two looks. A change is known after two of them at most."""
_MODIFIED = 2
"""Of a folder, this is said when something in it changed, which is said as well."""


class OtherWatches:
    """Watches *roots*, and adds what changes to *settling*, until *stop* is set.

    Raises ImportError if watchfiles is not there, and, also later, OSError and RuntimeError if it
    cannot watch.
    """

    def __init__(self, roots: Sequence[Path], settling: Settling, stop: Stop) -> None:
        self._roots = WatchedRoots(roots)
        self._settling = settling
        self._stop = stop
        self._notify: RustNotify | None = None
        self._begin()

    def wait(self, seconds: float) -> None:
        """Wait until something changes, but hardly for longer than *seconds*, and take it in."""
        look = min(seconds, _LOOK)
        if self._notify is None:
            self._stop.wait(look)
        else:
            step, longest = int(look * 1000), int(min(seconds, self._roots.seconds) * 1000)
            seen = self._notify.watch(0, max(step, 1), max(longest, 1), self._stop)
            if isinstance(seen, set):
                for kind, path in seen:
                    self._take(kind, path)
        changed = self._roots.changed()
        if changed:
            self._begin()
        for root in changed:
            self._settling.add(root, is_folder=True)

    def close(self) -> None:
        """End all watches."""
        if self._notify is not None:
            self._notify.close()
            self._notify = None

    def _begin(self) -> None:
        # Its import takes a tenth of a second: here it is on the watching thread.
        from watchfiles._rust_notify import RustNotify

        self.close()
        places = [found.real for found in self._roots.now.values() if found is not None]
        if places:
            self._notify = RustNotify(
                places,
                debug=False,
                force_polling=False,
                poll_delay_ms=300,
                recursive=True,
                ignore_permission_denied=True,
            )

    def _take(self, kind: int, path: str) -> None:
        for root, found in self._roots.now.items():
            if found is None:
                continue
            if path == found.real:
                if kind != _MODIFIED:
                    self._roots.doubt(root)
                elif not found.is_folder:
                    self._settling.add(root)
            elif found.is_folder and path.startswith(os.path.join(found.real, "")):  # noqa: PTH118
                self._take_below(kind, Path(root), Path(path).relative_to(found.real), found.real)

    def _take_below(self, kind: int, root: Path, below: Path, real: str) -> None:
        path = root / below
        if any(is_passed_over(part) for part in below.parts):
            return
        if path.parent.exists() and not leads_below(path.parent, Path(real)):
            return
        if path.is_dir() or not has_article_name(path.name):
            if kind != _MODIFIED and not path.is_file():
                self._settling.add(str(path), is_folder=True)
        else:
            self._settling.add(str(path))
