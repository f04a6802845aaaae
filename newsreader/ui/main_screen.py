"""The main screen: owns the query, the answer and the current article; widgets only tell it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from time import sleep
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.worker import Worker, WorkerState

from newsreader.actions import Scope
from newsreader.config.last_place import LastPlace
from newsreader.config.settings import Settings
from newsreader.library.answer import NO_FILTERS, Answer
from newsreader.library.library import Library
from newsreader.library.live import Live
from newsreader.library.reading import Reading
from newsreader.model import Article
from newsreader.query import FacetValue, describe, edit, order_text
from newsreader.ui import notes
from newsreader.ui.article_list import ArticleList
from newsreader.ui.article_view import ArticleView
from newsreader.ui.bindings import bindings_of
from newsreader.ui.counting_screen import PAUSE
from newsreader.ui.filter_pane import FilterPane
from newsreader.ui.glyphs import ASCII, UNICODE
from newsreader.ui.opening import Opener
from newsreader.ui.placing import in_next_frame, place_panes
from newsreader.ui.query_bar import QueryBar, TermLine
from newsreader.ui.query_screen import QueryScreen, is_in_word
from newsreader.ui.questions import Question, Reply, reply
from newsreader.ui.saved_screen import SavedFiles
from newsreader.ui.status_line import Status, StatusLine
from newsreader.ui.take_screen import TakeScreen

if TYPE_CHECKING:
    from newsreader.query.complete import Sources

ORDERS = (
    "-date",
    "date",
    "-quality",
    "quality",
    "-heat",
    "heat",
    "-hot",
    "provider",
    "-provider",
    "title",
    "-title",
    "-related",
)
_FEW = 3_000
"""Below this many articles a question is answered at once, in less than a tenth of a frame."""
_PATIENCE = 0.03
"""Seconds that the first frame may wait for the first articles."""
_SLOW = (
    *("/", "sort:", "excerpt:", "body:", "url:", "related.", "group:"),
    *("story:", "coverage", "is:duplicate", "hot:", "hot>", "hot<", "search:"),
)
"""What reads whole articles, puts all of them in order, or has stories found."""
_SWITCH = 0.001
"""Seconds that a thread may go on while another one waits."""
_SETTLED = 1.0
"""Seconds after the end of a reading: by then the first frames are out."""


def _settle_down() -> None:
    """Collect garbage again, which the start had put off, but leave what was loaded alone.

    Looking through all articles again and again makes scrolling stutter; so does looking through
    everything else every other second, which is done five times less often than Python would.
    """
    gc.freeze()
    gc.set_threshold(700, 20, 25)
    gc.enable()


class MainScreen(TakeScreen):
    """List, article and filters, joined by one query."""

    BINDINGS = bindings_of(Scope.ANYWHERE)

    class Read(Message):
        """Some more files were read, or all of them."""

        def can_replace(self, message: Message) -> bool:
            """Several of them say no more than one."""
            return isinstance(message, MainScreen.Read)

    class Replied(Message):
        """The library answered."""

        def __init__(self, reply: Reply) -> None:
            super().__init__()
            self.reply = reply

    def __init__(
        self,
        library: Library,
        reading: Reading,
        *,
        clock: Callable[[], datetime],
        opener: Opener,
        settings: Settings,
        query: str = "",
        saved_files: SavedFiles | None = None,
        place: LastPlace | None = None,
        leave: Callable[[LastPlace, int], None] = lambda *_: None,
        is_live: bool = False,
    ) -> None:
        super().__init__(classes="on-list")
        self.settings = settings
        place_panes(self)
        self.saved_files = saved_files
        self.library = library
        self.reading = reading
        self._clock = clock
        self._opener = opener
        self._glyphs = ASCII if settings.ascii else UNICODE
        self._generation = 0
        self._asked = 0
        self._activity = ""
        self._found: Answer | None = None
        self._listed: Reply | None = None
        self._facets: Mapping[str, tuple[FacetValue, ...]] = {}
        self._is_reload = False
        self._first_place = place or LastPlace()
        self._leave = leave
        self._live = Live(library, self._tell_read) if is_live else None
        self.set_reactive(QueryScreen.query_text, query or self._first_place.query)

    def compose(self) -> ComposeResult:
        """Two lines of chrome, and the panes between them."""
        self.prepare()
        yield QueryBar(glyphs=self._glyphs)
        yield TermLine(glyphs=self._glyphs, id="terms")
        with Horizontal(id="panes"):
            yield FilterPane(clock=self._clock, glyphs=self._glyphs, id="filters")
            marks_of = self.library.marks if self.library.can_mark else None
            yield ArticleList(
                clock=self._clock,
                marks_of=marks_of,
                is_new=self.library.is_new,
                glyphs=self._glyphs,
                id="list",
            )
            yield ArticleView(
                clock=self._clock,
                counterpart=self.library.counterpart,
                copies_of=self.library.copies,
                marks_of=marks_of,
                told_of_text=self.library.full_texts.told,
                measure=self.settings.measure,
                link_numbers=self.settings.link_numbers,
                glyphs=self._glyphs,
                id="article",
            )
        yield StatusLine(glyphs=self._glyphs)

    def on_mount(self) -> None:
        """Have news in the first frame when it is nearly there; else paint first, and read on."""
        # A thread that looks at files or counts may not keep a key waiting for longer than this.
        sys.setswitchinterval(_SWITCH)
        self.list_pane.set_reactive(ArticleList.density, self.settings.density)
        self.query_one(QueryBar).query_text = self.query_text
        if self._first_place.article:
            self.list_pane.begin_at(self._first_place.article, self._first_place.offset)
        self.reading.wait_for_news(_PATIENCE)
        self._follow(self.reading)
        if self._live is None:
            self.call_after_refresh(self.reading.look)
        else:
            # What changes from the look at the files on must not be missed.
            self.call_after_refresh(self._live.start, self.reading.look)

    @property
    def place(self) -> LastPlace:
        """Where the reader is."""
        pane = self.list_pane
        answer = self.answer
        query = answer.query.text if answer is not None else ""
        return LastPlace(query, pane.current_id, max(0, pane.cursor_offset))

    @property
    def now(self) -> datetime:
        """The time."""
        return self._clock()

    # Reading and asking

    def _follow(self, reading: Reading) -> None:
        """Show what *reading* has found so far, and what it will find."""
        self.reading = reading
        reading.listen(self._tell_read)
        self.on_main_screen_read()

    def _tell_read(self) -> None:
        self.post_message(self.Read())

    def on_main_screen_read(self) -> None:
        """Show what has been read so far."""
        reading = self.reading
        self._activity = notes.activity(reading)
        snapshot = self.library.snapshot
        if snapshot.edition != self._asked or (reading.is_over and self.answer is None):
            self.ask()
        else:
            self._update_status()
        if reading.is_over:
            if self._is_reload:
                self._is_reload = False
                self.notify(notes.changes(reading), markup=False)
            self.set_timer(_SETTLED, self.begin_marks)
            if self._live is not None:
                self.set_timer(_SETTLED, self.begin_stories)
            if not gc.isenabled():
                self.set_timer(_SETTLED, _settle_down)

    def sources(self) -> Sources:
        """The counts of the last answer to whole terms, and the saved searches."""
        from newsreader.query.complete import Sources

        answer = self.answer
        if answer is not None and not (self.is_typing and is_in_word(answer.query)):
            # They may come after the list; until then, those from before do.
            self._facets = answer.filters.facets or self._facets
        return Sources(self._facets, self.library.searches)

    def on_unmount(self) -> None:
        """Nobody listens any more."""
        if self._live is not None:
            self._live.stop()
        self.reading.stop()
        self.end_marks()

    def ask(self, *, settles: bool = False) -> None:
        """Ask the query as it stands; whatever was asked before no longer matters."""
        self._generation += 1
        self._asked = self.library.snapshot.edition
        self.know_saved()
        question = Question(
            self._generation,
            self.query_text,
            self._clock(),
            is_typing=self.is_typing and not settles,
            settles=settles,
        )
        size = len(self.library.snapshot)
        is_slow = any(each in self.query_text for each in _SLOW)
        # What rules come to is found off the event loop, once, and the list waits for it.
        is_slow |= size >= _FEW and not self.library.is_ready(question.now)
        if size < _FEW and not is_slow:
            self.count_saved()
            self._show(reply(self.library, question))
        elif not is_slow:
            found = reply(self.library, question, with_filters=False)
            self._listed = found
            self._show(found)
            # Beside the drawing of the list, each would take twice as long.
            self.call_after_refresh(self._find, question)
        else:
            self._find(question)

    @work(thread=True, exclusive=True, group="ask", exit_on_error=False)
    def _find(self, question: Question) -> None:
        """The list comes first, and what the filters count a moment later."""
        if question.generation != self._generation:
            return
        # A worker stays until garbage is collected, and an answer that it was given stays with it.
        found = self._listed
        if found is None or found.question is not question:
            found = reply(self.library, question, with_filters=False)
            self.post_message(self.Replied(found))
        if found.answer is None:
            return
        sleep(PAUSE)
        if question.generation == self._generation:
            is_wanted = lambda: question.generation == self._generation  # noqa: E731
            filters = self.library.filters(found.answer, question.now, is_wanted)
            self.count_saved()
            answer = found.answer._replace(filters=filters)
            self.post_message(self.Replied(found._replace(answer=answer)))

    def on_main_screen_replied(self, event: Replied) -> None:
        """Show the reply, unless another question was asked since."""
        if event.reply.question.generation != self._generation:
            return
        answer = event.reply.answer
        if answer is None or answer.filters is NO_FILTERS:
            self._show(event.reply)
        else:
            self.show_counts(answer)

    def _show(self, reply: Reply) -> None:
        """Show the answer, or what is wrong with the question; the last good list stays."""
        answer, question = reply.answer, reply.question
        self.error = reply.error
        if reply.error is not None:
            self.terms.complain(reply.error, self.scrolled)
            # What was typed on the way to the mistake may have found nothing: that is no list
            # to leave standing.
            if self._found is not None and self.answer is not None and not len(self.answer.view):
                self._present(self._found)
            return
        if answer is None:
            return
        if question.settles and answer.query.text != question.query:
            self.set_reactive(QueryScreen.query_text, answer.query.text)
            self.write_query(answer.query.text)
        if len(answer.view):
            self._found = answer
        self._present(answer, reply.without)
        self.terms.show(answer.query)

    def _present(self, answer: Answer, without: tuple[int, ...] = ()) -> None:
        before = self.answer
        if answer.filters is NO_FILTERS and before is not None:
            answer = answer._replace(filters=before.filters)
        is_same_question = before is not None and (before.query.text, before.order) == (
            answer.query.text,
            answer.order,
        )
        self.answer = answer
        note = notes.below(answer, without, self.library, self._activity)
        self.list_pane.mark(answer.query)
        self.list_pane.shows_hot = answer.order[0].field == "hot"
        if answer.query.root != (before.query.root if before else None):
            self.article_pane.mark(answer.query)
            self.article_pane.redraw()
        self.list_pane.show(
            answer.view, note, groups=answer.groups, is_same_question=is_same_question
        )
        self.filter_pane.show(answer, self.saved_counts)
        self.query_one(QueryBar).order = describe(answer.order)
        self._update_status()
        in_next_frame(self.list_pane, self.filter_pane, self.terms, self.query_one(StatusLine))

    def _update_status(self) -> None:
        answer = self.answer
        library = "samples" if self.library.are_samples else ""
        self.query_one(StatusLine).status = Status(
            shown=len(answer.view) if answer else 0,
            total=answer.total if answer else 0,
            order=describe(answer.order) if answer else "",
            filters=len(answer.query.terms) if answer else 0,
            hidden=answer.hidden if answer else 0,
            problems=len(self.library.issues),
            activity=self._activity,
            library=library,
            selected=self.list_pane.selected_count,
            unread=self.library.unread_count,
        )

    # The panes

    @on(ArticleList.Chosen)
    def _chosen(self) -> None:
        self.go_to("article")

    @on(ArticleView.Showing)
    def _shown(self, event: ArticleView.Showing) -> None:
        piece = event.piece
        has_stories = isinstance(piece, Article) and bool(piece.related)
        self.query_one(StatusLine).has_stories = has_stories

    @on(ArticleList.Selected)
    def _selected(self) -> None:
        self._update_status()

    # Actions that work anywhere

    def action_sort(self) -> None:
        """Choose the order."""
        from newsreader.query import parse_order
        from newsreader.query.relevance import natural_order
        from newsreader.ui.dialogs import ChoiceDialog

        answer = self.answer
        by_itself = order_text(natural_order(answer.query)) if answer else ORDERS[0]
        orders = tuple(dict.fromkeys((by_itself, *ORDERS)))
        names = [describe(parse_order(order)) for order in orders]
        current = order_text(answer.order) if answer else ""

        def chosen(number: int | None) -> None:
            if number is not None:
                self.is_typing = False
                order = orders[number] if orders[number] != by_itself else None
                self.edit_query(lambda text: edit.set_shown(text, "sort", order))

        place = orders.index(current) if current in orders else 0
        self.app.push_screen(ChoiceDialog("Sort by", names, place), chosen)

    def action_drop(self) -> None:
        """One step back: out of a pane, or one term off the query."""
        if self.leave_zen():
            pass
        elif self.pane != "list":
            if not (self.pane == "article" and self.article_pane.back()):
                self.go_to("list")
        elif self.focused is not self.list_pane:
            self.go_to("list")
        elif self.list_pane.clear_selection():
            pass
        elif self.query_text:
            self.edit_query(edit.remove_last)

    def action_leave(self) -> None:
        """Back to the list; from there, quit."""
        if self.pane != "list":
            self.go_to("list")
        else:
            self.action_quit()

    def action_quit(self) -> None:
        """Quit at once, unless that loses something."""
        if not self.may_quit():
            return
        self.note_place()
        if self.answer is not None:
            self._leave(self.place, self.article_pane.measure)
        self.is_leaving = True
        self.app.exit()

    def action_density(self) -> None:
        """One line or two lines an article."""
        self.list_pane.density = "roomy" if self.list_pane.density == "compact" else "compact"

    def action_theme(self) -> None:
        """Dark or light."""
        is_dark = self.app.current_theme.dark
        self.app.theme = "newsreader-light" if is_dark else "newsreader-dark"

    def action_reload(self) -> None:
        """Read the folders again."""
        self._is_reload = True
        self._follow(Reading(self.library, after=self.reading).start())

    def action_problems(self) -> None:
        """List the files that had problems."""
        from newsreader.ui.dialogs import ProblemsDialog

        self.app.push_screen(ProblemsDialog(self.library.issues, self._opener.edit))

    def action_palette(self) -> None:
        """Find a command."""
        self.app.action_command_palette()

    async def action_help(self) -> None:
        """Show the help."""
        from newsreader.ui.dialogs import HelpDialog

        await self.app.push_screen(HelpDialog())

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong with a question, if ever anything does."""
        if event.state is WorkerState.ERROR:
            message = f"The library could not answer: {event.worker.error!r}"
            self.notify(message, severity="error", markup=False)
