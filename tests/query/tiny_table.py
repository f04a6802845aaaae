"""Five articles as columns, made by hand, and a short way to ask them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from newsreader.model import Article, Image, Provider, Related
from newsreader.model.lists import Codes
from newsreader.query import parse, select
from newsreader.query.table import UNKNOWN, UNKNOWN_TIME, Flag, Having
from newsreader.text.fold import fold

Name = TypeVar("Name")
NOW = datetime(2023, 9, 1, 12, 0, tzinfo=UTC)


@dataclass
class TinyTable:
    """A table of lists."""

    articles: list[Article]
    published: list[int] = field(default_factory=list)
    year: list[int] = field(default_factory=list)
    quality: list[int] = field(default_factory=list)
    heat: list[int] = field(default_factory=list)
    related: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    category: list[int] = field(default_factory=list)
    type: list[int] = field(default_factory=list)
    provider: list[int] = field(default_factory=list)
    topics: Codes = field(default_factory=lambda: Codes.of(()))
    newest_first: list[int] = field(default_factory=list)
    gone: None = None
    categories: list[str] = field(default_factory=lambda: [""])
    types: list[str] = field(default_factory=lambda: [""])
    providers: list[Provider] = field(default_factory=lambda: [Provider()])
    topic_names: list[str] = field(default_factory=lambda: [""])
    titles: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    tags: dict[int, tuple[int, ...]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    tag_names: list[str] = field(default_factory=lambda: [""])

    def __post_init__(self) -> None:
        self.marks = bytearray(len(self.articles))
        topic_lists: list[tuple[int, ...]] = []
        self.story = self.copies = self.duplicate = [0] * len(self.articles)
        self.coverage = [1] * len(self.articles)
        self.hot = [UNKNOWN] * len(self.articles)
        self.story_ids = self.story_titles = [""]
        self.read = self.starred = self.added = self.opened = [UNKNOWN_TIME] * len(self.articles)
        for each in self.articles:
            moment = each.published_at
            provider = each.provider or Provider()
            self.published.append(int(moment.timestamp()) if moment else UNKNOWN_TIME)
            self.year.append(moment.year if moment else UNKNOWN)
            self.quality.append(UNKNOWN if each.quality is None else each.quality)
            self.heat.append(UNKNOWN if each.heat is None else each.heat)
            self.related.append(len(each.related))
            self.images.append(len(each.images))
            self.flags.append(_flags(each))
            self.category.append(_code(self.categories, each.category))
            self.type.append(_code(self.types, each.type))
            self.provider.append(_code(self.providers, provider))
            topics = (_code(self.topic_names, topic) for topic in each.topics)
            topic_lists.append(tuple(dict.fromkeys(topics)))
            self.titles.append(fold(each.headline))
            lines = [each.headline, each.excerpt, each.body]
            others = filter(None, (*each.topics, provider.name))
            self.texts.append("\n".join(map(fold, (*lines, *others))))
        self.topics = Codes.of(topic_lists)
        rows = range(len(self.articles))
        self.newest_first = sorted(rows, key=lambda row: (-self.published[row], self.titles[row]))

    def __len__(self) -> int:
        return len(self.articles)

    def having(self, text: str, *, prefix: bool, in_title: bool = False) -> Having | None:
        return None

    def row(self, article_id: str) -> int | None:
        return next((n for n, each in enumerate(self.articles) if each.id == article_id), None)

    def article(self, row: int) -> Article:
        return self.articles[row]


def _code(vocabulary: list[Name], value: Name) -> int:
    if value not in vocabulary:
        vocabulary.append(value)
    return vocabulary.index(value)


def _flags(article: Article) -> int:
    flags = Flag(0)
    if article.is_published is not None:
        flags |= Flag.PUBLISHED if article.is_published else Flag.UNPUBLISHED
    if article.secured is not None:
        flags |= Flag.SECURED
    if article.body:
        flags |= Flag.BODY
    if article.amp_url:
        flags |= Flag.AMP
    return int(flags)


DETROIT, SURVEILLANCE, CAFE, TOKYO, CPLUSPLUS = range(5)

TABLE = TinyTable(
    [
        Article(
            id="0",
            title="Detroit police misused facial recognition",
            excerpt="The “wrong” man was arrested.",
            body="A court in Detroit heard of a deterrent that failed.",
            published_at=datetime(2020, 7, 1, 12, 9, tzinfo=UTC),
            original_url="https://www.freep.com/story/Detroit?utm_source=x",
            web_url="https://www.wsj.com/articles/detroit_(city)",
            type="article",
            category="news",
            quality=86,
            heat=10,
            is_published=True,
            provider=Provider(name="Wall Street Journal", domain="wsj.com"),
            topics=("Computer Vision", "AI"),
            images=(Image(url="https://example.com/a.jpg"),),
            related=(Related(title="More"), Related(title="Still more")),
        ),
        Article(
            id="1",
            title="Against mass-surveillance",
            published_at=datetime(2020, 10, 1, 23, 0, tzinfo=UTC),
            type="article",
            category="opinion",
            quality=60,
            is_published=False,
            secured="c2VjcmV0",
            provider=Provider(name="WSJ Blogs", domain="blogs.wsj.com"),
            topics=("AI",),
        ),
        Article(
            id="2",
            title="A café on Wall Street",
            provider=Provider(name="tech", domain="techstory.in"),
            topics=("none",),
            body="It isn't far; ask at the café.",
        ),
        Article(
            id="3",
            title="東京の顔認証",
            published_at=datetime(2023, 8, 30, 8, 0, tzinfo=UTC),
            amp_url="https://amp.example.com/tokyo",
            type="Video",
            category="news",
            quality=40,
            heat=50,
            is_published=True,
        ),
        Article(
            id="4",
            title="C++ is back -- or so they say",
            published_at=datetime(2019, 12, 31, 23, 59, 59, tzinfo=UTC),
            type="article",
            quality=-5,
            heat=0,
            provider=Provider(name="CNET"),
            topics=("Détente",),
            related=(Related(title="One"),),
        ),
    ]
)


def ask(text: str, *, typing: bool = False, rows: Sequence[int] | None = None) -> list[int]:
    """The rows that *text* finds."""
    return list(select(parse(text, typing=typing), TABLE, NOW, rows))
