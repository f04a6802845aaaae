"""Marking what one reads: read, starred, later, tags, notes; and taking all of it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from newsreader.config.settings import Settings
from newsreader.model import Article, ConfigError, InvalidQueryError
from newsreader.query import edit
from newsreader.text.counted import counted
from newsreader.ui.article_view import ArticleView
from newsreader.ui.counting_screen import CountingScreen
from newsreader.ui.status_line import StatusLine

if TYPE_CHECKING:
    from newsreader.library.keeper import Keeper
    from newsreader.marks.record import Record

_MANY = 1_000
"""Articles that are marked on a thread of their own."""
_OLDER = {"a day": "1d", "a week": "7d", "a month": "30d"}


class MarkScreen(CountingScreen):
    """What a reader does to articles, kept by a :class:`~newsreader.library.keeper.Keeper`."""

    settings = Settings()
    """What the reader has set, for this floor and those above."""
    _keeper: Keeper | None = None
    _reading_timer: Timer | None = None
    _may_lose = False

    class MarksChanged(Message):
        """Marks were kept, or could not be, or other programs changed those of some articles."""

        def __init__(self, names: frozenset[str]) -> None:
            super().__init__()
            self.names = names

    # Keeping

    @property
    def keeper(self) -> Keeper | None:
        """What keeps the marks; None while there are none."""
        return self._keeper

    def keep_marks(self, *, at_once: bool = True) -> None:
        """Begin to keep marks; unless *at_once*, only if there ever were any."""
        if self._keeper is None and (at_once or self.library.has_marks):
            book = self.library.book
            if book is not None:
                from newsreader.library.keeper import Keeper

                self._keeper = Keeper(book, self._tell_marks).start()

    def warm_up(self) -> None:
        """Have the index of words at hand as well."""
        super().warm_up()
        self.library.warm_up()

    def begin_marks(self) -> None:
        """Follow what others do, and note when each article was met first."""
        self.keep_marks(at_once=False)
        if self.library.can_mark and not self.library.are_samples and len(self.library.snapshot):
            self.keep_marks()
            if self._keeper is not None:
                self._keeper.call(self._see)

    def _see(self) -> None:
        if self.library.see():
            self._tell_marks(set())

    def _tell_marks(self, names: set[str]) -> None:
        self.post_message(self.MarksChanged(frozenset(names)))

    def on_mark_screen_marks_changed(self, event: MarksChanged) -> None:
        """Show the marks as they are now."""
        if event.names:
            self.library.follow_marks(event.names)
        self.show_marks()

    def show_marks(self) -> None:
        """Draw what depends on marks anew. The list stays as it is until something is asked."""
        pane = self.article_pane
        self.list_pane.redraw()
        if isinstance(pane.piece, Article):
            pane.relayout()
        status = self.query_one(StatusLine)
        error = self._keeper.error if self._keeper is not None else ""
        held = self._keeper.book.pending if self._keeper is not None and error else 0
        unread = self.library.unread_count
        status.status = status.status._replace(unread=unread, held=held, trouble=error)
        self.count_again()

    def end_marks(self) -> None:
        """Keep what is left to be kept."""
        if self.query(ArticleView):
            self.note_place()
        if self._keeper is not None:
            self._keeper.stop()

    def may_quit(self) -> bool:
        """Whether nothing would be lost, or the reader was warned of it."""
        keeper = self._keeper
        if keeper is None or not keeper.error or not keeper.book.pending or self._may_lose:
            return True
        count = keeper.book.pending
        message = (
            f"{counted(count, 'mark')} {'is' if count == 1 else 'are'} not saved ({keeper.error}). "
            "Quit again to leave without."
        )
        self.notify(message, severity="error", timeout=12, markup=False)
        self._may_lose = True
        return False

    # Verbs

    def act(self, verb: str, ids: Sequence[str], given: str = "") -> None:
        """Do a verb to articles, keep it, and say how many there were."""
        self.keep_marks()
        if self._keeper is None:
            self.notify("These articles cannot be marked.", severity="warning", markup=False)
        elif len(ids) > _MANY:
            self._act_beside(verb, ids, given)
        else:
            self._done(self.library.act(verb, ids, given))

    @work(thread=True, group="act", exit_on_error=False)
    def _act_beside(self, verb: str, ids: Sequence[str], given: str) -> None:
        record = self.library.act(verb, ids, given)
        self.app.call_from_thread(self._done, record)

    def _done(self, record: Record | None, nothing: str = "Nothing to change.") -> None:
        if record is None:
            self.notify(nothing, markup=False)
            return
        count = len({key for change in record.changes for key in change.keys})
        if count != 1 or record.undoes or record.redoes:
            # What is done to one article is seen there.
            undo = "" if record.undoes else "  u undoes it."
            self.notify(f"{self.library.in_words(record)}.{undo}", timeout=6, markup=False)
        self._keep(record)

    def _keep(self, record: Record) -> None:
        """Have *record* kept, and the names of what it marked."""
        keeper = self._keeper
        if keeper is None:
            return
        keeper.keep()
        keys = [key for change in record.changes for key in change.keys]
        if len(keys) > 1:
            keeper.call(lambda: self.library.know_again(keys))

    def _ids_to_mark(self) -> list[str]:
        """The articles that a verb is for; when there are none, that is said."""
        if self.acts_on_list:
            ids = self.list_pane.target_ids  # No file is read for them.
        else:
            ids = [piece.id for piece in self._targets if isinstance(piece, Article)]
        if not ids:
            self.notify("This story is not in the library.", severity="warning", markup=False)
        return ids

    def toggle(self, field: str, verb: str, opposite: str, ids: Sequence[str]) -> None:
        """Do *verb* to articles, or its *opposite* when it is done to all of them already."""
        if ids:
            lacking = any(getattr(self.library.marks(each), field) is None for each in ids)
            self.act(verb if lacking else opposite, ids)

    def action_mark_read(self) -> None:
        """Read, or unread again."""
        self.toggle("read", "read", "unread", self._ids_to_mark())

    def action_star(self) -> None:
        """Star, or no longer."""
        self.toggle("starred", "star", "unstar", self._ids_to_mark())

    def action_later(self) -> None:
        """Keep for later, or no longer."""
        self.toggle("later", "later", "unlater", self._ids_to_mark())

    def action_mark_shown(self) -> None:
        """Mark everything listed as read."""
        self.act("read", list(self.list_pane.view.ids()))

    def action_mark_more(self) -> None:
        """Choose which articles to mark."""
        from newsreader.ui.dialogs import ChoiceDialog

        articles = list(self.list_pane.view.ids())
        current = self.list_pane.current_id
        place = articles.index(current) if current in articles else 0
        choices: list[tuple[str, str, Callable[[], Sequence[str]]]] = [
            ("Read: all above", "read", lambda: articles[:place]),
            ("Read: all below", "read", lambda: articles[place + 1 :]),
        ]
        for words, age in _OLDER.items():
            choices.append((f"Read: all older than {words}", "read", self._older(age)))
        choices += [
            ("Read: all listed", "read", lambda: articles),
            ("Unread: all listed", "unread", lambda: articles),
            ("Star: all listed", "star", lambda: articles),
            ("Later: all listed", "later", lambda: articles),
        ]

        def chosen(number: int | None) -> None:
            if number is not None:
                _, verb, which = choices[number]
                self.act(verb, which())

        names = [name for name, _, _ in choices]
        self.app.push_screen(ChoiceDialog("Mark", names, 0), chosen)

    def _older(self, age: str) -> Callable[[], Sequence[str]]:
        def older() -> Sequence[str]:
            query = edit.append(self.query_text, f"date:..{age}")
            return list(self.library.answer(query, now=self.now, with_filters=False).view.ids())

        return older

    def action_tag(self) -> None:
        """Add or take away a tag."""
        ids = self._ids_to_mark()
        if ids:
            self.tag(ids)

    def tag(self, ids: Sequence[str]) -> None:
        """Ask for tags to add to articles or to take away."""
        from newsreader.marks.record import clean_tag
        from newsreader.ui.dialogs import TextDialog

        tags = sorted({tag for each in ids for tag in self.library.marks(each).tags})

        def accept(text: str) -> None:
            words = text.split()
            for word in words:
                if not clean_tag(word.removeprefix("-")):
                    raise ConfigError(f"{word} is no tag.")
            for word in words:
                verb = "untag" if word.startswith("-") else "tag"
                self.act(verb, ids, word.removeprefix("-"))

        known = f"Has {', '.join(tags)}.  " if tags else ""
        hint = f"{known}⏎ add   -tag takes it away   Esc close"
        self.app.push_screen(TextDialog(f"Tag {counted(len(ids), 'article')}", "", accept, hint))

    def action_note(self) -> None:
        """Write a note."""
        from newsreader.ui.dialogs import TextDialog

        ids = self._ids_to_mark()[:1]
        if not ids:
            return
        note = self.library.marks(ids[0]).note
        if "\n" in note:
            self.action_edit_note()
            return
        hint = "⏎ save   Esc close   E edits it in your editor"
        accept = lambda text: self.act("note", ids, text)  # noqa: E731
        self.app.push_screen(TextDialog("Note", note, accept, hint))

    def action_edit_note(self) -> None:
        """Write a note in the reader's editor."""
        ids = self._ids_to_mark()[:1]
        if ids:
            text = self._opener.edit_text(self.library.marks(ids[0]).note)
            if text is not None:
                self.act("note", ids, text)

    def action_undo(self) -> None:
        """Take back what was done last."""
        changed, done = self.last_changed_at, self.library.last_done_at
        if changed and changed >= done:
            self.take_back()
        else:
            self._revert(self.library.undo, "There is nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._revert(self.library.redo, "There is nothing to do again.")

    @work(thread=True, exclusive=True, group="act", exit_on_error=False)
    def _revert(self, change: Callable[[], Record | None], nothing: str) -> None:
        try:
            record = change()
        except OSError as error:
            message = f"The marks cannot be read: {error.strerror or error}"
            self.app.call_from_thread(self.notify, message, severity="error", markup=False)
            return
        self.app.call_from_thread(self.keep_marks, at_once=record is not None)
        self.app.call_from_thread(self._done, record, nothing)

    def verb_on_query(self, text: str) -> tuple[str, Callable[[], None]] | None:
        """What a verb with a query behind it would do: ``read date:..30d``, ``tag x police``."""
        from newsreader.library.verbs import VERBS

        name, _, rest = text.strip().partition(" ")
        verb = VERBS.get(name.lower())
        given, query = "", rest.strip()
        if verb is not None and verb.takes:
            given, _, query = query.partition(" ")
        if verb is None or not query.strip() or verb.name == "open":
            return None
        try:
            found = self.library.answer(query, now=self.now, with_filters=False).view
        except InvalidQueryError as error:
            return f"{error.message}.", lambda: None
        ids = list(found.ids())
        what = f"{verb.name} {given}".strip()
        return f"{what}: {counted(len(ids), 'article')}", lambda: self.act(verb.name, ids, given)

    # Reading on

    def action_next_unread(self) -> None:
        """Next unread article."""
        self._go_unread(1)

    def action_previous_unread(self) -> None:
        """Previous unread article."""
        self._go_unread(-1)

    def _go_unread(self, step: int) -> None:
        def is_unread(article_id: str) -> bool:
            return self.library.marks(article_id).read is None

        if not self.list_pane.go_to_article(step, is_unread):
            where = "further down" if step > 0 else "further up"
            self.notify(f"There is nothing unread {where}.", markup=False)

    @on(ArticleView.NextWanted)
    def _next_wanted(self) -> None:
        piece = self.article_pane.piece
        if isinstance(piece, Article) and self.library.marks(piece.id).read is None:
            self._note_read(piece)
        self._go_unread(1)

    def _note_read(self, article: Article) -> None:
        """Mark *article* as read without a word; u takes it back."""
        self.keep_marks()
        record = self.library.act("read", [article.id]) if self._keeper is not None else None
        if record is not None:
            self._keep(record)

    def go_to(self, name: str) -> None:
        """Go to a pane; to go into an article is to read it."""
        super().go_to(name)
        self._begin_reading()

    @on(ArticleView.Showing)
    def _begin_reading(self) -> None:
        """Count an article as read after a moment in it; scrolling a list never does."""
        if self._reading_timer is not None:
            self._reading_timer.stop()
            self._reading_timer = None
        piece = self.article_pane.piece
        read_after = self.settings.read_after
        if read_after and self.pane == "article" and isinstance(piece, Article):
            self._reading_timer = self.set_timer(read_after, lambda: self._still_at(piece))

    def _still_at(self, article: Article) -> None:
        here = self.article_pane.piece
        if self.pane == "article" and isinstance(here, Article) and here.id == article.id:
            self._note_read(article)

    def opened(self, articles: Sequence[Article]) -> None:
        """Note that articles were opened in a browser, which reads them."""
        self.keep_marks()
        if self._keeper is None or not articles:
            return
        for verb in ("open", "read"):
            record = self.library.act(verb, [article.id for article in articles])
            if record is not None:
                self._keep(record)

    # Places in texts

    def note_place(self) -> None:
        """Remember where the reader is in the text shown."""
        pane = self.article_pane
        piece, position = pane.piece, pane.position
        if not isinstance(piece, Article) or position is None or not self.library.can_mark:
            return
        before = self.library.marks(piece.id).position
        if position.line == (before.line if before else 0):
            return
        self.keep_marks()
        if self._keeper is not None:
            self.library.note_position(piece.id, position)
            self._keeper.keep()
