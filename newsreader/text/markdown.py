"""Markdown to blocks: CommonMark with tables and struck text, and the text of any HTML in it."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from newsreader.text import html
from newsreader.text.blocks import OPEN_BOX, TICKED_BOX, Block, Code, Rule
from newsreader.text.page import Kind, Page, Style
from newsreader.text.sanitize import clean_block, clean_line
from newsreader.text.scripts import raised

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

# markdown-it drops what is nested deeper than its own limit, so ours must come first. A list
# takes two levels. Brackets that nobody closes cost time by the limit, so it is no higher.
_OUR_NESTING = 32
_MAX_NESTING = 40

_STYLES = {"em": Style.EMPHASIS, "strong": Style.STRONG, "s": Style.STRUCK}
_HOLDERS = {
    "blockquote": Kind.QUOTE,
    "bullet_list": Kind.LIST,
    "ordered_list": Kind.LIST,
    "list_item": Kind.ITEM,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "td": Kind.CELL,
    "th": Kind.CELL,
}
_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_TOLD = re.compile(r"\[\^([^\]\s]{1,40})\]:[ ]*")
_BEFORE_FOOTNOTES = ("", "softbreak", "hardbreak")
_NAMED_LINK = re.compile(r"^\^([^\]\s]{1,40})$")
_NAMED = re.compile(r"\[\^([^\]\s]{1,40})\]")
_UNSEEN_TAG = re.compile(rf"<(/?)({'|'.join(sorted(html.UNSEEN))})(?=[\s/>])", re.IGNORECASE)


MARKS = re.compile(r"[\\`*_\[\]<>&#|~\t]")
"""The characters that mean something anywhere in a line."""
_MARKED_LINE = re.compile(r"\n[ ]*(?:[-+=]|\d{1,9}[.)])|\n[ ]{4}|[ ]{2}\n")
_PARTING = re.compile(r"\n[ ]*(?:\n[ ]*)+")
_LINE_BREAK = re.compile(r"[ ]*\n[ ]*")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[^\n]{1,2000}", re.MULTILINE)
_MOST_DEFINITIONS = 500

_making = Lock()

References = MutableMapping[str, Any]
"""The addresses that a text gives at one place for links at another."""


def parse(text: str, references: References | None = None) -> tuple[Block, ...]:
    """The blocks of a Markdown text. Any text will do: it never raises.

    Bare addresses stay text, quotes and dashes stay as written. *references* are those of a
    longer text that *text* is a piece of.
    """
    text = clean_block(text)
    if is_plain(text):
        return _paragraphs(text)
    page = Page()
    for token in _parser().parse(text, None if references is None else dict(references)):
        _block(page, token)
    return page.finish()


def is_plain(text: str) -> bool:
    """Whether *text* is paragraphs and nothing else: half of all text, and all of a monster's."""
    return not (MARKS.search(text) or _MARKED_LINE.search(f"\n{text}\n"))


def references_of(text: str) -> References:
    """The addresses that a long *text* gives for its links, of the first few hundred."""
    lines: list[str] = []
    position = -1
    for _ in range(_MOST_DEFINITIONS):
        position = text.find("]:", position + 1)
        if position < 0:
            break
        start = text.rfind("\n", max(0, position - 250), position) + 1
        if found := _DEFINITION.match(text, start):
            lines.append(found[0])
    references: References = {}
    if lines:
        _parser().parse("\n".join(lines), references)
    return references


def _paragraphs(text: str) -> tuple[Block, ...]:
    page = Page()
    for part in _PARTING.split(text.strip(" \n")):
        page.text(_LINE_BREAK.sub(" ", part.strip()))
        page.end_paragraph()
    return page.finish()


def _parser() -> MarkdownIt:
    # The first text compiles the rules, which threads must not do side by side.
    with _making:
        return _made_parser()


