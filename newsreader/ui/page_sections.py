"""The sections of a page: how its head, links, related stories and images look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from newsreader.model import Article, Image, Piece, Related
from newsreader.model.marks import NO_MARKS, Marks
from newsreader.text import dates
from newsreader.text.counted import counted
from newsreader.text.length import length_of
from newsreader.text.links import Target, plainly
from newsreader.text.urls import host_of
from newsreader.ui.cells import Line, Run, cut, line_len, wrap
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.inks import FIGURE, leading
from newsreader.ui.page_parts import Drawn, Stop
from newsreader.ui.page_pictures import IMAGES_KEY, NO_PICTURES, Pictures, lead_of, with_pictures

if TYPE_CHECKING:
    from newsreader.library.nearby import Near, Nearby

MEASURE = 72
"""The widest line of running text, in cells, unless the reader wants another."""
MARGIN = "  "
IMAGES = "IMAGES"
"""The heading of the section of images."""

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
    whether the library has it as an article. ``copies`` are the others of the article, and
    ``nearby`` is what else the library has beside it, None until that is known. ``full_text`` is
    what there is to say of the text that was fetched for it. ``pictures`` stand in its text, whose
    links are numbered when it ``has_link_numbers``.
    """

    width: int
    now: datetime
    glyphs: Glyphs
    trail: tuple[str, ...] = ()
    in_library: Callable[[Related], bool] = _known_of_none
    marks: Marks = NO_MARKS
    copies: Sequence[Article] = ()
    nearby: Nearby | None = None
    full_text: str = ""
    widest: int = MEASURE
    pictures: Pictures = NO_PICTURES
    has_link_numbers: bool = True

    @property
    def measure(self) -> int:
        """The width of running text, of at most ``widest`` cells."""
        return max(10, min(self.widest, self.width - 2 * len(MARGIN)))

    def with_pictures(self, lines: Iterable[Line], piece: Piece) -> list[Line]:
        """*lines* of the text of *piece* with its pictures among them."""
        return with_pictures(lines, self.pictures, piece.url, self.measure + len(MARGIN))


def add_head(draft: Draft, piece: Piece, setting: Setting) -> None:
    """The trail one came by, the title, the byline."""
    _trail(draft, setting)
    add_text(draft, [(piece.headline, "title")], setting, most=_TITLE_LINES)
    draft.gap()
    _byline(draft, piece, setting)
    _marks(draft, setting)
    draft.gap()


def _marks(page: Draft, setting: Setting) -> None:
    """What the reader did, and the note."""
    marks, glyphs = setting.marks, setting.glyphs
    runs: list[Run] = []
    if marks.read is not None:
        runs.append(("read   ", "whisper"))
    for moment, glyph, role, word in (
        (marks.starred, glyphs.starred, "star", "starred"),
        (marks.later, glyphs.later, "accent", "for later"),
    ):
        if moment is not None:
            runs += [(f"{glyph} ", role), (f"{word}   ", "whisper")]
    runs += [(f"#{tag}  ", "accent") for tag in marks.tags]
    if runs:
        add_text(page, runs, setting, most=_TOPIC_LINES)
    for note in marks.notes:
        page.gap()
        for line in wrap([(note, "emphasis")], max(10, setting.measure - 2)):
            page.lines.append(((f"{MARGIN}{glyphs.quote} ", "accent"), *line))


def add_lead(draft: Draft, piece: Piece, setting: Setting) -> None:
    """The image that *piece* begins with, once it is there."""
    url = lead_of(piece)
    if url not in setting.pictures.by_url:
        return
    lead = next(image for image in piece.images if image.url == url)
    label = f"{setting.glyphs.picture} {lead.title or host_of(url)}"
    said = wrap([(label, leading(FIGURE, url))], setting.measure)
    draft.lines += setting.with_pictures([((MARGIN, "text"), *line) for line in said], piece)
    draft.gap()


def add_note(draft: Draft, setting: Setting) -> None:
    """Say that the library does not have the story."""
    note = "This story is not in the library; this is what is known of it."
    add_text(draft, [(note, "whisper")], setting)
    draft.gap()


