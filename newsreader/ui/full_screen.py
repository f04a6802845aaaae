"""A screen that covers the one behind it."""

from __future__ import annotations

from textual.geometry import Region
from textual.screen import Screen, ScreenResultType


class FullScreen(Screen[ScreenResultType]):
    """Is not drawn anew with every change of the screen behind it, of which nothing is seen.

    Textual (8.2) takes each screen for one that lets the next shine through, and asks for the
    regions that have changed there; nothing else asks a screen for regions.
    """

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> FullScreen[ScreenResultType]:
        """Draw anew, unless that is asked for regions only."""
        if not regions:
            super().refresh(repaint=repaint, layout=layout, recompose=recompose)
        return self
