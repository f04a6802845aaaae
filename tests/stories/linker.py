"""Comparing articles one by one: slow, plain, and apart from the comparison of all at once."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping

from newsreader.stories.item import Item
from newsreader.stories.links import LEAST, MOST_LATELY, WINDOW, Link, Ties, score_of


class Linker:
    """Compares each article with those that came before it, which are met in that order."""

    def __init__(self) -> None:
        self._with_term: dict[int, deque[tuple[int, float]]] = {}
        self._times: dict[int, int] = {}
        self._ties = Ties()

    def meet(self, place: int, item: Item, vector: Mapping[int, float]) -> Iterator[Link]:
        """The links of *item*, which is known by its *place*, with those met before.

        The terms of *vector* are any numbers that stand for words.
        """
        now = item.published
        if now is None:
            return
        common: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            before = self._with_term.setdefault(term, deque(maxlen=MOST_LATELY))
            for other, other_weight in before:
                common[other] += weight * other_weight
            before.append((place, weight))
        self._times[place] = now
        ties = self._ties.meet(place, item.addresses, item.related_addresses)
        for other in sorted({*common, *ties}):
            apart = now - self._times[other]
            if apart <= WINDOW and (common[other] > LEAST or other in ties):
                score = score_of(common[other], apart, ties.get(other, 0.0))
                if score >= LEAST:
                    yield Link(other, place, score)
