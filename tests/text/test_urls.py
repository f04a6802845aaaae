"""One form for identity, and one gate before a browser."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.model.errors import UnsafeUrlError
from newsreader.text import urls
from newsreader.text.urls import MAX_LENGTH, canonical, host_of, openable, plain_host

OPENABLE = re.compile(r"https?://[^-\s]\S*", re.ASCII)
ALPHABET = "ab1.:/?#[]@!$&'()*+,;=%-_~ \\\"<>éß中\u202e\u3000\ud800\t\n%2F%c3"
addresses = st.text(st.characters()) | st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTPS://", "//", "ftp://", "http:", ""]),
    st.text(ALPHABET, max_size=12) | st.sampled_from(["a.org", "münchen.de", "[::1]", "a.org:80"]),
    st.sampled_from(["", "/", "?", "#"]),
    st.text(ALPHABET, max_size=20) | st.text(st.characters(), max_size=10),
)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a",
        "http://example.org/a",
        "HTTPS://EXAMPLE.ORG/a/",
        "https://example.org:443/a",
        "http://example.org:80/a#part",
        "https://example.org./a",
        " https://example.org/%61 ",
        "https://user@example.org/a",
        "https://example.org/a?utm_source=x&fbclid=y",
    ],
)
def test_spellings_of_one_address(url: str) -> None:
    assert canonical(url) == "https://example.org/a"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/?b=2&a=1&utm_medium=z", "https://example.org?b=2&a=1"),
        ("https://example.org:8080/A", "https://example.org:8080/A"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/a?q=", "https://example.org/a?q="),
        ("https://[2001:DB8::1]:8080/", "https://[2001:db8::1]:8080"),
    ],
)
def test_canonical(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "mailto:a@b.org",
        "https://",
        "https:///a",
        "https://.",
        "https://[",
        "http://a:x",
        "http://a:99999",
    ],
)
def test_no_web_address(url: str) -> None:
    assert canonical(url) is None


@given(addresses)
def test_canonical_twice_is_once(url: str) -> None:
    found = canonical(url)
    if found is not None:
        assert canonical(found) == found


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", "https://example.org"),
        (" https://example.org/a?b#c ", "https://example.org/a?b#c"),
        ("HTTP://EXAMPLE.ORG/A", "http://example.org/A"),
        ("https://münchen.de/straße", "https://xn--mnchen-3ya.de/stra%C3%9Fe"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ('https://example.org/"<>`', "https://example.org/%22%3C%3E%60"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
        ("https://example.org/-x", "https://example.org/-x"),
    ],
)
def test_openable(url: str, expected: str) -> None:
    assert openable(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        *("", "  ", "example.org", "--flag", "-x", "javascript:alert(1)", "file:///etc/passwd"),
        *(
            "ftp://a.org",
            "https://",
            "https:///a",
            "https://-a.org",
            "https://a b.org",
            "https://a\\b",
        ),
        *("https://a.org/\x1b[m", "https://a.org/\u202egnp", "https://a.org/\ud800"),
        *(
            "https://user@a.org",
            "https://a.org:x",
            "https://a.org:99999",
            "https://[x",
            "https://%2da",
        ),
        *(f"https://a.org/{'a' * MAX_LENGTH}", f"https://{'é' * 70}.org", "https://a\u2100.org"),
    ],
)
def test_not_openable(url: str) -> None:
    with pytest.raises(UnsafeUrlError, match=r"^[A-Z].*\.$"):
        openable(url)


@given(addresses)
def test_openable_or_unsafe(url: str) -> None:
    try:
        found = openable(url)
    except UnsafeUrlError:
        return
    assert OPENABLE.fullmatch(found)
    assert found.isascii()
    assert len(found) <= MAX_LENGTH
    assert openable(found) == found


@given(addresses)
def test_host_of_never_raises(url: str) -> None:
    host_of(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://www.a.org/b", "a.org"), ("https://A.org:1", "a.org"), ("x", ""), ("https://[", "")],
)
def test_host_of(url: str, expected: str) -> None:
    assert host_of(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://EXAMPLE.org:8080", "example.org"),
        ("https://münchen.de/", "münchen.de (xn--mnchen-3ya.de)"),
        ("https://xn--mnchen-3ya.de/", "münchen.de (xn--mnchen-3ya.de)"),
        ("https://新聞.jp", "新聞.jp (xn--efvv70d.jp)"),
        (
            "https://ex\u0430mple.org",
            "xn--exmple-4nf.org (mixes Latin and Cyrillic: ex\u0430mple.org)",
        ),
        (
            "https://\u0430\u0440\u0440\u04cf\u0435.com",
            "\u0430\u0440\u0440\u04cf\u0435.com (xn--80ak6aa92e.com)",
        ),
        ("https://[::1]:8080", "[::1]"),
        ("https://xn--a.org", "xn--a.org"),
        ("https://a b", "a b"),
        ("nothing", ""),
    ],
)
def test_plain_host(url: str, expected: str) -> None:
    assert plain_host(url) == expected


@given(addresses)
def test_plain_host_never_raises(url: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain_host(url))


def test_a_huge_address_is_refused_at_once() -> None:
    with pytest.raises(UnsafeUrlError, match="longer"):
        openable("https://a.org/" + "é" * 10_000_000)


@given(
    st.from_regex(r"https?://[A-Za-z0-9._:-]{0,8}(/[ -~]{0,12})?", fullmatch=True)
    | st.from_regex(r"https?://[A-Za-z0-9._-]{1,8}(/[A-Za-z0-9._~/-]{0,12})?", fullmatch=True)
)
def test_the_short_way_to_a_canonical_address_leads_to_the_same(url: str) -> None:
    assert canonical(url) == urls._put_together(url)
