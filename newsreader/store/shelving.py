"""Where the buffers of a store are kept: in memory, or in files that are mapped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsreader.config.replace import make_private, replace_file
from newsreader.store.sections import Buffer, DamagedIndexError, Sections, header_print
from newsreader.store.segment import Segment

FORMAT: Final = 2
"""Of the files, and of what rows are made of what is in articles. Another one is made anew."""
_MANIFEST = "manifest.json"
_STORIES = "stories"
_ATTEMPTS = 5


def _is_ours(name: str) -> bool:
    """Whether a file may be called so."""
    kind, dash, digits = name.partition("-")
    return kind in ("columns", "segment") and len(digits) == 16 and digits.isalnum() and bool(dash)


class Opened(NamedTuple):
    """What there was: the columns with their segments, the edition, and the roots as typed.

    ``sources`` are the absolute paths of the roots by what they were called.
    """

    columns: Sections
    segments: tuple[Segment, ...]
    edition: int
    sources: Mapping[str, str]


class Memory:
    """Keeps everything in memory, for as long as it is wanted.

    ``is_owner`` says whether what is here may be written anew.
    """

    is_owner = True

    def segment(self, pieces: Iterable[Buffer]) -> Segment:
        """The segment that *pieces* are."""
        return Segment(b"".join(pieces))

    def columns(
        self, pieces: Iterable[Buffer], segments: Sequence[Segment], edition: int
    ) -> Sections:
        """The columns that *pieces* are, which are those of *segments*."""
        return Sections(b"".join(pieces))


class FolderShelving(Memory):
    """Keeps everything in files of a *folder*, of which one program at a time is the owner.

    Whoever is not, or cannot write, keeps what is new in memory; ``failure`` says why. *sources*
    are as :class:`Opened` has them.
    """

    def __init__(self, folder: Path, sources: Mapping[str, str]) -> None:
        self.folder = folder
        self.failure: OSError | None = None
        self.is_owner = False
        self._now = dict(sources)
        self._sources = dict(sources)
        self._sizes: dict[str, int] = {}
        self._prints: dict[str, int] = {}
        self._opened: set[str] = set()
        self._kept: Sections | None = None
        self._kept_name = ""
        self._lock: int | None = None

    @property
    def manifest(self) -> Path:
        """The file that says which others there are."""
        return self.folder / _MANIFEST

    @property
    def stories(self) -> Path:
        """The file of the stories that were found."""
        return self.folder / _STORIES

    def name_of(self, columns: Sections) -> str:
        """The file that these *columns* are in, if it is the one that the next start will have."""
        return self._kept_name if columns is self._kept else ""

    def has(self, columns: Sections) -> bool:
        """Whether the next start will have these *columns*."""
        return columns is self._kept

    def own(self) -> bool:
        """Become the owner, unless another program is; whether this one is now."""
        if self._lock is None:
            import fcntl

            try:
                make_private(self.folder)
                lock = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            except OSError as error:
                self.failure = error
                return False
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(lock)
                return False
            self._lock, self.is_owner = lock, True
            if self._opened:
                self._tidy(self._opened)
        return self.is_owner

    def release(self) -> None:
        """Let another program become the owner."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock, self.is_owner = None, False

    def open(self) -> Opened | None:
        """What was kept; None when there is nothing, or it is not to be used."""
        for _ in range(_ATTEMPTS):
            try:
                return self._open()
            except FileNotFoundError:
                continue  # The owner has just made something new.
            except (OSError, DamagedIndexError, ValueError, KeyError, TypeError):
                break
        self.set_aside()
        return None

    def _open(self) -> Opened | None:
        try:
            text = self.manifest.read_bytes()
        except FileNotFoundError:
            return None
        manifest: dict[str, Any] = json.loads(text)
        if manifest["format"] != FORMAT:
            return None
        files: dict[str, int] = manifest["files"]
        columns, *names = files
        self._prints = {name: int(each) for name, each in manifest["prints"].items()}
        sizes = zip(names, manifest["rows"], strict=True)
        opened = Opened(
            Sections(self._mapped(columns, files[columns])),
            tuple(self._segment(name, files[name], int(rows)) for name, rows in sizes),
            int(manifest["edition"]),
            {str(name): str(path) for name, path in manifest["sources"].items()},
        )
        if opened.columns.meta["size"] != sum(map(len, opened.segments)):
            raise DamagedIndexError("The columns do not fit the segments.")
        self._sources = {**opened.sources, **self._now}
        self._opened = set(files)
        self._kept, self._kept_name = opened.columns, columns
        return opened

    def renamed(self, opened: Opened) -> Mapping[str, str]:
        """What the sources of *opened* are called now, where that differs."""
        now = {path: name for name, path in self._now.items()}
        pairs = ((name, now.get(path, name)) for name, path in opened.sources.items())
        return {before: name for before, name in pairs if before != name}

    def clear(self) -> None:
        """Forget everything."""
        self.manifest.unlink(missing_ok=True)
        self.stories.unlink(missing_ok=True)
        self._tidy(set())
        self._kept = None

    def extent(self) -> tuple[int, float]:
        """The bytes of all files, and when the last edition was written, or 0."""
        size, written_at = 0, 0.0
        with suppress(OSError), os.scandir(self.folder) as scan:
            for entry in scan:
                status = entry.stat()
                size += status.st_size
                if entry.name == _MANIFEST:
                    written_at = status.st_mtime
        return size, written_at

    def set_aside(self) -> None:
        """Give way for a new index: what was there is kept under another name."""
        with suppress(OSError):
            self.manifest.replace(self.folder / f"{_MANIFEST}.damaged")

    def _segment(self, name: str, size: int, rows: int | None = None) -> Segment:
        return Segment(self._mapped(name, size), rows, name)

    def _mapped(self, name: str, size: int) -> Buffer:
        from mmap import ACCESS_READ, mmap

        if not _is_ours(name):
            raise DamagedIndexError("The index names a file that is none of it.")
        with (self.folder / name).open("rb") as file:
            found = header_print(file)
            if self._prints.setdefault(name, found) != found:
                raise DamagedIndexError(f"The header of {name} is not what it was.")
            mapped = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        if len(mapped) != size:
            raise DamagedIndexError(f"{name} is not as long as it was.")
        self._sizes[name] = size
        return mapped

    def segment(self, pieces: Iterable[Buffer]) -> Segment:
        """The segment that *pieces* are, in a file if it can be."""
        kept = list(pieces)
        name = self._written("segment", kept)
        return super().segment(kept) if name is None else self._segment(name, self._sizes[name])

    def columns(
        self, pieces: Iterable[Buffer], segments: Sequence[Segment], edition: int
    ) -> Sections:
        """The columns that *pieces* are; from now on they are what is opened."""
        kept = list(pieces)
        names = [segment.file for segment in segments]
        name = self._written("columns", kept) if all(names) else None
        if name is None:
            return super().columns(kept, segments, edition)
        sections = Sections(self._mapped(name, self._sizes[name]))
        manifest = {
            "prints": {each: self._prints[each] for each in (name, *names)},
            "format": FORMAT,
            "edition": edition,
            "sources": self._sources,
            "rows": list(map(len, segments)),
            "files": {each: self._sizes[each] for each in (name, *names)},
        }
        try:
            replace_file(self.manifest, json.dumps(manifest).encode())
        except OSError as error:
            self.failure = error
        else:
            self._kept, self._kept_name = sections, name
            self._tidy({name, *names})
        return sections

    def _written(self, kind: str, pieces: Sequence[Buffer]) -> str | None:
        if not self.is_owner or self.failure is not None:
            return None
        name = f"{kind}-{os.urandom(8).hex()}"
        path = self.folder / name
        try:
            with path.open("xb") as file:
                for piece in pieces:
                    file.write(piece)
                self._sizes[name] = file.tell()
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self.failure = error
            path.unlink(missing_ok=True)
            return None
        return name

    def _tidy(self, wanted: set[str]) -> None:
        """Remove what belongs to no edition any more. Who has it open keeps it until then."""
        with suppress(OSError), os.scandir(self.folder) as scan:
            for entry in scan:
                if _is_ours(entry.name) and entry.name not in wanted:
                    Path(entry.path).unlink(missing_ok=True)
