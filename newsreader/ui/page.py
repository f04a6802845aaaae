"""The article as a page: pure layout of an article or a related item into lines.

What is of ordinary length is laid out whole; a monster becomes parts that are laid out as they
come into sight (see :mod:`newsreader.ui.page_parts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from newsreader.model import Article, Image, Piece, Related
from newsreader.text import dates
from newsreader.text.urls import host_of
from newsreader.ui.cells import Line, Run, cut, line_len, wrap
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.page_parts import Drawn, Page, Part, Stop, ready

if TYPE_CHECKING:
    from newsreader.ui.page_body import Source

_Item = TypeVar("_Item")

MEASURE = 72
"""The widest line of running text, in cells."""
_MARGIN = 2

_SHORT_BODY = 20_000
_FEW_MARKS = 3_000
_MARKS = "\n*_`[]|<"
_SHORT_EXCERPT = 3_000
_FEW_RELATED = 100
_FEW_IMAGES = 200
"""Up to these, an article is laid out at once."""
_AT_ONCE = 10
_TITLE_LINES = 6
_TOPIC_LINES = 3
_ASIDE_LINES = 12
"""The most lines of a title, of the topics, of the excerpt of a related story."""


@dataclass(slots=True)
class Draft:
    """Lines, and the places among them where the cursor stops."""

    lines: list[Line] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)

    def gap(self) -> None:
        """One blank line, unless there is one."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def drawn(self) -> Drawn:
        """What it has come to."""
        return Drawn(self.lines, tuple(self.stops))


def _known_of_none(_: Related) -> bool:
    return False


class Setting(NamedTuple):
    """What a page is laid out for: ``width`` in cells, the time now, the marks to use.

    ``trail`` are the headlines one came by, oldest first; ``in_library`` says of a related item
    whether the library has it as an article.
    """

    width: int
    now: datetime
    glyphs: Glyphs
    trail: tuple[str, ...] = ()
    in_library: Callable[[Related], bool] = _known_of_none

    @property
    def measure(self) -> int:
        """The width of running text."""
        return max(10, min(MEASURE, self.width - 2 * _MARGIN))


def is_long(piece: Piece) -> bool:
    """Whether it would take too long to lay out *piece* at once."""
    if len(piece.excerpt) > _SHORT_EXCERPT or len(piece.images) > _FEW_IMAGES:
        return True
    if not isinstance(piece, Article):
        return False
    body = piece.body
    return (
        len(piece.related) > _FEW_RELATED
        or len(body) > _SHORT_BODY
        or sum(map(body.count, _MARKS)) > _FEW_MARKS
    )


def lay_out_page(piece: Piece, setting: Setting, source: Source | None = None) -> Page:
    """*piece* as a page: head, excerpt, body, links, related stories, images.

    *source* are the pieces of its body that were found before, for another width.
    """
    if is_long(piece):
        return Page(_parts(piece, setting, source))
    draft = Draft()
    _head(draft, piece, setting)
    if piece.excerpt:
        _add(draft, [(piece.excerpt, "text")], setting)
        draft.gap()
    if isinstance(piece, Article):
        _body(draft, piece, setting)
    else:
        _not_in_library(draft, setting)
    _links(draft, piece, setting)
    if isinstance(piece, Article) and piece.related:
        _heading(draft, "RELATED", len(piece.related), setting)
        _related(draft, piece.related, setting)
    if piece.images:
        _heading(draft, "IMAGES", len(piece.images), setting)
        _images(draft, piece.images, setting)
    draft.gap()
    return Page([ready(draft.lines, draft.stops)])


def _parts(piece: Piece, setting: Setting, source: Source | None) -> Iterator[Part]:
    draft = Draft()
    _head(draft, piece, setting)
    yield ready(draft.lines, name="head")
    if piece.excerpt:
        # Imported here, as below: no ordinary article needs it.
        from newsreader.text.chunks import Kind
        from newsreader.ui.page_body import Source, body_parts

        excerpt = Source(piece.excerpt, Kind.PLAIN)
        yield from body_parts(excerpt, "excerpt", setting.measure, " " * _MARGIN, setting.glyphs)
        yield ready([()])
    if not isinstance(piece, Article):
        draft = Draft()
        _not_in_library(draft, setting)
        yield ready(draft.lines)
    elif piece.body and not piece.body.isspace():
        from newsreader.ui.page_body import body_parts

        source = source or source_of(piece)
        yield from body_parts(source, "body", setting.measure, " " * _MARGIN, setting.glyphs)
        yield ready([()])
    draft = Draft()
    _links(draft, piece, setting)
    yield ready(draft.lines, name="links")
    if isinstance(piece, Article) and piece.related:
        yield from _groups("RELATED", piece.related, setting, _related, pitch=4, stops=1)
    if piece.images:
        yield from _groups("IMAGES", piece.images, setting, _images, pitch=1)
        yield ready([()])


