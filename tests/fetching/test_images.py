"""Images from a site on this machine: each comes small, or with a sentence of what is wrong."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Write
from driver import reading, shown
from PIL import Image
from site_pages import Site, running_site, says, slowly

from newsreader.config.settings import Settings
from newsreader.fetching.asking import Outcome, Request
from newsreader.fetching.decoding import decoded
from newsreader.fetching.helper import Helper
from newsreader.fetching.kept_images import KeptImage, KeptImages

MOST = 32


def encoded(kind: str, size: tuple[int, int] = (64, 40), **options: object) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(output, kind, **options)
    return output.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is a large one."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    helper = Helper()
    yield helper
    helper.close()


def fetch(helper: Helper, address: str, seconds: float = 8.0, *, private: bool = True) -> Outcome:
    return helper.fetch(Request(address, allows_private=private, seconds=seconds, image=MOST))


def opened(found: Outcome) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(found.image)), formats=["PNG"])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_image_comes_as_a_small_png(site: Site, helper: Helper, kind: str) -> None:
    site.pages["/image"] = says(encoded(kind), kind=f"image/{kind.lower()}")
    found = fetch(helper, site.url("/image"))
    assert (found.trouble, found.width, found.height) == ("", 64, 40)
    image = opened(found)
    assert image.size == (32, 20)
    red, green, blue = image.convert("RGB").tobytes()[:3]
    assert (red > 190, green < 40, blue < 40) == (True, True, True)


def test_an_image_on_its_side_is_turned(site: Site, helper: Helper) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    site.pages["/side"] = says(encoded("JPEG", exif=exif), kind="image/jpeg")
    found = fetch(helper, site.url("/side"))
    assert (found.trouble, found.width, found.height) == ("", 40, 64)
    assert opened(found).size == (20, 32)


@pytest.mark.parametrize(
    ("mode", "color", "shown_as"),
    [
        ("I;16", 0x8000, (128, 128, 128)),
        ("LA", (100, 0), (255, 255, 255)),
        ("1", 1, (255, 255, 255)),
        ("P", 0, (0, 0, 0)),
    ],
)
def test_a_png_of_any_depth(
    mode: str, color: int | tuple[int, int], shown_as: tuple[int, int, int]
) -> None:
    output = io.BytesIO()
    Image.new(mode, (64, 40), color).save(output, "PNG")
    png, width, height = decoded(output.getvalue(), MOST)
    assert (width, height) == (64, 40)
    assert opened(Outcome(image=png)).getpixel((3, 3)) == shown_as


@pytest.mark.parametrize(
    ("body", "kind", "says_what"),
    [
        (bomb(60_000, 60_000), "image/png", "The image has too many pixels to be shown."),
        (bomb(9_000, 9_000), "image/png", "The image has too many pixels to be shown."),
        (b"<html>no</html>", "image/png", "What came is damaged, or no image of a known kind."),
        (encoded("PNG")[:90], "image/png", "What came is damaged, or no image of a known kind."),
        (b"<html>no</html>", "text/html", "leads to a file (text/html), not to an image."),
    ],
)
def test_what_is_no_image_is_said(
    site: Site, helper: Helper, body: bytes, kind: str, says_what: str
) -> None:
    site.pages["/wrong"] = says(body, kind=kind)
    found = fetch(helper, site.url("/wrong"))
    assert found.trouble.endswith(says_what)
    assert found.image == ""


def test_where_images_are_not_fetched_from(site: Site, helper: Helper) -> None:
    site.pages["/slow"] = slowly
    assert fetch(helper, site.url("/slow"), 0.5).trouble.endswith("in time.")
    assert fetch(helper, site.url("/none")).trouble == "The image is gone (404)."
    private = fetch(helper, site.url("/image"), private=False)
    assert "is in a private network" in private.trouble
    assert fetch(helper, "file:///etc/passwd").trouble.startswith("The image cannot be fetched.")


def test_images_are_kept_by_their_address(tmp_path: Path) -> None:
    kept = KeptImages(tmp_path / "images")
    image = KeptImage(64, 40, base64.b64encode(encoded("PNG")).decode())
    assert kept.get("https://news.example/a.png") is None
    kept.keep("https://news.example/a.png", image)
    assert kept.get("https://news.example/a.png") == image
    assert kept.get("https://news.example/b.png") is None
    kept.make_room(1_000_000)
    assert kept.get("https://news.example/a.png") == image
    (path,) = (tmp_path / "images").iterdir()
    for size, damaged in (("1", "\\u001b"), ("1e999", ""), ("1" + "0" * 400, ""), ("-1", "")):
        path.write_text(f'{{"width": {size}, "height": 1, "png": "{damaged}"}}')
        assert kept.get("https://news.example/a.png") is None
    kept.make_room(0)
    assert list((tmp_path / "images").iterdir()) == []


async def test_images_of_a_site_on_the_screen(site: Site, write: Write, tmp_path: Path) -> None:
    site.pages["/red"] = says(encoded("JPEG"), kind="image/jpeg")
    site.pages["/bomb"] = says(bomb(60_000, 60_000), kind="image/png")
    site.pages["/slow"] = slowly
    images = ", ".join(f"{{url: '{site.url(path)}'}}" for path in ("/red", "/bomb", "/slow"))
    folder = write("news/ferry.md", f"title: The ferry\nimages: [{images}]").parent
    settings = Settings(images="halfblock", fetch_private=True)
    async with reading(folder, pages_folder=tmp_path / "pages", settings=settings) as reader:
        await reader.press("i")
        await reader.until(lambda: shown(reader.lines, "▀▀▀▀"))
        assert shown(reader.lines, "Image 1 of 3 · 64 × 40 · 127.0.0.1")
        await reader.press("n")
        await reader.until(lambda: shown(reader.lines, "The image has too many pixels"))
        # The pilot's own keys: the reader's wait until nothing is fetched any more.
        await reader.pilot.press("n")
        await reader.until(lambda: "/slow" in site.asked)
        assert shown(reader.lines, "Fetching the image …")
        await reader.pilot.press("n")
        await reader.until(lambda: shown(reader.lines, "▀▀▀▀"))
        await reader.pilot.press("p", "escape", "Q")
    assert site.asked.count("/red") == 1
