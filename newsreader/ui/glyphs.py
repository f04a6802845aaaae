"""The marks we draw: one cell wide each, with an ASCII set for terminals that need it."""

from typing import NamedTuple


class Glyphs(NamedTuple):
    """A set of marks.

    ``levels`` go from nothing to all, ``dots`` and ``rings`` from small to large.
    """

    cursor: str = "▌"
    unpublished: str = "◇"
    unread: str = "●"
    new: str = "✚"
    starred: str = "★"
    later: str = "◷"
    noted: str = "¶"
    heat: str = "▲"
    hot: str = "✦"
    related: str = "⋯"
    full: str = "▇"
    empty: str = "▁"
    levels: str = "▁▂▃▄▅▆▇█"
    crumb: str = "›"
    chosen: str = "✓"
    excluded: str = "−"
    search: str = "⌕"
    remove: str = "×"
    dot: str = "·"
    ellipsis: str = "…"
    quote: str = "▎"
    bullet: str = "•"
    rule: str = "─"
    heavy_rule: str = "━"
    times: str = "×"
    unfolded: str = "▾"
    folded: str = "▸"
    dots: str = "•●"
    rings: str = "◦○"
    tick: str = "┬"
    picture: str = "▣"
    goes_on: str = "↳"

    def bar(self, value: int, cells: int = 5, top: int = 100) -> tuple[str, str]:
        """A measure of *value* out of *top*: its full part and its empty part."""
        filled = max(0, min(cells, round(value * cells / top)))
        return self.full * filled, self.empty * (cells - filled)

    def spark(self, counts: tuple[int, ...]) -> str:
        """A small column chart, one cell a count; any count above zero shows."""
        most = max(counts, default=0)
        if not most:
            return self.levels[0] * len(counts)
        top = len(self.levels) - 1
        return "".join(self.levels[max(1, round(n * top / most)) if n else 0] for n in counts)


UNICODE = Glyphs()
ASCII = Glyphs(
    cursor=">",
    unpublished="?",
    unread="o",
    new="+",
    starred="*",
    later="~",
    noted="&",
    heat="^",
    hot="!",
    related="+",
    full="#",
    empty=".",
    levels=".:-=+*#@",
    crumb=">",
    chosen="x",
    excluded="-",
    search="/",
    remove="x",
    dot="-",
    ellipsis="~",
    quote="|",
    bullet="*",
    rule="-",
    heavy_rule="=",
    times="x",
    unfolded="v",
    folded=">",
    dots="*#",
    rings="oO",
    tick="+",
    picture="#",
    goes_on="\\",
)
