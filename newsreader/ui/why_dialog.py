"""Why an article is as hot as it is: each part of its score with its bar, weight and reason."""

from __future__ import annotations

from textual.app import ComposeResult

from newsreader.library.hotness import Reason, Why
from newsreader.stories.hot import TOP
from newsreader.ui.cells import Line, cut, fit, wrap
from newsreader.ui.dialogs import Dialog
from newsreader.ui.glyphs import Glyphs
from newsreader.ui.lines_view import LinesView

_NAME = 10
_BAR = 10
_FACTORS = 10
_POINTS = 5


class WhyDialog(Dialog):
    """The score of an article, and what it comes from."""

    hint_text = "Esc close   The weights are [hot] in config.toml"

    def __init__(self, headline: str, why: Why, glyphs: Glyphs) -> None:
        super().__init__()
        self.title_text = "Why is this here?"
        self._headline = headline
        self._why = why
        self._glyphs = glyphs

    def inside(self) -> ComposeResult:
        """The parts."""
        yield LinesView(id="reasons")

    def on_resize(self) -> None:
        """Wrap to the width of the dialog."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        view = self.query_one(LinesView)
        lines = why_lines(self._headline, self._why, max(10, view.size.width - 1), self._glyphs)
        view.show([(line,) for line in lines])
        view.styles.height = len(lines)


def why_lines(headline: str, why: Why, width: int, glyphs: Glyphs) -> list[Line]:
    """The headline, the score, and a line a part; what is behind goes below where it is narrow."""
    lines: list[Line] = [((cut(headline, width, glyphs.ellipsis), "text"),)]
    score = (("hot", "whisper"), (f" {glyphs.hot}{why.score}", "heat"), (f" of {TOP:,}", "whisper"))
    lines += [score, ()]
    for reason in why.reasons:
        lines += _reason(reason, width, glyphs)
    if why.flood:
        text = f"{why.flood}: counts {glyphs.times} {why.damping:.2f}"
        lines += [(), *wrap([(text, "text")], width)]
    return lines


def _reason(reason: Reason, width: int, glyphs: Glyphs) -> list[Line]:
    filled, empty = glyphs.bar(round(reason.value * 100), _BAR)
    factors = f"{reason.value:.2f} {glyphs.times} {reason.weight:g}"
    line: Line = (
        (fit(reason.name, _NAME), "text"),
        (filled, "heat"),
        (empty, "track"),
        (f"  {fit(factors, _FACTORS)}", "text"),
        (f"{reason.points:>{_POINTS}.0f}  ", "strong"),
    )
    taken = _NAME + _BAR + 2 + _FACTORS + _POINTS + 2
    if taken + len(reason.text) <= width:
        return [(*line, (reason.text, "whisper"))]
    below = wrap([(reason.text, "whisper")], max(10, width - 2))
    return [line, *((("  ", "text"), *each) for each in below)]
