"""What a query asks about."""

from __future__ import annotations

from newsreader.query.ast import Flagged, Node, walk
from newsreader.query.leaves import flag_test
from newsreader.query.order import Order
from newsreader.query.query import Query

_OF_MARKS = frozenset(("read", "starred", "added", "opened", "tag", "note"))
_OF_STORIES = frozenset(("story", "coverage", "hot"))


def asks_for(node: Node | None, flag: str) -> bool:
    """Whether a *flag* such as ``is:hidden`` is anywhere in *node*."""
    return any(isinstance(each, Flagged) and each.name == flag for each in walk(node))


def reads_marks(node: Node | None) -> bool:
    """Whether it depends on marks what *node* finds."""
    return any(
        flag_test(each.name)[0] == "marks"
        if isinstance(each, Flagged)
        else getattr(each, "field", None) in _OF_MARKS
        for each in walk(node)
    )


def needs_stories(query: Query, order: Order = ()) -> bool:
    """Whether an answer in *order* depends on which articles tell one story."""
    keys = (*order, *(query.order or ()))
    if query.group == "story" or any(key.field in _OF_STORIES for key in keys):
        return True
    return asks_for(query.root, "is:duplicate") or any(
        getattr(each, "field", None) in _OF_STORIES for each in walk(query.root)
    )