def source_of(article: Article) -> Source:
    """The body of a long article, of which no piece was looked at yet."""
    from newsreader.text.chunks import Kind
    from newsreader.ui.page_body import Source

    return Source(article.body, Kind.HTML if article.body_is_html else Kind.MARKDOWN)


def _groups(
    title: str,
    items: Sequence[_Item],
    setting: Setting,
    lay_out: Callable[[Draft, Sequence[_Item], Setting], None],
    pitch: int,
    stops: int = 0,
) -> Iterator[Part]:
    draft = Draft()
    _heading(draft, title, len(items), setting)
    yield ready(draft.lines, name=title)
    for start in range(0, len(items), _AT_ONCE):
        group = items[start : start + _AT_ONCE]
        make = partial(_group, group, setting, lay_out)
        yield Part(make, pitch * len(group), stops * len(group), f"{title} {start}")


def _group(
    items: Sequence[_Item],
    setting: Setting,
    lay_out: Callable[[Draft, Sequence[_Item], Setting], None],
) -> Drawn:
    draft = Draft()
    lay_out(draft, items, setting)
    return draft.drawn()


def _head(draft: Draft, piece: Piece, setting: Setting) -> None:
    _trail(draft, setting)
    _add(draft, [(piece.headline, "title")], setting, most=_TITLE_LINES)
    draft.gap()
    _byline(draft, piece, setting)
    draft.gap()


def _not_in_library(draft: Draft, setting: Setting) -> None:
    note = "This story is not in the library; this is what is known of it."
    _add(draft, [(note, "whisper")], setting)
    draft.gap()


def _add(
    page: Draft, runs: Sequence[Run], setting: Setting, indent: str = "", most: int = 0
) -> None:
    margin = " " * _MARGIN + indent
    width = setting.measure - len(indent)
    for line in _few(runs, width, most, setting) if most else wrap(runs, width):
        page.lines.append(((margin, "text"), *line) if line else ())


def _few(runs: Sequence[Run], width: int, most: int, setting: Setting) -> list[Line]:
    """*runs* in at most so many lines; the last one says by an ellipsis that there is more."""
    room = 4 * width * most
    lines = wrap([(text[:room], role) for text, role in runs], width)
    if len(lines) > most or any(len(text) > room for text, _ in runs):
        del lines[most:]
        *before, (text, role) = lines[-1] or (("", "text"),)
        left = width - line_len(before)
        ellipsis = setting.glyphs.ellipsis
        lines[-1] = (*before, (cut(f"{text.rstrip()}{ellipsis}", left, ellipsis), role))
    return lines


