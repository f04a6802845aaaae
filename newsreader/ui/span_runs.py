"""Spans of a text as runs with roles."""

from __future__ import annotations

from newsreader.text.blocks import Span, Spans
from newsreader.ui.cells import Run
from newsreader.ui.inks import leading


def runs_of(spans: Spans, base: str = "text") -> list[Run]:
    """*spans* in the roles they have; *base* is that of what has none of its own."""
    return [(span.text, leading(_role(span, base), span.url)) for span in spans]


def runs_in(role: str, spans: Spans) -> list[Run]:
    """*spans* all in one *role*, but for emphasis in what is strong, and for numbers of links."""
    return [(span.text, leading(_role_in(role, span), span.url)) for span in spans]


def _role_in(role: str, span: Span) -> str:
    if span.aside:
        return "aside"
    return "strong emphasis" if span.emphasis and role == "strong" else role


def _role(span: Span, base: str) -> str:
    for role, has in (
        ("aside", span.aside),
        ("link", bool(span.url)),
        ("code", span.code),
        ("struck", span.struck),
        ("marked", span.marked),
        ("strong emphasis", span.strong and span.emphasis),
        ("strong", span.strong),
        ("emphasis", span.emphasis),
    ):
        if has:
            return role
    return base
