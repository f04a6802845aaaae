"""Names of the files that articles are written to."""

from __future__ import annotations

import re
import unicodedata

from newsreader.model import Piece

_LONGEST = 60
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """*text* as small letters, digits and dashes of ASCII; empty when it has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = _OTHERS.sub("-", plain.lower()).strip("-")
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


def stem(piece: Piece) -> str:
    """The name of the file of *piece* without its suffix: its id, if it has one, and its title.

    The same for the same article, and another one for each id.
    """
    return "-".join(filter(None, (getattr(piece, "id", ""), slug(piece.headline)))) or "article"
