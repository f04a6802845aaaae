"""The one client that fetches: http and https only, guarded at each hop, bounded in size.

A host is resolved here, every address that it has is checked, and the connection is made to the
very address that was checked: a name that means something else a moment later leads nowhere.
"""

from __future__ import annotations

import ipaddress
import socket
import zlib
from collections.abc import Callable, Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx2

from newsreader import __version__
from newsreader.model import UnsafeUrlError
from newsreader.text.dates import now
from newsreader.text.urls import host_of, openable

AGENT = f"newsreader/{__version__}"
MOST_BYTES = 5_000_000
"""Bytes of a page, as it was sent and as it is decompressed."""
MOST_REDIRECTS = 5
_ADDRESSES = 3
_CHUNK = 64 * 1024
_HEADERS = {
    "User-Agent": AGENT,
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "*",
}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_WAIT = 5.0
"""Seconds that a host may be silent."""


class FetchError(Exception):
    """A page could not be had; the sentence says why, for a person."""

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Response(NamedTuple):
    """What a host sent in the end: from which address, and as what."""

    url: str
    status: int
    kind: str
    charset: str
    body: bytes
    retry_after: float | None = None


class Wanted(NamedTuple):
    """What is asked for: its name in sentences, its kinds of content, and the most bytes of it.

    The bytes count as they are sent and as they are decompressed.
    """

    noun: str
    accept: str
    most: int


PAGE = Wanted("page", "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5", MOST_BYTES)
IMAGE = Wanted("image", "image/png, image/jpeg, image/webp, image/gif", 20_000_000)


class Net:
    """Fetches addresses, one at a time."""

    def __init__(self, *, allows_private: bool = False) -> None:
        self.allows_private = allows_private
        # No connection is used again: it would be found by its address, and hosts may share one.
        self._client = httpx2.Client(
            transport=httpx2.HTTPTransport(limits=httpx2.Limits(max_keepalive_connections=0)),
            timeout=_WAIT,
            trust_env=False,
        )

    def get(
        self, url: str, may: Callable[[str], None] = lambda _: None, wanted: Wanted = PAGE
    ) -> Response:
        """What *url* leads to. *may* is called with each address on the way, and may raise.

        Raises:
            FetchError: when that cannot be had, is too large, or must not be asked for.
        """
        for _ in range(MOST_REDIRECTS + 1):
            try:
                url = openable(url)
            except UnsafeUrlError as error:
                raise FetchError(f"The {wanted.noun} cannot be fetched. {error}") from None
            may(url)
            found = self._ask(url, wanted)
            if isinstance(found, Response):
                return found
            url = urljoin(url, found)
        raise FetchError(f"The {wanted.noun} redirects more than {MOST_REDIRECTS} times.")

    def _ask(self, url: str, wanted: Wanted) -> Response | str:
        """What *url* itself answers, or where it leads on."""
        host = host_of(url)
        unreachable: Exception | None = None
        for address in self._addresses(url):
            try:
                return self._ask_at(url, address, wanted)
            except httpx2.ConnectError as error:
                unreachable = error
            except httpx2.TimeoutException:
                raise FetchError(f"{host} did not answer in time.") from None
            except (httpx2.HTTPError, httpx2.InvalidURL, zlib.error):
                raise FetchError(f"{host} sent what is not a proper answer.") from None
        if "CERTIFICATE" in str(unreachable).upper():
            raise FetchError(f"{host} cannot prove that it is what it says (its certificate).")
        raise FetchError(f"{host} cannot be reached.")

    def _addresses(self, url: str) -> list[str]:
        """The addresses of the host of *url*, which are all checked."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise FetchError(f"There is no host {host_of(url)}, or no network.") from None
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not self.allows_private and not all(map(is_public, addresses)):
            raise FetchError(f"{host_of(url)} is in a private network, where nothing is fetched.")
        return addresses[:_ADDRESSES]

    def _ask_at(self, url: str, address: str, wanted: Wanted) -> Response | str:
        parts = urlsplit(url)
        there = httpx2.URL(url).copy_with(host=address, fragment=None)
        headers = {**_HEADERS, "Accept": wanted.accept, "Host": parts.netloc}
        extensions = {"sni_hostname": parts.hostname}
        self._client.cookies.clear()
        with self._client.stream(
            "GET", there, headers=headers, extensions=extensions, follow_redirects=False
        ) as response:
            location = response.headers.get("location", "")
            if response.status_code in (301, 302, 303, 307, 308) and location:
                return str(location)
            kind, charset = _kind(response.headers.get("content-type", ""))
            coding = response.headers.get("content-encoding", "").strip().lower()
            pieces = decompressed(response.iter_raw(_CHUNK), coding, wanted.most, wanted.noun)
            return Response(
                url,
                response.status_code,
                kind,
                charset,
                b"".join(pieces) if _is_wanted(kind, wanted) else b"",
                _retry_after(response.headers.get("retry-after", "")),
            )


def is_public(address: str) -> bool:
    """Whether *address*, and any that is embedded in it, is one of the whole internet."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner: ipaddress.IPv4Address | None = None
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not found.is_multicast


def decompressed(
    pieces: Iterable[bytes], coding: str, most: int, noun: str = "page"
) -> Iterator[bytes]:
    """*pieces* as they were before *coding*, never more of them at once than there may be.

    Raises:
        FetchError: when there are more bytes than *most*, or the coding is another one.
    """
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"The {noun} is compressed in a way that was not asked for.")
    is_packed = coding not in ("", "identity")
    inflate = zlib.decompressobj(32 + zlib.MAX_WBITS) if is_packed else None
    sent = made = 0
    for piece in pieces:
        sent += len(piece)
        if inflate is not None:
            if not sent - len(piece) and coding == "deflate" and piece[:1] != b"\x78":
                inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            piece = inflate.decompress(piece, most - made + 1)
        made += len(piece)
        if max(sent, made) > most:
            raise FetchError(f"The {noun} is larger than {most / 1_000_000:g} MB.")
        yield piece


def _kind(content_type: str) -> tuple[str, str]:
    """The kind of content, and the charset it is said to be in."""
    kind, _, rest = content_type.partition(";")
    name = ""
    for each in rest.split(";"):
        key, _, value = each.partition("=")
        if key.strip().lower() == "charset":
            name = value.strip().strip("\"'")
    return kind.strip().lower(), name


def _is_wanted(kind: str, wanted: Wanted) -> bool:
    if wanted.noun == "image":
        return kind.startswith("image/")
    return not kind or kind.startswith("text/") or kind.endswith(("+xml", "/xml"))


def _retry_after(value: str) -> float | None:
    """Seconds from now."""
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now()).total_seconds()) if text else None
    except (ValueError, TypeError):
        return None
