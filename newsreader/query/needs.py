"""What a question needs to be known beside the articles."""

from __future__ import annotations

from newsreader.query.ast import And, Flagged, Match, Missing, Node, Not, Number, Or, Saved
from newsreader.query.order import Order
from newsreader.query.query import Query

_OF_STORIES = ("story", "coverage", "hot")


def needs_stories(query: Query, order: Order = ()) -> bool:
    """Whether an answer in *order* depends on which articles tell one story."""
    keys = (*order, *(query.order or ()))
    if query.group == "story" or any(key.field in _OF_STORIES for key in keys):
        return True
    return query.root is not None and _is_of_stories(query.root)


def _is_of_stories(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(map(_is_of_stories, parts))
        case Not(part):
            return _is_of_stories(part)
        case Saved(node=inner):
            return inner is not None and _is_of_stories(inner)
        case Match(field=field) | Missing(field) | Number(field=field):
            return field in _OF_STORIES
        case Flagged(name):
            return name == "is:duplicate"
        case _:
            return False
