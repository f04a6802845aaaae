"""The door for foreign text: nothing that passes it can move a cursor or reorder a line.

Taken out are terminal escape sequences (whole, where they end on their line), C0 and C1
controls, DEL, bidirectional overrides, tag characters and other invisible format characters.
Letters of every script, emoji with their joiners, and ordinary accents pass unchanged.
"""

from __future__ import annotations

import re
from functools import cache

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
HARMLESS = (
    r"\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2100-\u2bff"
    r"\u0370-\u0482\u048a-\u052f\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7a3\uff01-\uff60\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
)
"""What surely passes the door, for a set in a pattern: Latin, Greek and Cyrillic letters, Han, kana
and Hangul, punctuation, currency, arrows, symbols and emoji. No marks, no spaces but the first."""


@cache
def _harmless() -> re.Pattern[str]:
    return re.compile(rf"[{HARMLESS}\n]*")


def _is_plain(text: str) -> bool:
    """Whether *text* surely is safe. A start, which has few texts, need not compile the pattern."""
    if text.isascii():
        return text.isprintable() or text.replace("\n", "").isprintable()
    return _harmless().fullmatch(text) is not None


def clean_block(text: str) -> str:
    """*text* made safe, its line breaks kept as ``\\n`` and tabs widened to stops of four."""
    if _is_plain(text):
        return text
    from newsreader.text.controls import strip_controls

    return strip_controls(text)


def clean_line(text: str) -> str:
    """*text* made safe and put on one line: every run of white space is one space."""
    return " ".join(clean_block(text).split())


def plain(text: str) -> str:
    """One line of text for display from text that may hold HTML entities.

    Entities are decoded, twice where a feed has escaped them twice.
    """
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        import html

        text = html.unescape(text)
    return clean_line(text)
