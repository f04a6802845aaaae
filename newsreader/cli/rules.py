"""The commands about rules: mute, follow, and what rules there are."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from datetime import date

from newsreader.cli import output
from newsreader.cli.errors import FAILED, OK
from newsreader.cli.messages import say
from newsreader.cli.reading import read_all
from newsreader.config.paths import followed_file, rules_file
from newsreader.config.rules import FOLLOW, MUTE, Rule
from newsreader.library.library import Library
from newsreader.library.rule_book import RuleBook, last_day
from newsreader.query.in_words import in_words
from newsreader.text.dates import now


def book() -> RuleBook:
    """The rules where they are kept."""
    return RuleBook(rules_file(), followed_file())


def add(library: Library, options: Namespace) -> int:
    """Run ``newsreader mute …`` or ``newsreader follow …`` and return the exit code."""
    query = library.parse(options.rule_query)
    until = last_day(options.until, now())
    kind = MUTE if options.command == "mute" else FOLLOW
    name = options.name or in_words(query).removeprefix("articles ")
    saved = book().add(Rule(kind, name, query.text, until=until), library, now())
    done = "muted" if saved.rule.mutes else "followed"
    say(f"{saved.rule.name}: {done}{_until(saved.rule)}.")
    return OK


def show(library: Library, options: Namespace) -> int:
    """Run ``newsreader rules`` and return the exit code."""
    rules = book()
    if options.delete is not None:
        rule = rules.delete(options.delete).rule
        say(f"{rule.name} is deleted; it said: {rule.kind} {rule.query}")
        return OK
    code = read_all(library)
    today, counts = now().date(), [library.count_of(rule, now()) for rule in library.rules]
    if options.json:
        rows = [
            {**rule._asdict(), "is_over": rule.is_over(today), "count": count}
            for rule, count in zip(library.rules, counts, strict=True)
        ]
        print(output.as_json(rows))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        lines = [
            (f"{rule.kind} {rule.name}{_until(rule, today)}", rule.query, count)
            for rule, count in zip(library.rules, counts, strict=True)
        ]
        for line in output.search_lines(lines, width):
            print(line)
    return FAILED if None in counts else code


def _until(rule: Rule, today: date | None = None) -> str:
    if today is not None and rule.is_over(today):
        return " (over)"
    return f" until {rule.until}" if rule.until is not None else ""