def add_origin(draft: Draft, setting: Setting) -> None:
    """Say where the text comes from, or why there is none."""
    if setting.full_text:
        add_text(draft, [(setting.full_text, "whisper")], setting)
        draft.gap()


def add_text(
    page: Draft, runs: Sequence[Run], setting: Setting, indent: str = "", most: int = 0
) -> None:
    """Running text, of so many lines at *most* (0 for any)."""
    margin = MARGIN + indent
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
        ago = dates.relative(moment, setting.now).replace(" ", "\u00a0")
        when = f"{dates.full(moment)}{dot}{ago}"
        first.append(((dot if first else "") + when, "whisper"))
    elif isinstance(piece, Article) and piece.published_text:
        first.append(((dot if first else "") + f"dated “{piece.published_text}”", "whisper"))
    if first:
        add_text(page, first, setting)
    kinds = [piece.type]
    if isinstance(piece, Article):
        kinds = [piece.type, piece.category, *piece.topics]
    known = [kind for kind in dict.fromkeys(kinds) if kind]
    if known:
        add_text(page, [(_kinds(known, setting), "whisper")], setting)
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
            flags.append(f"{glyphs.unpublished}\u00a0unpublished")
    if flags:
        runs.append((("   " if runs else "") + f" {glyphs.dot} ".join(flags), "whisper"))
    if isinstance(piece, Article) and not piece.body.isspace() and piece.body:
        words, minutes = length_of(piece.body, is_html=piece.body_is_html)
        length = f"{counted(words, 'word')} {glyphs.dot} {minutes:,} min"
        runs.append((("   " if runs else "") + length.replace(" ", "\u00a0"), "whisper"))
    if runs:
        add_text(page, runs, setting)


def add_links(page: Draft, piece: Piece, setting: Setting) -> None:
    """The addresses, by the numbers that open them."""
    links = piece.links
    if not links:
        add_text(page, [("No address is known.", "whisper")], setting)
        page.gap()
        return
    runs: list[Run] = []
    for number, link in enumerate(links, 1):
        runs.append(("   " if runs else "", "text"))
        runs += [
            (str(number), "accent"),
            (f"\u00a0{link.kind.value}".replace(" ", "\u00a0"), leading("text", link.url)),
        ]
    runs.append(
        (f"   {cut(host_of(piece.url), setting.measure, setting.glyphs.ellipsis)}", "whisper")
    )
    add_text(page, runs, setting)
    page.gap()


def addresses_of(piece: Piece) -> list[Target]:
    """The addresses of *piece* itself, which have the first numbers."""
    return [Target(link.kind.value, link.url) for link in piece.links]


def links_of_text(piece: Piece, links: Sequence[Target]) -> list[tuple[int, Target]]:
    """Those of all numbered *links* that the text of *piece* has on words, with their numbers."""
    first = len(piece.links) + 1
    return [
        (number, target)
        for number, target in enumerate(links[first - 1 :], first)
        if not target.is_picture
    ]


