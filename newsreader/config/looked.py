"""When each saved search was last looked at: a small JSON file, which may be lost without harm."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from newsreader.config.replace import make_private, replace_file
from newsreader.text.fold import fold

_MOST = 1_000


class Looked:
    """The times in one file, which need not exist. Nothing here ever raises for the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._times = _read(path)

    def at(self, name: str) -> datetime | None:
        """When the search *name* was last looked at; None when that is not known."""
        return self._times.get(fold(name))

    def now(self, name: str, moment: datetime) -> None:
        """Note that *name* is looked at."""
        self._times.pop(fold(name), None)
        self._times[fold(name)] = moment.astimezone(UTC)
        kept = list(self._times.items())[-_MOST:]
        text = json.dumps({key: time.isoformat() for key, time in kept}, indent=1)
        with suppress(OSError):
            make_private(self.path.parent)
            replace_file(self.path, text.encode("utf-8", "surrogatepass"))


def _read(path: Path) -> dict[str, datetime]:
    times: dict[str, datetime] = {}
    with suppress(OSError, ValueError, RecursionError):
        data = json.loads(path.read_text(encoding="utf-8"))
        for name, text in data.items() if isinstance(data, dict) else ():
            with suppress(ValueError, TypeError, OverflowError):
                moment = datetime.fromisoformat(text)
                times[name] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return times
