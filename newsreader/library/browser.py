"""Opening a page in the reader's browser: what to run, decided first, and then running it.

No shell is ever involved: the address is one element of an argument vector, and it passes
:func:`newsreader.text.urls.openable` before.
"""

from __future__ import annotations

import ntpath
import os
import re
import shlex
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import NamedTuple, Protocol, TypeAlias

from newsreader.config.commands import SHELLS
from newsreader.model.errors import NewsreaderError
from newsreader.text.urls import openable

TERMINAL_BROWSERS = (
    "w3m",
    "lynx",
    "links",
    "links2",
    "elinks",
    "browsh",
    "carbonyl",
    "chawan",
    "cha",
    "edbrowse",
    "retawq",
)
"""Programs that need the terminal for themselves, the preferred first."""

WATCH_SECONDS = 2.0
"""For so long a program that fails is reported; one that runs longer has opened something."""

_GRAPHICAL: tuple[tuple[str, ...], ...] = (
    ("xdg-open",),
    ("gio", "open"),
    ("x-www-browser",),
    ("sensible-browser",),
    ("gnome-open",),
    ("firefox",),
    ("chromium",),
    ("chromium-browser",),
    ("google-chrome",),
)
_WSL: tuple[tuple[str, ...], ...] = (("wslview",), ("explorer.exe",))
_IN_TERMINAL: tuple[tuple[str, ...], ...] = (
    ("www-browser",),
    *((name,) for name in TERMINAL_BROWSERS),
)
_PLACEHOLDER = re.compile(r"%([s%])")
_UNTRUE_EXIT = frozenset(("explorer.exe",))  # it ends with 1 when all went well

Which: TypeAlias = Callable[[str], str | None]


class LaunchError(NewsreaderError):
    """A program that should open a page could not be started."""


class Launch(NamedTuple):
    """A program to run for *url*. One in the foreground needs the terminal until it ends.

    ``given`` is what it reads from its standard input, if that is not the terminal.
    """

    url: str
    argv: tuple[str, ...]
    foreground: bool = False
    given: bytes | None = None

    @property
    def program(self) -> str:
        """The program's name for display, without its folder."""
        return PurePath(self.argv[0]).name


class ShowInstead(NamedTuple):
    """No browser can be run here: the address should be shown, with *reason* in one sentence."""

    url: str
    reason: str


class Launcher(Protocol):
    """Whatever carries out a launch: :func:`start`, :func:`run_in_foreground`, or a test's own."""

    def __call__(self, launch: Launch) -> None:
        """Carry it out.

        Raises:
            LaunchError: when the program cannot be started.
        """


def plan(url: str, *, env: Mapping[str, str], which: Which, platform: str) -> Launch | ShowInstead:
    """What to run to open *url*, by the environment's ``BROWSER`` or by what is installed.

    *which* finds a program as :func:`shutil.which` does; *platform* is ``sys.platform``.

    Raises:
        UnsafeUrlError: when *url* must not be opened.
    """
    url = openable(url)
    chosen = _chosen(url, env.get("BROWSER", ""), which)
    if chosen is not None:
        return chosen
    if any(env.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")):
        return ShowInstead(
            url,
            "You are connected over SSH, where a browser would open on the other machine; "
            "set $BROWSER to use one there.",
        )
    if platform == "darwin":
        return Launch(url, ("/usr/bin/open", url))
    if platform == "win32":
        system = env.get("SystemRoot") or r"C:\Windows"
        handler = ntpath.join(system, "System32", "rundll32.exe")
        return Launch(url, (handler, "url.dll,FileProtocolHandler", url))
    return _on_unix(url, env, which)


def _chosen(url: str, browsers: str, which: Which) -> Launch | None:
    for item in browsers.split(os.pathsep):
        try:
            words = shlex.split(item)
        except ValueError:
            continue
        if words and words[-1] == "&":  # customary in $BROWSER; start() detaches anyway
            words.pop()
        # An address may hold "$", ";" and "&": in a line that a shell reads, it would be code.
        if not words or PurePath(words[0]).name in SHELLS:
            continue
        found = which(words[0])
        if found is None:
            continue
        arguments = [_filled(word, url) for word in words[1:]]
        if not any(match[1] == "s" for word in words[1:] for match in _PLACEHOLDER.finditer(word)):
            arguments.append(url)
        foreground = PurePath(words[0]).name in TERMINAL_BROWSERS
        return Launch(url, (found, *arguments), foreground)
    return None


def _filled(word: str, url: str) -> str:
    return _PLACEHOLDER.sub(lambda match: url if match[1] == "s" else "%", word)


def _on_unix(url: str, env: Mapping[str, str], which: Which) -> Launch | ShowInstead:
    launch = None
    if env.get("WSL_DISTRO_NAME"):
        launch = _first(_WSL, url, which)
    if launch is not None:
        return launch
    if env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"):
        launch = _first(_GRAPHICAL, url, which)
    if launch is None:
        launch = _first(_IN_TERMINAL, url, which, foreground=True)
    return launch or ShowInstead(url, "No browser was found here; set $BROWSER to name one.")


def _first(
    commands: tuple[tuple[str, ...], ...], url: str, which: Which, *, foreground: bool = False
) -> Launch | None:
    for program, *arguments in commands:
        found = which(program)
        if found is not None:
            return Launch(url, (found, *arguments, url), foreground)
    return None


def start(launch: Launch, *, on_failure: Callable[[str], None] | None = None) -> None:
    """Run *launch* detached from the terminal, and return at once.

    *on_failure* is called, from another thread, with one sentence when the program ends with an
    error within :data:`WATCH_SECONDS`.

    Raises:
        LaunchError: when the program cannot be started.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - an argument vector, its address checked
            launch.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            close_fds=True,
        )
    except (OSError, ValueError) as error:
        raise LaunchError(_not_started(launch, error)) from error
    watch = threading.Thread(
        target=_watch, args=(process, launch, on_failure), name="browser", daemon=True
    )
    watch.start()


def _watch(
    process: subprocess.Popen[bytes], launch: Launch, on_failure: Callable[[str], None] | None
) -> None:
    try:
        code = process.wait(WATCH_SECONDS)
    except subprocess.TimeoutExpired:
        process.wait()  # only so that no zombie is left when the browser ends
        return
    if code and on_failure is not None and launch.program not in _UNTRUE_EXIT:
        how = f"exit code {code}" if code > 0 else f"signal {-code}"
        on_failure(f"{launch.program} ended with {how}, so the page may not be open.")


def run_in_foreground(launch: Launch) -> None:
    """Run *launch* in this terminal and wait for its end. The screen must be given up before.

    Raises:
        LaunchError: when the program cannot be started.
    """
    try:
        with _interrupts_ignored():
            subprocess.run(launch.argv, check=False, input=launch.given)  # noqa: S603 - as in start()
    except (OSError, ValueError) as error:
        raise LaunchError(_not_started(launch, error)) from error


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    # Ctrl-C is meant for the browser but reaches both. A handler is not inherited, SIG_IGN is.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _not_started(launch: Launch, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{launch.program} could not be started: {reason}."
