"""The best match first: BM25 over the folded texts, in which the words of titles count more.

S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
Foundations and Trends in Information Retrieval 3 (2009), with the constants that they recommend.
Titles are weighted as in their BM25F: a word of the title counts as so many words of the text.
The length of a text is that in characters; only its ratio to the average length matters.

How many articles have a word, and how long the average one is, is taken from a sample of rows
at equal distances: a scan of the whole table for each key typed would cost more than the query.
A table no larger than the sample is counted exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import log

from newsreader.query.ast import And, Node, Not, Or, Saved, Text
from newsreader.query.order import DEFAULT_ORDER, RELEVANCE, Order, parse_order
from newsreader.query.query import Query
from newsreader.query.table import Table
from newsreader.query.words import whole_words

_K1 = 1.2
_B = 0.75
_TITLE_WEIGHT = 5
"""The text has the title in it, so a word of the title counts once there and four times more."""
_SAMPLE = 1_000
_MOST = 6_000_000
"""Characters to look through, for all words together, which take some 15 ms. Above that a list
is too long to be read to its end, and its order is a plainer one: by how many of the words are in
the title, then newest first. It reads titles only."""
_MOST_STEPS = 3_000
"""Rows times words, for the same reason: short texts cost their steps, not their characters."""
_MOST_TITLES = 12_000
"""Rows times words again, above which titles are not read either: the first letter of a word that
is being typed finds nearly everything, newest first."""
_MOST_WORDS = 20
"""So many of the words are looked for in the titles."""


def free_texts(query: Query) -> tuple[Text, ...]:
    """The words and phrases of *query* that are looked for everywhere, and not to be left out.

    Those in a field are filters and have no say in the order.
    """
    texts = (node for node in wanted(query.root) if isinstance(node, Text) and node.field is None)
    return tuple(dict.fromkeys(texts))


def natural_order(query: Query) -> Order:
    """The order of the answer to *query* when it asks for none: by relevance if it has words."""
    return RELEVANCE if free_texts(query) else parse_order(DEFAULT_ORDER)


def wanted(node: Node | None, *, is_wanted: bool = True) -> Iterator[Node]:
    """The leaves of *node* that an article should satisfy, rather than not."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted(part, is_wanted=is_wanted)
        case Not(part):
            yield from wanted(part, is_wanted=not is_wanted)
        case Saved(node=inner):
            yield from wanted(inner, is_wanted=is_wanted)
        case _ if node is not None and is_wanted:
            yield node


def by_relevance(rows: Sequence[int], texts: Sequence[Text], table: Table) -> Sequence[int]:
    """*rows*, the newest first, with the best match for *texts* first; ties stay as they are.

    Too many rows for that have those first that have the most of *texts* in their titles, and
    far too many stay as they are.
    """
    steps = len(rows) * len(texts)
    if len(rows) < 2 or not texts or steps > _MOST_TITLES:
        return rows
    newest_first = list(rows)
    if steps > _MOST_STEPS:
        return _titles_first(newest_first, texts, table)
    contents = [table.texts[row] for row in newest_first]
    lengths = list(map(len, contents))
    if sum(lengths) * len(texts) > _MOST:
        return _titles_first(newest_first, texts, table)
    titles = [table.titles[row] for row in newest_first]
    scores = _bm25(contents, lengths, titles, texts, table)
    # Sorting is stable also in reverse: ties stay in the order that they have.
    places = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    return [newest_first[place] for place in places]


def _titles_first(rows: Sequence[int], texts: Sequence[Text], table: Table) -> list[int]:
    titles = table.titles
    hits: dict[int, int] = {}
    for text in texts[:_MOST_WORDS]:
        count, needle = _counter(text), text.text
        for row in [row for row in rows if needle in titles[row]]:
            if count(titles[row]):
                hits[row] = hits.get(row, 0) + 1
    first = sorted((row for row in rows if row in hits), key=hits.__getitem__, reverse=True)
    return first + [row for row in rows if row not in hits]


def _bm25(
    contents: Sequence[str],
    lengths: Sequence[int],
    titles: Sequence[str],
    texts: Sequence[Text],
    table: Table,
) -> list[float]:
    sample = table.texts[:: -(-len(table) // _SAMPLE)]
    average = sum(map(len, sample)) / len(sample) or 1
    flat, steep = _K1 * (1 - _B), _K1 * _B / average
    norms = [flat + steep * length for length in lengths]
    scores = [0.0] * len(contents)
    for text in texts:
        count, needle = _counter(text), text.text
        weight = _rarity(needle, sample) if len(texts) > 1 else 1.0
        times = list(map(count, contents))
        for place, title in enumerate(titles):
            if needle in title:
                times[place] += (_TITLE_WEIGHT - 1) * count(title)
        gain = weight * (_K1 + 1)
        scores = [
            score + gain * often / (often + norm)
            for score, often, norm in zip(scores, times, norms, strict=True)
        ]
    return scores


def _rarity(needle: str, sample: Sequence[str]) -> float:
    """The inverse document frequency, as if the sample were all there is."""
    having = sum([needle in content for content in sample])
    return log(1 + (len(sample) - having + 0.5) / (having + 0.5))


def _counter(text: Text) -> Callable[[str], int]:
    """What counts how often a folded text has *text* in it as whole words."""
    needle, pattern = text.text, whole_words(text)
    if pattern is None:
        return lambda content: content.count(needle)
    find_all = pattern.findall
    return lambda content: len(find_all(content))
