"""The library: the one object that the screen and the command line talk to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from newsreader.library.answer import Answer
from newsreader.library.ingest import Progress, ingest
from newsreader.model import Article, ArticleNotFoundError, ChangeSet, Issue, Piece
from newsreader.query import (
    FACETS,
    FacetValue,
    Query,
    count,
    counts_excluding_own,
    parse,
    parse_order,
    select,
    sort,
)
from newsreader.query.facets import rows_excluding_own, with_zeros
from newsreader.query.table import UNKNOWN
from newsreader.sources.folder import exists
from newsreader.store.store import Snapshot, Store, View
from newsreader.text.urls import canonical

_LEAST_ID = 4


class Library:
    """Articles from folders and files, and the questions asked of them.

    One thread at a time may iterate :meth:`ingest`; everything else may be called from any
    thread at any time and answers from what has been read so far.
    """

    def __init__(self, roots: Sequence[Path], *, are_samples: bool = False) -> None:
        self.roots = tuple(roots)
        self.are_samples = are_samples
        self._store = Store()
        self._issues: tuple[Issue, ...] = ()
        self._id_by_url: dict[str, str] = {}
        self._all_counts: tuple[int, Mapping[str, tuple[FacetValue, ...]]] = (-1, {})

    @property
    def snapshot(self) -> Snapshot:
        """All articles as they stand."""
        return self._store.snapshot

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was wrong with the files at the last reading."""
        return self._issues

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
        for progress in ingest(self.roots, self.snapshot):
            self._issues += progress.issues
            if progress.changes:
                self._store.apply(progress.changes)
                self._follow_urls(progress.changes)
            yield progress

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

    def answer(
        self,
        query: Query | str,
        order: str = "-date",
        *,
        now: datetime,
        typing: bool = False,
        with_facets: bool = True,
    ) -> Answer:
        """What *query* finds, sorted by *order*.

        Raises:
            InvalidQueryError: when the query or the order cannot be understood.
        """
        asked = parse(query, typing=typing) if isinstance(query, str) else query
        keys = parse_order(order)
        snapshot = self.snapshot
        table = snapshot.columns
        rows = sort(select(asked, table, now), keys, table)
        view = View(snapshot, rows)
        if not with_facets:
            return Answer(asked, keys, view, len(snapshot))
        everything = self._counts_of_all(snapshot)
        facets = {
            field: with_zeros(counts_excluding_own(asked, table, now, field), everything[field])
            for field in FACETS
        }
        qualities = _tens(rows_excluding_own(asked, table, now, "quality"), table.quality)
        return Answer(asked, keys, view, len(snapshot), facets, qualities)

    def _counts_of_all(self, snapshot: Snapshot) -> Mapping[str, tuple[FacetValue, ...]]:
        revision, counts = self._all_counts
        if revision != snapshot.revision:
            rows = range(len(snapshot))
            counts = {field: count(snapshot.columns, rows, field) for field in FACETS}
            self._all_counts = (snapshot.revision, counts)
        return counts

    def without(self, query: Query, now: datetime) -> list[int]:
        """For each term of *query*, how many articles there would be without that term."""
        from newsreader.query.edit import remove

        table = self.snapshot.columns
        return [
            len(select(parse(remove(query.text, index)), table, now))
            for index in range(len(query.terms))
        ]


def _index_urls(articles: Iterable[Article], index: dict[str, str]) -> None:
    for article in articles:
        for link in article.links:
            address = canonical(link.url)
            if address is not None:
                index.setdefault(address, article.id)


def _tens(rows: Sequence[int], quality: Sequence[int]) -> tuple[int, ...]:
    counts = [0] * 10
    for row in rows:
        value = quality[row]
        if value != UNKNOWN:
            counts[min(9, max(0, value // 10))] += 1
    return tuple(counts)
