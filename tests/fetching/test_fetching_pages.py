"""Pages of many kinds: each ends with its text or with a sentence, within its bounds."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from time import monotonic

import pytest
from conftest import ROOT
from site_pages import (
    BOMB,
    DOUBLE_BOMB,
    STORY,
    Site,
    large,
    leads_to,
    page,
    running_site,
    says,
    slowly,
)

from newsreader.fetching import net
from newsreader.fetching.asking import MISSING, Outcome, Request, outcome_of
from newsreader.fetching.charsets import to_text
from newsreader.fetching.helper import Helper
from newsreader.fetching.net import FetchError, Net, decompressed, is_public

CAFE = [f"Le café de l’été à Orléans, où naît l’œuvre numéro {n}, reste ouvert." for n in range(20)]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    helper = Helper()
    yield helper
    helper.close()


def fetch(helper: Helper, address: str, seconds: float = 8.0, *amp: str) -> Outcome:
    return helper.fetch(Request(address, amp, allows_private=True, seconds=seconds))


def test_a_plain_article_comes_clean(site: Site, helper: Helper) -> None:
    hostile = "<script>alert(1)</script><p onclick='x()'>Press <a href='javascript:x()'>me</a></p>"
    site.pages["/hostile"] = says(page(*STORY, hostile, "\x1b[31mred\u202e"))
    found = fetch(helper, site.url("/hostile"))
    assert found.trouble == ""
    assert (found.url, found.title) == (site.url("/hostile"), "The ferry")
    assert all(each in found.html for each in STORY)
    assert "Home" not in found.html
    for bad in ("script", "onclick", "javascript", "\x1b", "\u202e"):
        assert bad not in found.html


@pytest.mark.parametrize(
    ("name", "answer", "says_so"),
    [
        ("missing", says("no", 404), "gone (404)"),
        ("soft", says(page("Nothing here.", title="Page not found")), "gone"),
        ("forbidden", says("no", 403), "does not show the page"),
        ("broken", says("no", 500), "trouble of its own"),
        ("pdf", says(b"%PDF", 200, "application/pdf"), "application/pdf"),
        ("empty", says(page("Short.")), "no text of an article"),
        ("robot", says(page("Please enable JavaScript to go on.")), "browsers only"),
        ("wall", says(page(STORY[0], "Subscribe to continue reading.")), "subscribers"),
        (
            "declared-wall",
            says(
                page(
                    STORY[0],
                    head='<script>{"isAccessibleForFree": "False"}</script>',
                )
            ),
            "subscribers",
        ),
        ("loop", leads_to("/loop"), "redirects more than 5 times"),
        ("file", leads_to("file:///etc/passwd"), "Only http and https"),
        ("large", large, "larger than 5 MB"),
        ("bomb", says(BOMB, Content_Encoding="gzip"), "larger than 5 MB"),
        ("two-bombs", says(DOUBLE_BOMB, Content_Encoding="gzip, gzip"), "not asked for"),
        ("not-gzip", says("plain", Content_Encoding="gzip"), "not a proper answer"),
    ],
)
def test_what_is_no_article_is_said(
    site: Site, helper: Helper, name: str, answer: object, says_so: str
) -> None:
    site.pages[f"/{name}"] = answer  # type: ignore[assignment]
    found = fetch(helper, site.url(f"/{name}"))
    assert says_so in found.trouble
    assert found.html == ""


def test_a_page_that_drips_is_given_up(site: Site, helper: Helper) -> None:
    site.pages["/slow"] = slowly
    began = monotonic()
    assert "in time" in fetch(helper, site.url("/slow"), 0.4).trouble
    assert monotonic() - began < 8


def test_amp_stands_in_for_a_page_that_fails(site: Site, helper: Helper) -> None:
    link = "<link rel='amphtml' href='/amp/page'>"
    site.pages["/walled"] = says(page(STORY[0], "Subscribe to continue reading.", head=link))
    site.pages["/amp/page"] = says(page(*STORY, title="Amp"))
    assert fetch(helper, site.url("/walled")).url == site.url("/amp/page")
    assert fetch(helper, site.url("/missing"), 8, site.url("/amp/page")).title == "Amp"
    failed = fetch(helper, site.url("/missing"), 8, site.url("/missing-too"))
    assert "gone (404)" in failed.trouble


def test_a_page_that_leads_on_is_followed_once(site: Site, helper: Helper) -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=/{}">'
    site.pages["/on"] = says(page(head=refresh.format("story")))
    assert fetch(helper, site.url("/on")).url == site.url("/story")
    site.pages["/round"] = says(page(head=refresh.format("square")))
    site.pages["/square"] = says(page(head=refresh.format("round")))
    assert "no text" in fetch(helper, site.url("/round")).trouble


def test_redirects_are_followed_a_few_times(site: Site, helper: Helper) -> None:
    for step in range(5):
        site.pages[f"/step{step}"] = leads_to(f"/step{step + 1}" if step < 4 else "/story")
    assert fetch(helper, site.url("/step0")).url == site.url("/story")


def test_a_wrong_charset_is_seen_through(site: Site, helper: Helper) -> None:
    site.pages["/utf"] = says(page(*CAFE), kind="text/html; charset=iso-8859-1")
    site.pages["/latin"] = says(page(*CAFE).encode("cp1252"), kind="text/html; charset=utf-8")
    site.pages["/gzip"] = says(gzip.compress(page(*CAFE).encode()), Content_Encoding="gzip")
    for name in ("/utf", "/latin", "/gzip"):
        assert CAFE[3] in fetch(helper, site.url(name)).html, name


def test_a_process_that_dies_is_replaced(site: Site, helper: Helper) -> None:
    fetch(helper, site.url("/story"))
    helper.end()
    assert "could not be read" in fetch(helper, site.url("/story")).trouble
    assert fetch(helper, site.url("/story")).trouble == ""


def test_what_to_install_is_said(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    own = [str(ROOT), *(each for each in sys.path if "site-packages" not in each)]
    monkeypatch.setattr(sys, "path", own)
    helper = Helper()
    assert fetch(helper, site.url("/story")).trouble == MISSING
    helper.close()


def test_nothing_private_is_asked(site: Site, helper: Helper) -> None:
    asked = len(site.asked)
    for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"):
        found = helper.fetch(Request(f"http://{host}:{site.server_port}/story"))
        assert "private network" in found.trouble or "no host" in found.trouble, host
    assert len(site.asked) == asked


def test_each_hop_is_checked_and_the_address_that_was_checked_is_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first address passes for a public one here, and the name means another one later."""
    answers = iter(("127.0.0.1", "10.0.0.1"))

    def resolve(host: str, port: int, *_: object, **__: object) -> list[object]:
        address = next(answers) if host == "news.example" else host
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(net, "is_public", lambda address: address == "127.0.0.1")
    assert Net().get(site.url("/story", "news.example")).status == 200
    assert site.hosts[-1] == f"news.example:{site.server_port}"
    with pytest.raises(FetchError, match="private network"):
        Net().get(site.url("/story", "news.example"))
    site.pages["/inward"] = leads_to("http://192.168.0.1/admin")
    with pytest.raises(FetchError, match="private network"):
        Net().get(site.url("/inward"))


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_public_addresses_are_told_from_others(address: str, is_so: bool) -> None:
    assert is_public(address) is is_so


