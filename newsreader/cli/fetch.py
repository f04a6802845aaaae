"""``newsreader fetch``: the full text of everything that a query finds, politely."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from newsreader.cli.errors import FAILED, OK, UsageError
from newsreader.cli.messages import say
from newsreader.cli.reading import read_all
from newsreader.config.paths import config_file, images_dir, pages_dir
from newsreader.config.settings import load
from newsreader.fetching.asking import MISSING, Outcome
from newsreader.fetching.helper import Helper
from newsreader.fetching.polite import fetch_politely
from newsreader.fetching.room import kept_files, remove
from newsreader.library.full_text import request_for
from newsreader.library.library import Library
from newsreader.library.text_room import make_room_for_texts
from newsreader.model import Article
from newsreader.text.amp import own_page
from newsreader.text.counted import counted
from newsreader.text.dates import now
from newsreader.text.sanitize import clean_line
from newsreader.text.urls import host_of

if TYPE_CHECKING:
    from newsreader.library.full_text import FullTexts


def run(library: Library, options: Namespace) -> int:
    """Run ``newsreader fetch …`` and return the exit code.

    What is kept already is not fetched again, so that a run that was ended goes on where it was.
    """
    if options.forget:
        return _forget(library, options)
    if not options.query:
        raise UsageError("fetch takes -q QUERY: nothing is fetched that was not asked for")
    library.parse(options.query)
    read_all(library)
    answer = library.answer(options.query, now=now(), with_filters=False)
    full_texts = library.full_texts
    found = [article for article in answer.view if article.url]
    wanted = [each for each in found if options.again or not full_texts.has(each)]
    if options.limit is not None:
        wanted = wanted[: options.limit]
    if len(wanted) < len(found):
        say(f"{counted(len(found) - len(wanted), 'article')} left alone.")
    fetched: list[str] = []
    failed = 0
    allows_private = load(config_file()).fetch_private
    with _hiring(full_texts, allows_private=allows_private) as hire, _progress(len(wanted)) as step:
        jobs = ((host_of(own_page(article.url)), article) for article in wanted)
        with closing(fetch_politely(jobs, hire)) as done:
            try:
                for article, outcome in done:
                    step()
                    if outcome.trouble == MISSING:
                        say(MISSING)
                        return FAILED
                    failed += bool(outcome.trouble)
                    if not outcome.trouble:
                        fetched.append(article.id)
                    print(_line(article, outcome), flush=True)
            finally:
                library.know_full_text(fetched)
    gone = _make_room(library) if fetched else 0
    if gone:
        say(f"{counted(gone, 'page')} not used for long removed, to make room.")
    say(f"{counted(len(fetched), 'page')} fetched, {failed:,} not.")
    return FAILED if failed else OK


def _make_room(library: Library) -> int:
    """Remove texts that are too many; how many went."""
    if library.has_marks and library.book is not None:
        library.book.read()  # What was marked since a long run began is to stay as well.
    return make_room_for_texts(library, library.keep.pages)


def _forget(library: Library, options: Namespace) -> int:
    """Remove the texts of what a query finds, or all texts and images."""
    full_texts = library.full_texts
    if options.query:
        library.parse(options.query)
        read_all(library)
        answer = library.answer(options.query, now=now(), with_filters=False)
        found = list(islice(answer.view, options.limit))
        pages = full_texts.forget(found)
        library.know_full_text(article.id for article in found)
        say(f"{counted(pages, 'page')} removed.")
        return _told_of_rest(sum(map(full_texts.has, found)))
    if options.paths or options.limit is not None:
        raise UsageError("fetch --forget takes a query with PATH or --limit: else all is removed")
    pages = full_texts.forget_all()
    images = len(remove(file.path for file in kept_files(images_dir())))
    read_all(library)
    say(f"{counted(pages, 'page')} and {counted(images, 'image')} removed.")
    return _told_of_rest(len(kept_files(pages_dir())) + len(kept_files(images_dir())))


def _told_of_rest(rest: int) -> int:
    """The exit code when that many are there still."""
    if rest:
        say(f"{rest:,} cannot be removed from {clean_line(str(pages_dir().parent))}.")
    return FAILED if rest else OK


def _line(article: Article, outcome: Outcome) -> str:
    what = outcome.trouble or counted(outcome.words, "word")
    return f"{article.id}  {what}  {article.headline}"


@contextmanager
def _hiring(
    full_texts: FullTexts, *, allows_private: bool
) -> Iterator[Callable[[], Callable[[Article], Outcome]]]:
    """Gives each thread a process to fetch with; at the end, all of them are ended."""
    helpers: list[Helper] = []

    def hire() -> Callable[[Article], Outcome]:
        helper = Helper()
        helpers.append(helper)

        def fetch(article: Article) -> Outcome:
            request = request_for(article, robots=True, allows_private=allows_private)
            return full_texts.fetch(article, helper, request)

        return fetch

    try:
        yield hire
    finally:
        for helper in helpers:
            helper.close()


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, which goes on with each call."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
