"""The text of the help screen: keys from the registry, and the query language by examples."""

from __future__ import annotations

from newsreader.actions import Scope, of_scope
from newsreader.text.fold import fold
from newsreader.ui.bindings import key_label
from newsreader.ui.cells import Line, fit, wrap

QUERY_EXAMPLES: tuple[tuple[str, str], ...] = (
    ("detroit police", "both words, anywhere in the article or its related titles"),
    ('"wrongful arrest"', "the exact phrase"),
    ("recog*", "words that start so"),
    ("detroit OR lansing", "either; OR in capitals"),
    ("-topic:politics", "not; also NOT and !"),
    ("(detroit OR lansing) quality>=60", "parentheses group"),
    ("topic:AI", "also category: and type:"),
    ("provider:wsj.com,cnet", "by domain or name; a comma means any of"),
    ("title:contract", "in one field: title: excerpt: body: url: related.title:"),
    ("title:/recogni[sz]e/", "a pattern; with i behind it, in any case"),
    ("quality>=60", "numbers: quality heat related images; also quality:40..69"),
    ("heat:none", "not known"),
    ("date:2020-07", "in July 2020; also date:2020, date:2020-07-01"),
    ("date:2020-07..2020-10-01", "from and to; date:7d.. is the last seven days"),
    ('date:"last monday"', "days in words"),
    ("is:unread", "also is:read, is:starred, is:later, has:note, has:tag"),
    ("read:7d..", "when you did it; also starred: added: opened:"),
    ("note:ask #city", "a word of your note; a tag or a topic"),
    ("is:hidden", "what your rules hide; is:new is new in what you follow"),
    ("is:published", "also is:unpublished, is:secured"),
    ("has:related", "also has:image, has:body, has:amp"),
    ("police sort:-quality limit:3", "the order, and how many"),
    ("detroit group:provider", "under headings; also story, topic, day"),
)

_KEY_COLUMN = 18
_QUERY_COLUMN = 34


def help_lines(needle: str, width: int) -> list[Line]:
    """The help in lines of *width* cells, only what holds every word of *needle*."""
    words = fold(needle).split()
    lines: list[Line] = []
    for scope in Scope:
        rows: list[Line] = []
        for action in of_scope(scope):
            keys = " ".join(map(key_label, action.keys))
            if _has(words, keys, action.text, action.help, action.id):
                rows += _row(keys, action.help, _KEY_COLUMN, width)
        _section(lines, scope.value.upper(), rows)
    rows = []
    for example, meaning in QUERY_EXAMPLES:
        if _has(words, example, meaning, "query language search"):
            rows += _row(example, meaning, _QUERY_COLUMN, width)
    _section(lines, "THE QUERY LANGUAGE", rows)
    return lines or [((f"Nothing in the help has “{needle}”.", "whisper"),)]


def _has(words: list[str], *texts: str) -> bool:
    text = fold(" ".join(texts))
    return all(word in text for word in words)


def _section(lines: list[Line], heading: str, rows: list[Line]) -> None:
    if rows:
        if lines:
            lines.append(())
        lines.append(((heading, "heading"),))
        lines.extend(rows)


def _row(left: str, right: str, column: int, width: int) -> list[Line]:
    column = min(column, max(10, width // 2))
    first, *rest = wrap([(right, "text")], max(10, width - column - 2))
    if len(left) > column:
        lines: list[Line] = [((left, "accent"),), ((" " * (column + 2), "text"), *first)]
    else:
        lines = [((fit(left, column), "accent"), ("  ", "text"), *first)]
    lines.extend(((" " * (column + 2), "text"), *line) for line in rest)
    return lines
