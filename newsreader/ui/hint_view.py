"""A page whose links are taken by letters: each in sight has a label, which one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from itertools import product
from typing import Concatenate, ParamSpec, TypeVar

from rich.cells import cell_len
from textual import events
from textual.message import Message

from newsreader.model import Article, Piece
from newsreader.text.links import Target
from newsreader.text.urls import absolute
from newsreader.ui.cells import Line, Run, clusters
from newsreader.ui.find_view import FindView
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.inks import LABEL, LEADS_TO
from newsreader.ui.page_flow import Page

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"

_View = TypeVar("_View", bound="HintView")
_P = ParamSpec("_P")


def after_hints(
    change: Callable[Concatenate[_View, _P], None],
) -> Callable[Concatenate[_View, _P], None]:
    """Have a *change* of the page wait while there are labels.

    Else they would go, and the letters that one types for them would be keys.
    """

    @wraps(change)
    def waiting(view: _View, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        if view.is_hinting:
            view.waiting.append(partial(change, view, *args, **kwargs))
        else:
            change(view, *args, **kwargs)

    return waiting


def labels(count: int) -> Sequence[str]:
    """So many labels, none of them the beginning of another; the keys at hand first."""
    if count <= len(_LETTERS):
        return _LETTERS[:count]
    return ["".join(pair) for pair in product(_LETTERS, repeat=2)][:count]


def labelled(line: Line, places: Mapping[int, str]) -> Line:
    """*line* with labels over the beginnings of runs, by the place where each run begins."""
    runs: list[Run] = []
    place = 0
    for text, role in line:
        label = places.get(place, "")
        place += len(text)
        if label:
            runs.append((label, LABEL))
            text = _without(text, len(label))
        if text:
            runs.append((text, role))
    return tuple(runs)


def _without(text: str, cells: int) -> str:
    """*text* without its first *cells*."""
    used = 0
    for _, end, size in clusters(text):
        used += size
        if used >= cells:
            return " " * (used - cells) + text[end:]
    return ""


class HintView(FindView):
    """Shows a page, and labels on its links for as long as one chooses one of them."""

    _hints: Mapping[str, Target] = {}
    _hinted: Mapping[int, Mapping[int, str]] = {}
    """The labels by line, and by their place on it."""
    _typed = ""

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self.waiting: list[Callable[[], None]] = []
        """Changes of the page that wait until there are no labels."""

    class LinkTaken(Message):
        """The reader typed the label of a link or clicked on it, to open it or to copy its
        address.
        """

        def __init__(self, target: Target, *, copies: bool) -> None:
            super().__init__()
            self.target = target
            self.copies = copies

    class LinkWanted(Message):
        """The reader asked for one of the links, by its number from 1."""

        def __init__(self, piece: Piece, number: int) -> None:
            super().__init__()
            self.piece = piece
            self.number = number

    class LinksUnknown(Message):
        """A long article is shown, of which the links have no numbers yet."""

        def __init__(self, article: Article) -> None:
            super().__init__()
            self.article = article

    @property
    def links(self) -> Sequence[Target]:
        """All links of what is shown in the order of their numbers, as far as it has numbers."""
        return self._page.links

    @property
    def is_hinting(self) -> bool:
        """Whether letters are those of labels."""
        return bool(self._hints)

    @property
    def base(self) -> str:
        """The address that links of the text are relative to."""
        return ""

    def action_hints(self) -> None:
        """Put a label on each link in sight."""
        found = self._links_in_sight()
        if not found:
            self.notify("There is no link in sight. ; lists those of the article.", markup=False)
            return
        names = labels(len(found))
        hinted: dict[int, dict[int, str]] = {}
        for name, (y, place, _) in zip(names, found, strict=False):
            hinted.setdefault(y, {})[place] = name
        targets = (target for _, _, target in found)
        self._hints, self._hinted = dict(zip(names, targets, strict=False)), hinted
        self.redraw()

    def _links_in_sight(self) -> list[tuple[int, int, Target]]:
        """Line, place and target of each link in sight, each address once."""
        found: dict[str, tuple[int, int, Target]] = {}
        top = self.scroll_offset.y
        for y in range(top, min(top + self.size.height, self.virtual_size.height)):
            place = 0
            for text, role in self.line(y):
                url = absolute(role.partition(LEADS_TO)[2], self.base)
                if url and url not in found:
                    found[url] = (y, place, Target(text, url))
                place += len(text)
        return list(found.values())

    def take_link_at(self, x: int, y: int) -> None:
        """Open the link at cell *x* of line *y*, if there is one."""
        end = 0
        for text, role in self.line(y):
            end += cell_len(text)
            if x < end:
                url = absolute(role.partition(LEADS_TO)[2], self.base)
                if url:
                    self.post_message(self.LinkTaken(Target(text, url), copies=False))
                return

    def end_hints(self) -> None:
        """Take the labels away."""
        if self._hints:
            self._hints, self._hinted, self._typed = {}, {}, ""
            self.redraw()
            self._change()

    def _change(self) -> None:
        """Do what has waited."""
        waiting, self.waiting = self.waiting, []
        for change in waiting:
            change()

    async def _on_key(self, event: events.Key) -> None:
        """Take what is typed for labels, in its turn among the keys."""
        if self._hints:
            self._take_key(event)
        elif any(
            each.action == "hints" for each in self._bindings.key_to_bindings.get(event.key, ())
        ):
            self.action_hints()
        else:
            return
        event.stop()
        event.prevent_default()

    def _take_key(self, event: events.Key) -> None:
        if event.key == "backspace" and self._typed:
            self._typed = self._typed[:-1]
            self.redraw()
            return
        letter = event.character or ""
        typed = self._typed + letter.lower()
        target = self._hints.get(typed)
        if target is not None:
            self.end_hints()
            self.post_message(self.LinkTaken(target, copies=letter.isupper()))
        elif letter and any(label.startswith(typed) for label in self._hints):
            self._typed = typed
            self.redraw()
        else:
            self.end_hints()

    def on_blur(self) -> None:
        """Letters are for others now."""
        self.end_hints()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other links are in sight."""
        super().watch_scroll_y(old_value, new_value)
        self.end_hints()

    def set_page(self, page: Page, *, keep_place: bool) -> None:
        """Show *page*, which has other links, or has them elsewhere."""
        self._hints, self._hinted, self._typed = {}, {}, ""
        super().set_page(page, keep_place=keep_place)
        self._change()

    def _shown_line(self, y: int) -> Line:
        line = super()._shown_line(y)
        places = self._hinted.get(y)
        if not places:
            return line
        fitting = {place: label for place, label in places.items() if label.startswith(self._typed)}
        return labelled(line, fitting)
