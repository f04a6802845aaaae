"""The library: the one object that the screen and the command line talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import time
from typing import TYPE_CHECKING, cast

from newsreader.library.answer import Answer, Filters, Group
from newsreader.library.filters import FilterCounts
from newsreader.library.identity import addresses
from newsreader.library.ingest import Progress, ingest
from newsreader.model import Article, ArticleNotFoundError, ChangeSet, Issue, Piece
from newsreader.model.marks import NO_MARKS, Marks, Position
from newsreader.query import (
    Order,
    Query,
    parse,
    parse_order,
    select,
    sort,
)
from newsreader.query.order import RELEVANCE
from newsreader.query.parse import NO_SEARCHES
from newsreader.query.query import together
from newsreader.sources.folder import exists
from newsreader.store.store import Snapshot, Store, View
from newsreader.text.urls import canonical

if TYPE_CHECKING:
    from newsreader.config.paths import MarkPlaces
    from newsreader.library.mark_book import MarkBook
    from newsreader.marks.record import Record
    from newsreader.query.ast import Text

_LEAST_ID = 4
_WITHOUT_INDEX = 3_000
"""Articles whose texts are looked through in less than a tenth of a frame or two."""
_KNOWN_AT_ONCE = 200
"""Articles whose names are kept with the record of what is done to them; more wait a little."""
_ORDERS = 4
"""Orders of all articles that are kept."""


class Library:
    """Articles from folders and files, and the questions asked of them.

    One thread at a time may iterate :meth:`ingest`; everything else may be called from any
    thread at any time and answers from what has been read so far.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        *,
        are_samples: bool = False,
        searches: Mapping[str, str] = NO_SEARCHES,
        mark_places: MarkPlaces | None = None,
    ) -> None:
        self.roots = tuple(roots)
        self.are_samples = are_samples
        self.searches = searches
        self._mark_places = mark_places
        self._book: MarkBook | None = None
        self._store = Store()
        self._issues: tuple[Issue, ...] = ()
        self._id_by_url: dict[str, str] = {}
        self._twins: tuple[tuple[str, str], ...] = ()
        self._opening = Lock()
        self._read_at: float | None = None
        self._stories: tuple[object, Sequence[int]] = (None, ())
        self._filter_counts = FilterCounts()

    @property
    def snapshot(self) -> Snapshot:
        """All articles as they stand."""
        return self._store.snapshot

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was wrong with the files at the last reading, and with the journal of marks."""
        return self._issues if self._book is None else (*self._issues, *self._book.issues)

    @property
    def has_any_root(self) -> bool:
        """Whether at least one of the paths to open is there."""
        return any(map(exists, self.roots))

    def report(self, issue: Issue) -> None:
        """Add a problem to those of the last reading."""
        self._issues += (issue,)

    def ingest(self) -> Iterator[Progress]:
        """Read the sources, and again for what has changed; apply each batch before it is told."""
        self._issues = ()
        self._read_at, read_at, was_read = None, time(), self._read_at is not None
        places = self._mark_places
        if self._book is None and places is not None and places.journal.is_dir():
            self.book  # noqa: B018 - there are marks, and articles come with them
        has_changes = False
        for progress in ingest(self.roots, self.snapshot):
            self._issues += progress.issues
            has_changes |= bool(progress.changes)
            if progress.changes:
                changes, book = progress.changes, self._book
                if book is None:
                    self._store.apply(changes)
                else:
                    book.recognise((*changes.added, *changes.updated))
                    self._store.apply(changes, book.marks)
                self._follow_urls(progress.changes)
            if progress.done == progress.total:
                self._arrange()
                self._twins = progress.twins
                self._match(progress.twins)
                if not was_read or not has_changes:
                    self._read_at = read_at
            yield progress

    def depends_on(self) -> Sequence[Path] | None:
        """All files and folders that an answer comes from; None when they are many.

        None as well when any of them has changed since it was read, or may have.

        Raises:
            OSError: when a folder cannot be read.
        """
        from newsreader.library.depends import depends_on

        if self._read_at is None:
            return None
        journal = self._mark_places.journal if self._mark_places is not None else None
        return depends_on(self.roots, journal, self._read_at)

    def _match(self, twins: Iterable[tuple[str, str]]) -> None:
        """Let files of one article share their marks."""
        for pair in twins:
            first, second = map(self.snapshot.article, pair)
            if self._book is not None and first is not None and second is not None:
                self._book.same(first, second)
                self.follow_marks(pair)

    # Marks

    @property
    def book(self) -> MarkBook | None:
        """The marks, which are read now if they were not; None when nothing can be marked."""
        if self._book is None and self._mark_places is not None:
            with self._opening:
                if self._book is None:
                    from newsreader.library.mark_book import MarkBook

                    book = MarkBook(self._mark_places)
                    book.open()
                    articles = list(self.snapshot)
                    book.recognise(articles)
                    self._book = book
                    self._match(self._twins)
                    self.follow_marks(article.id for article in articles)
        return self._book

    @property
    def can_mark(self) -> bool:
        """Whether there is a place to keep marks."""
        return self._mark_places is not None

    @property
    def has_marks(self) -> bool:
        """Whether anything was ever marked."""
        return self._book is not None

    @property
    def unread_count(self) -> int | None:
        """How many of all articles are unread; None where nothing can be marked."""
        if not self.can_mark:
            return None
        from newsreader.query.leaves import meaning

        return bytes(self.snapshot.columns.marks).translate(meaning("is:unread")).count(1)

    @property
    def last_done_at(self) -> float:
        """When, in seconds since 1970, what :meth:`undo` takes back was done; 0 for nothing."""
        record = self._book.last_done if self._book is not None else None
        return int(record.at[:12], 16) / 1000 if record is not None else 0.0

    def see(self) -> bool:
        """Note when those articles were met first that never were; whether there were any."""
        book = self.book
        new = book.see(article.id for article in self.snapshot) if book is not None else ()
        return bool(new) and self.follow_marks(new)

    def note_position(self, article_id: str, position: Position) -> None:
        """Note where the reader is in a text."""
        if self._book is not None:
            self._book.set([article_id], {"position": tuple(position)})

    def marks(self, article_id: str) -> Marks:
        """What was done to an article."""
        return NO_MARKS if self._book is None else self._book.marks(article_id)

    def act(self, verb: str, ids: Iterable[str], given: str = "") -> Record | None:
        """Do what :data:`~newsreader.library.verbs.VERBS` has as *verb* to the articles.

        None when all are so already, or cannot be marked.

        Raises:
            ValueError: when the verb takes something and *given* is none.
        """
        from newsreader.library.verbs import VERBS, act

        book = self.book
        if book is None:
            return None
        chosen = list(ids)
        some = (self.snapshot.article(each) for each in chosen[:_KNOWN_AT_ONCE])
        articles = [article for article in some if article is not None]
        return self._followed(act(book, VERBS[verb], chosen, given, articles))

    def undo(self) -> Record | None:
        """Take back what was done last; None when there is nothing.

        Raises:
            OSError: when the journal cannot be read.
        """
        return self._followed(None if self.book is None else self.book.undo())

    def redo(self) -> Record | None:
        """Do again what was taken back last; None when there is nothing.

        Raises:
            OSError: when the journal cannot be read.
        """
        return self._followed(None if self.book is None else self.book.redo())

    def _followed(self, record: Record | None) -> Record | None:
        if record is not None and self._book is not None:
            keys = (key for change in record.changes for key in change.keys)
            self.follow_marks(self._book.names(keys))
        return record

    def follow_marks(self, names: Iterable[str]) -> bool:
        """Take on the marks of the articles that have any of *names*; whether there are any."""
        book = self._book
        if book is None:
            return False
        there = self.snapshot.row
        marks = {name: book.marks(name) for name in names if there(name) is not None}
        if marks:
            orders = self.snapshot.orders
            self._store.mark(marks)
            kept = self.snapshot.orders
            kept.update((order, rows) for order, rows in orders.items() if not _is_of_marks(order))
        return bool(marks)

    # Reading

    def _arrange(self) -> None:
        """Have many articles lie in memory as they are read: the newest first."""
        snapshot = self.snapshot
        if len(snapshot) > _WITHOUT_INDEX:
            order = parse_order("")
            newest_first = _all_rows(snapshot, order)
            if not isinstance(newest_first, range):
                self._store.arrange(newest_first)
                self.snapshot.orders[order] = range(len(newest_first))

    def load(self) -> None:
        """Read everything."""
        for _ in self.ingest():
            pass

    def _follow_urls(self, changes: ChangeSet) -> None:
        if not changes.updated and not changes.removed:
            _index_urls(changes.added, self._id_by_url)
            return
        # An address may have gone from one article to another: the index is made anew.
        index: dict[str, str] = {}
        _index_urls(self.snapshot, index)
        self._id_by_url = index

    def by_url(self, url: str) -> Article | None:
        """The article that has *url* as any of its addresses."""
        name = self._id_by_url.get(canonical(url) or "")
        return None if name is None else self.snapshot.article(name)

    def counterpart(self, piece: Piece) -> Article | None:
        """The article of the library that a related item stands for, if it is there."""
        found = (self.by_url(link.url) for link in piece.links)
        return next((article for article in found if article is not None), None)

    def find(self, name: str) -> Article:
        """The article with an id (or the start of one), a URL, or a file name.

        Raises:
            ArticleNotFoundError: when there is none, or several ids start so.
        """
        snapshot = self.snapshot
        exact = snapshot.article(name) or self.by_url(name)
        if exact is not None:
            return exact
        if len(name) >= _LEAST_ID:
            starting = [article for article in snapshot if article.id.startswith(name)]
            if len(starting) == 1:
                return starting[0]
            if starting:
                count = len(starting)
                raise ArticleNotFoundError(f"{count} articles have ids that start with {name}.")
        path = Path(name)
        for article in snapshot:
            if Path(article.path) == path or Path(article.path).name == name:
                return article
        raise ArticleNotFoundError(f"There is no article {name}.")

    def parse(self, text: str, *, typing: bool = False) -> Query:
        """The query that *text* asks, which may name saved searches.

        Raises:
            InvalidQueryError: when it cannot be understood.
        """
        return parse(text, typing=typing, searches=self.searches)

    def answer(
        self,
        query: Query | str,
        order: str = "",
        *,
        now: datetime,
        typing: bool = False,
        with_filters: bool = True,
    ) -> Answer:
        """What *query* finds, sorted by *order*, else as the query says.

        A query that says nothing of it is answered with the best match first when it has words
        to match, else with the newest first.

        Raises:
            InvalidQueryError: when the query or the order cannot be understood.
        """
        asked = self.parse(query, typing=typing) if isinstance(query, str) else query
        snapshot = self.snapshot
        keys, rows = _in_order(asked, order, snapshot, now)
        view = View(snapshot, rows if asked.limit is None else rows[: asked.limit])
        groups = self._groups(asked, keys, view, now) if asked.group else ()
        answer = Answer(asked, keys, view, len(snapshot), groups=groups, has_marks=self.can_mark)
        return answer._replace(filters=self.filters(answer, now)) if with_filters else answer

    def filters(self, answer: Answer, now: datetime) -> Filters:
        """The filters that go with *answer*."""
        query, view = answer.query, answer.view
        found = view.rows
        if query.limit is not None:
            found = select(query, view.snapshot.columns, now)
        return self._filter_counts.of(query, view.snapshot, now, found)

    def filters_now(self, answer: Answer, now: datetime) -> Filters:
        """The filters that go with *answer*, with marks as they are now."""
        snapshot = self.snapshot
        found = select(answer.query, snapshot.columns, now)
        return self._filter_counts.of(answer.query, snapshot, now, found)

    @property
    def wants_index(self) -> bool:
        """Whether there are so many articles that an index of their words is worth it."""
        columns = self.snapshot.columns
        return len(columns) - columns.indexed > _WITHOUT_INDEX

    def index_words(self, *, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Make an index of all words, and of all that is counted, so that asking takes no time.

        Any thread may; it ends early when *is_wanted* says no.
        """
        snapshot = self.snapshot
        self._filter_counts.prepare(snapshot)
        snapshot.columns.index_words(is_wanted)

    def _groups(self, query: Query, order: Order, view: View, now: datetime) -> tuple[Group, ...]:
        from newsreader.library.groups import groups_of, stories_of

        snapshot = view.snapshot
        stories: Sequence[int] = ()
        if query.group == "story":
            articles, stories = self._stories
            if articles is not snapshot.columns.articles:
                stories = stories_of(snapshot.columns)
                self._stories = (snapshot.columns.articles, stories)
        newest_first = not any(key.field == "date" and not key.descending for key in order)
        return groups_of(
            view.rows,
            query.group or "",
            snapshot.columns,
            now=now,
            newest_first=newest_first,
            stories=stories,
        )

    def without(self, query: Query, now: datetime) -> list[int]:
        """For each term of *query*, how many articles there would be without that term."""
        table = self.snapshot.columns
        rest = ((*query.terms[:n], *query.terms[n + 1 :]) for n in range(len(query.terms)))
        return [len(select(Query(root=together(terms)), table, now)) for terms in rest]


