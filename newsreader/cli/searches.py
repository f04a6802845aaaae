"""The commands about saved searches."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping

from newsreader.cli import output
from newsreader.cli.errors import FAILED, OK
from newsreader.cli.messages import say, say_issues
from newsreader.cli.reading import read_all
from newsreader.config.paths import searches_file
from newsreader.config.searches import SavedSearch, Searches
from newsreader.library.library import Library
from newsreader.model import InvalidQueryError
from newsreader.text.dates import now
from newsreader.text.sanitize import clean_line


def run(library: Library, options: Namespace) -> int:
    """Run ``newsreader search …`` and return the exit code."""
    return _ACTIONS[options.action](library, Searches(searches_file()), options)


def _save(library: Library, searches: Searches, options: Namespace) -> int:
    library.searches = searches.load().queries
    library.parse(options.search_query)
    name = clean_line(options.name)
    old = searches.save(options.name, options.search_query)
    if old is None:
        say(f"{name} is saved.")
    elif old.query == clean_line(options.search_query):
        say(f"{old.name} is saved already, with the same query.")
    else:
        say(f"{old.name} is changed; its query was: {old.query}")
    return OK


def _rename(_: Library, searches: Searches, options: Namespace) -> int:
    searches.rename(options.old, options.new)
    say(f"{clean_line(options.old)} is called {clean_line(options.new)} now.")
    return OK


def _delete(_: Library, searches: Searches, options: Namespace) -> int:
    search = searches.delete(options.name).search
    say(f"{search.name} is deleted; its query was: {search.query}")
    return OK


def _list(library: Library, searches: Searches, options: Namespace) -> int:
    loaded = searches.load()
    say_issues(loaded.issues)
    code = OK
    counts: dict[str, int | None] = {}
    if loaded.searches:
        library.searches = loaded.queries
        code = read_all(library)
        counts = {each.name: _count(library, each) for each in loaded.searches}
    _print(loaded.searches, counts, as_json=options.json)
    return FAILED if None in counts.values() else code


def _count(library: Library, search: SavedSearch) -> int | None:
    """How many articles a search finds; none if its query, written by hand, has a mistake."""
    try:
        query = library.parse(search.query)
    except InvalidQueryError as error:
        say(f"{search.name}: {error.message}")
        return None
    _, rows = library.found(query, now())
    return len(rows)


def _print(
    searches: tuple[SavedSearch, ...], counts: Mapping[str, int | None], *, as_json: bool
) -> None:
    if as_json:
        rows = [{**each._asdict(), "count": counts[each.name]} for each in searches]
        print(output.as_json(rows))
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in output.search_lines([(*each, counts[each.name]) for each in searches], width):
        print(line)


_ACTIONS: dict[str, Callable[[Library, Searches, Namespace], int]] = {
    "save": _save,
    "list": _list,
    "delete": _delete,
    "rename": _rename,
}
