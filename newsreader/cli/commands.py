"""What the commands print."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from newsreader.cli import output
from newsreader.cli.errors import FAILED, OK
from newsreader.cli.messages import issue_line, say
from newsreader.cli.reading import read_all
from newsreader.library.answer import Answer
from newsreader.library.library import Library
from newsreader.library.ruled import HIDDEN
from newsreader.model import ArticleNotFoundError
from newsreader.sources.folder import exists
from newsreader.text.counted import counted
from newsreader.text.dates import now


def _open(library: Library, options: Namespace) -> int:
    """Without a terminal to draw on: the list as text."""
    library.answer(options.query, now=now(), with_filters=False)
    code = read_all(library)
    answer = library.answer(options.query, now=now(), with_filters=False)
    for line in output.list_lines(answer.view.briefs(), None):
        print(line)
    say_hidden(answer)
    return code


def say_hidden(answer: Answer) -> None:
    """Say how many articles of *answer* rules hide, if any."""
    if answer.hidden:
        say(f"{answer.hidden:,} hidden by rules; {HIDDEN} finds what they hide.")


def _list(library: Library, options: Namespace) -> int:
    library.answer(options.query, options.sort, now=now(), with_filters=False)
    code = read_all(library)
    answer = library.answer(options.query, options.sort, now=now(), with_filters=False)
    articles = islice(answer.view, options.limit)
    if options.json:
        print(output.as_json([output.article_data(article) for article in articles]))
    elif options.jsonl:
        for article in articles:
            print(output.as_json(output.article_data(article), indent=None))
    elif options.urls:
        for article in articles:
            if article.url:
                print(article.url)
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        shown = (
            output.grouped_lines(answer, options.limit, width)
            if answer.groups
            else output.list_lines(islice(answer.view.briefs(), options.limit), width)
        )
        for line in shown:
            print(line)
    say_hidden(answer)
    return code


def _show(library: Library, options: Namespace) -> int:
    named = Path(options.article)
    if not options.paths and named.is_dir():
        raise ArticleNotFoundError(f"{named} is a folder; newsreader list {named} lists it.")
    if not options.paths and exists(named):
        library = Library([named], pages_folder=library.full_texts.folder)
    code = read_all(library)
    if code == OK:
        article = library.find(options.article)
        why = library.why(article.id) if options.why else None
        if why is not None:
            text = output.as_json(output.why_data(why)) if options.json else output.why_text(why)
            print(text)
        elif options.json:
            print(output.as_json(output.article_data(article)))
        elif options.markdown:
            from newsreader.exporting.markdown import article_markdown

            print(article_markdown(article))
        else:
            print(output.article_text(article, library.full_texts.told(article.id)))
    return code


def _facets(library: Library, options: Namespace) -> int:
    from newsreader.query import count

    library.parse(options.query)
    code = read_all(library)
    answer = library.answer(options.query, now=now(), with_filters=False)
    values = count(answer.view.snapshot.columns, answer.view.rows, options.field)
    if options.json:
        rows = [{"value": each.value, "label": each.label, "count": each.count} for each in values]
        print(output.as_json(rows))
    else:
        widest = max((len(str(each.count)) for each in values), default=1)
        for each in values:
            print(f"{each.count:>{widest}}  {each.label}")
    return code


def _stats(library: Library, options: Namespace) -> int:
    from newsreader.cli.stats import run

    return run(library, options)


def _check(library: Library, options: Namespace) -> int:
    library.load()
    if options.json:
        print(output.as_json([output.issue_data(issue) for issue in library.issues]))
    else:
        for issue in library.issues:
            print(issue_line(issue))
        files = len({issue.path for issue in library.issues})
        problems = len(library.issues)
        articles = len(library.snapshot)
        found = f"{counted(problems, 'problem')} in {counted(files, 'file')}"
        say(f"{counted(articles, 'article')}, {found}")
    return FAILED if library.issues else OK


def _search(library: Library, options: Namespace) -> int:
    from newsreader.cli.searches import run

    return run(library, options)


def _explain(library: Library, options: Namespace) -> int:
    from newsreader.cli.explain import run

    return run(library, options)


def _rule(library: Library, options: Namespace) -> int:
    from newsreader.cli.rules import add

    return add(library, options)


def _rules(library: Library, options: Namespace) -> int:
    from newsreader.cli.rules import show

    return show(library, options)


def _export(library: Library, options: Namespace) -> int:
    from newsreader.cli.export import run

    return run(library, options)


def _mark(library: Library, options: Namespace) -> int:
    from newsreader.cli.marks import mark

    return mark(library, options)


def _marks(library: Library, options: Namespace) -> int:
    from newsreader.cli.marks import marks

    return marks(library, options)


def _paths(library: Library, options: Namespace) -> int:
    from newsreader.cli.doctor import show_paths

    return show_paths(library, options)


def _doctor(library: Library, options: Namespace) -> int:
    from newsreader.cli.doctor import examine

    return examine(library, options)


def _index(library: Library, options: Namespace) -> int:
    from newsreader.cli.index import run

    return run(library, options)


def _stories(library: Library, options: Namespace) -> int:
    from newsreader.cli.stories import stories

    return stories(library, options)


def _story(library: Library, options: Namespace) -> int:
    from newsreader.cli.stories import story

    return story(library, options)


def _related(library: Library, options: Namespace) -> int:
    from newsreader.cli.stories import related

    return related(library, options)


def _fetch(library: Library, options: Namespace) -> int:
    from newsreader.cli.fetch import run

    return run(library, options)


COMMANDS: dict[str, Callable[[Library, Namespace], int]] = {
    "open": _open,
    "list": _list,
    "show": _show,
    "facets": _facets,
    "stats": _stats,
    "check": _check,
    "search": _search,
    "explain": _explain,
    "mute": _rule,
    "follow": _rule,
    "rules": _rules,
    "export": _export,
    "mark": _mark,
    "marks": _marks,
    "paths": _paths,
    "doctor": _doctor,
    "index": _index,
    "stories": _stories,
    "story": _story,
    "related": _related,
    "fetch": _fetch,
}
