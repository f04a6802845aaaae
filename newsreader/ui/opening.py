"""Leaving the screen for a browser or the clipboard."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported

from newsreader.model import Issue, NewsreaderError
from newsreader.text.counted import counted
from newsreader.text.urls import plain_host

if TYPE_CHECKING:
    from newsreader.library.browser import Launch, ShowInstead

_MANY = 10
"""More addresses than this are only opened when the reader says so again."""

Planner = Callable[[str], "Launch | ShowInstead"]


def plan_here(url: str) -> Launch | ShowInstead:
    """How to open *url* on this machine.

    Raises:
        UnsafeUrlError: when it must not be opened.
    """
    from newsreader.library.browser import plan

    return plan(url, env=os.environ, which=shutil.which, platform=sys.platform)


class Opener:
    """Opens and copies addresses for an app, and says in a toast what happened.

    *planner* decides how a URL is opened, *launcher* starts a browser beside the app, *run_here*
    runs a program in its place; tests give their own.
    """

    def __init__(
        self,
        app: App[None],
        planner: Planner = plan_here,
        launcher: Callable[[Launch], None] | None = None,
        run_here: Callable[[Launch], None] | None = None,
    ) -> None:
        self._app = app
        self._planner = planner
        self._launcher = launcher or self._start
        self._run_here = run_here or self._lend_terminal

    def open(self, url: str) -> None:
        """Open *url* in a browser, or show and copy it where there is none."""
        if not url:
            self._say("This story has no address to open.", severity="warning")
            return
        from newsreader.library.browser import ShowInstead

        try:
            how = self._planner(url)
            if isinstance(how, ShowInstead):
                self._app.copy_to_clipboard(how.url)
                self._say(f"{how.reason} Sent to the clipboard: {how.url}", timeout=12)
            elif how.foreground:
                self._run_here(how)
            else:
                self._launcher(how)
                self._say(f"Opened {plain_host(how.url)} in the browser.")
        except NewsreaderError as error:
            self._say(str(error), severity="error")

    def open_all(self, urls: Sequence[str]) -> None:
        """Open *urls*, each once; ask first when they are many."""
        urls = tuple(dict.fromkeys(urls))
        if len(urls) == 1:
            self.open(urls[0])
        elif len(urls) <= _MANY:
            self._open_several(urls)
        else:
            from newsreader.ui.dialogs import ChoiceDialog

            def chosen(number: int | None) -> None:
                if number == 0:
                    self._open_several(urls)

            choices = (f"Open all {len(urls):,}", "Open none")
            title = f"Open {len(urls):,} addresses in the browser?"
            self._app.push_screen(ChoiceDialog(title, choices, 1), chosen)

    def _open_several(self, urls: Sequence[str]) -> None:
        from newsreader.library.browser import ShowInstead

        opened = 0
        refused: list[str] = []
        instead: list[ShowInstead] = []
        for url in urls:
            try:
                how = self._planner(url)
                if isinstance(how, ShowInstead):
                    instead.append(how)
                    continue
                run = self._run_here if how.foreground else self._launcher
                run(how)
                opened += 1
            except NewsreaderError as error:
                refused.append(str(error))
        if opened:
            self._say(f"Opened {_addresses(opened)} in the browser.")
        if instead:
            self._app.copy_to_clipboard("\n".join(how.url for how in instead))
            count = _addresses(len(instead))
            self._say(f"{instead[0].reason} Sent to the clipboard: {count}", timeout=12)
        if refused:
            count = _addresses(len(refused))
            self._say(f"{count} could not be opened: {refused[0]}", severity="warning")

    def _start(self, how: Launch) -> None:
        from newsreader.library.browser import start

        def complain(message: str) -> None:
            self._app.call_later(self._say, message, severity="error")

        start(how, on_failure=complain)

    def _lend_terminal(self, how: Launch) -> None:
        from newsreader.library.browser import LaunchError, run_in_foreground

        try:
            with self._app.suspend():
                run_in_foreground(how)
        except SuspendNotSupported:
            raise LaunchError(f"{how.argv[0]} needs the terminal, which cannot be lent.") from None
        self._app.refresh(layout=True)

    def lend(self, argv: tuple[str, ...], given: bytes | None = None) -> None:
        """Lend the terminal to a command until it ends.

        Raises:
            LaunchError: when that cannot be done.
        """
        from newsreader.library.browser import Launch

        self._run_here(Launch("", argv, foreground=True, given=given))

    def edit(self, issue: Issue) -> None:
        """Open the file of *issue* in the reader's editor, at its line."""
        from newsreader.library.editor import plan_edit

        try:
            how = plan_edit(issue.path, issue.line, env=os.environ, which=shutil.which)
            self._run_here(how)
        except NewsreaderError as error:
            self._say(str(error), severity="error")

    def edit_text(self, text: str) -> str | None:
        """*text* as the reader's editor leaves it; None when it could not be edited."""
        from newsreader.library.editor import plan_edit

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "note.md"
            path.write_text(text, encoding="utf-8")
            try:
                self._run_here(plan_edit(str(path), None, env=os.environ, which=shutil.which))
                return path.read_text(encoding="utf-8", errors="replace")
            except (NewsreaderError, OSError) as error:
                self._say(str(error), severity="error")
        return None

    def copy(self, url: str) -> None:
        """Send *url* to the clipboard."""
        if not url:
            self._say("This story has no address to copy.", severity="warning")
            return
        self._app.copy_to_clipboard(url)
        self._say(f"Sent to the clipboard, if the terminal allows it: {url}")

    def copy_all(self, urls: Sequence[str]) -> None:
        """Send *urls* to the clipboard, each once and on a line of its own."""
        some = tuple(filter(None, dict.fromkeys(urls)))
        if len(some) > 1:
            self._app.copy_to_clipboard("\n".join(some))
            self._say(f"{_addresses(len(some))} copied, if the terminal allows it.")
        elif urls:
            self.copy("".join(some))

    def _say(self, message: str, *, severity: str = "information", timeout: float = 4) -> None:
        self._app.notify(message, severity=severity, timeout=timeout, markup=False)  # type: ignore[arg-type]


def _addresses(count: int) -> str:
    return counted(count, "address", "addresses")
