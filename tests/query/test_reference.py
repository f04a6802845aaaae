"""The compiled plan and the plain reference agree, whatever the query and the articles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from reference import NO_RULE, matches
from stored import ArticleStore
from test_query_properties import complaint, good_terms, soups

from newsreader.model import Article, Image, Provider, Related
from newsreader.model.marks import NO_MARKS, Marks
from newsreader.model.table import Mark
from newsreader.query import parse, select

NOW = datetime(2023, 9, 1, 12, tzinfo=UTC)
SEARCHES = {"police": "detroit OR police", "all": "", "new": "search:police date:2020.."}
WORDS = [
    *("detroit", "Détroit", "det", "police", "facial", "recognition", "café", "cafe", "said"),
    *("wall", "street", "wall street", "AI", "京都", "京", "it's", "x-y", "100%", "a", "_b", "!"),
]
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
names = st.sampled_from(["", "AI", "ai", "Computer Vision", "Politics", "Détente", "video"])
providers = st.none() | st.builds(
    Provider,
    name=st.sampled_from(["", "CNET", "Wall Street Journal", "tech"]),
    domain=st.sampled_from(["", "cnet.com", "www.wsj.com", "wsj.com", "detroit.example"]),
)
urls = st.sampled_from(
    ["", "https://www.freep.com/story", "https://wsj.com/a?utm_source=x", "http://CNET.com/é"]
)
moments = st.none() | st.integers(-4_000, 100).map(lambda days: NOW + timedelta(days=days))
numbers = st.none() | st.integers(-3, 120)
relateds = st.builds(
    Related, title=texts, provider=providers, original_url=urls, published_at=moments
)
articles = st.builds(
    Article,
    title=texts,
    excerpt=texts,
    body=texts,
    category=names,
    type=names,
    topics=st.lists(names.filter(bool), max_size=3).map(tuple),
    provider=providers,
    published_at=moments,
    quality=numbers,
    heat=numbers,
    is_published=st.none() | st.booleans(),
    secured=st.none() | st.just("x"),
    original_url=urls,
    web_url=urls,
    amp_url=urls,
    images=st.lists(st.just(Image(url="https://i.example/1")), max_size=2).map(tuple),
    related=st.lists(relateds, max_size=2).map(tuple),
)
instants = st.none() | st.integers(-4_000, 100).map(
    lambda days: int((NOW + timedelta(days=days)).timestamp() * 1000)
)
marks = st.just(NO_MARKS) | st.builds(
    Marks,
    read=instants,
    starred=instants,
    later=instants,
    opened=instants,
    seen=instants,
    tags=st.lists(st.sampled_from(["ai", "to-read", "détente"]), unique=True).map(tuple),
    notes=st.lists(texts.filter(bool), max_size=2).map(tuple),
    position=st.none(),
)
rulings = st.sampled_from([NO_RULE, NO_RULE, Mark.HIDDEN, Mark.NEW, Mark.HIDDEN | Mark.NEW])
marked = st.tuples(articles, marks, rulings)
libraries = st.lists(marked, max_size=6)
MORE = [
    *("det", "recog*", '"wall str"*', "'it''s'", "100%", "京", "it’s", "x-y", "_b", "!police"),
    *("title:detroit", "excerpt:said", "body:cafe", "related.title:police", "related.title:wal*"),
    *("provider:wsj.com", "provider:cnet", "provider:w*", "provider:none", "provider:/^c/i"),
    *("related.provider:cnet", "related.provider:none", "-related.provider:wsj.com"),
    *("topic:ai,politics", "topic:Comp*", "topic:none", "topic:/i/", "#computer-vision", "#det*"),
    *("quality>=0", "quality:..0", "heat<3", "heat:-1", "quality!=5", "images>1", "year:2020.."),
    *("date:2020", "date<2022-05", 'date:"last year"', "date:..30d", 'date:"3 months ago"..'),
    *("is:published", "is:unpublished", "has:body", "has:amp", "is:secured", "url:wsj"),
    *("https://www.freep.com/story?utm_medium=y", "/deTroit/i", "/^wall/", "title:/fac.al/"),
    *("is:unread", "is:read", "-is:starred", "is:later", "is:opened", "has:note", "has:tag"),
    *("read:30d..", "read:none", "starred:2020..", "added<2022", "opened:none", "read!=2021"),
    *("tag:ai", "tag:none", "tag:to*", "#to-read", "#ai", "tag:/o/", "note:detroit", "note:/W/i"),
    *("is:hidden", "-is:hidden", "is:new"),
    *("search:police", "-search:new", "search:all", "sort:-heat", "type:video", "category:none"),
]
clauses = st.sampled_from(MORE) | good_terms.filter(bool).map(lambda terms: terms[0])


def combined(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(children, min_size=2, max_size=3)
    return (
        several.map(lambda parts: f"({' '.join(parts)})")
        | several.map(lambda parts: f"({' OR '.join(parts)})")
        | children.map(lambda part: f"-({part})")
    )


queries = st.recursive(clauses.filter(lambda each: "sort" not in each), combined, max_leaves=6)


def agree(
    text: str, library: list[tuple[Article, Marks, Mark]], *, typing: bool, indexed: int = 0
) -> None:
    query = parse(text, typing=typing, searches=SEARCHES)
    articles = ArticleStore(worth_words=1)
    numbered = [_with_id(article, number) for number, (article, _, _) in enumerate(library)]
    marks_of = {f"{number}": marks for number, (_, marks, _) in enumerate(library)}
    articles.add(numbered[:indexed])
    store = articles.store
    store.settle()
    store._worth_words = len(library) + 1
    articles.add(numbered[indexed:], marks_of.__getitem__)
    store.mark({article.id: marks_of[article.id] for article in numbered[:indexed]})
    plain = store.snapshot.columns
    ruled_of = {f"{number}": ruled for number, (_, _, ruled) in enumerate(library)}
    bits = (plain.marks[row] | ruled_of[plain.id(row)] for row in range(len(plain)))
    table = plain.with_marks(plain.mark_columns.with_bits(bytes(bits)))
    found = list(select(query, table, NOW))
    rows = ((row, table.article(row)) for row in range(len(table)))
    wanted = [
        row
        for row, each in rows
        if matches(query.root, each, NOW, marks_of[each.id], ruled_of[each.id])
    ]
    assert found == wanted


def _with_id(article: Article, number: int) -> Article:
    from dataclasses import replace

    return replace(article, id=str(number))


@settings(max_examples=200)
@given(queries, libraries, st.booleans(), st.sampled_from([0, 0, 1, 3, 6]))
@example("-(quality:0)", [(Article(quality=0), NO_MARKS, NO_RULE)], False, 0)
def test_the_plan_agrees_with_the_reference(
    text: str, library: list[tuple[Article, Marks, Mark]], typing: bool, indexed: int
) -> None:
    """With an index of the words of some articles, of all of them, and of none."""
    agree(text, library, typing=typing, indexed=indexed)


@given(soups, libraries, st.booleans())
def test_they_agree_on_any_text_that_is_a_query(
    text: str, library: list[tuple[Article, Marks, Mark]], typing: bool
) -> None:
    assume(complaint(text, typing) is None)
    agree(text, library, typing=typing)
