"""Taking over from a frame that was put up before the app began: nobody sees when.

What the app draws on the way to that frame stays unseen, and what is typed meanwhile waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual._compositor import LayoutUpdate
from textual.app import App

from newsreader.instant import STAND
from newsreader.ui.placing import PlacedUpdate

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.screen import Screen

    _Base = Driver
else:
    _Base = object

_PATIENCE = 1.0
"""Seconds that the app may take to draw what stands; then it draws what there is."""
_ALTERNATE_SCREEN = "\x1b[?1049h"


class Following(_Base):
    """What a driver inherits first so that it begins with the terminal as it finds it."""

    def start_application_mode(self) -> None:
        """Begin, and remember how the terminal was before a frame was put up."""
        STAND.watch()
        super().start_application_mode()  # type: ignore[safe-super]
        attributes = STAND.take_over()
        if STAND.frame:
            self.attrs_before = attributes

    def write(self, data: str) -> None:
        """Write *data*, but for what would clear a frame that stands."""
        if not (STAND.is_alone and data == _ALTERNATE_SCREEN):
            super().write(data)  # type: ignore[safe-super]


class TakingOver(App[None], inherit_bindings=False):
    """An app that draws nothing until it can draw the frame that is *standing*, if any."""

    def __init__(self, standing: str = "") -> None:
        super().__init__()
        self._standing = standing
        self._waits = bool(standing)
        self._early: list[events.Event] = []

    def get_driver_class(self) -> type[Driver]:
        """The driver of this platform, which follows what stands."""
        driver = super().get_driver_class()
        return type(f"Following{driver.__name__}", (Following, driver), {})

    def on_mount(self) -> None:
        """Wait no longer than a person would."""
        if self._standing:
            self.set_timer(_PATIENCE, self._draw_what_there_is)

    def whole_frame(self) -> str:
        """The whole screen as it is written to the terminal."""
        return self._whole().render_segments(self.console)

    def _whole(self) -> LayoutUpdate:
        return self.screen._compositor.render_full_update()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if self._standing and renderable is not None and not self._batch_count:
            whole = self._whole()
            is_same = whole.render_segments(self.console) == self._standing
            if not is_same and self.size == STAND.size:
                self.post_display_hook()
                return
            # Drawn again, nothing changes; unless something else was written meanwhile.
            if isinstance(whole, PlacedUpdate):
                whole.is_over_itself = is_same
            renderable = whole
            self._wait_no_more()
        super()._display(screen, renderable)

    def _draw_what_there_is(self) -> None:
        if self._standing:
            self._wait_no_more()
            super()._display(self.screen, self._whole())

    def _wait_no_more(self) -> None:
        self._standing = ""
        self.call_next(self._do_what_was_typed)

    async def on_event(self, event: events.Event) -> None:
        """Keep for later what is typed before there is a list to type for."""
        if self._waits and isinstance(event, events.InputEvent | events.Paste):
            self._early.append(event)
        else:
            await super().on_event(event)

    async def _do_what_was_typed(self) -> None:
        while self._early:
            await super().on_event(self._early.pop(0))
        self._waits = False

    def _print_error_renderables(self) -> None:
        STAND.take_down()
        super()._print_error_renderables()
