"""Putting together what belongs together, without chains.

Average linkage (Sokal and Michener, "A statistical method for evaluating systematic
relationships", 1958), where pairs without a link count as 0: two groups become one when their
articles have enough in common on the average, so that one article between two stories does not
make one of them. The surest pair comes first, and ties are settled by keys: the same articles
always give the same groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

from newsreader.stories.links import Link

TOGETHER: Final = 0.06
"""What two groups have in common at the least to be one."""


def clusters(
    links: Iterable[Link], keys: Sequence[int], together: float = TOGETHER
) -> list[list[int]]:
    """The groups of two and more articles, by their places, each in order of place.

    *keys* are those of all articles.
    """
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for first, second, score in links:
        sums[first][second] = sums[second][first] = score
    members: dict[int, list[int]] = {place: [place] for place in sums}
    names = {place: keys[place] for place in sums}

    def entry(one: int, other: int) -> tuple[float, int, int, int, int]:
        mean = sums[one][other] / (len(members[one]) * len(members[other]))
        if names[other] < names[one]:
            one, other = other, one
        return -mean, names[one], names[other], one, other

    heap = [entry(one, other) for one, others in sums.items() for other in others if one < other]
    heap = [each for each in heap if -each[0] >= together]
    heapify(heap)
    while heap:
        nearest = heappop(heap)
        *_, one, other = nearest
        if one not in members or other not in members or nearest != entry(one, other):
            continue
        if len(sums[one]) < len(sums[other]):
            one, other = other, one
        members[one] += members.pop(other)
        names[one] = min(names[one], names.pop(other))
        del sums[one][other]
        for third, score in sums.pop(other).items():
            if third != one:
                del sums[third][other]
                sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + score
        for third in sums[one]:
            again = entry(one, third)
            if -again[0] >= together:
                heappush(heap, again)
    return sorted(sorted(group) for group in members.values() if len(group) > 1)
