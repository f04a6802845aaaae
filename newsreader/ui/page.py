"""The article as a page: pure layout of an article or a related item into lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from newsreader.model import Article, Image, Piece, Related
from newsreader.text import dates
from newsreader.text.urls import host_of
from newsreader.ui.cells import Line, Run, cut, wrap
from newsreader.ui.glyphs import Glyphs

MEASURE = 72
"""The widest line of running text, in cells."""
_MARGIN = 2


class Stop(NamedTuple):
    """A related story on the page: which one, and the lines it takes."""

    related: Related
    top: int
    height: int


@dataclass(slots=True)
class Page:
    """Lines, and the places among them where the cursor stops."""

    lines: list[Line] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)

    def gap(self) -> None:
        """One blank line, unless there is one."""
        if self.lines and self.lines[-1]:
            self.lines.append(())


class Setting(NamedTuple):
    """What a page is laid out for: ``width`` in cells, the time now, the marks to use.

    ``trail`` are the headlines one came by, oldest first; ``in_library`` the numbers, from 0, of
    the related items that the library has as articles.
    """

    width: int
    now: datetime
    glyphs: Glyphs
    trail: tuple[str, ...] = ()
    in_library: frozenset[int] = frozenset()

    @property
    def measure(self) -> int:
        """The width of running text."""
        return max(10, min(MEASURE, self.width - 2 * _MARGIN))


def lay_out_page(piece: Piece, setting: Setting) -> Page:
    """*piece* as a page: head, excerpt, body, links, related stories, images."""
    page = Page()
    _trail(page, setting)
    _add(
        page,
        [(piece.headline, "title")],
        setting,
    )
    page.gap()
    _byline(page, piece, setting)
    page.gap()
    if piece.excerpt:
        _add(page, [(piece.excerpt, "text")], setting)
        page.gap()
    if isinstance(piece, Article):
        _body(page, piece, setting)
    else:
        note = "This story is not in the library; this is what is known of it."
        _add(page, [(note, "whisper")], setting)
        page.gap()
    _links(page, piece, setting)
    if isinstance(piece, Article):
        _related(page, piece, setting)
    _images(page, piece.images, setting)
    page.gap()
    return page


def _add(page: Page, runs: Iterable[Run], setting: Setting, indent: str = "") -> None:
    margin = " " * _MARGIN + indent
    for line in wrap(runs, setting.measure - len(indent)):
        page.lines.append(((margin, "text"), *line) if line else ())


def _trail(page: Page, setting: Setting) -> None:
    if not setting.trail:
        return
    crumb = f" {setting.glyphs.crumb} "
    each = max(12, (setting.measure - 4) // min(2, len(setting.trail)) - len(crumb))
    shown = [cut(title, each, setting.glyphs.ellipsis) for title in setting.trail[-2:]]
    if len(setting.trail) > 2:
        shown.insert(0, setting.glyphs.ellipsis)
    page.lines.append((("  ", "text"), (crumb.join(shown) + crumb.rstrip(), "whisper")))
    page.lines.append(())


def _byline(page: Page, piece: Piece, setting: Setting) -> None:
    dot = f" {setting.glyphs.dot} "
    first: list[Run] = []
    if piece.provider and piece.provider.label:
        first.append((piece.provider.label, "strong"))
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
        _add(page, [(dot.join(known), "whisper")], setting)
    _measures(page, piece, setting)


def _measures(page: Page, piece: Piece, setting: Setting) -> None:
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


def _body(page: Page, article: Article, setting: Setting) -> None:
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


def _links(page: Page, piece: Piece, setting: Setting) -> None:
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
    runs.append((f"   {host_of(piece.url)}", "whisper"))
    _add(page, runs, setting)
    page.gap()


def _heading(page: Page, text: str, count: int, setting: Setting) -> None:
    page.gap()
    _add(page, [(f"{text} ", "heading"), (str(count), "whisper")], setting)
    page.lines.append(())


def _related(page: Page, article: Article, setting: Setting) -> None:
    if not article.related:
        return
    _heading(page, "RELATED", len(article.related), setting)
    dot = f" {setting.glyphs.dot} "
    for number, related in enumerate(article.related):
        top = len(page.lines)
        for place, line in enumerate(wrap([(related.headline, "strong")], setting.measure - 2)):
            lead = f"{setting.glyphs.crumb} " if place == 0 else "  "
            page.lines.append((("  ", "text"), (lead, "accent"), *line))
        facts: list[str] = []
        if related.provider and related.provider.label:
            facts.append(related.provider.label)
        if related.published_at is not None:
            facts.append(dates.short(related.published_at, setting.now))
        if related.quality is not None:
            facts.append(f"quality {related.quality}")
        if number in setting.in_library:
            facts.append("in the library")
        if facts:
            _add(page, [(dot.join(facts), "whisper")], setting, indent="  ")
        if related.excerpt and related.title:
            _add(page, [(related.excerpt, "text")], setting, indent="  ")
        page.stops.append(Stop(related, top, len(page.lines) - top))
        page.lines.append(())


def _images(page: Page, images: tuple[Image, ...], setting: Setting) -> None:
    if not images:
        return
    _heading(page, "IMAGES", len(images), setting)
    for image in images:
        facts: list[str] = []
        if image.width and image.height:
            facts.append(f"{image.width} {setting.glyphs.times} {image.height}")
        if image.title:
            facts.append(image.title)
        if host := host_of(image.url):
            facts.append(host)
        _add(page, [(f" {setting.glyphs.dot} ".join(facts), "whisper")], setting, indent="  ")
