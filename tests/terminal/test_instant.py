"""A start with a last frame, in a real terminal: it stands at once, and the app comes unseen."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import run
from time import monotonic, sleep, time
from types import MappingProxyType

import pyte
import pytest
from conftest import ROOT, SEEDS
from terminal.emulator import Tty
from terminal.sequences import modes, text_outside_alternate_screen, violations

HOME = b"\x1b[1;1H"
"""Where a frame begins, and where the cursor is afterwards."""
ALTERNATE = b"\x1b[?1049h\x1b[?25l"
PUT_UP = ALTERNATE + HOME
APP_IS_THERE = b"\x1b[?2004h"
COLUMNS, LINES = 100, 30
NOTHING: Mapping[str, str] = MappingProxyType({})
SETTLED = 2.2
"""Seconds after which a file counts as unchanged."""
WITHOUT_APP = """
import sys
sys.modules["newsreader.ui.app"] = None
from newsreader.__main__ import main
main()
"""
WITHOUT_STYLE = """
from newsreader.ui.app import NewsreaderApp
NewsreaderApp.CSS = "* { color: no such colour }"
from newsreader.__main__ import main
main()
"""


Stamps = dict[str, tuple[int, ...]]


def stamps(folder: Path) -> Stamps:
    """Which files and folders are below *folder*, and as what."""
    found = {str(path): path.lstat() for path in (folder, *folder.rglob("*"))}
    return {name: (at.st_ino, at.st_mode, at.st_size, at.st_ctime_ns) for name, at in found.items()}


class Home:
    """Where newsreader keeps things, and a folder of articles to read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.articles = folder / "articles"
        shutil.copytree(SEEDS, self.articles)
        self.made_at = time()
        self._left: Stamps = {}
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": str(ROOT),
        }

    @property
    def state(self) -> Path:
        return self.folder / "home/.local/state/newsreader"

    @property
    def frame_file(self) -> Path:
        return self.state / "frame"

    @property
    def frame(self) -> bytes:
        """The frame that is kept, as a terminal gets it."""
        return self.frame_file.read_bytes().split(b"\0")[-1].replace(b"\n", b"\r\n")

    @property
    def article(self) -> str:
        """The article at which the reader was left."""
        return (self.state / "place.txt").read_text().split("\n")[1]

    def start(
        self,
        *program: str,
        size: tuple[int, int] = (COLUMNS, LINES),
        said: Mapping[str, str] = NOTHING,
    ) -> Tty:
        argv = [sys.executable, *(program or ("-m", "newsreader")), str(self.articles)]
        return Tty(argv, env={**self.env, **said}, columns=size[0], lines=size[1])

    def index_another(self) -> None:
        """Have one article more in the index."""
        (self.articles / "new.md").write_text("---\ntitle: New\n---\n")
        argv = [sys.executable, "-m", "newsreader", "list", str(self.articles)]
        run(argv, env=self.env, check=True, capture_output=True)

    def remove_another(self) -> None:
        """Have the articles as they were."""
        another = self.articles / "new.md"
        if another.exists():
            another.unlink()
            self.made_at = time()

    def visit(self, keys: str = "q", said: Mapping[str, str] = NOTHING) -> None:
        """Start, wait for everything, and leave by *keys*."""
        with self.start(said=said) as tty:
            tty.wait_for(lambda lines: "5 of 5" in lines[-1])
            tty.read(0.3)
            for key in keys:
                tty.send(key)
            assert tty.wait_end() == 0

    def leave(self) -> None:
        """Have newsreader left once, at the top of the list, as if for the first time."""
        if self._left == stamps(self.folder):
            return
        shutil.rmtree(self.folder / "home", ignore_errors=True)
        sleep(max(0.0, self.made_at + SETTLED - time()))
        self.visit()
        self._left = stamps(self.folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("instant"))


