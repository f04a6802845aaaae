"""Images on the screen: as half blocks, by Kitty's protocol, or a sentence in their place."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from conftest import Write
from driver import Reader, reading, shown
from PIL import Image
from textual.color import Color
from textual.geometry import Size

from newsreader.config.settings import Settings, load
from newsreader.fetching.asking import MISSING_IMAGES, Outcome, Request
from newsreader.fetching.helper import Helper
from newsreader.fetching.kept_images import KeptImage
from newsreader.model import ConfigError
from newsreader.ui import image_ways, kitty
from newsreader.ui.cells import line_len
from newsreader.ui.half_blocks import half_blocks
from newsreader.ui.image_screen import ImageScreen
from newsreader.ui.image_ways import Way, way_by, way_here, way_of
from newsreader.ui.inks import Inks
from newsreader.ui.net import is_setting
from newsreader.ui.pictures import draw, fitting
from newsreader.ui.terminal_answers import Answers, Terminal

SEQUENCE = re.compile(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\")


def png(*rows: str) -> bytes:
    """A picture of rows of pixels: red, green, blue or white."""
    colors = {"r": (255, 0, 0), "g": (0, 255, 0), "b": (0, 0, 255), "w": (255, 255, 255)}
    data = bytes(part for row in rows for pixel in row for part in colors[pixel])
    output = io.BytesIO()
    Image.frombytes("RGB", (len(rows[0]), len(rows)), data).save(output, "PNG")
    return output.getvalue()


RED = base64.b64encode(png("rr", "rr")).decode()


def test_a_picture_as_half_blocks() -> None:
    assert half_blocks(png("rrg", "bbw", "www", "www"), 3, 2) == [
        (("▀▀", "#ff00000000ff"), ("▀", "#00ff00ffffff")),
        (("▀▀▀", "#ffffffffffff"),),
    ]
    style = Inks({}, Color(0, 0, 0), is_ansi=False).style("#ff00000000ff")
    assert (str(style.color and style.color.name), str(style.bgcolor and style.bgcolor.name)) == (
        "#ff0000",
        "#0000ff",
    )


@pytest.mark.parametrize("at", [11, 20, 36, 50])
def test_a_damaged_picture(at: int) -> None:
    damaged = bytearray(png("rg" * 40))
    damaged[at] ^= 17
    with pytest.raises(OSError, match=r"damaged|image|data"):
        half_blocks(bytes(damaged), 2, 1)


@pytest.mark.parametrize(
    ("size", "room", "filled"),
    [
        ((100, 100), (80, 20), (40, 20)),
        ((400, 100), (80, 20), (80, 10)),
        ((10_000, 1), (80, 20), (80, 1)),
        ((0, 0), (80, 20), (80, 20)),
    ],
)
def test_a_picture_keeps_its_shape(
    size: tuple[int, int], room: tuple[int, int], filled: tuple[int, int]
) -> None:
    assert fitting(Size(*size), Size(*room), Size(10, 20)) == filled


def test_sixels_have_no_more_pixels_than_are_worth_it() -> None:
    image = KeptImage(100, 50, RED)
    for cell, most, size in (
        (Size(40, 80), Size(9_999, 9_999), (51, 13)),
        (Size(200, 400), Size(9_999, 9_999), (10, 2)),
        (Size(10, 20), Size(1_000, 1_000), (100, 25)),
    ):
        picture = draw(image, Size(200, 60), Way("sixel", cell, most), 1)
        assert (line_len(picture.lines[0]), len(picture.lines)) == size


def test_a_terminal_with_cells_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_ways, "_cell_of_window", lambda: Size(7, 500))
    monkeypatch.setattr(Terminal, "ask", lambda *_: Answers(cell=Size(9999, 9)))
    assert way_here("sixel", {}, lambda _: None) == Way("sixel", Size(10, 20))


def test_a_picture_is_sent_to_kitty_in_pieces() -> None:
    data = base64.b64encode(bytes(range(256)) * 30).decode()
    sequences = list(kitty.sending(data, 77, 12, 5))
    assert all(map(is_setting, sequences))
    parsed = [SEQUENCE.fullmatch(each) for each in sequences]
    heads = [dict(part.split("=") for part in each[1].split(",")) for each in parsed if each]
    assert "".join(each[2] for each in parsed if each) == data
    assert [each["m"] for each in heads] == ["1", "1", "0"]
    assert sequences[0].startswith("\x1b_Ga=T,U=1,q=2,f=100,i=77,c=12,r=5,m=1;")
    assert is_setting(kitty.deleting(77))


def test_the_place_of_a_picture_in_kitty() -> None:
    first, second = kitty.placeholders(0x010203, 2, 2)
    assert first == (("\U0010eeee\u0305\u0305\U0010eeee\u0305\u030d", "#010203"),)
    assert second == (("\U0010eeee\u030d\u0305\U0010eeee\u030d\u030d", "#010203"),)
    assert line_len(first) == 2


@pytest.mark.parametrize(
    "foreign",
    [
        *("_Ga=T,t=f,f=100,i=1;L2V0Yw==", "_Ga=q,i=1;"),
        "_Ga=T,U=1,q=2,f=100,i=1,c=1,r=1,m=0;\x1b[2J",
        *('P0;0;0q"1;1;1;1#0\x1b[2J', "P+q544e", '[1;1H\x1bP0;0;0q"1;1;1;1\x07'),
    ],
)
def test_no_other_graphics_reach_the_terminal(foreign: str) -> None:
    assert not is_setting(f"\x1b{foreign}\x1b\\")


@pytest.mark.parametrize(
    ("setting", "env", "way"),
    [
        ("", {}, ""),
        ("", {"TERM": "xterm-kitty"}, "kitty"),
        ("", {"KITTY_WINDOW_ID": "1", "TMUX": "x"}, ""),
        ("", {"NO_COLOR": "1"}, "none"),
        ("none", {"TERM": "xterm-kitty"}, "none"),
        ("none", {"NEWSREADER_IMAGES": "kitty"}, "kitty"),
        ("", {"NEWSREADER_IMAGES": "what?"}, ""),
        ("sixel", {"TMUX": "x"}, "sixel"),
    ],
)
def test_the_way_that_fits_the_terminal(setting: str, env: dict[str, str], way: str) -> None:
    assert way_of(setting, env) == way
    assert way_of("", {}, is_ascii=True) == "none"
    assert way_of("", {"TERM": "xterm-kitty"}, colors="256") == ""


@pytest.mark.parametrize(
    ("answers", "colors", "way"),
    [
        (Answers(), "truecolor", "halfblock"),
        (Answers(), "standard", "none"),
        (Answers("ghostty 1.2", has_sixels=False), "truecolor", "kitty"),
        (Answers("kitty(0.40)", has_sixels=False), "256", "halfblock"),
        (Answers("foot", has_sixels=True), "256", "sixel"),
    ],
)
def test_the_way_that_the_terminal_tells(answers: Answers, colors: str, way: str) -> None:
    assert way_by(answers, colors=colors) == way


def test_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('images_from = ["Lansing Post", "example.org"]')
    assert load(path).images_from == ("Lansing Post", "example.org")
    path.write_text("images_from = 3")
    with pytest.raises(ConfigError, match="images_from must be a name or a list of names"):
        load(path)
    path.write_text('images = "halfblock"')
    assert load(path).images == "halfblock"
    path.write_text('images = "oil"')
    with pytest.raises(ConfigError, match=r"images must be .*sixel"):
        load(path)


# On the screen


class Web:
    """The images of the web."""

    def __init__(self) -> None:
        self.outcomes = {
            "https://news.example/a.png": Outcome(image=RED, width=200, height=100),
            "https://news.example/b.png": Outcome(trouble="The image is gone (404)."),
        }
        self.asked: list[Request] = []

    def fetch(self, request: Request) -> Outcome:
        self.asked.append(request)
        return self.outcomes[request.address]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    web = Web()
    monkeypatch.setattr(Helper, "fetch", lambda _, request: web.fetch(request))
    for name in ("NEWSREADER_IMAGES", "NO_COLOR", "KITTY_WINDOW_ID"):
        monkeypatch.delenv(name, raising=False)
    return web


@pytest.fixture
def folder(write: Write) -> Path:
    images = "[{url: 'https://news.example/a.png', title: 'A [b]ferry'}"
    images += ", {url: 'https://news.example/b.png', width: 30, height: 20}]"
    return write("news/ferry.md", f"title: The ferry\nimages: {images}").parent


def blocks(reader: Reader) -> int:
    return sum(line.count("▀") for line in reader.lines)


async def test_images_are_fetched_as_they_are_come_to(
    folder: Path, tmp_path: Path, web: Web
) -> None:
    settings = Settings(images="halfblock")
    pages = tmp_path / "pages"
    async with reading(folder, pages_folder=pages, settings=settings) as reader:
        assert web.asked == []
        await reader.press("i")
        await reader.until(lambda: blocks(reader) > 100)
        assert shown(reader.lines, "Image 1 of 2 · 200 × 100 · A [b]ferry · news.example")
        assert len(web.asked) == 1
        await reader.press("n")
        await reader.until(lambda: shown(reader.lines, "The image is gone (404)."))
        assert shown(reader.lines, "o opens it in the browser")
        assert shown(reader.lines, "Image 2 of 2 · 30 × 20 · news.example")
        await reader.press("o")
        assert reader.opened[-1][-1] == "https://news.example/b.png"
        await reader.press("p")
        await reader.until(lambda: blocks(reader) > 100)
        assert [each.address[-5] for each in web.asked] == ["a", "b"]
        before = blocks(reader)
        await reader.pilot.resize_terminal(80, 20)
        await reader.until(lambda: 0 < blocks(reader) < before)
        await reader.press("i")
        assert not isinstance(reader.app.screen, ImageScreen)


async def test_images_in_kitty_leave_with_the_screen(
    folder: Path, tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    settings = Settings(images="kitty", images_in_text=False)
    async with reading(folder, pages_folder=tmp_path / "pages", settings=settings) as reader:
        driver = reader.app._driver
        assert driver is not None

        def write(sequence: str) -> None:
            # What is written in parts by two threads would mix.
            assert current_thread() is main_thread()
            written.append(sequence)

        monkeypatch.setattr(driver, "write", write)
        await reader.press("i")
        await reader.until(lambda: shown(reader.lines, "\U0010eeee"))
        assert [each[2] for each in map(SEQUENCE.fullmatch, written) if each] == [RED]
        await reader.press("escape")
        await reader.until(lambda: any("a=d,d=I" in each for each in written))


async def test_where_no_image_is_shown(folder: Path, tmp_path: Path, web: Web) -> None:
    settings = Settings(images="none")
    async with reading(folder, pages_folder=tmp_path / "pages", settings=settings) as reader:
        await reader.press("i")
        await reader.until(lambda: shown(reader.lines, "Images are not shown in this terminal."))
        assert web.asked == []
        await reader.pilot.resize_terminal(30, 15)
        await reader.until(lambda: shown(reader.lines, "  this terminal."))
    web.outcomes["https://news.example/a.png"] = Outcome(trouble=MISSING_IMAGES)
    settings = Settings(images="halfblock")
    async with reading(folder, pages_folder=tmp_path / "pages", settings=settings) as reader:
        await reader.press("i")
        await reader.until(lambda: shown(reader.lines, 'pip install "newsreader[images]"'))


async def test_an_article_without_images(write: Write, tmp_path: Path) -> None:
    folder = write("news/train.md", "title: The train").parent
    async with reading(folder, pages_folder=tmp_path / "pages") as reader:
        await reader.press("i")
        assert reader.toasts == ["This has no images."]
