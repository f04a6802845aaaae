"""Reading whole articles beside the screen: the one that is wanted, then those that may be next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Condition, Thread
from typing import NamedTuple

from newsreader.model import Article, Issue
from newsreader.store.store import View
from newsreader.text.sanitize import clean_line

_PAUSE = 0.02
"""Seconds after which what may be wanted next is read: by then the key's own frame is drawn."""


class _Wish(NamedTuple):
    """An article by its position in a view, if it is to be read, and those to be read after it."""

    view: View
    position: int | None
    following: Sequence[int]


class Fetcher:
    """Reads articles on a thread of its own, which does nothing but what was wanted last.

    *told* is called there with each article that was wanted, *failed* with what went wrong.
    """

    def __init__(self, told: Callable[[Article], None], failed: Callable[[Issue], None]) -> None:
        self._told = told
        self._failed = failed
        self._wish: _Wish | None = None
        self._is_over = False
        self._changed = Condition()
        self._thread = Thread(target=self._run, name="articles", daemon=True)

    def start(self) -> Fetcher:
        """Begin."""
        self._thread.start()
        return self

    def want(self, view: View, position: int | None, following: Sequence[int] = ()) -> None:
        """Read the article at *position* and tell it, then those that may follow, quietly."""
        with self._changed:
            self._wish = _Wish(view, position, following)
            self._changed.notify()

    def stop(self) -> None:
        """End; what is being read is left alone."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def _run(self) -> None:
        while (wish := self._next()) is not None:
            view, position, following = wish
            if position is not None:
                self._read(view, position, self._told)
            if following and self._is_quiet():
                for each in following:
                    if self._wish is not None or self._is_over:
                        break
                    self._read(view, each, lambda _: None)

    def _next(self) -> _Wish | None:
        """What is wanted, as soon as something is; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._wish is not None or self._is_over)
            wish, self._wish = self._wish, None
            return None if self._is_over else wish

    def _is_quiet(self) -> bool:
        """Whether nothing else is wanted for a moment."""
        with self._changed:
            return not self._changed.wait_for(
                lambda: self._wish is not None or self._is_over, _PAUSE
            )

    def _read(self, view: View, position: int, then: Callable[[Article], None]) -> None:
        try:
            then(view.article(position))
        except Exception as error:  # noqa: BLE001 - the thread must go on
            self._failed(Issue(clean_line(view.id(position)), clean_line(f"reading: {error!r}")))