def _trail(page: Draft, setting: Setting) -> None:
    if not setting.trail:
        return
    crumb = f" {setting.glyphs.crumb} "
    each = max(12, (setting.measure - 4) // min(2, len(setting.trail)) - len(crumb))
    shown = [cut(title, each, setting.glyphs.ellipsis) for title in setting.trail[-2:]]
    if len(setting.trail) > 2:
        shown.insert(0, setting.glyphs.ellipsis)
    page.lines.append((("  ", "text"), (crumb.join(shown) + crumb.rstrip(), "whisper")))
    page.lines.append(())


def _byline(page: Draft, piece: Piece, setting: Setting) -> None:
    dot = f" {setting.glyphs.dot} "
    first: list[Run] = []
    if piece.provider and piece.provider.label:
        label = cut(piece.provider.label, 2 * setting.measure, setting.glyphs.ellipsis)
        first.append((label, "strong"))
    moment = piece.published_at
    if moment is not None:
        when = f"{dates.full(moment)}{dot}{dates.relative(moment, setting.now)}"
        first.append(((dot if first else "") + when, "whisper"))
    elif isinstance(piece, Article) and piece.published_text:
        first.append(((dot if first else "") + f"dated “{piece.published_text}”", "whisper"))
    if first:
        _add(page, first, setting)
    kinds = [piece.type]
    if isinstance(piece, Article):
        kinds = [piece.type, piece.category, *piece.topics]
    known = [kind for kind in dict.fromkeys(kinds) if kind]
    if known:
        _add(page, [(_kinds(known, setting), "whisper")], setting)
    _measures(page, piece, setting)


def _kinds(kinds: list[str], setting: Setting) -> str:
    """As many *kinds* as go into a few lines, and how many more there are."""
    dot, ellipsis = f" {setting.glyphs.dot} ", setting.glyphs.ellipsis
    least, most = 0, min(len(kinds), _TOPIC_LINES * setting.measure // 4 + 1)
    shown = [cut(kind, 2 * setting.measure, ellipsis) for kind in kinds[:most]]

    def text(count: int) -> str:
        more = len(kinds) - count
        return dot.join([*shown[:count], *([f"{ellipsis} {more:,} more"] if more else [])])

    def fits(count: int) -> bool:
        return len(wrap([(text(count), "whisper")], setting.measure)) <= _TOPIC_LINES

    if most == len(kinds) and fits(most):
        return text(most)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if fits(middle) else (least, middle - 1)
    return text(least)


def _measures(page: Draft, piece: Piece, setting: Setting) -> None:
    glyphs = setting.glyphs
    runs: list[Run] = []
    if piece.quality is not None:
        filled, empty = glyphs.bar(piece.quality)
        runs += [("quality ", "whisper"), (f"{piece.quality} ", "quality")]
        runs += [(filled, "quality"), (empty, "track")]
    flags: list[str] = []
    if isinstance(piece, Article):
        if piece.heat is not None:
            runs += [("   " if runs else "", "text"), ("heat ", "whisper")]
            runs.append((f"{piece.heat} {glyphs.heat}", "heat"))
        if piece.is_published is False:
            flags.append(f"{glyphs.unpublished} unpublished")
        if piece.secured is not None:
            flags.append("secured")
    if flags:
        runs.append((("   " if runs else "") + f" {glyphs.dot} ".join(flags), "whisper"))
    if runs:
        _add(page, runs, setting)


def _body(page: Draft, article: Article, setting: Setting) -> None:
    if not article.body.strip():
        return
    # Imported here: most articles of most libraries have no body.
    from newsreader.ui.blocks_layout import lay_out

    if article.body_is_html:
        from newsreader.text.html import parse
    else:
        from newsreader.text.markdown import parse
    margin = " " * _MARGIN
    for line in lay_out(parse(article.body), setting.measure, setting.glyphs):
        page.lines.append(((margin, "text"), *line) if line else ())
    page.gap()


def _links(page: Draft, piece: Piece, setting: Setting) -> None:
    links = piece.links
    if not links:
        _add(page, [("No address is known.", "whisper")], setting)
        page.gap()
        return
    runs: list[Run] = []
    for number, link in enumerate(links, 1):
        runs.append(("   " if runs else "", "text"))
        runs += [
            (str(number), "accent"),
            (f"\u00a0{link.kind.value}".replace(" ", "\u00a0"), "text"),
        ]
    runs.append(
        (f"   {cut(host_of(piece.url), setting.measure, setting.glyphs.ellipsis)}", "whisper")
    )
    _add(page, runs, setting)
    page.gap()


def _heading(page: Draft, text: str, count: int, setting: Setting) -> None:
    page.gap()
    _add(page, [(f"{text} ", "heading"), (str(count), "whisper")], setting)
    page.lines.append(())


def _related(page: Draft, items: Iterable[Related], setting: Setting) -> None:
    dot = f" {setting.glyphs.dot} "
    for related in items:
        top = len(page.lines)
        title = _few([(related.headline, "strong")], setting.measure - 2, _TITLE_LINES, setting)
        for place, line in enumerate(title):
            lead = f"{setting.glyphs.crumb} " if place == 0 else "  "
            page.lines.append((("  ", "text"), (lead, "accent"), *line))
        facts: list[str] = []
        if related.provider and related.provider.label:
            facts.append(related.provider.label)
        if related.published_at is not None:
            facts.append(dates.short(related.published_at, setting.now))
        if related.quality is not None:
            facts.append(f"quality {related.quality}")
        if setting.in_library(related):
            facts.append("in the library")
        if facts:
            _add(page, [(dot.join(facts), "whisper")], setting, "  ", most=_TOPIC_LINES)
        if related.excerpt and related.title:
            _add(page, [(related.excerpt, "text")], setting, "  ", most=_ASIDE_LINES)
        page.stops.append(Stop(related, top, len(page.lines) - top))
        page.lines.append(())


def _images(page: Draft, images: Iterable[Image], setting: Setting) -> None:
    for image in images:
        facts: list[str] = []
        if image.width and image.height:
            facts.append(f"{image.width} {setting.glyphs.times} {image.height}")
        if image.title:
            facts.append(image.title)
        if host := host_of(image.url):
            facts.append(host)
        text = f" {setting.glyphs.dot} ".join(facts)
        _add(page, [(text, "whisper")], setting, "  ", most=_TOPIC_LINES)
