"""HTML to blocks: what a person would read of it, and nothing that runs or loads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from newsreader.text.blocks import Alignment, Block, Rule
from newsreader.text.page import Kind, Page, Script, Style
from newsreader.text.sanitize import clean_block

UNSEEN = frozenset(
    ("script", "style", "head", "template", "noscript", "svg", "iframe", "object", "textarea")
)
"""Elements that are dropped with everything in them."""

_STYLES = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "em": Style.EMPHASIS,
    "i": Style.EMPHASIS,
    "cite": Style.EMPHASIS,
    "code": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
    "tt": Style.CODE,
    "del": Style.STRUCK,
    "s": Style.STRUCK,
    "strike": Style.STRUCK,
    "ins": Style.MARKED,
    "mark": Style.MARKED,
    "u": Style.MARKED,
}
_SCRIPTS = {"sup": Script.RAISED, "sub": Script.LOWERED}
_ABBREVIATIONS = frozenset(("abbr", "acronym"))
_SIGNS = {"br": ("\n", "\n"), "q": ("“", "”")}
"""What stands for a tag, and for its end."""
_HOLDERS = {
    "blockquote": Kind.QUOTE,
    "ul": Kind.LIST,
    "ol": Kind.LIST,
    "menu": Kind.LIST,
    "li": Kind.ITEM,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "caption": Kind.TABLE_CAPTION,
    "figcaption": Kind.CAPTION,
    "dl": Kind.TERMS,
    "dt": Kind.TERM,
    "dd": Kind.DEFINITION,
    "details": Kind.DETAILS,
    "summary": Kind.SUMMARY,
}
_CELLS = frozenset(("td", "th"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    (
        *("bdi", "bdo", "big", "data", "dfn", "font", "label", "meter", "nobr", "output"),
        *("picture", "progress", "rb", "rp", "rt", "rtc", "ruby"),
        *("small", "source", "span", "time", "var", "wbr"),
    )
)
# Only whole tags reach html.parser, which takes quadratic time over the other uses of "<". The
# quantifiers are possessive, and a quoted value with "<" in it is short, to be linear ourselves.
_VALUES = r"""(?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+"""
_NO_TAG = re.compile(
    rf"""<(?!/?[A-Za-z]{_VALUES}(?:(?:"[^"]{{0,200}}+"|'[^']{{0,200}}+'){_VALUES}){{0,3}}+>)"""
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_UNSEEN_END = re.compile(rf"</({'|'.join(sorted(UNSEEN))})(?=[\s/>])", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|brush)[-:]\s*([\w+#.-]{1,30})")
_DECLARATION = re.compile(r"<!--|<!\[CDATA\[|<[!?]")
_DECLARATION_ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
_SHORT_DECLARATION = re.compile(r"[^<>]*+>")
_PIXELS = re.compile(r"\s*(\d{1,5})(?:px)?\s*", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,9}")
_ALIGNED = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
}

Attributes = dict[str, str]


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of an HTML document or a fragment of one. Any text will do: it never raises."""
    page = Page()
    read_into(page, clean_block(text))
    return page.finish()


def read_into(page: Page, text: str) -> None:
    """Add the HTML *text* to *page*. What it leaves open stays open there."""
    reader = _Reader(page, text)
    reader.feed(_NO_TAG.sub("&lt;", _without_declarations(text)))
    reader.close()


class _Reader(HTMLParser):
    def __init__(self, page: Page, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._unseen = ""
        # An unseen element that is never closed would hide the rest of an article.
        self._ends = Counter(name.lower() for name in _UNSEEN_END.findall(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unseen:
            if self._unseen == "head" and tag == "body":
                self._unseen = ""
            return
        if tag in UNSEEN:
            if self._ends[tag] or tag in self.CDATA_CONTENT_ELEMENTS:
                self._unseen = tag
            return
        self._start(tag, {name: value or "" for name, value in reversed(attrs)})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._ends[tag] -= 1
            if tag == self._unseen:
                self._unseen = ""
        elif not self._unseen:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self._page.text(data if self._page.is_preformatted else _SPACES.sub(" ", data))

    def _start(self, tag: str, attributes: Attributes) -> None:
        page = self._page
        if tag in _STYLES:
            if tag == "code" and page.is_preformatted:
                page.preformatted(_language(attributes))
            else:
                page.start(_STYLES[tag])
        elif tag in _SIGNS:
            page.text(_SIGNS[tag][0])
        elif tag in _SCRIPTS:
            page.start_script(_SCRIPTS[tag])
        elif tag in _TOLD_BY:
            _TOLD_BY[tag](page, attributes)
        elif tag == "img":
            self._picture(attributes)
        elif tag in _HEADINGS:
            page.heading(_HEADINGS[tag])
        elif tag in _HOLDERS:
            self._open(tag, attributes)
        elif tag == "pre":
            page.preformatted(_language(attributes))
        elif tag == "hr":
            page.add(Rule())
        elif tag not in _INLINE:
            self._break()

    def _end(self, tag: str) -> None:
        page = self._page
        if tag in _STYLES:
            if not (tag == "code" and page.is_preformatted):
                page.stop(_STYLES[tag])
        elif tag in _SCRIPTS:
            page.stop_script(_SCRIPTS[tag])
        elif tag in _ABBREVIATIONS:
            page.explain()
        elif tag == "a":
            page.link("")
        elif tag in _HOLDERS:
            page.close(_HOLDERS[tag])
        elif tag == "figure":
            page.close(Kind.CAPTION)
        elif tag == "pre":
            page.end_paragraph()
        elif tag in _SIGNS:
            page.text(_SIGNS[tag][1])
        elif tag not in _INLINE:
            self._break()

    def _break(self) -> None:
        if self._page.is_preformatted:
            self._page.text("\n")
        else:
            self._page.end_paragraph()

    def _open(self, tag: str, attributes: Attributes) -> None:
        number = None
        if tag == "ol":
            number = _number(attributes.get("start", ""), 1)
        elif tag == "li":
            number = _number(attributes.get("value", ""), None)
        alignment = alignment_of(attributes) if tag in _CELLS else ""
        self._page.open(_HOLDERS[tag], number=number, is_header=tag == "th", alignment=alignment)

    def _picture(self, attributes: Attributes) -> None:
        width, height = map(_pixels, (attributes.get("width", ""), attributes.get("height", "")))
        if width in (0, 1) or height in (0, 1):
            return  # it is there to count readers
        source = attributes.get("src") or attributes.get("data-src", "")
        size = (width, height) if width and height else (0, 0)
        self._page.figure(attributes.get("alt", ""), source, attributes.get("title", ""), size)


def _pixels(length: str) -> int | None:
    found = _PIXELS.fullmatch(length)
    return int(found[1]) if found else None


def _link(page: Page, attributes: Attributes) -> None:
    page.link(attributes.get("href", ""))


def _abbreviate(page: Page, attributes: Attributes) -> None:
    page.abbreviate(attributes.get("title", ""))


_TOLD_BY = {"a": _link, **dict.fromkeys(_ABBREVIATIONS, _abbreviate)}
"""What a tag in running text tells by its attributes."""


def alignment_of(attributes: Mapping[str, object]) -> Alignment:
    """How the *attributes* of a cell have its column stand."""
    styled = _ALIGNED.search(str(attributes.get("style", "")))
    said = styled[1] if styled else str(attributes.get("align", ""))
    return _ALIGNMENTS.get(said.strip().lower(), "")


def _number(text: str, default: int | None) -> int | None:
    found = _NUMBER.fullmatch(text.strip())
    return int(found[0]) if found and found[0].isascii() else default


def _language(attributes: Attributes) -> str:
    found = _LANGUAGE.search(attributes.get("class", ""))
    return found[1] if found else ""


def _without_declarations(text: str) -> str:
    # html.parser raises AssertionError on malformed ones, and hides all that follows a comment
    # which is never closed.
    kept: list[str] = []
    position = 0
    last = {opening: text.rfind(end) for opening, end in _DECLARATION_ENDS.items()}
    while found := _DECLARATION.search(text, position):
        start, body = found.span()
        kept.append(text[position:start])
        position = body
        end = _DECLARATION_ENDS.get(found[0])
        if end is None:
            short = _SHORT_DECLARATION.match(text, body)
            position = short.end() if short else body
        elif last[found[0]] >= body:
            position = text.find(end, body)
            if end == "]]>":
                kept.append(escape(text[body:position], quote=False))
            position += len(end)
    kept.append(text[position:])
    return "".join(kept)
