"""Made-up articles that tell made-up events: which of them tell one is known.

An event has names and rare words of its own, and each article about it draws some of them, among
words that are as frequent as they are anywhere. Most events are told once, some by sixty articles
within days; some articles are copies with a word changed, and some list others of their event.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from corpus import PER_FOLDER, stock

_SEED = 20_230_807
_START = 1_672_531_200
_PER_DAY = 275
"""Articles that events tell which begin on one day: 100,000 in a year. Later numbers are newer."""
_MOST = 60
_TOLD_ONCE = 0.6
"""Of all events."""
_RARE = slice(4_000, 30_000)
_TELLING = slice(400, 8_000)


class Planted(NamedTuple):
    """One article: the number of its event, and its file."""

    event: int
    text: str


class _Event(NamedTuple):
    number: int
    began: int
    names: tuple[str, ...]
    words: tuple[str, ...]


def planted(count: int) -> Iterator[Planted]:
    """*count* articles, always the same."""
    rng = Random(_SEED)
    made = event = 0
    while made < count:
        size = min(_size(rng), count - made)
        for text in _articles(_event(rng, event, made), size, made, rng):
            yield Planted(event, text)
        made += size
        event += 1


def _size(rng: Random) -> int:
    return 1 if rng.random() < _TOLD_ONCE else min(_MOST, 1 + int(rng.paretovariate(0.9)))


def _event(rng: Random, number: int, first: int) -> _Event:
    words = stock().words
    names = (word.capitalize() for word in rng.sample(words[_RARE], 3))
    began = _START + first * 86_400 // _PER_DAY
    return _Event(number, began, tuple(names), tuple(rng.sample(words[_TELLING], 7)))


def _articles(event: _Event, size: int, first: int, rng: Random) -> Iterator[str]:
    urls: list[str] = []
    title = excerpt = ""
    for number in range(first, first + size):
        if not title or rng.random() >= 0.05:
            title, excerpt = _title(event, rng), _excerpt(event, rng)
        else:
            excerpt = f"{excerpt} {rng.choice(stock().words)}"
        source = rng.choices(stock().publishers, cum_weights=stock().publisher_weights)[0]
        url = f"https://www.{source.domain}/{number}"
        lines = ["---", f"title: {title}", f"excerpt: {excerpt}"]
        lines += [f"publishedDateTime: {_moment(event, rng)}", f"webUrl: {url}"]
        lines += [f"quality: {max(1, min(100, source.quality + int(rng.gauss(0, 10))))}"]
        lines += ["provider:", f"  name: {source.name}", f"  domain: {source.domain}"]
        if urls and rng.random() < 0.2:
            lines += ["related:", f"  - webUrl: {rng.choice(urls)}", f"    title: {title}"]
        urls.append(url)
        yield "\n".join((*lines, "---", ""))


def _moment(event: _Event, rng: Random) -> int:
    return event.began + int(min(5 * 86_400, rng.expovariate(1 / 64_800)))


def _title(event: _Event, rng: Random) -> str:
    names = rng.sample(event.names, rng.choice((1, 1, 2)))
    words = [*names, *rng.sample(event.words, 2), *_usual(rng, rng.randrange(3, 6))]
    rng.shuffle(words)
    return " ".join(("What", *words))


def _excerpt(event: _Event, rng: Random) -> str:
    sentences = []
    for _ in range(2):
        own = [each for each in (*event.names, *event.words) if rng.random() < 0.4]
        words = [*own, *_usual(rng, rng.randrange(10, 18))]
        rng.shuffle(words)
        sentences.append(f"The {' '.join(words)}.")
    return " ".join(sentences)


def _usual(rng: Random, count: int) -> list[str]:
    stream = stock().stream
    start = int(rng.random() * (len(stream) - count))
    return list(stream[start : start + count])


def write_planted(folder: Path, count: int) -> list[int]:
    """Write *count* articles below *folder*, unless they are there; the events of all of them."""
    events: list[int] = []
    for number, article in enumerate(planted(count)):
        events.append(article.event)
        path = path_of(folder, number)
        if number % PER_FOLDER == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(article.text, encoding="utf-8")
    return events


def path_of(folder: Path, number: int) -> Path:
    """The file of article *number*."""
    return folder / f"{number // PER_FOLDER:04}" / f"{number:06}.md"
