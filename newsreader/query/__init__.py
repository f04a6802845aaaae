"""The query language: parsing, meaning, order, facets, and edits of the text by widgets."""

from newsreader.query.ast import Query, Term
from newsreader.query.caret import caret
from newsreader.query.compile import Selector, compile_query, select
from newsreader.query.facets import FACETS, FacetValue, count, counts_excluding_own
from newsreader.query.fields import FIELDS, FLAGS
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
from newsreader.query.quoting import quote
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
    "caret",
    "compile_query",
    "count",
    "counts_excluding_own",
    "describe",
    "order_text",
    "parse",
    "parse_order",
    "quote",
    "select",
    "sort",
]
