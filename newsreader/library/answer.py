"""A question and its answer."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from newsreader.query import FacetValue, Order, Query
from newsreader.store.store import View


class Answer(NamedTuple):
    """The articles that a query finds, in order, with the counts that the filters show.

    ``total`` is how many articles there are in all. ``facets`` are the counts of each field
    with the field's own terms left out, so that one can widen; values that nothing has any
    more stand last, with 0. ``qualities`` counts the
    articles by tens of quality, 0 to 100, in the same way.
    """

    query: Query
    order: Order
    view: View
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]] = MappingProxyType({})
    qualities: tuple[int, ...] = ()
