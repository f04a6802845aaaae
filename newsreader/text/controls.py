"""What is taken out of foreign text. Most text has none of it, and never comes here."""

from __future__ import annotations

import re

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
# Fillers and the zero width non-joiner and joiner are kept only between what they may join.
_STRAY_JOINER = re.compile(r"(?<![^\s\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)")
_MARK_FLOOD = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{8})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def strip_controls(text: str) -> str:
    """*text* without controls, with ``\\n`` for every line break and tabs to stops of four."""
    text = _ESCAPE_SEQUENCE.sub("", text)
    text = _LINE_BREAK.sub("\n", text)
    text = _FORBIDDEN.sub("", text).expandtabs(4)
    text = _MARK_FLOOD.sub(r"\1", text)
    return _STRAY_JOINER.sub("", text)