def add_links_of_text(
    page: Draft, numbered: Iterable[tuple[int, Target]], setting: Setting
) -> None:
    """Links of the text by their numbers: what they are on, and plainly where they lead."""
    ellipsis = setting.glyphs.ellipsis
    for number, target in numbered:
        text, where, doubt, is_address = plainly(target)
        lead = f"{number:>2}  "
        where = cut(where, setting.measure // 2, ellipsis)
        host = "" if is_address else f" {setting.glyphs.dot} {where}"
        shown = cut(text, max(1, setting.measure - len(lead) - cell_len(host)), ellipsis)
        page.lines.append(
            (
                (MARGIN, "text"),
                (lead, "accent"),
                (shown, leading("text", target.url)),
                (host, "whisper"),
            )
        )
        if doubt:
            add_text(page, [(doubt, "heat")], setting, " " * len(lead), most=_TITLE_LINES)


def add_heading(page: Draft, text: str, count: int, setting: Setting) -> None:
    """The heading of a section, how much is in it, and for images the key that shows them."""
    page.gap()
    runs = [(f"{text} ", "heading"), (str(count), "whisper")]
    if text == IMAGES:
        runs += [(f"   {IMAGES_KEY}", "accent"), (" shows them", "whisper")]
    add_text(page, runs, setting)
    page.lines.append(())


def add_related(page: Draft, items: Iterable[Related], setting: Setting) -> None:
    """Related stories, each of them a stop."""
    for related in items:
        with _stop(page, related):
            known = ("in the library",) if setting.in_library(related) else ()
            _add_outline(page, related, known, setting)
            if related.excerpt and related.title:
                add_text(page, [(related.excerpt, "text")], setting, "  ", most=_ASIDE_LINES)


def add_more(page: Draft, setting: Setting) -> None:
    """The other articles of the story, each of them a stop."""
    nearby = setting.nearby
    if nearby is not None and nearby.more:
        add_heading(page, "MORE ON THIS STORY", nearby.others, setting)
        _add_near(page, nearby.more, setting)


def add_similar(page: Draft, setting: Setting) -> None:
    """Similar articles with the reasons, each of them a stop."""
    nearby = setting.nearby
    if nearby is not None and nearby.similar:
        add_heading(page, "SIMILAR IN THE LIBRARY", len(nearby.similar), setting)
        _add_near(page, nearby.similar, setting)


def _add_near(page: Draft, items: Iterable[Near], setting: Setting) -> None:
    for near in items:
        with _stop(page, near.article):
            _add_outline(page, near.article, (), setting)
            if near.why:
                why = f" {setting.glyphs.dot} ".join(near.why)
                add_text(page, [(why, "whisper")], setting, "  ", most=_TOPIC_LINES)


@contextmanager
def _stop(page: Draft, piece: Piece) -> Iterator[None]:
    """What is added to the page meanwhile is one stop."""
    top = len(page.lines)
    yield
    page.stops.append(Stop(piece, top, len(page.lines) - top))
    page.lines.append(())


def _add_outline(page: Draft, piece: Piece, more: Sequence[str], setting: Setting) -> None:
    """A headline with the facts, and what *more* there is to say."""
    runs = [(piece.headline, leading("strong", piece.url))]
    title = _few(runs, setting.measure - 2, _TITLE_LINES, setting)
    for place, line in enumerate(title):
        lead = f"{setting.glyphs.crumb} " if place == 0 else "  "
        page.lines.append((("  ", "text"), (lead, "accent"), *line))
    facts: list[str] = []
    if piece.provider and piece.provider.label:
        facts.append(piece.provider.label)
    if piece.published_at is not None:
        facts.append(dates.short(piece.published_at, setting.now))
    if piece.quality is not None:
        facts.append(f"quality {piece.quality}")
    facts += more
    if facts:
        text = f" {setting.glyphs.dot} ".join(facts)
        add_text(page, [(text, "whisper")], setting, "  ", most=_TOPIC_LINES)


def add_copies(page: Draft, copies: Iterable[Article], setting: Setting) -> None:
    """Where the same article stands as well, each of them a stop."""
    dot = f" {setting.glyphs.dot} "
    for copy in copies:
        label = copy.provider.label if copy.provider else ""
        moment = copy.published_at
        when = dates.short(moment, setting.now) if moment else copy.published_text
        text = cut(label or copy.headline, setting.measure // 2, setting.glyphs.ellipsis)
        lead: Line = (("  ", "text"), (f"{setting.glyphs.crumb} ", "accent"))
        page.stops.append(Stop(copy, len(page.lines), 1))
        page.lines.append((*lead, (text, "strong"), (f"{dot}{when}" if when else "", "whisper")))


def add_images(page: Draft, images: Iterable[Image], setting: Setting) -> None:
    """Images, by reference."""
    for image in images:
        facts: list[str] = []
        if image.width and image.height:
            facts.append(f"{image.width} {setting.glyphs.times} {image.height}")
        if image.title:
            facts.append(image.title)
        if host := host_of(image.url):
            facts.append(host)
        text = f" {setting.glyphs.dot} ".join(facts)
        add_text(page, [(text, leading("whisper", image.url))], setting, "  ", most=_TOPIC_LINES)
