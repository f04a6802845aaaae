"""The app: themes, the command palette, and the one screen everything happens on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.binding import Binding

from newsreader.config.last_place import (
    LastPlace,
    last_measure,
    remember_measure,
    remember_place,
)
from newsreader.config.paths import measure_file, place_file
from newsreader.config.settings import Settings
from newsreader.instant import STAND
from newsreader.library.library import Library
from newsreader.library.reading import Reading
from newsreader.text import dates
from newsreader.ui import themes
from newsreader.ui.main_screen import MainScreen
from newsreader.ui.net import netted
from newsreader.ui.opening import Opener, Planner, plan_here
from newsreader.ui.saved_screen import SavedFiles, saved_files
from newsreader.ui.taking_over import TakingOver

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.driver import Driver

    from newsreader.library.browser import Launch


def _actions_provider() -> type[Provider]:
    from newsreader.ui.palette import ActionsProvider

    return ActionsProvider


class NewsreaderApp(TakingOver, inherit_bindings=False):
    """newsreader on a terminal."""

    TITLE = "newsreader"
    CSS_PATH = "newsreader.tcss"
    COMMANDS = {_actions_provider}  # noqa: RUF012 - Textual's own way
    BINDINGS = [  # noqa: RUF012
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        library: Library,
        settings: Settings | None = None,
        *,
        reading: Reading | None = None,
        query: str = "",
        place: LastPlace | None = None,
        saved_files: SavedFiles | None = None,
        clock: Callable[[], datetime] = dates.now,
        planner: Planner = plan_here,
        launcher: Callable[[Launch], None] | None = None,
        run_here: Callable[[Launch], None] | None = None,
        standing: str = "",
        is_live: bool = False,
    ) -> None:
        super().__init__(standing)
        self.animation_level = "none"
        self.library = library
        self.settings = settings or Settings()
        self._reading = reading or Reading(library).start()
        self._query = query
        self._is_live = is_live
        self._place = place
        self.last_place: LastPlace | None = None
        """Where the reader was when they left."""
        self.measure = self.settings.measure
        """The measure at the start, then that with which the reader left."""
        self._saved_files = saved_files
        self._clock = clock
        self._opener = Opener(self, planner, launcher, run_here)
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        self._start_with(self.settings.theme)

    def get_default_screen(self) -> Any:
        """The main screen is the only one there is to start with."""
        return MainScreen(
            self.library,
            self._reading,
            clock=self._clock,
            opener=self._opener,
            settings=self.settings,
            query=self._query,
            saved_files=self._saved_files,
            place=self._place,
            leave=self._leave_at,
            is_live=self._is_live,
        )

    def _leave_at(self, place: LastPlace, measure: int) -> None:
        self.last_place, self.measure = place, measure

    def get_driver_class(self) -> type[Driver]:
        """The driver of this platform, with the last net before the terminal."""
        # Imported here: by now Textual has imported its driver, and the parser with it.
        driver = super().get_driver_class()
        from newsreader.ui.terminal_input import listening

        return netted(listening(driver))

    async def on_event(self, event: events.Event) -> None:
        """Make what is pasted safe before any box has it, Textual's own among them."""
        if isinstance(event, events.Paste):
            from newsreader.text.sanitize import clean_block

            event.text = clean_block(event.text)
        await super().on_event(event)

    def _start_with(self, name: str) -> None:
        """Start with a theme, before any style is computed in the colours of another one."""
        theme = self.get_theme(name)
        if theme is None or theme.ansi:
            # Textual sets up a terminal's own colours only when the theme changes.
            theme = themes.DARK
        self.set_reactive(App.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """Say when the theme that was asked for is not known."""
        wanted = self.settings.theme
        if self.get_theme(wanted) is None:
            message = f"There is no theme {wanted!r}; using {themes.DARK.name}."
            self.notify(message, severity="warning", markup=False)
        elif wanted != self.theme:
            self.theme = wanted


def run(
    library: Library,
    reading: Reading,
    settings: Settings,
    query: str = "",
    place: LastPlace | None = None,
) -> None:
    """Run the app on a *library* that is being read, until the reader quits.

    It begins with *query*, or at the *place* where it was left.
    """
    setting = settings.measure
    settings = settings._replace(measure=last_measure(measure_file(), setting))
    app = NewsreaderApp(
        library,
        settings,
        reading=reading,
        query=query,
        place=place,
        saved_files=saved_files(),
        standing=STAND.frame,
        is_live=True,
    )
    app.run()
    if app.measure != settings.measure:
        settings = settings._replace(measure=app.measure)
        remember_measure(measure_file(), setting, app.measure)
    if app.last_place is not None:
        remember_place(place_file(), library.roots, app.last_place)
        if place is not None and STAND.start is not None:
            from newsreader.ui.first_frame import keep_frame

            keep_frame(STAND.start, library, reading, settings)
