"""How long a key waits while a page or an image is fetched, beside the same keys without that.

``python benchmarks/fetching_keys.py [--keys 40] [--limit-ms 100]`` serves pages and images of many
kinds on this machine and has newsreader fetch each in a pseudo-terminal, while keys are pressed one
after the other. It ends with 1 when one of them waited longer than the limit, and more than twice
as long as any without a fetch.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from first_paint import ROOT, environment
from monsters import Pane

# The script's own folder is first on sys.path when it is run as a file. The site is that of tests.
sys.path.append(str(ROOT / "tests" / "fetching"))
from site_pages import (
    BOMB,
    STORY,
    Answer,
    Handler,
    Site,
    large,
    leads_to,
    page,
    running_site,
    says,
    slowly,
)

WALL = page(STORY[0], "Subscribe to continue reading.")
HEADER = "publishedDateTime: 2024-01-01T{:02}:{:02}:00"
SETTINGS = "fetch_private = true\nimages = 'halfblock'\n"
IMAGES = 8
"""Of each article with images."""


class Times(NamedTuple):
    """The seconds of keys without a fetch, and of the same keys during one."""

    name: str
    before: list[float]
    during: list[float]

    def row(self) -> str:
        """Its line of the table, in milliseconds."""
        cells = (median(self.before), max(self.before), median(self.during), max(self.during))
        ratio = max(self.during) / max(self.before)
        return (
            f"{self.name:<28}" + "".join(f"{1000 * each:9.1f}" for each in cells) + f"{ratio:9.2f}"
        )


def many(handler: Handler) -> None:
    """A text of 4.5 MB in 60,000 paragraphs, which is worked on for long."""
    handler.answer(page(*(f"{number} {STORY[0][:60]}" for number in range(60_000))))


def pages() -> dict[str, Answer]:
    """What the site has, by kind. What takes longest comes last."""
    refresh = "<meta http-equiv='refresh' content='0; url=/plain'>"
    link = "<link rel='amphtml' href='/plain'>"
    return {
        "plain": says(page(*STORY)),
        "walled with AMP": says(page(STORY[0], "Subscribe to continue reading.", head=link)),
        "paywall": says(WALL),
        "soft 404": says(page("Nothing here.", title="Page not found")),
        "meta refresh": says(page(head=refresh)),
        "wrong charset": says(page(*STORY, "L’été"), kind="text/html; charset=iso-8859-1"),
        "gzip bomb": says(BOMB, Content_Encoding="gzip"),
        "redirect loop": leads_to("/redirect-loop"),
        "10 MB": large,
        "4 MB of paragraphs": many,
        "slow": slowly,
    }


def images() -> dict[str, Answer]:
    """Images of many kinds."""
    import io

    from PIL import Image

    def encoded(*size: int) -> bytes:
        output = io.BytesIO()
        Image.new("RGB", (size[0], size[1]), (200, 30, 30)).save(output, "PNG")
        return output.getvalue()

    return {
        "image": says(encoded(640, 400), kind="image/png"),
        "image of 40 megapixels": says(encoded(8_000, 5_000), kind="image/png"),
        "no image": says("text", kind="image/png"),
        "image of 10 MB": large,
        "slow image": slowly,
    }


def path_of(name: str) -> str:
    """Where the page of a kind is."""
    return "/" + name.replace(" ", "-")


def write(folder: Path, names: list[str], header: Callable[[str], str]) -> int:
    """An article of each kind, and two short ones after it; how many."""
    folder.mkdir()
    for number, name in enumerate(names):
        for place, (title, more, body) in enumerate(
            ((f"Kind {number}", header(name), ""), *((f"{x} {number}", "", x) for x in "AB"))
        ):
            date = HEADER.format(23 - number, 59 - place)
            word = f"Begins{body}{number}" if body else f"Kind{number}"
            text = f"---\ntitle: {title}\n{date}\n{more}\n---\n{word}\n"
            (folder / f"{number}-{place}.md").write_text(text, encoding="utf-8")
    return 3 * len(names)


def seconds_to(pane: Pane, key: str, word: str) -> float:
    """The seconds from *key* until *word* is on the screen, whatever else comes meanwhile."""
    pane.screen_lines()
    pane.chunks.clear()
    pane._fed = 0
    sent = perf_counter() - pane._started
    pane.send(key)
    return pane.wait_for(word) - sent


def keys_of_pages(pane: Pane, site: Site, names: list[str], count: int) -> list[Times]:
    """Go to and fro between two short articles while the page of the one before them comes."""
    found = []
    for number, name in enumerate(names):
        steps = [("j", f"BeginsB{number}"), ("k", f"BeginsA{number}")]
        seconds_to(pane, "j", f"BeginsA{number}")
        before = [seconds_to(pane, *step) for step in islice(cycle(steps), count)]
        seconds_to(pane, "k", f"Kind{number}")
        pane.send("d")
        seconds_to(pane, "j", f"BeginsA{number}")
        during: list[float] = []
        # What takes long may be waited for before this page is asked for.
        while len(during) < count or path_of(name) not in asked(site):
            during += (seconds_to(pane, *step) for step in steps)
        found.append(Times(name, before, during))
        seconds_to(pane, "j", f"BeginsB{number}")
        if number + 1 < len(names):
            seconds_to(pane, "j", f"Kind{number + 1}")
    return found


def keys_of_images(pane: Pane, site: Site, names: list[str], count: int) -> list[Times]:
    """Go from image to image while they come, and between short articles before that."""
    found = []
    for number, name in enumerate(names):
        steps = [("j", f"BeginsB{number}"), ("k", f"BeginsA{number}")]
        seconds_to(pane, "j", f"BeginsA{number}")
        before = [seconds_to(pane, *step) for step in islice(cycle(steps), count)]
        seconds_to(pane, "k", f"Kind{number}")
        seconds_to(pane, "i", f"Image 1 of {IMAGES}")  # a new screen, which takes longer
        steps = [("n", f"Image {step % IMAGES + 1} of {IMAGES}") for step in range(1, count)]
        during = [seconds_to(pane, *step) for step in steps]
        found.append(Times(name, before, during))
        seconds_to(pane, "\x1b", f"Kind{number}")
        if number + 1 < len(names):
            for word in (f"BeginsA{number}", f"BeginsB{number}", f"Kind{number + 1}"):
                seconds_to(pane, "j", word)
    return found


def asked(site: Site) -> set[str]:
    """The paths that were asked for."""
    return {path.partition("?")[0] for path in site.asked}


def measure(site: Site, folder: Path, count: int) -> list[Times]:
    """The times of all kinds of pages, and of all kinds of images."""
    found: list[Times] = []
    for kinds, header, keys in (
        (pages(), lambda name: f"originalUrl: {site.url(path_of(name))}", keys_of_pages),
        (
            images(),
            lambda name: "images: [{}]".format(
                ", ".join(f"{{url: '{site.url(path_of(name))}?{n}'}}" for n in range(IMAGES))
            ),
            keys_of_images,
        ),
    ):
        place = folder / keys.__name__
        (place / "config" / "newsreader").mkdir(parents=True)
        (place / "config" / "newsreader" / "config.toml").write_text(SETTINGS)
        names = list(kinds)
        site.pages |= {path_of(name): answer for name, answer in kinds.items()}
        total = write(place / "articles", names, header)
        argv = (sys.executable, "-m", "newsreader", str(place / "articles"))
        with Pane(argv, env=environment(place), columns=120, lines=40) as pane:
            pane.wait_for(f"{total} of {total}")
            pane.wait_for("Kind0")
            found += keys(pane, site, names, count)
    return found


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=40, help="keys during each fetch")
    parser.add_argument("--limit-ms", type=float, default=100, help="the longest that a key waits")
    options = parser.parse_args()
    with running_site() as site, tempfile.TemporaryDirectory() as name:
        found = measure(site, Path(name), options.keys)
    print(
        f"{'milliseconds':<28}{'median':>9}{'longest':>9}{'fetching':>9}{'longest':>9}{'ratio':>9}"
    )
    for each in found:
        print(each.row())
    before = max(max(each.before) for each in found)
    during = max(max(each.during) for each in found)
    print(
        f"{len(found)} kinds: {1000 * during:.0f} ms at most, {during / before:.2f} x those without"
    )
    return int(1000 * during > options.limit_ms and during > 2 * before)


if __name__ == "__main__":
    sys.exit(main())
