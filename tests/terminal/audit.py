"""What a run of the app did, as its ``sitecustomize`` told it, and whether a reader does that."""

from __future__ import annotations

import json
import os
import re
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT
from terminal import customize

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PYTHON = (
    *(str(ROOT / "newsreader"), sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib")),
    *("/usr/share/zoneinfo", "/usr/lib/locale", "/proc/self"),
    *("/lib/terminfo", "/usr/share/terminfo", "/etc/terminfo"),
)
_FILES = ("/dev/null", "/dev/tty", "/dev/urandom", "/etc/localtime", "/etc/machine-id")
_KEEPING = (
    *("os.mkdir", "os.rename", "os.remove", "os.chmod", "os.truncate", "fcntl.flock"),
    *("sqlite3.connect", "sqlite3.connect/handle"),
)
_OWN = (
    *(".config/newsreader", ".cache/newsreader"),
    *(".local/state/newsreader", ".local/share/newsreader"),
)


@dataclass(frozen=True)
class Watched:
    """A place for the report of one process, its home, and the only folder it is to read."""

    place: Path
    folder: Path

    def env(self) -> dict[str, str]:
        """Nothing of this machine, no browser to be found, and a home of its own."""
        source = Path(customize.__file__).read_text(encoding="utf-8")
        site, home = self.place / "site", self.place / "home"
        for each in (site, home):
            each.mkdir(exist_ok=True)
        (site / "sitecustomize.py").write_text(source, encoding="utf-8")
        return {
            "PATH": "/nowhere",
            "HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "ESCDELAY": "10",
            "PYTHONPATH": os.pathsep.join((str(site), str(ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            customize.TOLD: str(self.place / "report"),
        }

    def assert_only_read(self, *, drawn: bool = True) -> set[str]:
        """Nothing was started, written or opened elsewhere, nor caught; the files it opened."""
        report = json.loads((self.place / "report").read_text(encoding="utf-8"))
        assert report["dropped"] == (0 if drawn else None)
        assert [each for each in report["done"] if not self._is_keeping(*each)] == []
        opened = [(_reached(path, flags), flags) for path, flags in report["opened"]]
        written = [path for path, flags in opened if flags & _WRITING and path not in _FILES]
        assert [path for path in written if not self._is_own(path)] == []
        assert [path for path, _ in opened if not self._is_allowed(path)] == []
        # Python looks through the folders that it may import from.
        looked = {str(ROOT), *map(os.path.realpath, sys.path)}
        listed = [os.path.realpath(path) for path in report["listed"]]
        assert [path for path in listed if path not in looked and not self._is_allowed(path)] == []
        return {path for path, _ in opened if _is_below(path, self.folder)}

    def _is_keeping(self, event: str, arguments: str) -> bool:
        """Whether the app did something to its own files and folders, and to nothing else."""
        paths = re.findall(r"'([^']*)'", arguments)
        return event in _KEEPING and all(_is_below(path, self.place / "home") for path in paths)

    def _is_own(self, path: str) -> bool:
        return any(_is_below(path, self.place / "home" / each) for each in _OWN)

    def _is_allowed(self, path: str) -> bool:
        folders: tuple[str | Path, ...] = (self.folder, self.place / "site", *_PYTHON)
        files = (*_FILES, os.path.realpath("/etc/localtime"))
        is_below = any(_is_below(path, folder) for folder in folders)
        return path in files or is_below or self._is_own(path)


def _is_below(path: str, folder: str | Path) -> bool:
    base = os.path.realpath(folder)
    return path == base or path.startswith(f"{base}/")


def _reached(path: str, flags: int) -> str:
    """The file that opening *path* opens, which may be a link unless *flags* forbid it."""
    if flags & os.O_NOFOLLOW:
        folder, name = os.path.split(path)
        return f"{os.path.realpath(folder)}/{name}"
    return os.path.realpath(path)
