"""The article as a page: pure layout of an article or a related item into lines.

What is of ordinary length is laid out whole; a monster becomes parts that are laid out as they
come into sight (see :mod:`newsreader.ui.page_flow`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from newsreader.model import Article, Piece
from newsreader.text.links import Numbers, Target, links_of, numbered
from newsreader.ui.cells import Line
from newsreader.ui.page_flow import Page
from newsreader.ui.page_parts import Drawn, Part, ready
from newsreader.ui.page_sections import (
    IMAGES,
    MARGIN,
    Draft,
    Setting,
    add_copies,
    add_head,
    add_heading,
    add_images,
    add_lead,
    add_links,
    add_links_of_text,
    add_more,
    add_note,
    add_origin,
    add_related,
    add_similar,
    add_text,
    addresses_of,
    links_of_text,
)

if TYPE_CHECKING:
    from newsreader.ui.page_body import Source

_Item = TypeVar("_Item")

_SHORT_BODY = 20_000
_FEW_MARKS = 3_000
_MARKS = "\n*_`[]|<"
_LINKS = ("](", "]:", "<http", "<a ", "<A ")
_SHORT_EXCERPT = 3_000
_FEW_RELATED = 100
_FEW_IMAGES = 200
_FEW_LINKS = 300
"""Up to these, an article is laid out at once."""
_AT_ONCE = 10


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
        or sum(map(body.count, _LINKS)) > _FEW_LINKS
    )


def lay_out_page(piece: Piece, setting: Setting, source: Source | None = None) -> Page:
    """*piece* as a page: head, excerpt, body, addresses, links, copies, the rest of its story,
    related stories, similar articles, images.

    *source* are the pieces of its body that were found before, for another width.
    """
    if is_long(piece):
        page = Page(_parts(piece, setting, source))
        page.links = source.links if source is not None else ()
        return page
    draft = Draft()
    links: Sequence[Target] = ()
    add_head(draft, piece, setting)
    if piece.excerpt:
        add_text(draft, [(piece.excerpt, "text")], setting)
        draft.gap()
    add_lead(draft, piece, setting)
    add_origin(draft, setting)
    if isinstance(piece, Article):
        links = _body(draft, piece, setting)
    else:
        add_note(draft, setting)
    add_links(draft, piece, setting)
    if of_text := links_of_text(piece, links):
        add_heading(draft, "LINKS", len(of_text), setting)
        add_links_of_text(draft, of_text, setting)
    if setting.copies:
        add_heading(draft, "ALSO AT", len(setting.copies), setting)
        add_copies(draft, setting.copies, setting)
    add_more(draft, setting)
    if isinstance(piece, Article) and piece.related:
        add_heading(draft, "RELATED", len(piece.related), setting)
        add_related(draft, piece.related, setting)
    add_similar(draft, setting)
    if piece.images:
        add_heading(draft, IMAGES, len(piece.images), setting)
        add_images(draft, piece.images, setting)
    draft.gap()
    page = Page([ready(draft.lines, draft.stops)])
    page.links = links
    return page


def _parts(piece: Piece, setting: Setting, source: Source | None) -> Iterator[Part]:
    draft = Draft()
    add_head(draft, piece, setting)
    yield ready(draft.lines, name="head")
    if piece.excerpt:
        # Imported here, as below: no ordinary article needs it.
        from newsreader.text.chunks import Kind
        from newsreader.ui.page_body import Source, body_parts

        excerpt = Source(piece.excerpt, Kind.PLAIN)
        yield from body_parts(excerpt, "excerpt", setting.measure, MARGIN, setting.glyphs)
        yield ready([()])
    draft = Draft()
    add_lead(draft, piece, setting)
    add_origin(draft, setting)
    yield ready(draft.lines, name="origin")
    if not isinstance(piece, Article):
        draft = Draft()
        add_note(draft, setting)
        yield ready(draft.lines)
    elif piece.body and not piece.body.isspace():
        from newsreader.ui.page_body import body_parts

        source = source or source_of(piece)
        yield from body_parts(
            source,
            "body",
            setting.measure,
            MARGIN,
            setting.glyphs,
            lambda lines: setting.with_pictures(lines, piece),
        )
        yield ready([()])
    draft = Draft()
    add_links(draft, piece, setting)
    yield ready(draft.lines, name="links")
    if source is not None and (of_text := links_of_text(piece, source.links)):
        yield from _groups("LINKS", of_text, setting, add_links_of_text, pitch=1)
        yield ready([()])
    if setting.copies:
        yield from _groups("ALSO AT", setting.copies, setting, add_copies, pitch=1, stops=1)
    if setting.nearby is not None and setting.nearby.more:
        draft = Draft()
        add_more(draft, setting)
        yield ready(draft.lines, draft.stops, name="more")
    if isinstance(piece, Article) and piece.related:
        yield from _groups("RELATED", piece.related, setting, add_related, pitch=4, stops=1)
    if setting.nearby is not None and setting.nearby.similar:
        draft = Draft()
        add_similar(draft, setting)
        yield ready(draft.lines, draft.stops, name="similar")
    if piece.images:
        yield from _groups(IMAGES, piece.images, setting, add_images, pitch=1)
        yield ready([()])


def source_of(article: Article) -> Source:
    """The body of a long article, of which no piece was looked at yet."""
    from newsreader.text.chunks import Kind
    from newsreader.ui.page_body import Source

    kind = Kind.HTML if article.body_is_html else Kind.MARKDOWN
    return Source(article.body, kind, article.title)


def _groups(
    title: str,
    items: Sequence[_Item],
    setting: Setting,
    lay_out: Callable[[Draft, Sequence[_Item], Setting], None],
    pitch: int,
    stops: int = 0,
) -> Iterator[Part]:
    draft = Draft()
    add_heading(draft, title, len(items), setting)
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


def _body(page: Draft, article: Article, setting: Setting) -> Sequence[Target]:
    """Add the body; the links of the article in the order of their numbers, if they have some."""
    if not article.body.strip():
        return ()
    # Imported here: most articles of most libraries have no body.
    from newsreader.text.blocks import without_title
    from newsreader.text.bodies import blocks_of
    from newsreader.ui.blocks_layout import lay_out

    blocks = blocks_of(article.body, is_html=article.body_is_html)
    blocks = without_title(blocks, article.title)
    links: list[Target] = []
    if setting.has_link_numbers:
        links = numbered(addresses_of(article), links_of(blocks), article.url)
        blocks = Numbers(links, article.url).add_to(blocks)
    margin = MARGIN
    lines = lay_out(blocks, setting.measure, setting.glyphs)
    with_margin: list[Line] = [((margin, "text"), *line) if line else () for line in lines]
    page.lines += setting.with_pictures(with_margin, article)
    page.gap()
    return links
