"""Bytes to text: byte order mark, then UTF-8, then the old Western encoding with a note."""

from __future__ import annotations

import codecs

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, int | None]:
    """The text of *data* with ``\\n`` line ends, and the line that was not UTF-8, if any.

    What is not UTF-8 is read as Windows-1252, in which any byte that means nothing becomes
    U+FFFD, so that no file is lost for its encoding alone.
    """
    bad_line = None
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        bad_line = data.count(b"\n", 0, error.start) + 1
        fallback = "cp1252" if encoding == "utf-8" else encoding
        text = data.decode(fallback, errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n"), bad_line
