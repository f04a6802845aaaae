"""Named arrays in one buffer, in memory or mapped from a file: what a store is made of.

Eight bytes that say what it is, the length of the header in four, the header in JSON, and the
arrays, each at a multiple of eight bytes. Nothing is read but what is asked for.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, BinaryIO, TypeAlias, overload
from zlib import crc32

from newsreader.model.errors import NewsreaderError
from newsreader.model.lists import Codes

MAGIC = b"newsrdr\1"
_ALIGNED = 8
_LENGTH = 4
_MOST_HEADER = 64 * 1024 * 1024

Buffer: TypeAlias = "bytes | bytearray | memoryview | array[int]"


class DamagedIndexError(NewsreaderError):
    """What was written to be read again is not what it was."""


class Strings(Sequence[str]):
    """Texts that stand one after another in UTF-8, each decoded when it is asked for."""

    __slots__ = ("_blob", "_ends")

    def __init__(self, ends: Sequence[int], blob: memoryview) -> None:
        self._ends = ends
        self._blob = blob

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        start = self._ends[place - 1] if place else 0
        piece = self._blob[start : self._ends[place]]
        try:
            return str(piece, "utf-8")
        except UnicodeDecodeError:
            return _decoded(bytes(piece))

    def starting(self, start: str) -> range:
        """The places of those that begin with *start*, when all are in order."""
        low = bisect_left(self, start)
        high = bisect_right(self, start, low, key=lambda each: each[: len(start)])
        return range(low, high)

    def find(self, text: str) -> range:
        """The place of *text*, or an empty range, when all are in order."""
        low = bisect_left(self, text)
        return range(low, low + 1 if low < len(self) and self[low] == text else low)


def header_print(file: BinaryIO) -> int:
    """What tells a damaged header of a *file* from the one that was written.

    Raises:
        DamagedIndexError: when it is none.
    """
    start = file.read(len(MAGIC) + _LENGTH)
    length = int.from_bytes(start[len(MAGIC) :], "little")
    if start[: len(MAGIC)] != MAGIC or length > _MOST_HEADER:
        raise DamagedIndexError("This is no part of an index.")
    return crc32(file.read(length), crc32(start))


def let_go(buffer: Buffer) -> None:
    """Have what is mapped of *buffer* in memory no longer, until it is looked at again."""
    import mmap

    mapped = buffer.obj if isinstance(buffer, memoryview) else None
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


class Sections:
    """The arrays of *buffer* by name.

    Raises:
        DamagedIndexError: from every method, when the buffer is not what :class:`Writer` made.
    """

    def __init__(self, buffer: Buffer) -> None:
        self._view = memoryview(buffer).cast("B")
        start = len(MAGIC) + _LENGTH
        if bytes(self._view[: len(MAGIC)]) != MAGIC:
            raise DamagedIndexError("This is no part of an index.")
        length = int.from_bytes(self._view[len(MAGIC) : start], "little")
        if not 0 < length <= min(_MOST_HEADER, len(self._view) - start):
            raise DamagedIndexError("The index is cut off.")
        try:
            header = json.loads(bytes(self._view[start : start + length]))
            self.meta: dict[str, Any] = header["meta"]
            self._places: dict[str, tuple[str, int, int]] = header["sections"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise DamagedIndexError("The header of the index is damaged.") from None
        self._first = _aligned(start + length)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def array(self, name: str) -> memoryview:
        """The numbers, or bytes, of that name."""
        try:
            code, offset, length = self._places[name]
            piece = self._view[self._first + offset : self._first + offset + length]
            if len(piece) != length or offset < 0:
                raise DamagedIndexError("The index is cut off.")
            return piece.cast(code) if code != "B" else piece  # type: ignore[call-overload]
        except (KeyError, ValueError, TypeError) as error:
            raise DamagedIndexError(f"The index lacks {name}: {error}") from None

    def rest(self) -> None:
        """Take no memory until something is looked at, if it is mapped."""
        let_go(self._view)

    def strings(self, name: str) -> Strings:
        """The texts of that name."""
        return Strings(self.array(f"{name}.ends"), self.array(name))

    def codes(self, name: str) -> Codes:
        """The lists of that name."""
        return Codes(self.array(f"{name}.ends"), self.array(name))


class Writer:
    """Makes what :class:`Sections` reads."""

    def __init__(self, meta: Mapping[str, Any]) -> None:
        self._meta = dict(meta)
        self._places: dict[str, tuple[str, int, int]] = {}
        self._pieces: list[Buffer] = []
        self._length = 0

    def note(self, name: str, value: object) -> None:
        """Let the header say something, in JSON."""
        self._meta[name] = value

    def add(self, name: str, code: str, *pieces: Buffer) -> None:
        """Add numbers of a type as :mod:`array` has them, the *pieces* one after another."""
        length = sum(memoryview(each).nbytes for each in pieces)
        self._places[name] = (code, self._length, length)
        padding = bytes(_aligned(length) - length)
        self._pieces += [*pieces, padding]
        self._length += length + len(padding)

    def add_numbers(self, name: str, code: str, numbers: Iterable[int]) -> None:
        """Add *numbers*."""
        self.add(name, code, array(code, numbers))

    def add_strings(self, name: str, texts: Iterable[str]) -> None:
        """Add *texts*."""
        some = list(texts)
        try:
            blobs = [text.encode() for text in some]
        except UnicodeEncodeError:
            blobs = [text.encode("utf-8", "surrogatepass") for text in some]
        self.add_numbers(f"{name}.ends", "Q", accumulate(map(len, blobs)))
        self.add(name, "B", b"".join(blobs))

    def add_codes(self, name: str, lists: Codes) -> None:
        """Add lists of small numbers."""
        self.add_numbers(f"{name}.ends", "i", lists.ends)
        self.add_numbers(name, "i", lists.codes)

    def pieces(self) -> Iterator[Buffer]:
        """All that is to be written, in order."""
        header = {"meta": self._meta, "sections": self._places}
        data = json.dumps(header, separators=(",", ":")).encode()
        start = len(MAGIC) + _LENGTH
        yield MAGIC
        yield len(data).to_bytes(_LENGTH, "little")
        yield data
        yield bytes(_aligned(start + len(data)) - start - len(data))
        yield from self._pieces

    def sections(self) -> Sections:
        """The same, in memory."""
        return Sections(b"".join(self.pieces()))


def _decoded(data: bytes) -> str:
    """What is no UTF-8: names of files in no encoding, or what was damaged."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _aligned(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED
