"""The marks of a library: what is done is a record at once, kept a moment later, and undone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from threading import Lock
from time import time
from types import MappingProxyType
from typing import Literal, TypeAlias

from newsreader.config.paths import MarkPlaces
from newsreader.library.indexed_marks import IndexedMarks
from newsreader.library.known_articles import KnownArticles
from newsreader.marks.compact import records_of
from newsreader.marks.names import names_of
from newsreader.marks.record import Change, Record
from newsreader.marks.undo import Undo, reverting, setting
from newsreader.marks.writer import Writer
from newsreader.model import Article
from newsreader.model.marks import Marks, Value
from newsreader.model.row import Row

Named: TypeAlias = Article | Row
"""An article whose names are known."""

_SAVE_EVERY = 20_000
"""Articles that are changed before the index is told, when a journal is read for the first time."""
_SESSIONS = 50
"""Sessions that are looked through for something to undo."""


def milliseconds() -> int:
    """The time of day since 1970, UTC."""
    return int(time() * 1000)


class MarkBook(IndexedMarks):
    """What the reader did to articles, and the journal in which it is kept.

    :meth:`set`, :meth:`see`, :meth:`undo` and :meth:`redo` take effect at once and are on disk
    after :meth:`keep`, which any one thread calls. :meth:`read` brings in what other processes
    and machines did.
    """

    def __init__(self, places: MarkPlaces, now: Callable[[], int] = milliseconds) -> None:
        super().__init__(places, now)
        self._name = os.urandom(4).hex()
        self._writer = Writer(places.journal, places.state)
        self._undo = Undo()
        self._undoing = Lock()
        self._knows_earlier = False
        self._began = ""
        self._known = KnownArticles(self.state)

    # Reading

    def open(self) -> None:
        """Know what was done before. Takes as long as what is new since the last time."""
        if self.places.journal.is_dir():
            self._open_index()
        self.read()

    def read(self) -> set[str]:
        """Bring in what is new in the journal; the names of the articles it changes."""
        changed: set[str] = set()
        with self._disk:
            changed |= self._read()
            if self._must_reread:
                # Without the index, all that was ever done has to be read.
                self._must_reread = False
                self._reader.start_again()
                changed |= self._read()
        return set(self.names(changed))

    def _read(self) -> set[str]:
        changed: set[str] = set()
        with closing(self._reader.news()) as news:
            for batch in news:
                self.report(batch.issues)
                names = set(_keys_of(batch.records))
                self._load(names)
                for record in batch.records:
                    self._clock.meet(record.at)
                    changed |= self.state.apply(record)
                changed |= self._known.meet(names)
                self._dirty |= {self.state.root(name) for name in names}
                if len(self._dirty) > _SAVE_EVERY:
                    self._save()
                if self._must_reread or self._pending:
                    break  # What is to be kept comes first; the rest is read a moment later.
        self._save()
        return changed

    def names(self, keys: Iterable[str]) -> Iterator[str]:
        """All names of some articles, their ids among them."""
        return self._known.names(keys)

    def recognise(self, articles: Iterable[Named]) -> None:
        """Find the marks of *articles*, whatever has become of their files since."""
        found = list(map(names_of, articles))
        self._known.match_bare(found)
        if not self.knows_any:
            return
        self.know(name for names in found for name in (names.id, *names.sure))
        self._known.recognise(found)

    def know(self, names: Iterable[str]) -> None:
        """Know the marks of articles by any names, whether these articles are at hand or not."""
        with self._disk:
            self._load(names)
        if self._must_reread:
            self.read()

    def same(self, first: Named, second: Named) -> None:
        """Let two files of one article share their marks, if they surely are of one."""
        self._known.same(names_of(first), names_of(second))

    def key(self, article_id: str) -> str:
        """The name under which the marks of an article are kept."""
        return self._known.key(article_id)

    def marks(self, article_id: str) -> Marks:
        """What was done to an article."""
        return self.state.marks(self.key(article_id))

    # Doing

    def set(
        self,
        ids: Iterable[str],
        values: Mapping[str, Value],
        verb: str = "",
        articles: Iterable[Named] = (),
    ) -> Record | None:
        """Give *values* to fields of articles; None when that changes nothing.

        What has no *verb* is only noted, and cannot be undone. The record takes the names of
        *articles* along, so that they are known again.
        """
        with self._lock:
            record = setting(self.state, map(self.key, ids), values)
            if not record.changes:
                return None
            record = record._replace(names=tuple(self._new_names(articles)))
            return self._did(record._replace(verb=verb, before=record.before if verb else ()))

    def see(self, ids: Iterable[str], at: int | None = None) -> tuple[str, ...]:
        """Note those of the articles that were never met before *at* a time, or now; their ids."""
        ids = list(ids)
        with self._disk:
            self._load(map(self.key, ids))
        seen, root = self.state.seen, self.state.root
        with self._lock:
            keys = ((each, self.key(each)) for each in ids)
            new = {each: key for each, key in keys if key not in seen and root(key) not in seen}
            if new:
                seen_at = self.now() if at is None else at
                change = Change(MappingProxyType({"seen": seen_at}), tuple(new.values()))
                self._did(Record("", changes=(change,)))
        return tuple(new)

    def undo(self) -> Record | None:
        """Take back what was done last, of this session or the one before; None for nothing.

        Raises:
            OSError: when the journal of the last session cannot be read.
        """
        return self._reverted("undoes")

    def redo(self) -> Record | None:
        """Do again what was taken back last; None for nothing.

        Raises:
            OSError: as :meth:`undo`.
        """
        return self._reverted("redoes")

    def _reverted(self, what: Literal["undoes", "redoes"]) -> Record | None:
        def last() -> Record | None:
            return self._undo.last if what == "undoes" else self._undo.next

        with self._undoing:
            if last() is None:
                self._know_earlier()
            with self._lock:
                record = last()
                if record is None:
                    return None
                reverted = reverting(self.state, record)
                if what == "undoes":
                    return self._did(reverted._replace(undoes=record.at))
                return self._did(reverted._replace(redoes=record.at))

    @property
    def last_done(self) -> Record | None:
        """What :meth:`undo` would take back, as far as this session knows."""
        return self._undo.last

    def _did(self, record: Record) -> Record:
        record = record._replace(at=self._clock.tick(self._name))
        # First: whoever saves the index meanwhile must not take it for kept.
        self._pending.append(record)
        self.state.apply(record)
        self._undo.note(record)
        return record

    def _know_earlier(self) -> None:
        if not self._knows_earlier and self.places.journal.is_dir():
            earlier: list[Record] = []
            with self._disk:
                # A session that only took things back leads to the one before.
                for session in islice(self._writer.sessions(before=self._began), _SESSIONS):
                    earlier[:0] = session
                    if Undo(earlier).last is not None:
                        break
                self._load(_keys_of(earlier))
            self._undo.put_under(Undo(earlier))
        self._knows_earlier = True

    # Keeping

    @property
    def has_written(self) -> bool:
        """Whether anything was kept in this session."""
        return bool(self._began)

    @property
    def pending(self) -> int:
        """How many things that were done are not on disk yet."""
        return len(self._pending)

    def keep(self) -> int:
        """Write down what is pending; how many records that were.

        Raises:
            OSError: when that cannot be done: all is pending still, to be tried again.
        """
        with self._lock:
            records = list(self._pending)
        if not records:
            return 0
        with self._disk:
            written = records
            if not self._began:
                start = Record(self._clock.tick(self._name), starts_session=True)
                written = [start._replace(at=min(start.at, records[0].at)), *records]
            before, lines = self._writer.append(written)
            self._began = self._began or written[0].at
            with self._lock:
                del self._pending[: len(records)]
            self._dirty.update(_keys_of(records))
            self._reader.skip(self._writer.path.name, before, lines, len(written))
        return len(records)

    def tidy(self) -> bool:
        """Make our own file shorter if that is worth it; whether it was.

        Raises:
            OSError: when that cannot be done.
        """
        with self._disk:
            if self._writer.compact() is None:
                return False
            self._reader.skip_all(self._writer.path.name)
        return True

    def know_again(self, articles: Iterable[Named]) -> int:
        """Write down the names of *articles* that were marked, if they are new; how many.

        Raises:
            OSError: when that cannot be done.
        """
        sets = tuple(self._new_names(articles))
        if sets:
            record = Record(self._clock.tick(self._name), names=sets)
            with self._lock:
                self._pending.append(record)
                self.state.apply(record)
            self.keep()
        return len(sets)

    def _new_names(self, articles: Iterable[Named]) -> Iterator[tuple[str, ...]]:
        for article in articles:
            names = names_of(article)
            if self._known.is_weak(names):
                continue  # Maybe it is another article at the same address: nothing is linked.
            root = self.state.root(self.key(names.id))
            if any(self.state.root(name) != root for name in names.sure):
                yield (self.key(names.id), *names.sure)

    def exported(self) -> Iterator[Record]:
        """All marks as records that another journal can take in, an article each."""
        if self._index is not None:
            with self._disk:
                try:
                    self._load(self._index.names())
                except Exception as error:  # noqa: BLE001 - SQLite raises many
                    self._give_up_index(error)
        if self._must_reread:
            self.read()
        for number, record in enumerate(records_of(self.state), 1):
            yield record._replace(number=number)

    def take_in(self, records: Sequence[Record]) -> int:
        """Bring in records of another journal, the later of two marks; how many articles change."""
        with self._disk:
            self._load(_keys_of(records))
        changed: set[str] = set()
        with self._lock:
            for record in records:
                if not record.starts_session:
                    self._clock.meet(record.at)
                    self._pending.append(record._replace(undoes="", redoes="", before=()))
                    changed |= self.state.apply(record)
        return len({self.state.root(name) for name in changed})

    def save(self) -> None:
        """Let the index have what was kept, so that the next start need not read it."""
        with self._disk:
            if self.knows_any and not self._must_reread:
                self._open_index()
            self._save()

    def close(self) -> None:
        """Let go of all files. What is pending is tried once more.

        Raises:
            OSError: when it cannot be kept.
        """
        try:
            self.keep()
            self.save()
        finally:
            self._writer.close()
            self._close_index()


def _keys_of(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        yield from record.keys
        for kept in record.kept:
            yield kept.key
        for names in record.names:
            yield from names
