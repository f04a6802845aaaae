"""The page that an AMP address is of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.amp import own_page
from newsreader.text.urls import canonical


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://www-x-org.cdn.ampproject.org/c/s/www.x.org/a", "https://www.x.org/a"),
        ("https://cdn.ampproject.org/v/s/x.org/a.html?amp_js_v=0.1#r=1", "https://x.org/a.html"),
        ("http://x-org.cdn.ampproject.org/c/x.org", "http://x.org"),
        (
            "https://x-org.cdn.ampproject.org/c/s/x.org/a/amp/?b=1&usqp=mq331A&c=%26",
            "https://x.org/a/?b=1&c=%26",
        ),
        ("https://www.google.com/amp/s/www.x.org/a/amp/", "https://www.x.org/a/"),
        ("https://www.google.co.uk/amp/x.org:81/a", "http://x.org:81/a"),
        ("https://x-org.bing-amp.com/c/s/x.org/a", "https://x.org/a"),
        (
            "https://www.google.com/amp/s/x-org.cdn.ampproject.org/c/s/x.org/a",
            "https://x.org/a",
        ),
        ("https://x.org/2020/a/amp?b=1", "https://x.org/2020/a?b=1"),
    ],
)
def test_an_amp_address_is_taken_apart(url: str, page: str) -> None:
    assert own_page(url) == page
    assert own_page(page) == page
    assert canonical(own_page(canonical(url) or "")) == canonical(page)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "amp",
        "https://x.org/amp/",
        "https://x.org/amp/a",
        "https://x.org/camp",
        "https://x.org/a?b=/amp",
        "https://cdn.ampproject.org/v0.js",
        "https://x-org.cdn.ampproject.org/i/s/x.org/a.png",
        "https://x-org.cdn.ampproject.org/c/s/localhost/a",
        "https://x-org.cdn.ampproject.org/c/s/you@x.org/a",
        "https://ampproject.org.evil.org/c/s/x.org/a",
        "https://google.evil.example/amp/s/x.org/a",
    ],
)
def test_other_addresses_stay(url: str) -> None:
    assert own_page(url) == url


@given(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "https://x-y.cdn.ampproject.org/c/s/", "https://google.com/amp/s/"]),
        st.text("ab.-/amp?&=#:@s \n", max_size=30),
        st.sampled_from(["", "/amp", "/amp/"]),
    )
)
def test_it_never_raises_and_ends(url: str) -> None:
    canonical(own_page(url))
