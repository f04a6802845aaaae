"""The query language: parsing, meaning, order, facets, and edits of the text by widgets."""

from newsreader.query.facets import FACETS, FacetValue, count
from newsreader.query.fields import FLAGS
from newsreader.query.order import (
    SORT_FIELDS,
    Order,
    SortKey,
    describe,
    order_text,
    parse_order,
    sort,
)
from newsreader.query.parse import parse
from newsreader.query.query import Query, Term
from newsreader.query.select import select
from newsreader.query.table import Table

__all__ = [
    "FACETS",
    "FLAGS",
    "SORT_FIELDS",
    "FacetValue",
    "Order",
    "Query",
    "SortKey",
    "Table",
    "Term",
    "count",
    "describe",
    "order_text",
    "parse",
    "parse_order",
    "select",
    "sort",
]
