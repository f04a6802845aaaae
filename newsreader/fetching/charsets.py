"""Bytes of a page to text, whatever they are said to be."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python's own codecs are many more, and not all of them take time in proportion to the text.
_KNOWN = re.compile(
    r"(?:utf-?(?:8|16|16le|16be)|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|windows-?\d{3,4}|cp\d{3,4}"
    r"|shift[-_]?jis|s-?jis|x-sjis|euc-?(?:jp|kr)|iso-2022-(?:jp|kr)|gb(?:2312|k|18030)|big5(?:-?hkscs)?"
    r"|koi8-[ru]|tis-620|macintosh)",
    re.IGNORECASE,
)
_SAID_INSIDE = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE
)
_HEAD = 4096
_LATIN = ("ascii", "us-ascii", "latin1", "latin-1", "iso-8859-1", "iso8859-1")


def to_text(body: bytes, declared: str = "") -> str:
    """*body* as text: by its mark, as UTF-8 when it is that, as *declared*, or as it says itself.

    What no declaration fits is UTF-8 if most of it is, else a western page; what is wrong in it is
    replaced.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    inside = _SAID_INSIDE.search(body, 0, _HEAD)
    names = [declared, inside[1].decode("ascii", "replace") if inside else ""]
    known = [name for name in names if _KNOWN.fullmatch(name)]
    # An escape says a charset that shifts, all of whose bytes are ASCII too.
    if b"\x1b" not in body or not known:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for name in known:
        if name.lower().startswith("utf-8") or name.lower() == "utf8":
            continue
        # As browsers do: what is called Latin-1 is the charset of Windows.
        wanted = "cp1252" if name.lower() in _LATIN else name
        try:
            return body.decode(wanted)
        except (UnicodeDecodeError, LookupError):
            continue
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return text if wrong <= right else body.decode("cp1252", "replace")