@cache
def _made_parser() -> MarkdownIt:
    # Imported late: it costs 30 ms, and the first screen has no use for it.
    from markdown_it import MarkdownIt

    options = {"html": True, "linkify": False, "typographer": False, "maxNesting": _MAX_NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.parse("a")
    return parser


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level < _OUR_NESTING or silent:
        return False
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, line, state.blkIndent, False).strip()
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _block(page: Page, token: Token) -> None:
    name = token.type.removesuffix("_open").removesuffix("_close")
    if name == "inline":
        _inline(page, token.children or ())
    elif name in _HOLDERS:
        _hold(page, token, _HOLDERS[name])
    elif name == "heading" and token.nesting > 0:
        page.heading(int(token.tag[1:]))
    elif name in ("fence", "code_block"):
        language = clean_line(token.info).partition(" ")[0]
        page.add(Code(clean_block(token.content).rstrip("\n"), language))
    elif name == "hr":
        page.add(Rule())
    elif name == "html_block":
        page.end_paragraph()
        html.read_into(page, token.content)
        page.end_paragraph()
    else:
        page.end_paragraph()


def _hold(page: Page, token: Token, kind: Kind) -> None:
    if token.nesting < 0:
        page.close(kind)
        return
    number = None
    if token.type == "ordered_list_open":
        number = int(token.attrs.get("start", 1))
    alignment = html.alignment_of(token.attrs) if kind is Kind.CELL else ""
    page.open(kind, number=number, is_header=token.tag == "th", alignment=alignment)


def _inline(page: Page, tokens: Sequence[Token]) -> None:
    hidden = _unseen(tokens)
    before, in_footnote = "", False
    for index, token in enumerate(tokens):
        if index in hidden:
            continue
        if token.type == "html_inline":
            html.read_into(page, token.content)
        elif token.type == "text":
            text = _without_box(page, token.content) if index == 0 else token.content
            if before in _BEFORE_FOOTNOTES and (told := _TOLD.match(text)):
                if in_footnote:
                    page.close(Kind.LIST)
                _open_footnote(page, told[1])
                in_footnote, text = True, text[told.end() :]
            page.text((_NAMED_LINK if before == "link_open" else _NAMED).sub(_note_sign, text))
        else:
            _mark(page, token)
        before = token.type
    page.plain()
    if in_footnote:
        page.close(Kind.LIST)


def _mark(page: Page, token: Token) -> None:
    name = token.type.removesuffix("_open").removesuffix("_close")
    if name in _STYLES:
        (page.start if token.nesting > 0 else page.stop)(_STYLES[name])
    elif name == "link":
        page.link(str(token.attrs.get("href", "")))
    elif name == "code_inline":
        page.start(Style.CODE)
        page.text(token.content)
        page.stop(Style.CODE)
    elif name == "image":
        alt = "".join(child.content for child in token.children or ())
        page.figure(alt, str(token.attrs.get("src", "")), str(token.attrs.get("title", "")))
    elif name == "hardbreak":
        page.text("\n")
    elif name == "softbreak":
        page.text(" ")


def _open_footnote(page: Page, name: str) -> None:
    page.open(Kind.LIST)
    page.open(Kind.ITEM)
    page.mark_item(raised([name])[0])


def _note_sign(found: re.Match[str]) -> str:
    return raised([found[1]])[0]


def _without_box(page: Page, text: str) -> str:
    found = _BOX.match(text)
    if found is None or not page.mark_item(OPEN_BOX if found[1] == " " else TICKED_BOX):
        return text
    return text[found.end() :]


def _unseen(tokens: Sequence[Token]) -> frozenset[int]:
    """The indexes of what stands between the tags of unseen elements, where they are closed."""
    tags = [
        (index, bool(found[1]), found[2].lower())
        for index, token in enumerate(tokens)
        if token.type == "html_inline" and (found := _UNSEEN_TAG.match(token.content))
    ]
    last = {name: index for index, is_end, name in tags if is_end}
    hidden: list[int] = []
    until, name_to_close = -1, ""
    for index, is_end, name in tags:
        if not name_to_close and not is_end and last.get(name, -1) > index:
            until, name_to_close = index, name
        elif is_end and name == name_to_close:
            hidden.extend(range(until, index + 1))
            name_to_close = ""
    return frozenset(hidden)