def test_decompression_makes_no_more_than_there_may_be() -> None:
    made: list[bytes] = []
    with pytest.raises(FetchError):
        made.extend(decompressed([BOMB], "gzip", 1_000))
    assert sum(map(len, made)) <= 1_000


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("é".encode(), "latin-1", "é"),
        ("é".encode("cp1252"), "", "é"),
        ("\u2019".encode("cp1252"), "iso-8859-1", "\u2019"),
        ("é".encode("utf-16"), "", "é"),
        ("日本".encode("shift_jis"), "Shift_JIS", "日本"),
        ("日本".encode("iso-2022-jp"), "iso-2022-jp", "日本"),
        ("<meta charset=koi8-r>Да".encode("koi8-r"), "", "<meta charset=koi8-r>Да"),
        (b"\xe9", "idna", "é"),
        (b"a\xe9", "utf-8", "aé"),
        ("éé".encode() + b"\xc3", "utf-8", "éé\ufffd"),
    ],
)
def test_charsets(body: bytes, declared: str, text: str) -> None:
    assert to_text(body, declared) == text


def test_only_what_is_known_is_taken_from_the_process() -> None:
    with pytest.raises(ValueError, match="unexpected"):
        outcome_of({"other": 1})
    with pytest.raises(ValueError, match="int"):
        outcome_of({"words": None})
    assert outcome_of({"trouble": "\x1b[0mBad"}).trouble == "Bad"


@pytest.mark.skipif(not which("openssl"), reason="a certificate is to be made")
def test_a_certificate_is_for_the_name_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost"
    )
    more = ("-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate)
    subprocess.run([*make.split(), *more], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setattr(net, "is_public", lambda _: True)
    with running_site() as site:
        site.socket = context.wrap_socket(site.socket, server_side=True)
        address = site.url("/story", "localhost").replace("http:", "https:")
        with pytest.raises(FetchError, match="certificate"):
            Net().get(address)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert Net().get(address).status == 200
        with pytest.raises(FetchError, match="certificate"):
            Net().get(address.replace("localhost", "127.0.0.1"))
