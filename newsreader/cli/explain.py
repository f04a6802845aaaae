"""The command that explains a query."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from newsreader.cli import output
from newsreader.cli.reading import read_all
from newsreader.library.library import Library
from newsreader.query.explain import Explanation, explain
from newsreader.text.dates import now


def run(library: Library, options: Namespace) -> int:
    """Run ``newsreader explain …`` and return the exit code."""
    query = library.parse(options.query)
    code = read_all(library)
    moment = now()
    found = explain(query, library.under_rules(query, moment).columns, moment)
    hidden = library.hidden_from(query, moment)
    if options.json:
        steps = [step._asdict() for step in found.steps]
        print(output.as_json({**found._asdict(), "steps": steps, "hidden": hidden}))
    else:
        for line in _lines(found, hidden):
            print(line)
    return code


def _lines(found: Explanation, hidden: int) -> Iterator[str]:
    yield found.words or "all articles"
    yield ""
    yield f"query  {found.text or '(empty)'}"
    yield f"order  {found.order}"
    yield f"finds  {found.found:,} of {found.total:,} in {found.milliseconds:.1f} ms"
    if hidden:
        yield f"hidden {hidden:,} more, by rules"
    if not found.steps:
        return
    yield ""
    rows = [
        (
            step.text,
            f"{step.rows_in:,} → {step.rows_out:,}",
            f"{step.milliseconds:.1f} ms",
            step.reads,
        )
        for step in found.steps
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for number, (text, counts, time, reads) in enumerate(rows, 1):
        yield (
            f"{number}. {text:<{widths[0]}}  {counts:>{widths[1]}}  {time:>{widths[2]}}  {reads}"
        )
