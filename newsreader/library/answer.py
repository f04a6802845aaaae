"""A question and its answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from newsreader.query import FacetValue, Order, Query
from newsreader.store.store import Snapshot, View

if TYPE_CHECKING:
    from newsreader.query.spread import Bar


class Group(NamedTuple):
    """Some of an answer's articles under a heading, by their positions in the view.

    ``key`` names the group for as long as it is there, in other answers as well. Articles that
    belong to no group stand together without a heading, their key is empty.
    """

    key: str
    label: str
    positions: Sequence[int]
    has_heading: bool = True


class SavedCount(NamedTuple):
    """A saved search or what is followed, and how many articles it finds: in all, and new ones.

    ``count`` is None when the query cannot be understood.
    """

    name: str
    query: str
    count: int | None  # type: ignore[assignment]  # the method of tuples is not missed
    fresh: int = 0


class Ruled(NamedTuple):
    """The articles of a snapshot under rules.

    In ``everything`` marks tell also what is hidden and what is new; ``shown`` is the same without
    the ``hidden`` rows. ``followed`` counts what each rule that follows finds.
    """

    everything: Snapshot
    shown: Snapshot
    hidden: Sequence[int] = ()
    followed: tuple[SavedCount, ...] = ()
    has_new: bool = False


class Filters(NamedTuple):
    """What there is to narrow an answer down to.

    ``facets`` are the counts of each field with the field's own terms left out, so that one can
    widen; values that nothing has any more stand last, with 0. ``qualities`` and ``heats`` count
    the articles by tens, 0 to 100, and ``spread`` those in each of ``bars``, in the same way.
    ``published`` are the first and the last time, in seconds since 1970, and ``hottest`` is the
    greatest heat, of all articles. ``followed`` is what the reader follows.
    """

    facets: Mapping[str, tuple[FacetValue, ...]] = MappingProxyType({})
    qualities: tuple[int, ...] = ()
    heats: tuple[int, ...] = ()
    bars: tuple["Bar", ...] = ()
    spread: tuple[int, ...] = ()
    published: tuple[int, int] | None = None
    hottest: int = 0
    followed: tuple[SavedCount, ...] = ()


NO_FILTERS = Filters()


class Answer(NamedTuple):
    """The articles that a query finds, in order, with the filters to go on from there.

    ``total`` is how many articles there are in all, with those that rules hide. ``groups`` hold
    all articles, an article several times where it belongs to several; there are none unless the
    query asks.
    """

    query: Query
    order: Order
    view: View
    total: int
    filters: Filters = NO_FILTERS
    groups: tuple[Group, ...] = ()
    has_marks: bool = False
    """Whether there is a place for marks."""
    hidden: int = 0
    """How many articles more there would be if rules hid none."""
