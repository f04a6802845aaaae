"""Reading articles on a thread: the one wanted last, and then those that may be wanted next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Queue
from typing import Any, cast

import pytest

from newsreader.library import fetching
from newsreader.library.fetching import Fetcher
from newsreader.model import Article, Issue
from newsreader.store.store import View

LONG = 10.0


class Shelf:
    """A view whose articles are read when they may be: each reading takes a ticket."""

    def __init__(self) -> None:
        self.begun: Queue[int] = Queue()
        self.tickets: Queue[Callable[[], None]] = Queue()

    def article(self, position: int) -> Article:
        self.begun.put(position)
        self.tickets.get(timeout=LONG)()
        return Article(id=f"{position}")

    def id(self, position: int) -> str:
        return f"{position}"

    def let(self, count: int) -> None:
        for _ in range(count):
            self.tickets.put(lambda: None)

    def began(self, *positions: int) -> None:
        assert [self.begun.get(timeout=LONG) for _ in positions] == list(positions)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def told() -> Queue[Any]:
    return Queue()


@pytest.fixture
def fetcher(told: Queue[Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Fetcher]:
    monkeypatch.setattr(fetching, "_PAUSE", 0.0)
    made = Fetcher(lambda article: told.put(article.id), told.put).start()
    yield made
    made.stop()
    made._thread.join(LONG)
    assert not made._thread.is_alive()


def test_what_is_wanted_last_is_read_and_what_came_between_is_not(
    fetcher: Fetcher, shelf: Shelf, told: Queue[Any]
) -> None:
    view = cast("View", shelf)
    fetcher.want(view, 1, [10, 11])
    shelf.began(1)
    fetcher.want(view, 2, [20])
    fetcher.want(view, 3, [30, 31])
    shelf.let(4)
    shelf.began(3, 30, 31)
    assert [told.get(timeout=LONG) for _ in range(2)] == ["1", "3"]
    fetcher.want(view, None, [])
    assert told.empty()


def test_what_goes_wrong_is_told_and_the_next_is_read(
    fetcher: Fetcher, shelf: Shelf, told: Queue[Any]
) -> None:
    def fail() -> None:
        raise OSError("broken")

    shelf.tickets.put(fail)
    fetcher.want(cast("View", shelf), 1)
    failed = told.get(timeout=LONG)
    assert isinstance(failed, Issue)
    assert "broken" in failed.reason
    shelf.let(1)
    fetcher.want(cast("View", shelf), 2)
    assert told.get(timeout=LONG) == "2"
