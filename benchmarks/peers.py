"""newsboat and fzf on the articles of an archive, beside newsreader.

``python benchmarks/peers.py [--sizes 1000 100000] [--repeats 15] [--place FOLDER] [--write]`` makes
up as many articles as each size says (as ``archive.py`` does, whose folder will do). newsboat gets
them as a feed that it loads into its cache once, fzf gets their titles. All are measured in a
pseudo-terminal of 120 by 40, from a key to the last byte of what it brings: milliseconds as median
and 95th percentile, and how many times ours that is. What is not installed is left out. ``--write``
puts the tables into the README of this folder; a size that it has and is not measured is lost.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from email.utils import format_datetime
from pathlib import Path
from time import sleep
from typing import NamedTuple
from xml.sax.saxutils import escape

# The script's own folder is first on sys.path when it is run as a file.
from archive import Archive, Screen, archive_of, machine, shown, since, start, timed
from first_paint import ROOT
from instant import framed, prepare
from terminal import QUIET

README = ROOT / "benchmarks" / "README.md"
BEGIN, END = "<!-- peers -->\n", "<!-- end of peers -->"
WORDS = ("police", "facial", "climate", "recognition", "zyzzyva")
AIM = 5
"""So many times better than a peer is what we want to be."""
NEWSBOAT_MOST = 100_000
"""More articles it would load for many minutes."""
PATIENCE = 4.0
"""After so many seconds, also a program that reads all articles for a key has sent something."""
DOWN, PAGE_DOWN, CLEAR = "\x1bOB", "\x1b[6~", "\x15"

OPENED = "Articles in feed"
"""What newsboat says above its list."""

LIST, FRAME = "start to list", "start to first row, with the last frame"
OPENING = "… of which opening the list"
CURSOR, PAGE = "cursor key", "page key"
SEARCH, FIRST = "a word or letter to its list", "first letter of a word to list"
FURTHER, ALL_BYTES = "further letters to list", "any letter to the last byte"
MEMORIES = MEMORY, MEMORY_LATER = "memory, list shown", "memory after searching"


class Program(NamedTuple):
    """A program on the articles of an archive; ``text`` is on its screen when it is there."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    text: str

    def start(self) -> tuple[Screen, float]:
        """The program, and the seconds until it is there."""
        return start(self.argv, dict(self.env), self.text)


Figures = defaultdict[str, list[float]]
"""Seconds, and MiB of memory, by what was measured."""


def version(*command: str) -> str:
    """The first number that a program says of itself."""
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return next(word for word in said.split() if word[0].isdigit())


def newsreader(archive: Archive) -> Program:
    """Ours, with an index, which is made when it is not there."""
    argv = (sys.executable, "-m", "newsreader")
    index = (*argv, "index", str(archive.folder))
    subprocess.run(index, env=archive.env, check=True, capture_output=True)
    return Program("newsreader", (*argv, str(archive.folder)), archive.env, newest(archive))


def newest(archive: Archive) -> str:
    """How the first title of the list begins."""
    library = archive.library()
    columns = library.snapshot.columns
    title = columns.brief(columns.newest_first[0]).headline
    library.close()
    return title[:30]


def newsboat(archive: Archive, folder: Path) -> Program:
    """newsboat, with title, excerpt and body of each article in its cache."""
    feed, cache = folder / "feed.xml", folder / "cache.db"
    (folder / "urls").write_text(f'file://{feed} "~Made up"\n', encoding="utf-8")
    (folder / "config").touch()
    files = ("-u", folder / "urls", "-c", cache, "-C", folder / "config")
    argv = ("newsboat", *map(str, files))
    if not cache.exists():
        with feed.open("w", encoding="utf-8") as file:
            file.writelines(feed_of(archive))
        load = (*argv, "-x", "reload")
        seconds = timed(
            lambda: subprocess.run(load, env=archive.env, check=True, capture_output=True)
        )
        print(f"newsboat loaded {archive.size:,} articles in {seconds:.1f} s", file=sys.stderr)
    return Program(f"newsboat {version('newsboat', '-v')}", argv, archive.env, "Made up")


