"""One file becomes an article, or an issue that says why not."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from newsreader.model import Article, Issue, Severity
from newsreader.sources.decode import BinaryError, decode
from newsreader.sources.document import Document
from newsreader.sources.errors import FrontMatterError
from newsreader.sources.fields import Notes, article_attributes, front_matter
from newsreader.sources.ordinary import ordinary
from newsreader.sources.reading import UnreadableError, read_bytes
from newsreader.sources.result import Reading
from newsreader.text.dates import instant
from newsreader.text.sanitize import clean_block, clean_line

_JEKYLL_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-.")
_HTML_SUFFIXES = (".html", ".htm")
MAX_ISSUES = 50
"""Complaints about one file. The last of them counts those that are left out."""


def read_article(path: Path, *, source: str = "", name: str = "") -> Reading:
    """Read the file at *path*. Never raises for what the file holds or for not being readable.

    *source* is the path that was opened to find it, *name* the path to show; both default to
    *path*. The article's ``id`` is left empty: the library gives it.
    """
    shown = clean_line(name or str(path))
    try:
        data = read_bytes(path, source)
    except UnreadableError as error:
        reason = clean_line(f"the file cannot be read: {error}")
        return Reading(None, (Issue(shown, reason),))
    return parse_article(data, source=source or str(path), name=shown)


def parse_article(data: bytes, *, source: str = "", name: str = "") -> Reading:
    """The article that the bytes of a file called *name* hold."""
    try:
        text, note, bad_line = decode(data)
    except BinaryError:
        return Reading(None, (Issue(name, "this is no text but a binary file"),))
    issues: list[Issue] = []
    if note:
        issues.append(Issue(name, note, Severity.WARNING, bad_line))
    if not text.strip():
        return Reading(None, (*issues, Issue(name, "the file is empty")))
    try:
        document = ordinary(text) or _unusual(text, PurePath(name).suffix.lower())
    except FrontMatterError as error:
        refusal = Issue(name, clean_line(error.reason), line=error.line, column=error.column)
        return Reading(None, (*issues, refusal))
    for reason, line, column in document.remarks:
        issues.append(Issue(name, clean_line(reason), Severity.WARNING, line, column))
    article = _article(document, source, name, issues)
    if len(issues) > MAX_ISSUES:
        more = f"{len(issues) - MAX_ISSUES + 1} more complaints about this file are left out"
        issues[MAX_ISSUES - 1 :] = [Issue(name, more, Severity.WARNING)]
    return Reading(article, tuple(issues))


def _unusual(text: str, suffix: str) -> Document:
    from newsreader.sources.frontmatter import take_apart

    return take_apart(text, suffix)


def _article(document: Document, source: str, name: str, issues: list[Issue]) -> Article:
    notes: Notes = []
    attributes: dict[str, Any] = article_attributes(document.metadata, notes)
    for key, reason, known_line in notes[: MAX_ISSUES * 2]:
        line = known_line or document.line_of(key.partition(".")[0])
        complaint = clean_line(f"{key}: {reason}; set aside")
        issues.append(Issue(name, complaint, Severity.WARNING, line))
    if not attributes.get("published_at") and not attributes.get("published_text"):
        attributes["published_at"] = date_of_name(name)
    return Article(
        source=source,
        path=name,
        body=clean_block(document.body),
        body_is_html=PurePath(name).suffix.lower() in _HTML_SUFFIXES,
        **attributes,
    )


def date_of_name(name: str) -> datetime | None:
    """The date as Jekyll has it in the file's name."""
    match = _JEKYLL_NAME.match(PurePath(name).name)
    return instant(match[1]) if match else None


def write_article(article: Article) -> str:
    """The text of a file that reads back as *article*: YAML front matter, then the body.

    A date that only the file's name had stands in the front matter, as the name may change.
    """
    import yaml

    metadata = front_matter(article)
    if article.published_at is not None:
        metadata.setdefault("publishedDateTime", article.published_at)
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    header = yaml.dump(metadata, Dumper=dumper, sort_keys=False, allow_unicode=True)
    return f"---\n{header}---\n\n{article.body}\n" if article.body else f"---\n{header}---\n"
