"""Pictures within an article: those that are kept, and those of chosen sources."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Write
from driver import Reader, reading, shown
from PIL import Image
from textual.geometry import Size

from newsreader.config.settings import Settings
from newsreader.fetching.asking import Outcome, Request
from newsreader.fetching.helper import Helper
from newsreader.fetching.kept_images import KeptImage, KeptImages
from newsreader.library.images import images_of
from newsreader.model import Article
from newsreader.model import Image as ImageOf
from newsreader.text.figures import MOST_FIGURES, figures_in
from newsreader.ui.cells import Line
from newsreader.ui.page_pictures import Pictures, figure_on, lead_of, room_for, with_pictures

BASE = "https://news.example/a"
LEAD, INNER = "https://news.example/lead.png", "https://news.example/inner.png"
HALF_BLOCKS = Settings(images="halfblock")


def test_the_pictures_of_a_text() -> None:
    markdown = "![One](/1.png)\n\n> - ![Two](2.png) ![One](/1.png)\n\n`![no](3.png)`"
    assert [figure.url for figure in figures_in(markdown, is_html=False)] == ["/1.png", "2.png"]
    html = "<p>a<img src=1.png alt=x></p><blockquote><img src='2.png'></blockquote><img alt=y>"
    assert [figure.url for figure in figures_in(html, is_html=True)] == ["1.png", "2.png"]
    many = "\n\n".join(f"![x]({number}.png)" for number in range(300))
    assert len(figures_in(many, is_html=False)) == MOST_FIGURES


def test_all_images_of_an_article() -> None:
    article = Article(
        title="A",
        web_url=BASE,
        images=(ImageOf(url=LEAD, title="Lead"), ImageOf()),
        body=f"![Inner](/inner.png)\n\n![Lead again]({LEAD})",
    )
    assert [(image.url, image.title) for image in images_of(article)] == [
        (LEAD, "Lead"),
        (INNER, "Inner"),
    ]


def test_what_an_article_begins_with() -> None:
    image = ImageOf(url=LEAD)
    assert lead_of(Article(title="A", images=(ImageOf(), image), body="text")) == LEAD
    assert lead_of(Article(title="A", images=(image,), body=f"![]({LEAD})")) == ""
    assert lead_of(Article(title="A")) == ""


def test_the_room_of_a_picture() -> None:
    assert room_for(72, 40) == Size(72, 22)
    assert room_for(72, 200) == Size(72, 24)
    assert room_for(20, 3) == Size(20, 4)


FIGURE = (("▣ Inner", "figure>/inner.png"), (" · news.example", "whisper"))


@pytest.mark.parametrize(
    ("before", "above"),
    [
        ((("  ", "text"),), (("  ", "text"),)),
        ((("▎ ", "track"),), (("▎ ", "track"),)),
        ((("• ", "whisper"),), (("  ", "whisper"),)),
    ],
)
def test_a_picture_is_above_what_is_said_of_it(before: Line, above: Line) -> None:
    picture: Sequence[Line] = [(("▀▀", "#000000ffffff"),)] * 2
    pictures = Pictures(Size(2, 2), {INNER: picture})
    line: Line = (*before, *FIGURE)
    goes_on: Line = (("  ", "text"), ("of a kind", FIGURE[0][1]))
    drawn = with_pictures([(), line, goes_on], pictures, BASE, 20)
    assert drawn == [(), (*above, *picture[0]), (*above, *picture[1]), line, goes_on]
    assert with_pictures([line], pictures, BASE, 3) == [line], "it is too wide here"
    key: Line = (("i", "accent"), (" shows it", "whisper"))
    elsewhere = "https://other.example"
    assert with_pictures([line], pictures, elsewhere, 80) == [(*line, ("  ", "text"), *key)]
    assert with_pictures([line], pictures, elsewhere, 26) == [line, (*above, *key)]
    nowhere: Line = (("▣ Words", "figure"),)
    assert with_pictures([nowhere], pictures, BASE, 80) == [nowhere]
    assert (figure_on(line, BASE), figure_on((), BASE)) == (INNER, "")


# On the screen


@pytest.fixture
def png() -> str:
    output = io.BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(output, "PNG")
    return base64.b64encode(output.getvalue()).decode()


@pytest.fixture
def folder(write: Write) -> Path:
    body = "First words.\n\n![Inside](/inner.png)\n\n" + "\n\n".join(f"Par {n}." for n in range(60))
    front = f"title: The ferry\nwebUrl: {BASE}\nprovider: {{name: Post}}\nexcerpt: Short."
    images = f"images: [{{url: '{LEAD}', title: The lead}}]"
    return write("news/ferry.md", f"{front}\n{images}", body).parent


def keep(tmp_path: Path, png: str, *urls: str) -> Path:
    for url in urls:
        KeptImages(tmp_path / "images").keep(url, KeptImage(400, 200, png))
    return tmp_path / "pages"


def pictures(reader: Reader) -> list[str]:
    """The lines just below each picture in sight."""
    below = [after for line, after in pairwise(reader.lines) if "▀" in line and "▣" in after]
    return [line.partition("▣")[2].strip() for line in below]


def paragraphs(reader: Reader) -> list[str]:
    """The paragraphs in sight, with their lines on the screen."""
    numbered = enumerate(reader.lines)
    return [f"{y}: {found[0]}" for y, line in numbered if (found := re.search(r"Par \d+", line))]


async def test_what_is_kept_is_shown_in_the_text(folder: Path, tmp_path: Path, png: str) -> None:
    pages = keep(tmp_path, png, LEAD, INNER)
    async with reading(folder, pages_folder=pages, settings=HALF_BLOCKS) as reader:
        await reader.until(lambda: pictures(reader)[:1] == ["The lead"])
        first = next(y for y, line in enumerate(reader.lines) if "▀" in line)
        assert shown(reader.lines[:first], "Short.")
        await reader.press("enter", "ctrl+d")
        assert pictures(reader)[-1:] == ["Inside"]


async def test_nothing_is_fetched_for_the_text(
    folder: Path, tmp_path: Path, png: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Request] = []
    monkeypatch.setattr(Helper, "fetch", lambda _, request: asked.append(request))
    pages = keep(tmp_path, png, INNER)
    async with reading(folder, pages_folder=pages, settings=HALF_BLOCKS) as reader:
        await reader.until(lambda: pictures(reader) == ["Inside"])
        assert not asked
        await reader.press("z")
        await reader.until(lambda: pictures(reader) == ["Inside"])


async def test_what_one_reads_stays_where_it_is(folder: Path, tmp_path: Path, png: str) -> None:
    pages = tmp_path / "pages"
    async with reading(folder, pages_folder=pages, settings=HALF_BLOCKS) as reader:
        await reader.press("enter", *["ctrl+d"] * 2)
        before = paragraphs(reader)
        assert before
        keep(tmp_path, png, LEAD, INNER)
        view = reader.main.article_pane
        view.look_for_pictures()
        height = view.virtual_size.height
        await reader.until(lambda: view.virtual_size.height > height)
        await reader.settle()
        assert paragraphs(reader) == before
        await reader.press("g")
        assert pictures(reader)[:1] == ["The lead"]


async def test_the_viewer_begins_with_what_is_in_sight(
    folder: Path, tmp_path: Path, png: str
) -> None:
    pages = keep(tmp_path, png, INNER)
    async with reading(folder, pages_folder=pages, settings=HALF_BLOCKS) as reader:
        await reader.press("enter", "i")
        await reader.until(lambda: shown(reader.lines, "Image 2 of 2 · 400 × 200 · Inside"))
        keep(tmp_path, png, LEAD)
        await reader.press("p")
        await reader.until(lambda: shown(reader.lines, "Image 1 of 2 · 400 × 200 · The lead"))
        await reader.press("escape")
        await reader.until(lambda: pictures(reader)[:1] == ["The lead"])


@pytest.mark.parametrize(
    "settings", [Settings(images="none"), Settings(images="halfblock", images_in_text=False)]
)
async def test_where_no_pictures_are_wanted(
    folder: Path, tmp_path: Path, png: str, settings: Settings
) -> None:
    pages = keep(tmp_path, png, LEAD, INNER)
    async with reading(folder, pages_folder=pages, settings=settings) as reader:
        await reader.pilot.pause(0.4)
        await reader.settle()
        assert shown(reader.lines, "▣ Inside")
        assert not any("▀" in line for line in reader.lines)


async def test_images_of_chosen_sources_are_fetched_when_opened(
    folder: Path, tmp_path: Path, png: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(_: Helper, request: Request) -> Outcome:
        asked.append(request.address)
        if request.address == LEAD:
            return Outcome(trouble="It is gone.")
        return Outcome(image=png, width=400, height=200)

    monkeypatch.setattr(Helper, "fetch", fetch)
    settings = HALF_BLOCKS._replace(images_from=("Post",))
    async with reading(folder, pages_folder=tmp_path / "pages", settings=settings) as reader:
        await reader.pilot.pause(0.3)
        assert not asked
        await reader.press("enter")
        await reader.until(lambda: pictures(reader) == ["Inside"])
        assert asked == [LEAD, INNER]
        await reader.press("h", "enter")
        assert asked == [LEAD, INNER]