def feed_of(archive: Archive) -> Iterator[str]:
    """The articles as RSS 2.0."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
    yield "<title>Made up</title><link>https://example.org/</link><description/>\n"
    library = archive.library()
    columns = library.snapshot.columns
    for row in columns.newest_first:
        article = columns.article(row)
        fields = {
            "title": article.title,
            "link": article.web_url,
            "guid": article.id,
            "description": f"{article.excerpt}\n\n{article.body}",
        }
        if article.published_at:
            fields["pubDate"] = format_datetime(article.published_at)
        lines = (f"<{name}>{escape(text)}</{name}>\n" for name, text in fields.items())
        yield f"<item>\n{''.join(lines)}</item>\n"
    library.close()
    yield "</channel></rss>\n"


def fzf(archive: Archive, folder: Path) -> Program:
    """fzf on the titles, the newest first."""
    titles = folder / "titles"
    if not titles.exists():
        library = archive.library()
        columns = library.snapshot.columns
        with titles.open("w", encoding="utf-8") as file:
            file.writelines(f"{columns.brief(row).headline}\n" for row in columns.newest_first)
        library.close()
    env = {**archive.env, "FZF_DEFAULT_COMMAND": f"cat '{titles}'"}
    name = f"fzf {version('fzf', '--version')} --exact"
    return Program(name, ("fzf", "--exact"), env, newest(archive))


def start_once(program: Program, found: Figures) -> None:
    """One start to the list; newsboat first shows its feeds, of which it has one to open."""
    screen, seconds = program.start()
    with screen:
        if program.argv[0] == "newsboat":
            opening = screen.bring("\r", OPENED)
            found[OPENING].append(opening)
            seconds += opening
        found[LIST].append(seconds)
        found[MEMORY].append(screen.memory)


def start_framed(program: Program, repeats: int, found: Figures) -> None:
    """Starts of ours after it was left as a reader leaves it."""
    env = {**program.env, "NEWSREADER_FRAME": "1"}
    for _ in range(repeats):
        prepare(env, program.argv, program.text)
        found[FRAME].append(framed(env, program.argv, program.text))


def move(screen: Screen, repeats: int, found: Figures) -> None:
    """Cursor and page keys on the list."""
    for name, key in ((CURSOR, DOWN), (PAGE, PAGE_DOWN)):
        times = [screen.press(key, 2 * QUIET) for _ in range(repeats)]
        found[name] += [each for each in times if each is not None]


def type_words(screen: Screen, found: Figures, quiet: float, total: bytes = b"") -> None:
    """Type words letter by letter into a box that filters.

    A list is there when *total* is; without one, which is for a program that shows nothing else, at
    the last byte.
    """
    for word in WORDS:
        for place, letter in enumerate(word):
            chunks = screen.brought(letter, quiet)
            if not chunks:
                continue
            last = chunks[-1].seconds
            listed = since(chunks, total) if total else last
            found[ALL_BYTES].append(last)
            if listed is not None:
                found[SEARCH].append(listed)
                found[FURTHER if place else FIRST].append(listed)
        screen.press(CLEAR, quiet)
    found[MEMORY_LATER].append(screen.memory)


def use_newsreader(program: Program, repeats: int, size: int, found: Figures) -> None:
    """Keys on the list and in the search box."""
    screen, _ = program.start()
    with screen:
        screen.settle(6.0)
        move(screen, repeats, found)
        screen.press("/")
        sleep(1.0)
        # The cursor in the box blinks twice a second.
        type_words(screen, found, QUIET, f" of {size:,}".encode())


def use_newsboat(program: Program, repeats: int, found: Figures) -> None:
    """Keys on the list; words to search, of which only the last key is measured."""
    screen, _ = program.start()
    with screen:
        screen.bring("\r", OPENED)
        move(screen, repeats, found)
        for word in WORDS:
            screen.press("/")
            screen.press(word)
            seconds = screen.press("\r", PATIENCE)
            found[SEARCH] += [seconds] if seconds is not None else []
            found[MEMORY_LATER].append(screen.memory)
            screen.press("q", PATIENCE)


def use_fzf(program: Program, found: Figures) -> None:
    """Keys in its box."""
    screen, _ = program.start()
    with screen:
        screen.settle(2.0)
        type_words(screen, found, 4 * QUIET)


def measured(archive: Archive, repeats: int, folder: Path) -> dict[str, Figures]:
    """The figures of each program, ours first."""
    programs = [newsreader(archive)]
    if shutil.which("newsboat") and archive.size <= NEWSBOAT_MOST:
        programs.append(newsboat(archive, folder))
    if shutil.which("fzf"):
        programs.append(fzf(archive, folder))
    found = {program.name: Figures(list) for program in programs}
    for program in programs:
        start_once(program, Figures(list))
    for _ in range(repeats):
        for program in programs:
            start_once(program, found[program.name])
    for program in programs:
        figures = found[program.name]
        if program.argv[0] == "newsboat":
            use_newsboat(program, repeats, figures)
        elif program.argv[0] == "fzf":
            use_fzf(program, figures)
        else:
            start_framed(program, repeats, figures)
            use_newsreader(program, repeats, archive.size, figures)
    for figures in found.values():
        figures.setdefault(FRAME, figures[LIST])
    return found


def cell(name: str, values: Sequence[float]) -> str:
    """Values as a table has them."""
    if name.startswith("memory"):
        return f"{statistics.median(values):.0f} MiB"
    return shown(values)


def table(size: int, ours: Figures, peer: str, theirs: Figures) -> Iterator[str]:
    """The lines of a table of us and a peer, and what is not *AIM* times better."""
    yield f"| {size:,} articles | newsreader | {peer} | ratio |"
    yield "|---|---|---|---|"
    worse = []
    for name in (LIST, OPENING, FRAME, CURSOR, PAGE, SEARCH, FIRST, FURTHER, ALL_BYTES, *MEMORIES):
        if not theirs.get(name):
            continue
        if not ours.get(name):
            yield f"| {name} | | {cell(name, theirs[name])} | |"
            continue
        ratio = statistics.median(theirs[name]) / statistics.median(ours[name])
        if ratio < AIM:
            worse.append(f"{name} ({ratio:.2g})")
        cells = f"{cell(name, ours[name])} | {cell(name, theirs[name])} | {ratio:.2g} x"
        yield f"| {name} | {cells} |"
    if worse:
        yield f"\nNot {AIM} times better: {', '.join(worse)}."
    yield ""


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--place", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        place = options.place or Path(name)
        for size in options.sizes:
            folder = place / f"peers-{size}"
            folder.mkdir(exist_ok=True)
            found = measured(archive_of(place, size), options.repeats, folder)
            (_, ours), *peers = found.items()
            for peer, theirs in peers:
                lines += table(size, ours, peer, theirs)
    load = f"{os.getloadavg()[2]:.1f} programs ready to run, over the last quarter of an hour"
    text = "\n".join((*lines, f"({machine()}; {load})\n"))
    print(text)
    if options.write:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        README.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
