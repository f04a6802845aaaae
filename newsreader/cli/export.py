"""``newsreader export``: articles as files that this and other programs read."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from newsreader.cli import output
from newsreader.cli.commands import say_hidden
from newsreader.cli.errors import FAILED, UsageError
from newsreader.cli.index import shown
from newsreader.cli.messages import say
from newsreader.cli.reading import read_all
from newsreader.config.replace import whole_file
from newsreader.exporting.names import stem
from newsreader.library.exported_marks import MARKS_FILE, ExportedMarks
from newsreader.library.library import Library
from newsreader.model import Article, ConfigError
from newsreader.store.store import View
from newsreader.text.counted import counted
from newsreader.text.dates import now
from newsreader.text.sanitize import clean_block, clean_line

_ONE_FILE = {"epub": "newsreader.epub", "json": "articles.json"}
"""Forms in which all articles are one file, with its name in a folder."""


class _Step(NamedTuple):
    done: int
    total: int
    article: Article


def run(library: Library, options: Namespace) -> int:
    """Run ``newsreader export``."""
    target = None if options.to == "-" else Path(options.to)
    form = options.format or _form_of(target)
    library.parse(options.query)
    code = read_all(library)
    answer = library.answer(options.query, now=now(), with_filters=False)
    view = answer.view
    say_hidden(answer)
    if not len(view):
        say("There is nothing to export.")
        return FAILED
    if target is None:
        _print(view, form)
        return code
    files = _Files(target, replaces=options.replace)
    if form in _ONE_FILE:
        is_folder = target.is_dir() or target.suffix.lower() != Path(_ONE_FILE[form]).suffix
        files.folder = target if is_folder else target.parent
        write = _WRITERS[form]
        files.write(_ONE_FILE[form] if is_folder else target.name, partial(write, _articles(view)))
    else:
        _write_each(library, view, form, files)
    files.tell()
    return FAILED if files.failed else code


def _form_of(target: Path | None) -> str:
    suffix = "" if target is None or target.is_dir() else target.suffix.lower()
    return {".epub": "epub", ".json": "json"}.get(suffix, "frontmatter")


def _articles(view: View) -> Iterator[Article]:
    """The articles, with a bar on a terminal."""
    steps = (_Step(number, len(view), article) for number, article in enumerate(view, 1))
    return (step.article for step in shown(steps, "Exporting"))


class _Files:
    """The files written to a folder: how many, and what could not be."""

    def __init__(self, folder: Path, *, replaces: bool) -> None:
        self.folder = folder
        self.failed = 0
        self._replaces = replaces
        self._written = self._same = self._kept = 0

    def write(self, name: str, write: Callable[[IO[bytes]], None]) -> None:
        """Write one of them, whole, unless another one stands there that is to stay."""
        path = self.folder / name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if path.is_file() and not self._replaces:
                new = BytesIO()
                write(new)
                self._keep(path, new.getvalue())
                return
            with whole_file(path, is_new=not self._replaces) as out:
                write(out)
            self._written += 1
        except OSError as error:
            self.failed += 1
            say(clean_line(f"{path} cannot be written: {error.strerror or error}."))

    def _keep(self, path: Path, new: bytes) -> None:
        if path.read_bytes() == new:
            self._same += 1
            return
        self.failed += 1
        self._kept += 1

    def tell(self) -> None:
        """Say what was done."""
        parts = [f"{counted(self._written, 'file')} written to {self.folder}"]
        if self._same:
            parts.append(f"{self._same:,} there already")
        if self._kept:
            parts.append(f"{self._kept:,} there that differ, which --replace writes anew")
        say(clean_line(f"{', '.join(parts)}."))


def _write_each(library: Library, view: View, form: str, files: _Files) -> None:
    """Write a file an article, and what goes with them."""
    book = library.book if form == "frontmatter" and library.has_marks else None
    marks = ExportedMarks(book) if book is not None else None
    entries: list[str] = []
    for article in _articles(view):
        name = f"{stem(article)}{_suffix(article, form)}"
        files.write(name, _bytes_writer(_text(article, form)))
        if marks is not None:
            marks.add(article, str(files.folder / name))
        if form == "html":
            from newsreader.exporting.html import entry

            entries.append(entry(article, name))
    if marks is not None and (lines := b"".join(marks.lines())):
        files.write(MARKS_FILE, lambda out: _put(out, lines))
    if entries:
        from newsreader.exporting.html import index_page

        files.write("index.html", _bytes_writer(index_page(entries)))


def _suffix(article: Article, form: str) -> str:
    return ".html" if form == "html" or (form == "frontmatter" and article.body_is_html) else ".md"


def _text(article: Article, form: str) -> str:
    if form == "html":
        from newsreader.exporting.html import article_page

        return article_page([article])
    if form == "markdown":
        from newsreader.exporting.markdown import article_markdown

        return f"{article_markdown(article)}\n"
    from newsreader.sources.article import write_article

    return write_article(article)


def _bytes_writer(text: str) -> Callable[[IO[bytes]], None]:
    return lambda out: _put(out, text.encode("utf-8", "replace"))


def _put(out: IO[bytes], data: bytes) -> None:
    out.write(data)


def _write_json(articles: Iterable[Article], out: IO[bytes]) -> None:
    out.writelines(piece.encode() for piece in _json(articles))


def _json(articles: Iterable[Article]) -> Iterator[str]:
    """The array that ``list --json`` prints, an article at a time."""
    before = "["
    for article in articles:
        text = output.as_json(output.article_data(article)).replace("\n", "\n  ")
        yield f"{before}\n  {text}"
        before = ","
    yield "\n]\n"


def _write_epub(articles: Iterable[Article], out: IO[bytes]) -> None:
    from newsreader.exporting.epub import write_book

    write_book(out, articles, "newsreader", now())


_WRITERS = {"json": _write_json, "epub": _write_epub}


def _print(view: View, form: str) -> None:
    if form == "epub":
        if sys.stdout.isatty():
            raise UsageError("An EPUB is no text for a terminal: export --to FILE.epub")
        _write_epub(_articles(view), sys.stdout.buffer)
    elif form == "json":
        sys.stdout.writelines(_json(view))
    elif form == "markdown":
        from newsreader.exporting.markdown import documents

        print(documents(view))
    elif len(view) > 1:
        raise ConfigError(f"{len(view):,} files need a folder: export --to FOLDER")
    else:
        text = _text(view.article(0), form)
        print(clean_block(text) if sys.stdout.isatty() else text, end="")
