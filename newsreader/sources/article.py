"""One file becomes an article, or an issue that says why not."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import Any

from newsreader.model import Article, Issue, Severity
from newsreader.sources.decode import decode
from newsreader.sources.fields import Notes, article_attributes, front_matter
from newsreader.sources.frontmatter import Document, FrontMatterError, take_apart
from newsreader.sources.result import Reading
from newsreader.sources.values import to_text
from newsreader.text.dates import instant
from newsreader.text.sanitize import clean_block, clean_line

_JEKYLL_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-.")
_HTML_SUFFIXES = (".html", ".htm")


def read_article(path: Path, *, source: str = "", name: str = "") -> Reading:
    """Read the file at *path*. Never raises for what the file holds or for not being readable.

    *source* is the path that was opened to find it, *name* the path to show; both default to
    *path*. The article's ``id`` is left empty: the library gives it.
    """
    shown = clean_line(name or str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror or error}"
        return Reading(None, (Issue(shown, reason),))
    return parse_article(data, source=source or str(path), name=shown)


def parse_article(data: bytes, *, source: str = "", name: str = "") -> Reading:
    """The article that the bytes of a file called *name* hold."""
    text, bad_line = decode(data)
    issues: list[Issue] = []
    if bad_line is not None:
        reason = "not valid UTF-8; read as Windows-1252"
        issues.append(Issue(name, reason, Severity.WARNING, bad_line))
    if not text.strip():
        return Reading(None, (*issues, Issue(name, "the file is empty")))
    suffix = PurePath(name).suffix.lower()
    try:
        document = take_apart(text, suffix)
    except FrontMatterError as error:
        line, column = error.line, error.column
        refusal = Issue(name, clean_line(error.reason), line=line, column=column)
        return Reading(None, (*issues, refusal))
    if document.note:
        issues.append(Issue(name, document.note, Severity.WARNING, document.first_line))
    article = _article(document, source, name, issues)
    return Reading(article, tuple(issues))


def _article(document: Document, source: str, name: str, issues: list[Issue]) -> Article:
    notes: Notes = []
    attributes: dict[str, Any] = article_attributes(document.metadata, notes)
    for key, reason in notes:
        line = document.line_of(key.partition(".")[0])
        complaint = clean_line(f"{key}: {reason}; set aside")
        issues.append(Issue(name, complaint, Severity.WARNING, line))
    if attributes.get("published_at") is None:
        attributes |= _date_otherwise(attributes, name)
    suffix = PurePath(name).suffix.lower()
    return Article(
        source=source,
        path=name,
        body=clean_block(document.body),
        body_is_html=suffix in _HTML_SUFFIXES,
        **attributes,
    )


def _date_otherwise(attributes: dict[str, Any], name: str) -> dict[str, Any]:
    """The date as Jekyll has it in the file's name, or the text that was no date."""
    origin = attributes["origin"]
    if (written := origin.raw.get("publishedDateTime")) is not None:
        return {"published_text": to_text(str(written))[:80]}
    match = _JEKYLL_NAME.match(PurePath(name).name)
    dated = instant(match[1]) if match else None
    return {"published_at": dated} if dated else {}


def write_article(article: Article) -> str:
    """The text of a file that reads back as *article*: YAML front matter, then the body."""
    import frontmatter

    post = frontmatter.Post(article.body)
    post.metadata.update(front_matter(article))
    text: str = frontmatter.dumps(post, sort_keys=False)
    return f"{text}\n"
