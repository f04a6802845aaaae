"""Which rows of several segments have some words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsreader.model.table import Having
from newsreader.store.words import WORD, Words


def having(
    words: Sequence[Words | None], starts: Sequence[int], text: str, *, prefix: bool
) -> Having | None:
    """The rows with the words of folded *text*; with *prefix* the last one may go on.

    *words* are those of each segment, and *starts* the first row of each. None for what has no
    words.
    """
    found = WORD.findall(text)
    if not found:
        return None
    is_open = prefix and WORD.fullmatch(text[-1]) is not None
    whole = np.zeros(starts[-1], np.bool_)
    unknown: list[range] = []
    for number, each in enumerate(words):
        mask = whole[starts[number] : starts[number + 1]]
        if each is None:
            unknown.append(range(starts[number], starts[number + 1]))
            continue
        each.mark(found[-1], mask, is_open=is_open)
        for word in found[:-1]:
            other = np.zeros(len(mask), np.bool_)
            each.mark(word, other, is_open=False)
            mask &= other
    return Having(whole.data, found == [text], tuple(unknown))
