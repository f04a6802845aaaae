"""The commonest forms of front matter, as patterns: those of the samples.

Fields in their order, each on a line of its own, texts in double quotes and without escapes. Every
value stands in a place where it cannot mean anything else than what it looks like.
"""

import re
from typing import Final

_TEXT: Final = r'"([^"\\\n]*+)"'
_ANY_TEXT: Final = r'"[^"\\\n]*+"'
_NUMBER: Final = "[0-9]{1,9}"
_CLOCK: Final = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
_DAY: Final = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
DATE: Final = f"[1-8][0-9]{{3}}-{_DAY}{_CLOCK}"
"""Any second in UTC but those of a leap day, so that each text of this form is an instant."""


def _images(column: int) -> str:
    start = rf"\n {{{column}}}"
    further = (
        f"  width: {_NUMBER}",
        f"  height: {_NUMBER}",
        "  isCached: (?:true|false)",
        f"  title: {_ANY_TEXT}",
    )
    return f"(?:{start}- url: {_ANY_TEXT}{''.join(f'(?:{start}{each})?' for each in further)})++"


IMAGES: Final = re.compile(_images(2))
"""What follows ``images:``."""
RELATED: Final = re.compile(
    rf"\n  - title: {_TEXT}(?:\n    excerpt: {_ANY_TEXT})?(?:\n    publishedDateTime: {DATE})?"
    rf"(?:\n    originalUrl: {_TEXT})?(?:\n    webUrl: {_TEXT})?"
    rf"(?:\n    ampWebUrl: {_TEXT})?(?:\n    cdnAmpWebUrl: {_TEXT})?"
    r"(?:\n    type: [A-Za-z]++)?(?:\n    provider:((?:\n      .*+)++))?"
    rf"(?:\n    quality: {_NUMBER})?(?:\n    images:{_images(6)})?(?=\n  - |\Z)"
)
"""One of those that follow ``related:``, with its title, its addresses and its provider."""
FRONT_MATTER: Final = re.compile(
    rf"---\n(?:category:( .*+)\n)?title: {_TEXT}\n(?:excerpt: {_TEXT}\n)?"
    rf"(?:publishedDateTime: ({DATE})\n)?"
    rf"(?:originalUrl: {_TEXT}\n)?(?:webUrl: {_TEXT}\n)?"
    rf"(?:ampWebUrl: {_TEXT}\n)?(?:cdnAmpWebUrl: {_TEXT}\n)?"
    r"(?:type:( .*+)\n)?(?:quality:( .*+)\n)?(?:heat:( .*+)\n)?(?:published:( .*+)\n)?"
    r"\n?(?:provider:((?:\n  .*+)++)\n)?\n?(?:topics:((?:\n  - .*+)++)\n)?"
    rf"\n?(?:images:({_images(2)})\n)?\n?(?:related:((?:\n  .*+)++)\n)?"
    rf"\n?(?:secured: ({_ANY_TEXT})\n)?\n?---"
)
"""All of it, between its two lines of dashes."""
