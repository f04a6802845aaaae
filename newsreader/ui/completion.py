"""What may be put into the search box, in rows below it."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from newsreader.query.complete import NOTHING, Candidate, Completions
from newsreader.ui.cells import Line, cut, fit
from newsreader.ui.glyphs import UNICODE, Glyphs
from newsreader.ui.ink import Inked

_WIDEST = 64
_NARROWEST = 18
_GAP = 2


class CompletionList(Inked):
    """A few rows over the panes: the candidate, what it is, and how many articles have it.

    It only shows them. The search box keeps the focus and all keys.
    """

    DEFAULT_CSS = """
    CompletionList {
        layer: above; display: none; background: $panel-lighten-2; position: absolute;
        height: auto; width: auto;
    }
    """

    class Picked(Message):
        """The reader pointed at a candidate, by its number from 0."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._candidates: tuple[Candidate, ...] = ()
        self._current = -1
        self._columns = (0, 0, 0)

    def show(self, offers: Completions, current: int, *, x: int, y: int) -> None:
        """Show *offers*, the one with the number *current* as chosen, from cell *x*, *y* on."""
        if offers.candidates != self._candidates:
            self._candidates = offers.candidates
            self._columns = self._measured()
        self._current = current
        self.forget()
        if not offers.candidates:
            self.display = False
            return
        width = min(sum(self._columns) + 2, self.screen.size.width)
        rows = max(1, min(len(offers.candidates), self.screen.size.height - y - 2))
        self.styles.width = width
        self.styles.height = rows
        self.styles.offset = (max(0, min(x, self.screen.size.width - width)), y)
        self.display = True
        self.refresh()

    def hide(self) -> None:
        """Show nothing."""
        if self.display:
            self.show(NOTHING, -1, x=0, y=0)

    def _measured(self) -> tuple[int, int, int]:
        """The cells for the label, the hint and the count, each with the gap before it."""
        shown = self._candidates
        room = min(_WIDEST, max(_NARROWEST, self.screen.size.width - 4))
        counts = max((len(_count(each)) for each in shown), default=0)
        counts += _GAP if counts else 0
        label = min(max((cell_len(each.label) for each in shown), default=0), room - counts)
        hint = max((cell_len(each.hint) for each in shown), default=0)
        hint = min(hint + _GAP, max(0, room - counts - label)) if hint else 0
        if hint > _GAP:
            return label, max(hint, _NARROWEST - label - counts), counts
        return max(label, _NARROWEST - counts), 0, counts

    def line(self, y: int) -> Line:
        """One of the rows."""
        each = self._candidates[y]
        label, hint, count = self._columns
        mark = self.glyphs.cursor if y == self._current else " "
        ellipsis = self.glyphs.ellipsis
        shown = cut(each.hint, max(0, hint - _GAP), ellipsis) if hint else ""
        return (
            (mark, "accent"),
            (fit(each.label, label, ellipsis), "text"),
            (fit(f"{'':{_GAP}}{shown}", hint) if hint else "", "whisper"),
            (_count(each).rjust(count), "whisper"),
            (" ", "text"),
        )

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if y >= len(self._candidates):
            return self.drawn(None, lambda: ())
        return self.drawn(y, lambda: self.line(y), "cursor" if y == self._current else "")

    def on_click(self, event: events.Click) -> None:
        """Take the candidate one points at; the box keeps the focus."""
        event.stop()
        if event.y < len(self._candidates):
            self.post_message(self.Picked(event.y))


def _count(each: Candidate) -> str:
    return "" if each.articles is None else f"{each.articles:,}"