@pytest.fixture
def home(folder: Home) -> Home:
    """A home where newsreader was left once, at the top of the list."""
    folder.leave()
    assert folder.frame_file.exists()
    return folder


def until(tty: Tty, is_there: Callable[[bytes], bool]) -> bytes:
    """All that was sent, as soon as *is_there* is true of it."""
    end = monotonic() + 15
    while not is_there(data := bytes(tty.data)):
        assert monotonic() < end, data[-2000:]
        tty.read(0.005, limit=0.005)
    return data


def is_up(home: Home) -> Callable[[bytes], bool]:
    """Whether all of the frame is there."""
    return lambda data: home.frame in data


def is_taken_over(data: bytes) -> bool:
    """Whether the app has drawn something."""
    return HOME in data.partition(APP_IS_THERE)[2]


def cells(screen: pyte.Screen) -> list[object]:
    return [[screen.buffer[y][x] for x in range(COLUMNS)] for y in range(LINES)]


def test_the_frame_stands_at_once_and_stays(home: Home) -> None:
    frame = home.frame
    with home.start() as tty:
        until(tty, is_taken_over)
        tty.read(0.4)
        data = bytes(tty.data)
        tty.send("q")
        assert tty.wait_end() == 0
        assert tty.are_attributes_restored
        everything = bytes(tty.data)
    put_up, rest = ALTERNATE + frame, data[len(ALTERNATE + frame) :]
    assert data.startswith(put_up)
    assert everything.count(b"\x1b[?1049h") == 1
    assert b"\x1b[2J" not in everything
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    stream.feed(put_up)
    shown = cells(screen)
    # While the app draws over it, nothing is there that was not, at any moment.
    started, drawn, later = rest.partition(APP_IS_THERE)
    over_itself = later[: later.index(HOME, later.index(HOME) + 1) + len(HOME)]
    for part in (started + drawn + over_itself).split(b"\x1b[")[1:]:
        if not part.startswith((b"?", b">")):
            stream.feed(b"\x1b[" + part)
            assert cells(screen) == shown, part
    stream.feed(later[len(over_itself) :].replace(b"\x1b[>25u", b""))
    assert cells(screen) == shown
    assert violations(everything) == []
    assert text_outside_alternate_screen(everything) == ""
    assert {mode for mode, is_on in modes(everything).items() if is_on} == {7, 25}


def test_each_visit_makes_the_next_start_instant(home: Home) -> None:
    for _ in range(2):
        home.visit("jjDq")
        with home.start() as tty:
            assert until(tty, is_up(home)).startswith(PUT_UP)
            until(tty, is_taken_over)


def test_keys_typed_before_the_app_is_there_take_effect(home: Home) -> None:
    first = home.article
    with home.start() as tty:
        until(tty, is_up(home))
        tty.send("jj")
        until(tty, is_taken_over)
        tty.read(0.5)
        tty.send("q")
        assert tty.wait_end() == 0
    early = home.article
    assert early != first
    home.visit("ggjjq", {"NEWSREADER_FRAME": "0"})
    assert home.article == early


def test_to_quit_before_the_app_is_there_works(home: Home) -> None:
    with home.start() as tty:
        until(tty, is_up(home))
        tty.send("q")
        assert tty.wait_end() == 0
        assert tty.are_attributes_restored


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_what_ends_the_program_before_there_is_an_app_restores_the_terminal(
    home: Home, number: signal.Signals
) -> None:
    with home.start() as tty:
        until(tty, is_up(home))
        tty.signal(number)
        assert tty.wait_end() == -number
        assert tty.are_attributes_restored
        assert bytes(tty.data).endswith(b"\x1b[?1049l\x1b[?25h")


