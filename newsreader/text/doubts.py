"""Whether it is plain where a link leads."""

from __future__ import annotations

import re

from newsreader.text.urls import MAX_LENGTH, host_of, plain_host, scripts_of

# fmt: off
_SHORTENERS = frozenset((
    "adf.ly", "amzn.to", "bit.ly", "bitly.com", "buff.ly", "cutt.ly", "dlvr.it", "fb.me",
    "flip.it", "goo.gl", "ift.tt", "is.gd", "j.mp", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly",
    "reut.rs", "s.id", "shorturl.at", "soo.gd", "spr.ly", "t.co", "t.ly", "tiny.cc",
    "tinyurl.com", "trib.al", "v.gd", "wp.me", "zpr.io",
))
# fmt: on
_SAID = re.compile(
    r"(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|gov|edu|info|de|fr|uk|eu))(?:[/:?#]\S*)?",
    re.IGNORECASE,
)


def doubt_about(url: str, text: str = "") -> str:
    """Why it is not plain where *url*, the address behind *text*, leads; empty when it is.

    Its host is that of a shortener, has letters that look like others, or is not the one that the
    text names. Never raises.
    """
    host = host_of(url)
    if host in _SHORTENERS:
        return f"{host} is a shortener, which hides where it leads."
    plain = plain_host(url)
    written = plain.partition(" (")[0]
    if "(mixes " in plain or len(scripts_of(written)) > 1:
        return f"The host has letters that look like others: {plain}."
    said = _SAID.fullmatch(text.strip()[:MAX_LENGTH])
    if said is not None:
        name = said[1].lower().removeprefix("www.")
        if name != host and not host.endswith(f".{name}") and not name.endswith(f".{host}"):
            return f"It says {name}, and leads to {plain}."
    return ""
