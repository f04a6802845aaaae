"""What the commands say beside their output: on standard error, made safe."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from newsreader.instant import STAND
from newsreader.model import Issue
from newsreader.text.sanitize import clean_block, clean_line


def say(message: str) -> None:
    """Say something under the program's name, where the last frame may stand."""
    STAND.take_down()
    print(f"newsreader: {clean_block(message)}", file=sys.stderr)


def issue_line(issue: Issue) -> str:
    """A problem as ``file:line:column: severity: reason``."""
    return clean_line(str(issue))


def say_issues(issues: Iterable[Issue]) -> None:
    """Say each problem on a line of its own, as compilers do."""
    for issue in issues:
        print(issue_line(issue), file=sys.stderr)
