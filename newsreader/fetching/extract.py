"""From a page to the text of its article, as clean HTML; and what a page without one says."""

from __future__ import annotations

import html
import re
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from newsreader.fetching.net import FetchError

_HEAD = 200_000
"""Characters of a page in which what it says of itself is looked for."""
_LONGEST = 2_000_000
"""Characters of a text."""
_LONGEST_CAPTION = 1_000
_FEW_WORDS = 25
_SHORT = 150
"""Below so many words a page that asks for money, or says that it is gone, is no article."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_CARDS = ("div", "li", "section", "article", "td")
_FEW_CARDS = 3
"""Fewer headings that lead elsewhere may belong to the article."""
_CARD = 60
"""Words of a card, at most."""
_SOON = 5
"""Seconds after which a page that leads on is taken to have done so."""

_META = re.compile(r"<meta\b[^<>]{0,1000}>", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_REFRESH = re.compile(
    r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*url\s*=\s*['\"]?\s*([^'\"]+)", re.IGNORECASE
)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^<>]{0,300}>((?:[^<]|<(?!/h1)){0,500})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)
_ASKS_FOR_MONEY = re.compile(
    r"(?:subscribe|sign up|register|log ?in|sign in) (?:now )?to (?:continue|keep|read|unlock)"
    r"|(?:for|to) subscribers only|subscriber[- ]only|already a subscriber|members[- ]only"
    r"|this (?:article|story|content) is (?:for|reserved for|available to|exclusive to) "
    r"(?:our )?(?:paying |paid )?(?:subscribers|members)|to continue reading|free articles left",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b404\b|(?:page|article|story|content|file|url) (?:was |could |can)?(?:not|n't|not be) ?found"
    r"|no longer (?:available|exists)|does(?:n't| not) exist|page (?:is )?(?:missing|unavailable)"
    r"|^not found|been (?:removed|deleted)",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"(?:enable|requires?|turn on) (?:java ?script|cookies)|are you (?:a )?(?:human|robot)"
    r"|verify(?:ing)? (?:that )?you are human|captcha|access denied|unusual traffic",
    re.IGNORECASE,
)
_TAGS = frozenset(
    (
        *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
        *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "figure"),
        *("figcaption", "b", "strong", "i", "em", "del", "s", "sub", "sup", "kbd", "samp", "cite"),
    )
)
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "code": {"class"},
}


class Text(NamedTuple):
    """The text of a page, its title, and how many words it has."""

    title: str
    html: str
    words: int


def refresh_of(page: str, url: str) -> str:
    """Where *page* leads on by itself; empty when it stays."""
    for found in _META.finditer(page, 0, _HEAD):
        attributes = _attributes(found[0])
        if attributes.get("http-equiv", "").lower() == "refresh":
            target = _REFRESH.match(attributes.get("content", ""))
            if target is not None and int(target[1]) <= _SOON:
                return str(urljoin(url, target[2].strip()))
    return ""


def amp_of(page: str, url: str) -> str:
    """The address of the AMP version that *page* names; empty when it names none."""
    for found in _LINK.finditer(page, 0, _HEAD):
        attributes = _attributes(found[0])
        if attributes.get("rel", "").lower() == "amphtml" and attributes.get("href"):
            return urljoin(url, attributes["href"])
    return ""


def _attributes(tag: str) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(tag)
    }


def text_of(page: str, url: str, asked: str) -> Text:
    """The text of the article on *page*, which is at *url* and was asked for as *asked*.

    Raises:
        FetchError: when there is none: the page asks for money, says that it is gone, or has
            little to read.
    """
    found = extract(page, url)
    title = _title(page)
    if found.words < _SHORT:
        _refuse(page, title, found.html, url, asked)
    if found.words < _FEW_WORDS:
        raise FetchError("There is no text of an article on the page.")
    if len(found.html) > _LONGEST:
        raise FetchError("The text of the page is too long to be kept.")
    return found._replace(title=title)


def _refuse(page: str, title: str, text: str, url: str, asked: str) -> None:
    """Say what a page with little to read is."""
    heading = _HEADING.search(page, 0, _HEAD)
    heads = (title, _TAG.sub("", heading[1]) if heading else "")
    is_gone = any(_GONE.search(html.unescape(each).strip()) for each in heads)
    led_home = urlsplit(url).path in ("", "/") and urlsplit(asked).path not in ("", "/")
    if is_gone or led_home:
        raise FetchError("The page is gone: the site shows another one in its place.")
    rest = _TAG.sub(" ", page[-_HEAD:])
    if _NOT_FREE.search(page) or _ASKS_FOR_MONEY.search(rest):
        raise FetchError("The page is for subscribers.")
    if _ROBOT.search(rest) and len(text) < _FEW_WORDS * 20:
        raise FetchError("The page is shown to browsers only.")


def _title(page: str) -> str:
    found = _TITLE.search(page, 0, _HEAD)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def extract(page: str, url: str) -> Text:
    """The text of *page* as HTML that holds nothing but text, links and pictures."""
    found = _extracted(_without_cards(page), url)
    # A page may be nothing but cards: an overview, say.
    return found if found.words >= _FEW_WORDS else _extracted(page, url)


def _without_cards(page: str) -> Any:
    """The tree of *page* without the cards that lead to other articles; *page* if it has none.

    A card is a short element with a heading that is a link. Where a site says which part of it
    is the article, those within are left to trafilatura.
    """
    import trafilatura

    tree = trafilatura.load_html(page)
    if tree is None:
        return page
    _name_pictures(tree)
    found: dict[Any, bool] = {}
    for link in tree.iterfind(".//a[@href]"):
        heading = next(link.iter(*_HEADINGS), None)
        if heading is None:
            heading = next(link.iterancestors(*_HEADINGS), None)
        card = None if heading is None else next(heading.iterancestors(*_CARDS), None)
        if card is not None and card not in found:
            found[card] = not _is_of_the_text(card)
    cards = [card for card, is_card in found.items() if is_card]
    for card in cards if len(cards) >= _FEW_CARDS else ():
        card.clear(keep_tail=True)
    return tree


def _name_pictures(tree: Any) -> None:
    """Give each picture its caption as a title, for trafilatura leaves captions out."""
    pictures: dict[Any, list[Any]] = {}
    for caption in tree.iter("figcaption"):
        figure = next(caption.iterancestors("figure"), None)
        if figure is None:
            continue
        if figure not in pictures:
            pictures[figure] = list(islice(figure.iter("img"), 2))
        words = " ".join("".join(caption.itertext()).split())
        if len(pictures[figure]) == 1 and words:
            pictures[figure][0].set("title", words[:_LONGEST_CAPTION])


def _is_of_the_text(card: Any) -> bool:
    """Whether *card* is within an article, or longer than a card."""
    if next(card.iterancestors("article"), None) is not None:
        return True
    words = 0
    for text in card.itertext():
        words += len(text.split())
        if words > _CARD:
            return True
    return False


def _extracted(page: Any, url: str) -> Text:
    import nh3
    import trafilatura

    found = trafilatura.extract(
        page,
        url=url,
        output_format="html",
        include_comments=False,
        include_images=True,
        include_links=True,
        include_tables=True,
        favor_recall=True,
    )
    clean = nh3.clean(
        found or "",
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={"http", "https"},
        link_rel=None,
    ).strip()
    words = len(_TAG.sub(" ", clean).split())
    return Text("", clean, words)
