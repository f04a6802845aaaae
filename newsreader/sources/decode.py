"""Bytes to text: byte order mark, then UTF-8, then the old Western encoding with a note."""

from __future__ import annotations

import codecs
from typing import NamedTuple

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = ((b"-\0-\0-\0", "utf-16-le"), (b"\0-\0-\0-", "utf-16-be"))
_MAGIC = (
    b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"BZh9",
    b"\xfd7zXZ", b"SQLite format 3\0", b"RIFF", b"OggS",
)  # fmt: skip
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")
_SAMPLE = 65_536


class BinaryError(Exception):
    """The bytes are no text at all."""


class Decoded(NamedTuple):
    """Text with ``\\n`` line ends; ``note`` says what was not as it should be, on ``line``."""

    text: str
    note: str = ""
    line: int | None = None


def decode(data: bytes) -> Decoded:
    """The text of *data*.

    What is not UTF-8 is read as Windows-1252, in which any byte that means nothing becomes
    U+FFFD, or as UTF-8 with U+FFFD when most of what is beyond ASCII in it is UTF-8.

    Raises:
        BinaryError: when these are the bytes of a picture, an archive or the like.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "")
    note, line = "", None
    if not encoding:
        encoding = next((name for start, name in _WITHOUT_MARK if data.startswith(start)), "")
        if encoding:
            note, line = "UTF-16 without a byte order mark", 1
        elif data.startswith(_MAGIC) or _zeros(data) > 0.1:
            raise BinaryError
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text, note = _otherwise(data, encoding)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, note, line)


def _zeros(data: bytes) -> float:
    return data.count(0) / len(data) if data else 0.0


def _otherwise(data: bytes, encoding: str) -> tuple[str, str]:
    if encoding:
        name = encoding.upper().removesuffix("-SIG")
        return data.decode(encoding, errors="replace"), f"not valid {name}; the rest of it is read"
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * 0.04:
        raise BinaryError
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", errors="ignore")) - bad >= bad:
        return text, "not valid UTF-8 everywhere; what is not is shown as \ufffd"
    return data.decode("cp1252", errors="replace"), "not valid UTF-8; read as Windows-1252"
