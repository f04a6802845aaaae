"""URLs: one canonical form for identity, and one gate before a browser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from newsreader.model.errors import UnsafeUrlError
from newsreader.text.blake import blake2b

MAX_LENGTH = 2000
"""Bytes. Longer addresses are refused by common servers and browsers."""

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_ga|ref_src|cmpid|ocid",
    re.IGNORECASE,
)
_CONTROL_OR_SPACE = (
    r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]"
)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")


# What is in its one form already but for the scheme, the host's case, letters beyond ASCII and
# slashes at the end. Most addresses are so, and this is several times faster than taking one apart.
_PLAIN = re.compile(
    r"https?://([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)((?:/[\w/.~:@!$&'()*+,;=-]*)?)"
)
_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"


def canonical(url: str) -> str | None:
    """One form for all the spellings of an address, or None when it is no web address.

    Scheme and host in lower case and ``http`` counted as ``https``, default port, trailing
    slash and fragment dropped, percent-encoding made uniform, tracking parameters dropped, the
    rest of the query kept in its order.
    """
    plain = _PLAIN.fullmatch(url)
    if plain is None:
        return _put_together(url)
    host, path = plain.groups()
    if not path.isascii():
        path = quote(path, safe=_SAFE_IN_PATH)
    return f"https://{host.lower()}{path.rstrip('/')}"


def address_key(address: str) -> int:
    """The number of 64 bits that stands for a canonical *address*."""
    return int.from_bytes(blake2b(address.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def address_keys(addresses: Iterable[str]) -> tuple[int, ...]:
    """The numbers of canonical *addresses*, each once."""
    return tuple(dict.fromkeys(map(address_key, addresses)))


def _put_together(url: str) -> str | None:
    """The canonical form of any *url*, from its parts."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        path = quote(unquote(parts.path), safe=_SAFE_IN_PATH).rstrip("/")
        kept = _without_tracking(parts.query) if parts.query else ""
    except ValueError:  # of lone surrogates too
        return None
    if parts.scheme.lower() not in ("http", "https") or not _may_be_host(host):
        return None
    where = f"[{host}]" if ":" in host else host
    if port not in (None, 80, 443):
        where += f":{port}"
    return f"https://{where}{path}{'?' + kept if kept else ''}"


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([pair for pair in pairs if not _TRACKING.fullmatch(pair[0])])


def _may_be_host(host: str) -> bool:
    if _HOST.fullmatch(host):
        return True
    return bool(host) and not re.search(rf"{_CONTROL_OR_SPACE}|[\[\]]", host)


def openable(url: str) -> str:
    """*url* as the one ASCII argument that a browser may be given.

    Only http and https with a host, at most :data:`MAX_LENGTH` bytes, international host
    names in their ASCII form, everything else outside ASCII percent-encoded.

    Raises:
        UnsafeUrlError: with the reason, when it must not be opened.
    """
    text = url.strip()
    if not text:
        raise UnsafeUrlError("There is no address to open.")
    if len(text) > MAX_LENGTH:
        raise UnsafeUrlError(f"The address is longer than {MAX_LENGTH} bytes.")
    if re.search(_CONTROL_OR_SPACE, text) or "\\" in text:
        raise UnsafeUrlError("The address has spaces, control characters or backslashes in it.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UnsafeUrlError("The address cannot be understood.") from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise UnsafeUrlError(f"Only http and https addresses are opened, not {scheme or 'this'}.")
    if "@" in parts.netloc:
        raise UnsafeUrlError("The address has a user name in it, which can hide where it leads.")
    ascii_host = _ascii_host(host or "")
    where = ascii_host if port is None else f"{ascii_host}:{port}"
    safe = f"{scheme}://{where}{quote(parts.path, safe=_SAFE)}"
    if parts.query:
        safe += f"?{quote(parts.query, safe=_SAFE)}"
    if parts.fragment:
        safe += f"#{quote(parts.fragment, safe=_SAFE)}"
    if len(safe) > MAX_LENGTH:
        raise UnsafeUrlError(f"The address is longer than {MAX_LENGTH} bytes.")
    return safe


_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


def _ascii_host(host: str) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    try:
        found = bracketed if bracketed.isascii() else bracketed.encode("idna").decode("ascii")
    except UnicodeError:
        found = ""
    found = found.lower()
    if not found or len(found) > 253 or not _HOST.fullmatch(found):
        raise UnsafeUrlError("The address names no host.")
    return found


@lru_cache(maxsize=1024)
def host_of(url: str) -> str:
    """The host of *url* for display, without ``www.``; empty when there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "GEORGIAN")
"""Scripts that have letters in common to the eye."""


def plain_host(url: str) -> str:
    """The host of *url* for display so that no look-alike letter can hide where it leads.

    A plain host is itself, an international one stands with its ASCII form, and one that mixes
    scripts is named by that form first. Never raises.
    """
    host = host_of(url)
    if host.isascii() and "xn--" not in host and _HOST.fullmatch(host):
        return host[:253]
    try:
        ascii_host = _ascii_host(host) if host else ""
        labels = [label.encode("ascii").decode("idna") for label in ascii_host.split(".")]
    except (UnicodeError, UnsafeUrlError):
        return _shown(host)
    written = _shown(".".join(labels))
    if written == ascii_host:
        return ascii_host
    scripts = max((scripts_of(label) for label in labels), key=len)
    if len(scripts) > 1:
        return f"{ascii_host} (mixes {' and '.join(scripts)}: {written})"
    return f"{written} ({ascii_host})"


def _shown(host: str) -> str:
    from newsreader.text.sanitize import clean_line

    return clean_line(host)[:253]


def scripts_of(label: str) -> list[str]:
    """The scripts in *label* that may be taken for each other, by name."""
    if label.isascii():
        return ["Latin"] if any(map(str.isalpha, label)) else []
    import unicodedata

    names = {unicodedata.name(char, "").partition(" ")[0] for char in label}
    return [script.capitalize() for script in _ALIKE if script in names]


def absolute(url: str, base: str) -> str:
    """*url* as the page at *base* means it; empty for a place on that page itself."""
    if not url or url.startswith("#"):
        return ""
    if url.startswith(("https://", "http://")):
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return url
