"""The words that tell what a text is about, and how much each of them says.

Terms are weighed by how often they stand in a text and how rare they are among all (Spärck Jones,
"A statistical interpretation of term specificity", 1972), with the frequency saturating as in BM25
(Robertson and Zaragoza, "The probabilistic relevance framework", 2009). Names say more than other
words of what happened (Kumaran and Allan, "Text classification and named entities for new event
detection", 2004); without a dictionary, they are told by their capital letters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet
from functools import lru_cache
from math import log, sqrt
from typing import Final, Protocol

from newsreader.stories.item import Item
from newsreader.text.fold import fold, is_unspaced

WORD: Final = re.compile(r"\w+(?:'\w+)?")
_MOST_TERMS: Final = 24
"""Terms of a text that are kept, those that say the most."""
_IN_TITLE, _IN_EXCERPT = 2.0, 1.0
_PRIOR: Final = 300
"""So many articles that have none of its words a library is thought to have besides: in a small
one no word is rare."""
_NAMES: Final = 2.0
"""How much more names say than other words."""
_EVERYWHERE: Final = 0.6
"""What stands in so many of all articles tells nothing of any of them."""
_FEW: Final = 4
_OFTEN: Final = 3
"""A word is a name when it stands as one in one of so many of its articles."""
_SHORT: Final = 4
_SHORT_WORDS: Final = 0.85
"""How much words of up to so many letters say beside longer ones."""
_BEFORE_WORDS: Final = " \"'(\u201c\u2018\u201e\u00ab"
_ENDS: Final = ".?!:;\u2014\u2013\u2026"
_MOST_WORDS: Final = 80
"""Words of an excerpt that are looked at: what it is about stands at the beginning."""
_COMMON: Final = """
    a about after again against all also am amid an and any are as at be because been before being
    between both but by can could did do does doing down during each few for from further get gets
    got had has have having he her here hers him his how i if in into is it its itself just let
    like made make makes many may me might more most much must my near new no nor not now of off on
    once one only or other our out over own per said same say says set she should since so some
    still such take takes than that the their them then there these they this those three through
    to too two under until up us very via was we were what when where which while who whom why will
    with within without would yet you your year years day days week weeks month months today
    yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december
    al aux avec ce ces com dans das de dem den der des die du el ein eine en es est et für ist la
    las le les los mit nach non ou par pas per por pour que sa se ses sich son sur un una und une
    vom von zu zum zur
    """
_STOP: Final = frozenset(_COMMON.split())


def stem(word: str) -> str:
    """*word* without the ending of a plural or a genitive.

    The S stemmer (Harman, "How effective is suffixing?", 1991): it joins few words that have
    nothing to do with each other.
    """
    word = word.partition("'")[0]
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies") and word[-4] not in "ae":
        return f"{word[:-3]}y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    return word if word[-2] in "us" else word[:-1]


def terms_of(text: str) -> list[str]:
    """The terms of folded *text*, in order, the same one as often as it is there.

    Where words are not told apart by spaces, each pair of characters is one.
    """
    terms = []
    for word in WORD.findall(text):
        if not word.isascii() and is_unspaced(word):
            terms += [word[place : place + 2] for place in range(max(1, len(word) - 1))]
        elif term := _term(word):
            terms.append(term)
    return terms


@lru_cache(maxsize=100_000)
def _term(word: str) -> str:
    """What stands for a word; nothing for one that says nothing."""
    if word in _STOP or (len(word) < 3 and word.isascii() and not word.isalpha()):
        return ""
    term = stem(word)
    return "" if term in _STOP or len(term) < 2 else term


def names_in(text: str) -> set[str]:
    """The terms of *text*, which is not folded, that have a capital letter for no other reason.

    That is not at the start of a sentence, and not in a headline that has them everywhere.
    """
    found: list[re.Match[str]] = []
    large = small = 0
    for match in WORD.finditer(text.replace("\u2019", "'")):
        word = match[0]
        if word[0].isupper():
            found.append(match)
            large += len(word) >= _SHORT
        elif len(word) >= _SHORT and word[0].islower():
            small += 1
    if not small or large > 2 * small:
        return set()
    names: set[str] = set()
    for match in found:
        before = text[: match.start()].rstrip(_BEFORE_WORDS)
        if before and before[-1] not in _ENDS:
            names.update(terms_of(fold(match[0])))
    return names


def frequencies(item: Item) -> dict[str, float]:
    """How often each term stands in *item*; in the title it counts for more."""
    found: dict[str, float] = defaultdict(float)
    for term in terms_of(item.title):
        found[term] += _IN_TITLE
    for term in terms_of(item.excerpt)[:_MOST_WORDS]:
        found[term] += _IN_EXCERPT
    return found


class Words(Protocol):
    """What is known of a word."""

    def count(self, term: str) -> int:
        """In how many articles it stands."""
        ...

    def is_name(self, term: str) -> bool:
        """Whether it is the name of somebody or something."""
        ...


class Rarity:
    """How much a term says, by what is known of *words* in *size* articles."""

    def __init__(self, words: Words, size: int) -> None:
        self._words = words
        self._size = size
        self._logarithms: dict[int, float] = {}
        self._known: dict[str, float] = {}
        """How much each word says that stands in any article that was counted."""

    def __call__(self, term: str, names: AbstractSet[str]) -> float:
        """How much *term* says in an article where *names* are the names."""
        known = self._known.get(term)
        if known is not None:
            return known
        count = self._words.count(term)
        value = self._logarithms.get(count)
        if value is None:
            value = log(1 + (self._size + _PRIOR) / (count + 1))
            is_everywhere = count > max(_FEW, _EVERYWHERE * self._size)
            self._logarithms[count] = value = 0.0 if is_everywhere else value
        if self._words.is_name(term) if count else term in names:
            value *= _NAMES
        value = value * _SHORT_WORDS if len(term) <= _SHORT else value
        if count:
            self._known[term] = value
        return value


class Seen:
    """The words of some articles, one after another."""

    def __init__(self) -> None:
        self.size = 0
        self.counts: Counter[str] = Counter()
        self.as_names: Counter[str] = Counter()
        """In how many articles a word stood as a name."""

    def add(self, item: Item) -> None:
        """Take note of an article's words."""
        self.size += 1
        self.counts.update(frequencies(item).keys())
        self.as_names.update(item.names)

    def count(self, term: str) -> int:
        """See :class:`Words`."""
        return self.counts[term]

    def is_name(self, term: str) -> bool:
        """See :class:`Words`."""
        return self.as_names[term] * _OFTEN >= self.counts[term] > 0


def vector(item: Item, rarity: Rarity) -> dict[str, float]:
    """The terms that say the most of an article, with their weights.

    The squares of the weights come to 1, or there are none.
    """
    found, names = frequencies(item), item.names
    weights = [(often / (often + 1) * rarity(term, names), term) for term, often in found.items()]
    weights = [each for each in weights if each[0]]
    if len(weights) > _MOST_TERMS:
        weights.sort(key=lambda each: (-each[0], each[1]))
        del weights[_MOST_TERMS:]
    length = sqrt(sum(weight * weight for weight, _ in weights))
    return {term: weight / length for weight, term in weights}
