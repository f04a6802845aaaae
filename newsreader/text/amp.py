"""Addresses of AMP versions of pages, and of copies of these in caches, taken apart.

The addresses of a cache are as https://developers.google.com/amp/cache/overview has them: after its
host comes what is cached, then ``s`` where the page is served by TLS, then its own host and path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from newsreader.text.urls import canonical

_USUAL = ".cdn.ampproject.org/c/s/"
"""What stands before the page in nearly all addresses of caches."""
_OF_CACHES = ("amp_js", "amp_gsa", "amp_r", "amp_kit", "usqp=")
"""How parts of a query begin that caches add."""
_MOST_CACHES = 3
"""Copies of copies."""
_SLASHES_OF_HOST = 2


def own_page(url: str) -> str:
    """The page that *url* is an AMP version of, or a cached one, else *url* itself.

    Of a site's own versions only those are known that end in ``/amp``.
    """
    for _ in range(_MOST_CACHES):
        if "ampproject.org/" not in url and "bing-amp.com/" not in url and "google." not in url:
            break
        cached = _cached().fullmatch(url.partition("#")[0].strip())
        if cached is None:
            break
        is_secure, page = cached.groups()
        url = f"{'https' if is_secure else 'http'}://{_without_signs(page)}"
    return _without_suffix(url)


@cache
def _cached() -> re.Pattern[str]:
    """An address in a cache; compiled when one is met, as each start imports this."""
    page = r"/(s/)?([\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?].*)?)"
    return re.compile(
        r"https?://(?:(?:[\w-]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)/(?:c|v|a|ad)"
        rf"|(?:www\.)?google(?:\.[a-z]{{2,3}}){{1,2}}/amp){page}",
        re.IGNORECASE,
    )


def _without_suffix(url: str) -> str:
    path, mark, query = url.partition("?")
    if not path.endswith(("/amp", "/amp/")) or "#" in path:
        return url
    page, _, slash = path.rpartition("/amp")
    return f"{page}{slash}{mark}{query}" if page.count("/") > _SLASHES_OF_HOST else url


def _without_signs(page: str) -> str:
    """*page* without what caches add to its query."""
    path, mark, query = page.partition("?")
    kept = [part for part in query.split("&") if not part.startswith(_OF_CACHES)] if mark else ()
    return f"{path}?{'&'.join(kept)}" if any(kept) else path


def with_own_pages(addresses: Iterable[str | None]) -> list[str]:
    """Canonical *addresses*, each once, then those of the pages that they are AMP versions of."""
    found = dict.fromkeys(address for address in addresses if address)
    for each in [address for address in found if "amp" in address]:
        # Most articles that name a cached page name the page as well.
        if f"https://{each.partition(_USUAL)[2]}" in found:
            continue
        page = own_page(each)
        if page != each and (address := canonical(page)):
            found[address] = None
    return list(found)
