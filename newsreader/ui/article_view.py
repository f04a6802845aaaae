"""The article pane: one article or related story as a page, with the way one came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.message import Message
from textual.reactive import reactive

from newsreader.actions import Scope
from newsreader.model import Article, Piece
from newsreader.model.marks import NO_MARKS, Marks, Position
from newsreader.text.links import Target
from newsreader.ui.bindings import bindings_of
from newsreader.ui.cells import Line, wrap
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.hint_view import after_hints
from newsreader.ui.inks import Fields
from newsreader.ui.page import is_long, lay_out_page, source_of
from newsreader.ui.page_flow import Page
from newsreader.ui.page_parts import TOP, Place, Stop, ready
from newsreader.ui.page_sections import MEASURE, Setting
from newsreader.ui.pictured_view import PicturedView

if TYPE_CHECKING:
    from newsreader.library.nearby import Nearby
    from newsreader.ui.page_body import Source

_CONTEXT = 2
"""Lines kept in sight when paging."""

_PROSE: Fields = ("excerpt", "body", "provider", "related.title")
_ROLES_OF_PROSE = (
    *("text", "strong", "emphasis", "strong emphasis", "minor", "caption", "code", "link"),
    *("struck", "marked", "keyword", "string", "number", "comment"),
)
"""What runs of text may show, and their roles; a word may be bold in the middle of it."""


@dataclass(slots=True)
class Visit:
    """One story of the trail: what is shown, and where one was on its page.

    ``source`` is the body of a long one, as far as it was looked at, and ``nearby`` what the
    library has beside it, once that is known.
    """

    piece: Piece
    stop: int = -1
    place: Place = TOP
    source: Source | None = None
    nearby: Nearby | None = None


class ArticleView(PicturedView):
    """Shows a story, its links, and its related stories, which can be followed to any depth."""

    DEFAULT_CSS = """
    ArticleView { background: $surface; }
    """
    BINDINGS = bindings_of(Scope.ARTICLE)
    SHOWS: ClassVar[Mapping[str, Fields]] = {
        "title": ("title",),
        **dict.fromkeys(_ROLES_OF_PROSE, _PROSE),
    }

    stop: reactive[int] = reactive(-1, repaint=False, init=False)
    """The related story under the cursor, -1 for none."""

    class Showing(Message):
        """Another story is shown, or none."""

        def __init__(self, piece: Piece | None) -> None:
            super().__init__()
            self.piece = piece

    class LeftBehind(Message):
        """The reader moves to the pane on the left."""

    class NextWanted(Message):
        """The reader paged past the end."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        counterpart: Callable[[Piece], Article | None],
        copies_of: Callable[[str], Sequence[Article]],
        marks_of: Callable[[str], Marks] | None = None,
        told_of_text: Callable[[str], str] | None = None,
        measure: int = MEASURE,
        link_numbers: bool = True,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(glyphs=glyphs, id=id)
        self._clock = clock
        self._counterpart = counterpart
        self._copies_of = copies_of
        self._marks_of = marks_of
        self._told_of_text = told_of_text
        self._link_numbers = link_numbers
        self.set_reactive(ArticleView.measure, measure)
        self._trail: list[Visit] = []
        self._ahead: list[Visit] = []

    @property
    def piece(self) -> Piece | None:
        """What is shown."""
        return self._trail[-1].piece if self._trail else None

    @property
    def article(self) -> Article | None:
        """The article of the library that is shown, else the last one on the trail."""
        pieces = (visit.piece for visit in reversed(self._trail))
        return next((piece for piece in pieces if isinstance(piece, Article)), None)

    @property
    def base(self) -> str:
        """The address that links of the text are relative to."""
        return self.piece.url if self.piece is not None else ""

    @after_hints
    def number_links(self, body: str, links: Sequence[Target]) -> None:
        """Show the numbers of all *links* of a long *body*, if that is shown; it stays in place."""
        source = self._trail[-1].source if self._trail else None
        if source is not None and source.text == body:
            source.number_links(links, self.base)
            if self.piece is not None and len(links) > len(self.piece.links):
                self._relayout(keep_place=True)

    @property
    def target(self) -> Piece | None:
        """What open and copy act on: the related story under the cursor, else what is shown."""
        stop = self._current_stop
        if stop is not None and isinstance(stop.piece, Article):
            # Of a copy the page only has what the columns know.
            return self._counterpart(stop.piece) or stop.piece
        return stop.piece if stop else self.piece

    @property
    def depth(self) -> int:
        """How many steps one can go back."""
        return max(0, len(self._trail) - 1)

    def show(self, article: Article | None) -> None:
        """Show *article* from the top, as the start of a new trail.

        The same article read anew keeps the place and the trail.
        """
        old = self._trail[0].piece if self._trail else None
        if isinstance(old, Article) and article is not None and old.id == article.id:
            first = self._trail[0]
            if first.source is not None and first.source.text != article.body:
                first.source = None
            first.piece = article
            self._relayout(keep_place=True)
            return
        self._trail = [Visit(article)] if article is not None else []
        self._ahead = []
        self._enter()

    def _enter(self) -> None:
        """Lay out the last story of the trail where one was on it."""
        visit = self._trail[-1] if self._trail else None
        self.set_reactive(ArticleView.stop, visit.stop if visit else -1)
        self._relayout()
        self.call_after_refresh(self._return_to, visit.place if visit else TOP)
        self.post_message(self.Showing(self.piece))

    def _return_to(self, place: Place) -> None:
        piece = self.piece
        if place == TOP and isinstance(piece, Article) and self._marks_of is not None:
            position = self._marks_of(piece.id).position
            if position is not None and position.line:
                lines = self._page.height
                self._go(min(lines, round(position.line * lines / max(1, position.lines))))
                return
        self._go(self._page.line_at(place))

    @property
    def position(self) -> Position | None:
        """Where one is in the story the trail began with; None while it is not shown."""
        if self.depth or not self._trail or not self.size.height:
            return None
        return Position(self.scroll_offset.y, self._page.height)

    @after_hints
    def relayout(self) -> None:
        """Set the page anew where one is on it, for its marks have changed."""
        self._relayout(keep_place=True)

    @property
    def _nearby(self) -> Nearby | None:
        return self._trail[-1].nearby if self._trail else None

    @after_hints
    def set_nearby(self, article_id: str, nearby: Nearby) -> None:
        """Show what the library has beside the article shown; what one reads stays in place."""
        article = _whole(self.piece)
        if article is None or article.id != article_id or self._nearby == nearby:
            return
        above = (each for each in self._stops() if each[1].top <= self.scroll_offset.y)
        anchor = self._current_stop or max((stop for _, stop in above), default=None, key=_top)
        self._trail[-1].nearby = nearby
        self._relayout(keep_place=True)
        if anchor is None:
            return
        for number, stop in self._stops():
            if _is_same(stop.piece, anchor.piece):
                if self.stop >= 0:
                    self.set_reactive(ArticleView.stop, number)
                self._scroll(stop.top - anchor.top)
                self.redraw()
                return

    def _stops(self) -> Iterator[tuple[int, Stop]]:
        """All stops that are known, with their numbers."""
        stops = ((number, self._page.stop(number)) for number in range(self._page.stop_count))
        return ((number, stop) for number, stop in stops if stop is not None)

    def renew(self, article: Article) -> None:
        """Show *article* as it is now wherever it is on the trail; the place on it is kept."""
        for visit in self._trail:
            if isinstance(visit.piece, Article) and visit.piece.id == article.id:
                visit.piece, visit.source = article, None
        if isinstance(self.piece, Article) and self.piece.id == article.id:
            self._relayout(keep_place=True)

    def _leave(self) -> None:
        visit = self._trail[-1]
        visit.stop, visit.place = self.stop, self._page.place(self.scroll_offset.y)

    def _relayout(self, *, keep_place: bool = False) -> None:
        visit = self._trail[-1] if self._trail else None
        width = self.size.width
        if visit is None:
            page = _empty_page(width)
        else:
            piece = visit.piece
            setting = Setting(
                width,
                self._clock(),
                self.glyphs,
                trail=tuple(visit.piece.title for visit in self._trail[:-1]),
                in_library=lambda related: self._counterpart(related) is not None,
                marks=self._marks_of(piece.id)
                if self._marks_of is not None and isinstance(piece, Article)
                else NO_MARKS,
                copies=self._copies_of(piece.id) if isinstance(piece, Article) else (),
                nearby=visit.nearby,
                full_text=self._told_of_text(piece.id)
                if self._told_of_text is not None and isinstance(piece, Article)
                else "",
                widest=self.measure,
                pictures=self.pictures_of(piece),
                has_link_numbers=self._link_numbers,
            )
            if isinstance(piece, Article) and is_long(piece):
                visit.source = visit.source or source_of(piece)
                if self._link_numbers and not visit.source.has_numbers:
                    self.post_message(self.LinksUnknown(piece))
            page = lay_out_page(piece, setting, visit.source)
        if keep_place and self.stop >= page.stop_count:
            self.set_reactive(ArticleView.stop, page.stop_count - 1)
        self.set_page(page, keep_place=keep_place)

    def on_resize(self) -> None:
        """Set the page anew; the story under the cursor stays in sight."""
        self._relayout(keep_place=True)
        if self._current_stop is not None:
            self.call_after_refresh(self._reveal_stop)

    def line(self, y: int) -> Line:
        """One line of the page."""
        line = super().line(y)
        if line and self.is_cursor(y):
            (margin, role), *rest = line
            return ((self.glyphs.cursor, "accent"), (margin[1:], role), *rest)
        return line

    def fields_of(self, line: Line) -> Sequence[Fields]:
        """Running text is content; the numbered links are not."""
        if any(role == "accent" and text.isdecimal() for text, role in line):
            return [()] * len(line)
        return super().fields_of(line)

    def is_cursor(self, y: int) -> bool:
        """The lines of the related story under the cursor."""
        stop = self._current_stop
        return stop is not None and stop.top <= y < stop.top + stop.height

    @property
    def _current_stop(self) -> Stop | None:
        return self._page.stop(self.stop)

    def validate_stop(self, stop: int) -> int:
        """Keep the cursor on the related stories, or before the first."""
        return max(-1, min(stop, self._page.stop_count - 1))

    def watch_stop(self, old: int, new: int) -> None:
        """Draw both stories anew and follow."""
        for number in (old, new):
            each = self._page.stop(number)
            if each is not None:
                self.refresh_lines_at(each.top, each.height)
        self._reveal_stop()

    def _reveal_stop(self) -> None:
        if self.stop < 0:
            return
        page = self._page
        if not page.is_exact:
            page.prepare_stop(self.stop, self.size.height)
            if page.has_news:
                self._settle()
        stop = page.stop(self.stop)
        if stop is not None:
            self.reveal(stop.top - 1, min(stop.height + 2, max(1, self.size.height)))

    def _scroll(self, lines: int) -> None:
        self._go(self.scroll_offset.y + lines)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y + self.size.height >= self.virtual_size.height

    def action_down(self) -> None:
        """On to the next related story when it is in sight, else a line down."""
        following = self._page.stop(self.stop + 1)
        if following and following.top < self.scroll_offset.y + self.size.height:
            self.stop += 1
        else:
            self._scroll(1)

    def action_up(self) -> None:
        """Back to the story before when it is in sight, else a line up."""
        before = self._page.stop(self.stop - 1)
        if before and before.top + before.height > self.scroll_offset.y:
            self.stop -= 1
        elif self.stop == 0:
            self.stop = -1
            self._scroll(-1)
        else:
            self._scroll(-1)

    def action_next_related(self) -> None:
        """Next related story; after the last one, the next article of the story."""
        after = self._nearby.after if self._nearby is not None else None
        if self.stop + 1 < self._page.stop_count or after is None:
            self.stop += 1
        else:
            self.visit(after)

    def action_previous_related(self) -> None:
        """Previous related story; before the first one, the previous article of the story."""
        before = self._nearby.before if self._nearby is not None else None
        if self.stop > 0 or before is None:
            self.stop = max(0, self.stop - 1)
        else:
            self.visit(before)

    def action_follow(self) -> None:
        """Show the related story in place: the article of the library when it has it."""
        stop = self._current_stop
        if stop is None:
            self.stop = 0
            return
        self.visit(self._counterpart(stop.piece) or stop.piece)

    def visit(self, piece: Piece) -> None:
        """Go on to another story, from which one can come back."""
        if self._trail:
            self._leave()
        self._ahead = []
        self._trail.append(Visit(piece))
        self._enter()

    def back(self) -> bool:
        """Go back the way one came; False at the start."""
        if not self.depth:
            return False
        self._leave()
        self._ahead.append(self._trail.pop())
        self._enter()
        return True

    def forward(self) -> bool:
        """Go forward again; False at the end."""
        if not self._ahead:
            return False
        self._leave()
        self._trail.append(self._ahead.pop())
        self._enter()
        return True

    def page(self) -> None:
        """A page down, a little of it kept in sight; past the end, ask for the next article."""
        if self.at_end:
            self.post_message(self.NextWanted())
        else:
            self._scroll(max(1, self.size.height - _CONTEXT))

    def action_page_article(self) -> None:
        """Page down, or on to the next article."""
        self.page()

    def action_top(self) -> None:
        """To the top."""
        self.stop = -1
        self._go(0)

    def action_bottom(self) -> None:
        """To the end, and the last related story."""
        self.stop = self._page.stop_count - 1
        self._go_to_end()

    def action_page_down(self) -> None:
        """A page down."""
        self._scroll(max(1, self.size.height - _CONTEXT))

    def action_page_up(self) -> None:
        """A page up."""
        self._scroll(-max(1, self.size.height - _CONTEXT))

    def action_half_down(self) -> None:
        """Half a page down."""
        self._scroll(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Half a page up."""
        self._scroll(-max(1, self.size.height // 2))

    def action_left(self) -> None:
        """Go left."""
        self.post_message(self.LeftBehind())

    def action_link(self, number: int) -> None:
        """Open one of the links of what is shown."""
        if self.piece is not None:
            self.post_message(self.LinkWanted(self.piece, number))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the related story there, or follow it; elsewhere open the link."""
        y = event.y + self.scroll_offset.y
        number = self._page.stop_at(y)
        if number < 0:
            if event.chain == 1 and event.button == 1:
                self.take_link_at(event.x, y)
            return
        follows = event.chain >= 2 or number == self.stop
        self.stop = number
        if follows:
            self.action_follow()


def _empty_page(width: int) -> Page:
    message = wrap([("Nothing to read here yet.", "whisper")], max(10, width - 4))
    return Page([ready([(), *((("  ", "text"), *line) for line in message)])])


def _whole(piece: Piece | None) -> Article | None:
    return piece if isinstance(piece, Article) else None


def _is_same(one: Piece, other: Piece) -> bool:
    if isinstance(one, Article) and isinstance(other, Article):
        return one.id == other.id
    return one is other


def _top(stop: Stop) -> int:
    return stop.top
