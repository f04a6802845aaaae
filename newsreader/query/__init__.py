"""The query language: parsing, meaning, order, facets, and edits of the text by widgets."""

from newsreader.query.facets import FACETS, FacetValue, count, counts_excluding_own
from newsreader.query.fields import FIELDS, FLAGS
from newsreader.query.leaves import Selector
from newsreader.query.order import (
    DEFAULT_ORDER,
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
from newsreader.query.select import compile_query, select
from newsreader.query.table import Table

__all__ = [
    "DEFAULT_ORDER",
    "FACETS",
    "FIELDS",
    "FLAGS",
    "SORT_FIELDS",
    "FacetValue",
    "Order",
    "Query",
    "Selector",
    "SortKey",
    "Table",
    "Term",
    "compile_query",
    "count",
    "counts_excluding_own",
    "describe",
    "order_text",
    "parse",
    "parse_order",
    "select",
    "sort",
]
