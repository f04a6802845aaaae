"""What is taken out of foreign text. Most text has none of it, and never comes here."""

from __future__ import annotations

import re
import unicodedata

# A control string ends on its own line and soon, or it is no control string: what follows an
# introducer that nothing ends is the rest of an article, of which only the introducer is taken.
_ESCAPE_SEQUENCE = re.compile(
    r"""
      (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]?                       # CSI
    | (?: \x1b[\]PX^_] | [\x90\x98\x9d\x9e\x9f] )                     # OSC, DCS, SOS, PM, APC
      (?: [^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]{0,2000}
          (?: \x07 | \x1b\\ | \x9c ) | \d{1,4}; )?
    | \x1b [ -/]* [0-~]?                                             # any other escape
    """,
    re.VERBOSE,
)
_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for tab and the line breaks
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"  # invisible fillers, Arabic letter mark
    "\u200b\u200e\u200f\u2060-\u206f"  # zero width space, bidi marks and isolates, format
    "\u202a-\u202e"  # bidi embeddings and overrides
    "\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001345f\U0001bca0-\U0001bcaf\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"  # tags and the supplementary variation selectors
    "\ud800-\udfff"  # surrogates, which no terminal can be sent
    "]"
)
# The zero width joiners are kept only between what they may join, one at a time: not between
# Latin letters, where a row of them can only hide something.
_STRAY_JOINER = re.compile(
    r"(?<![^\s\u200c\u200d])[\u200c\u200d]++|[\u200c\u200d]++(?=\s|$)"
    r"|(?<=[\x21-\u02ff])[\u200c\u200d]++(?=[\x21-\u02ff])"
)
# One variation selector a character chooses its shape; more of them only carry data.
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f"
_SPARE_SELECTOR = re.compile(
    rf"(?<=[{_SELECTORS}])[\u200c\u200d{_SELECTORS}]*[{_SELECTORS}]"
    rf"|(?<![\u200c\u200d])[\u200c\u200d]++(?=[{_SELECTORS}])"
)
_MOST_MARKS = 8
_MAY_BE_FLOOD = re.compile(r"[^\x00-\u02ff\s\w]{9,}")


def strip_controls(text: str) -> str:
    """*text* without controls, with ``\\n`` for every line break and tabs to stops of four."""
    text = _ESCAPE_SEQUENCE.sub("", text)
    text = _LINE_BREAK.sub("\n", text)
    text = _FORBIDDEN.sub("", text).expandtabs(4)
    text = _SPARE_SELECTOR.sub("", text)
    text = _MAY_BE_FLOOD.sub(_without_flood, text)
    return _STRAY_JOINER.sub("", text)


def _without_flood(found: re.Match[str]) -> str:
    """What was *found*, with a few marks of any script on each character."""
    kept: list[str] = []
    marks = 0
    for char in found[0]:
        category = unicodedata.category(char)
        marks = marks + 1 if category[0] == "M" else marks if category == "Cf" else 0
        if category[0] != "M" or marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)
