"""The command line's grammar."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from newsreader import __version__
from newsreader.cli.errors import UsageError
from newsreader.query import FACETS

MARK_VERBS = ("read", "unread", "star", "unstar", "later", "unlater", "tag", "untag", "note")
EXPORT_FORMATS = ("frontmatter", "markdown", "html", "epub", "json")


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}\n{self.format_usage().strip()}")


def parse_arguments(arguments: Sequence[str]) -> Namespace:
    """The options of a command line that begins with a command or an option.

    Raises:
        UsageError: with a message for a person.
        SystemExit: after printing help or version.
    """
    return _parser().parse_args(_with_values_apart(_with_values_attached(arguments)))


_FREE_VALUES = {"-q": "--query", "--query": "--query", "--sort": "--sort"}


def _with_values_attached(arguments: Sequence[str]) -> list[str]:
    """A value may begin with a dash (``--sort -quality``), which argparse takes for an option."""
    words: list[str] = []
    rest = iter(arguments)
    for word in rest:
        if word in _FREE_VALUES and (value := next(rest, None)) is not None:
            words.append(f"{_FREE_VALUES[word]}={value}")
        else:
            words.append(word)
    return words


def _with_values_apart(words: list[str]) -> list[str]:
    """A query to save may begin with a dash too (``-topic:x``), and so may a name."""
    if words[:1] in (["mute"], ["follow"]):
        return _with_rule_apart(words)
    first = 1 if words[:1] == ["explain"] else 2
    takes_texts = words[:1] == ["search"] and words[1:2] in (["save"], ["rename"], ["delete"])
    if not (takes_texts or first == 1) or "--" in words or words[first:] in (["-h"], ["--help"]):
        return words
    if first == 1 and "--json" in words:
        rest = [word for word in words[1:] if word != "--json"]
        return ["explain", "--json", "--", *rest]
    return [*words[:first], "--", *words[first:]]


def _with_rule_apart(words: list[str]) -> list[str]:
    options: list[str] = []
    others: list[str] = []
    rest = iter(words[1:])
    for word in rest:
        if word in ("--until", "--name"):
            options.append(f"{word}={next(rest, '')}")
        else:
            is_option = word in ("-h", "--help") or word.startswith(("--until=", "--name="))
            (options if is_option else others).append(word)
    return [words[0], *options, "--", *(word for word in others if word != "--")]


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="newsreader",
        description="Find, follow and finish the news in a terminal.",
        epilog="A folder that is called like a command: newsreader ./list",
    )
    parser.add_argument("--version", action="version", version=f"newsreader {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    opening = commands.add_parser("open", help="open the reader (also without the word 'open')")
    _add_paths(opening)
    _add_query(opening)
    opening.add_argument("--fresh", action="store_true", help="not where it was left last")

    listing = commands.add_parser("list", help="print articles")
    _add_paths(listing)
    _add_query(listing)
    listing.add_argument("--sort", metavar="KEYS", default="", help="such as -quality,date")
    listing.add_argument("--limit", metavar="N", type=_count, help="at most N articles")
    form = listing.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON array")
    form.add_argument("--jsonl", action="store_true", help="one JSON object a line")
    form.add_argument("--urls", action="store_true", help="one URL a line")

    showing = commands.add_parser("show", help="print one article")
    showing.add_argument("article", metavar="ID|URL|FILE")
    _add_places(showing)
    showing.add_argument("--why", action="store_true", help="why it is as hot as it is")
    form = showing.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as a JSON object")
    form.add_argument("--markdown", action="store_true", help="as a Markdown document")

    counting = commands.add_parser("facets", help="print the values of a field with their counts")
    counting.add_argument("field", metavar="FIELD", choices=FACETS, help=", ".join(FACETS))
    _add_paths(counting)
    _add_query(counting)
    counting.add_argument("--json", action="store_true", help="a JSON array")

    summing = commands.add_parser(
        "stats", help="print what articles come to: over time, by topic …"
    )
    _add_paths(summing)
    _add_query(summing)
    summing.add_argument("--json", action="store_true", help="a JSON object, with queries")

    checking = commands.add_parser("check", help="print every problem of the files")
    checking.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    checking.add_argument("--json", action="store_true", help="a JSON array")

    _add_search(commands.add_parser("search", help="save, list, rename or delete searches"))

    explaining = commands.add_parser("explain", help="say what a query means, and what it costs")
    explaining.add_argument("query", metavar="QUERY", help="such as 'topic:AI quality>=60'")
    _add_paths(explaining)
    explaining.add_argument("--json", action="store_true", help="a JSON object")
    _add_rules(commands)
    _add_marks(commands)
    _add_stories(commands)
    _add_export(commands)

    indexing = commands.add_parser("index", help="read what is new, so that the next start has it")
    _add_paths(indexing)
    form = indexing.add_mutually_exclusive_group()
    form.add_argument("--rebuild", action="store_true", help="read everything anew")
    form.add_argument("--verify", action="store_true", help="compare the index with all files")
    form.add_argument("--status", action="store_true", help="where it is, and how large")
    indexing.add_argument("--json", action="store_true", help="the status as a JSON object")
    _add_fetch(commands)
    return parser


def _add_fetch(commands: Any) -> None:
    fetching = commands.add_parser("fetch", help="fetch the full text of what a query finds")
    _add_paths(fetching)
    _add_query(fetching)
    fetching.add_argument("--limit", metavar="N", type=_count, help="at most N pages")
    form = fetching.add_mutually_exclusive_group()
    form.add_argument("--again", action="store_true", help="also what is kept already")
    form.add_argument(
        "--forget",
        action="store_true",
        help="remove what is kept; without a query all of it, images too",
    )


def _add_rules(commands: Any) -> None:
    for name, text in (
        ("mute", "hide what a query finds from every answer"),
        ("follow", "mark and count what comes in of what a query finds"),
    ):
        command = commands.add_parser(name, help=text)
        command.set_defaults(paths=[])
        command.add_argument("rule_query", metavar="QUERY", help="such as provider:rt.com")
        command.add_argument(
            "--until", metavar="DATE", default="", help="the last day: 2026-12-31, or 7d from now"
        )
        command.add_argument("--name", metavar="NAME", default="", help="what to call it")

    ruling = commands.add_parser("rules", help="print what is muted and followed, or delete a rule")
    _add_paths(ruling)
    ruling.add_argument("--json", action="store_true", help="a JSON array")
    ruling.add_argument("--delete", metavar="NAME", help="delete a rule")


def _add_marks(commands: Any) -> None:
    marking = commands.add_parser("mark", help="mark articles: read, star, later, tag, note …")
    marking.add_argument("verb", metavar="VERB", choices=MARK_VERBS, help=", ".join(MARK_VERBS))
    marking.add_argument(
        "articles", metavar="ID", nargs="*", help="ids, URLs or files; first the tag or the note"
    )
    _add_query(marking)
    _add_places(marking)

    taking = commands.add_parser("marks", help="export, import or undo marks")
    taking.set_defaults(paths=[])
    actions = taking.add_subparsers(dest="action", required=True, parser_class=_Parser)
    exporting = actions.add_parser("export", help="print all marks, or write them to a file")
    exporting.add_argument("file", metavar="FILE", nargs="?", type=Path)
    importing = actions.add_parser("import", help="take in marks; of two, the later one stays")
    importing.add_argument(
        "file", metavar="FILE", type=Path, help="or a folder that was exported to, or -"
    )
    actions.add_parser("undo", help="take back what was done last")
    actions.add_parser("redo", help="do again what was taken back")

    for name, text in (
        ("paths", "print where everything is kept"),
        ("doctor", "check files, index and terminal, and say what to do"),
    ):
        command = commands.add_parser(name, help=text)
        command.set_defaults(paths=[])
        command.add_argument("--json", action="store_true", help="as JSON")


def _add_stories(commands: Any) -> None:
    telling = commands.add_parser("stories", help="print what several articles tell of one event")
    _add_paths(telling)
    _add_query(telling)
    telling.add_argument("--json", action="store_true", help="a JSON array")
    for name, text in (
        ("story", "print all that is told of an article's story, in time"),
        ("related", "print what an article lists as related, and what is like it"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("article", metavar="ID|URL|FILE")
        _add_places(command)
        command.add_argument("--json", action="store_true", help="a JSON object")


def _add_export(commands: Any) -> None:
    exporting = commands.add_parser("export", help="write articles to files for other programs")
    _add_paths(exporting)
    _add_query(exporting)
    exporting.add_argument(
        "--to", metavar="FOLDER|FILE|-", required=True, help="where to; - is the standard output"
    )
    exporting.add_argument(
        "--format", choices=EXPORT_FORMATS, help="else as FILE ends, else frontmatter"
    )
    exporting.add_argument(
        "--replace", action="store_true", help="write files anew that are there and differ"
    )


def _add_search(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, parser_class=_Parser)
    parser.set_defaults(paths=[])

    saving = actions.add_parser("save", help="save a query under a name, or change it")
    saving.add_argument("name", metavar="NAME")
    saving.add_argument("search_query", metavar="QUERY", help="such as 'topic:AI quality>=60'")

    listing = actions.add_parser("list", help="print the searches with what they find")
    _add_paths(listing)
    listing.add_argument("--json", action="store_true", help="a JSON array")

    deleting = actions.add_parser("delete", help="delete a search")
    deleting.add_argument("name", metavar="NAME")

    renaming = actions.add_parser("rename", help="give a search another name")
    renaming.add_argument("old", metavar="OLD")
    renaming.add_argument("new", metavar="NEW")


def _add_paths(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="folders and files; else the library"
    )


def _add_places(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--in", dest="paths", metavar="PATH", nargs="+", type=Path, default=[], help="where to look"
    )


def _add_query(parser: ArgumentParser) -> None:
    parser.add_argument("-q", "--query", default="", help="such as 'topic:AI quality>=60'")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ArgumentTypeError(f"a whole number is expected, not {text!r}")
    return int(text)