def _in_order(
    query: Query, order: str, snapshot: Snapshot, now: datetime
) -> tuple[Order, Sequence[int]]:
    """The rows that *query* finds as *order* says, else as the query says; and what order it is."""
    table = snapshot.columns
    keys = parse_order(order) if order.strip() else query.order
    texts = _words_of(query)
    if texts and (keys is None or keys[0].field == "relevance"):
        from newsreader.query.relevance import by_relevance

        found = select(query, table, now, _all_rows(snapshot, parse_order("")))
        return RELEVANCE, by_relevance(found, texts, table)
    keys = tuple(key for key in keys or () if key.field != "relevance") or parse_order("")
    everything = _all_rows(snapshot, keys)
    return keys, everything if query.root is None else select(query, table, now, everything)


def _all_rows(snapshot: Snapshot, order: Order) -> Sequence[int]:
    """All rows in *order*: what is found among them is in order as well."""
    rows = snapshot.orders.get(order)
    if rows is None:
        if len(snapshot.orders) >= _ORDERS:
            snapshot.orders.clear()
        rows = sort(range(len(snapshot)), order, snapshot.columns)
        if rows == list(range(len(rows))):
            rows = range(len(rows))  # which is quicker to go through
        snapshot.orders[order] = rows
    return rows


def _is_of_marks(order: object) -> bool:
    return any(key.field in ("read", "starred", "added") for key in cast("Order", order))


def _words_of(query: Query) -> tuple[Text, ...]:
    if query.root is None:
        return ()
    from newsreader.query.relevance import free_texts

    return free_texts(query)


def _index_urls(articles: Iterable[Article], index: dict[str, str]) -> None:
    for article in articles:
        for address in addresses(article):
            index.setdefault(address, article.id)
