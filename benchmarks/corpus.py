"""Made-up articles, as many as wanted: the same number is the same article on every machine.

``python benchmarks/corpus.py FOLDER COUNT`` writes COUNT files below FOLDER, at most 1,000 in
each folder. The words are made of syllables and as frequent as words are, by Zipf's law.
"""

from __future__ import annotations

import argparse
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

PER_FOLDER = 1_000
"""Files in one folder at most."""
SEED = 20_200_701
WORDS = 30_000
"""Distinct words."""
_STREAM = 1_000_000
"""Words from which texts are cut: drawing each word of each text anew would take minutes."""
_FIRST_DAY = (2020, 1)

_COMMON = """
the of to and in a for on with is that as at by from it will are has an new be its how was not
more this have says after over can who their about into up his but out or than what why when
first could year years people company data report government facial recognition software health
market research police study plan climate energy court bank phone city state world schools
workers science app security police's learning model camera vaccine council election train price
chips space battery privacy language trade history water music football housing travel
"""
_ONSETS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sc sh st t th tr v w z"
_VOWELS = "a e i o u ai ea io ou"
_CODAS = ["", "", "", "l", "m", "n", "r", "s", "t", "nd", "st", "ck"]
_ENDINGS = ["", "", "", "s", "ed", "ing", "er", "al", "ion"]
_ACCENTS = str.maketrans("aeiouc", "áéíöüç")
_SCRIPTS = (
    (0x4E00, 0x5200),
    (0x3042, 0x3090),
    (0x0430, 0x044F),
    (0x03B1, 0x03C9),
    (0xAC00, 0xB000),
)
_ENDS = (".com", ".com", ".com", ".org", ".net", ".co.uk", ".de", ".fr", ".gov")
_CATEGORIES = ("news", "news", "news", "news", "news", "blog", "research", "opinion", "events")
_TYPES = ("article",) * 16 + ("video", "video", "podcast")


class Publisher(NamedTuple):
    """Who publishes, and how good it usually is."""

    name: str
    domain: str
    quality: int


class Stock(NamedTuple):
    """What all articles are made from; a weighted list comes with its cumulative weights."""

    words: Sequence[str]
    stream: Sequence[str]
    publishers: Sequence[Publisher]
    publisher_weights: Sequence[float]
    topics: Sequence[str]
    topic_weights: Sequence[float]


@cache
def stock() -> Stock:
    """The words, publishers and topics, the most frequent first."""
    rng = Random(SEED)
    words = list(dict.fromkeys(_COMMON.split()))
    onsets, vowels = _ONSETS.split(), _VOWELS.split()
    known = set(words)
    while len(words) < WORDS:
        count = rng.choice((1, 2, 2, 2, 3, 3))
        word = "".join(
            rng.choice(onsets) + rng.choice(vowels) + rng.choice(_CODAS) for _ in range(count)
        )
        word += rng.choice(_ENDINGS)
        if rng.random() < 0.03:
            word = word.translate(_ACCENTS)
        if len(word) > 2 and word not in known:
            known.add(word)
            words.append(word)
    stream = rng.choices(words, cum_weights=_zipf(WORDS, 2.7), k=_STREAM)
    # Some words belong together, so that there are phrases to find.
    for place in [place for place, word in enumerate(stream[:-1]) if word == "facial"]:
        if rng.random() < 0.5:
            stream[place + 1] = "recognition"
    publishers = []
    for number in range(400):
        parts = [
            each.capitalize() for each in rng.sample(words[100:5_000], rng.choice((1, 1, 2, 2, 3)))
        ]
        name = " ".join(parts)
        ascii_name = name.lower().replace(" ", "").encode("ascii", "ignore").decode()
        domain = f"{ascii_name}{number if number % 7 == 0 else ''}{rng.choice(_ENDS)}"
        publishers.append(Publisher(name, domain, rng.randrange(15, 90)))
    topics = ["AI", "Computer Vision", "Privacy"]
    topics += [" ".join(rng.sample(words[40:2_000], rng.choice((1, 2)))).title() for _ in range(57)]
    return Stock(
        words, stream, publishers, _zipf(len(publishers), 3), topics, _zipf(len(topics), 1)
    )