@pytest.mark.parametrize("said", ["0", "1"])
def test_what_ends_the_app_restores_the_terminal(home: Home, said: str) -> None:
    with home.start(said={"NEWSREADER_FRAME": said}) as tty:
        tty.wait_for(lambda lines: "5 of 5" in lines[-1])
        until(tty, is_taken_over)
        tty.signal(signal.SIGTERM)
        assert tty.wait_end() == -signal.SIGTERM
        assert tty.are_attributes_restored
        on = {mode for mode, is_on in modes(bytes(tty.data)).items() if is_on}
        assert on == {7, 25}


def test_a_terminal_that_is_gone_without_a_word_ends_the_app(home: Home) -> None:
    with home.start() as tty:
        tty.wait_for(lambda lines: "5 of 5" in lines[-1])
        until(tty, is_taken_over)
        assert tty.hang_up() != 0


@pytest.mark.parametrize(
    ("program", "message"),
    [(WITHOUT_APP, "ModuleNotFoundError"), (WITHOUT_STYLE, "no such colour")],
)
def test_a_start_that_fails_is_told_on_the_terminal_as_it_was(
    home: Home, program: str, message: str
) -> None:
    with home.start("-c", program) as tty:
        until(tty, is_up(home))
        tty.wait_end()
        assert tty.are_attributes_restored
        data = bytes(tty.data)
    assert message in text_outside_alternate_screen(data)
    assert data.count(b"\x1b[?1049l") == 1


def test_a_terminal_that_is_resized_meanwhile_is_drawn_anew(home: Home) -> None:
    with home.start() as tty:
        until(tty, is_up(home))
        tty.resize(130, 24)
        until(tty, is_taken_over)
        tty.read(0.5)
        lines = tty.wait_for(lambda lines: "5 of 5" in lines[-1])
    with home.start(size=(130, 24), said={"NEWSREADER_FRAME": "0"}) as tty:
        tty.wait_for(lambda lines: "5 of 5" in lines[-1])
        tty.read(0.5)
        assert lines == tty.screen()


def damage(home: Home) -> None:
    content = bytearray(home.frame_file.read_bytes())
    content[-9] ^= 1
    home.frame_file.write_bytes(content)


def lengthen(home: Home) -> None:
    with home.frame_file.open("ab") as file:
        file.write(b" " * (1 << 20))


def link(home: Home) -> None:
    home.frame_file.rename(home.state / "other")
    home.frame_file.symlink_to("other")


@pytest.mark.parametrize(
    "change",
    [
        lambda home: home.index_another(),
        lambda home: (home.state / "place.txt").touch(),
        lambda home: home.frame_file.chmod(0o640),
        *(damage, lengthen, link),
    ],
)
def test_a_frame_that_may_be_wrong_or_foreign_is_not_shown(
    home: Home, change: Callable[[Home], object]
) -> None:
    change(home)
    try:
        with home.start() as tty:
            assert not until(tty, lambda data: len(data) > len(PUT_UP)).startswith(PUT_UP)
            tty.wait_for(lambda lines: "of " in lines[-1])
    finally:
        home.remove_another()


def test_what_changed_meanwhile_comes_after_it(home: Home) -> None:
    (home.articles / "new.md").write_text("---\ntitle: New\n---\n")
    try:
        with home.start() as tty:
            until(tty, is_up(home))
            tty.wait_for(lambda lines: "6 of 6" in lines[-1])
    finally:
        home.remove_another()


@pytest.mark.parametrize(
    "said", [{"NEWSREADER_FRAME": "0"}, {"TERM": "xterm"}, {"TZ": "Asia/Tokyo"}]
)
def test_in_another_environment_it_is_not_shown(home: Home, said: dict[str, str]) -> None:
    with home.start(said=said) as tty:
        assert not until(tty, lambda data: len(data) > len(PUT_UP)).startswith(PUT_UP)


def test_in_a_terminal_of_another_size_it_is_not_shown(home: Home) -> None:
    with home.start(size=(COLUMNS + 1, LINES)) as tty:
        assert not until(tty, lambda data: len(data) > len(PUT_UP)).startswith(PUT_UP)