def _zipf(count: int, offset: float) -> list[float]:
    """Cumulative weights by rank."""
    return list(accumulate(1 / (rank + offset) for rank in range(count)))


class _Writer:
    """Makes one article after another."""

    def __init__(self) -> None:
        self.stock = stock()
        self.rng = Random()

    def text(self, number: int) -> str:
        """The file of article *number*."""
        rng = self.rng
        rng.seed(SEED + number)
        chance = rng.random
        stock = self.stock
        title = self._title(rng)
        publisher = self._publisher()
        year, month, moment = self._moment()
        slug = "-".join(title.lower().split()[:9]).replace('"', "") + f"-{number}"
        url = f"https://www.{publisher.domain}/{year}/{month:02}/{slug}/"
        quality = self._quality(publisher)
        lines = [
            "---",
            f"category: {rng.choice(_CATEGORIES)}",
            f"title: {_quoted(title)}",
            f"excerpt: {_quoted(self._sentences(25, 65))}",
        ]
        if chance() < 0.98:
            lines.append(f"publishedDateTime: {moment}")
        if chance() < 0.6:
            lines.append(f'originalUrl: "{url}"')
        lines.append(f'webUrl: "{url}"')
        if chance() < 0.3:
            lines.append(f'ampWebUrl: "https://amp.{publisher.domain}/{year}/{slug}"')
        lines.append(f"type: {rng.choice(_TYPES)}")
        lines.append(f"quality: {quality}")
        if chance() < 0.45:
            lines.append(f"heat: {quality + rng.randrange(0, 60, 5)}")
        lines.append(f"published: {'true' if chance() < 0.9 else 'false'}")
        lines += ["", *self._provider("", publisher)]
        topics = dict.fromkeys(
            rng.choices(
                stock.topics,
                cum_weights=stock.topic_weights,
                k=rng.choice((1, 1, 2, 2, 2, 3, 4)),
            )
        )
        lines += ["", "topics:", *(f"  - {topic}" for topic in topics)]
        if chance() < 0.8:
            lines += ["", "images:", *self._image("", url, title)]
        related = min(7, int(rng.expovariate(0.45)))
        if related:
            lines += ["", "related:"]
            for _ in range(related):
                lines += self._related(year, month)
        secret = b64encode(rng.randbytes(192)).decode()
        lines += ["", f'secured: "{secret}"', "---", ""]
        if chance() < 0.03:
            self._make_unusual(lines)
        if chance() < 0.2:
            lines += self._body()
        return "\n".join(lines)

    def _title(self, rng: Random) -> str:
        if rng.random() < 0.015:
            low, high = rng.choice(_SCRIPTS)
            return " ".join(
                "".join(chr(rng.randrange(low, high)) for _ in range(rng.randrange(3, 9)))
                for _ in range(rng.randrange(1, 5))
            )
        words = self._words(rng.randrange(5, 15))
        title = words if rng.random() < 0.6 else words.title()
        return title[0].upper() + title[1:]

    def _words(self, count: int) -> str:
        start = int(self.rng.random() * (_STREAM - count))
        return " ".join(self.stock.stream[start : start + count])

    def _sentences(self, least: int, most: int) -> str:
        """*least* to *most* words in sentences."""
        left = self.rng.randrange(least, most)
        sentences = []
        while left > 0:
            words = self._words(min(left, self.rng.randrange(8, 25)))
            sentences.append(f"{words[0].upper()}{words[1:]}.")
            left -= 16
        return " ".join(sentences)

    def _publisher(self) -> Publisher:
        stock = self.stock
        return self.rng.choices(stock.publishers, cum_weights=stock.publisher_weights)[0]

    def _quality(self, publisher: Publisher) -> int:
        return max(1, min(100, publisher.quality + int(self.rng.gauss(0, 10))))

    def _moment(self) -> tuple[int, int, str]:
        rng = self.rng
        months = int(60 * rng.random() ** 0.8)
        year, month = _FIRST_DAY[0] + months // 12, months % 12 + 1
        seconds = int(rng.random() * 28 * 86_400)
        day, rest = divmod(seconds, 86_400)
        clock = f"{rest // 3_600:02}:{rest // 60 % 60:02}:{rest % 60:02}Z"
        return year, month, f"{year}-{month:02}-{day + 1:02}T{clock}"

    def _provider(self, indent: str, publisher: Publisher) -> list[str]:
        lines = [
            f"{indent}provider:",
            f"{indent}  name: {publisher.name}",
            f"{indent}  domain: {publisher.domain}",
        ]
        if not indent:
            lines += ["  images:", f'    - url: "https://img.example/{publisher.domain}-50x50.jpg"']
            lines += ["      width: 50", "      height: 50"]
        return lines

    def _image(self, indent: str, url: str, title: str) -> list[str]:
        width = self.rng.randrange(600, 2_000, 20)
        return [
            f'{indent}  - url: "{url}image-{width}.jpg"',
            f"{indent}    width: {width}",
            f"{indent}    height: {width // 2}",
            f"{indent}    isCached: true",
            f"{indent}    title: {_quoted(title)}",
        ]

    def _related(self, year: int, month: int) -> list[str]:
        rng = self.rng
        publisher = self._publisher()
        title = self._title(rng)
        slug = f"{year}/{month}/{rng.getrandbits(40)}"
        return [
            f"  - title: {_quoted(title)}",
            f"    excerpt: {_quoted(self._sentences(20, 45))}",
            f"    publishedDateTime: {year}-{month:02}-{rng.randrange(1, 28):02}T08:30:00Z",
            f'    webUrl: "https://www.{publisher.domain}/{slug}"',
            "    type: article",
            *self._provider("    ", publisher),
            f"    quality: {self._quality(publisher)}",
        ]

    def _body(self) -> list[str]:
        """Some Markdown."""
        rng = self.rng
        blocks = []
        for _ in range(rng.randrange(3, 8)):
            kind = rng.random()
            if kind < 0.15:
                blocks.append(f"## {self._words(4).capitalize()}")
            elif kind < 0.3:
                items = (self._words(rng.randrange(4, 10)) for _ in range(3))
                blocks.append("\n".join(f"- {item}" for item in items))
            elif kind < 0.4:
                blocks.append(f"> {self._sentences(10, 30)}")
            else:
                link = f"[{self._words(2)}](https://example.org/{rng.getrandbits(30)})"
                blocks.append(f"{self._sentences(30, 80)} See {link} and **{self._words(2)}**.")
        return ["", "\n\n".join(blocks), ""]

    def _make_unusual(self, lines: list[str]) -> None:
        """Write the same in a rarer way, or leave something out."""
        kind = self.rng.randrange(6)
        if kind == 0:
            lines.insert(1, "# By hand")
        elif kind == 1:
            lines[1:2] = [lines[1], "extra: {editor: desk, tags: [a, b]}"]
        elif kind == 2:
            excerpt = next(place for place, line in enumerate(lines) if line[:8] == "excerpt:")
            lines[excerpt : excerpt + 1] = ["excerpt: >-", f"  {self._sentences(30, 60)}"]
        elif kind == 3:
            lines[2] = "title: 'The editor''s choice'"
        elif kind == 4:
            lines[:] = [line for line in lines if not line.startswith("quality:")]
        else:
            place = next((n for n, line in enumerate(lines) if line[:9] == "published"), 3)
            lines[place] = "publishedDateTime: some day last spring"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_corpus(folder: Path, count: int) -> None:
    """Write the articles 0 to *count* - 1 below *folder*, which is made when it is not there."""
    writer = _Writer()
    for first in range(0, count, PER_FOLDER):
        below = folder / f"{first // PER_FOLDER:04}"
        below.mkdir(parents=True, exist_ok=True)
        for number in range(first, min(count, first + PER_FOLDER)):
            # Bytes: line ends and encoding are the same everywhere.
            (below / f"{number:06}.md").write_bytes(writer.text(number).encode())


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files go")
    parser.add_argument("count", type=int, help="how many")
    options = parser.parse_args()
    write_corpus(options.folder, options.count)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
