"""What is asked of the program that fetches pages, and what it answers."""

from __future__ import annotations

from typing import Any, NamedTuple

MISSING = 'Full text needs more packages. To install them: pip install "newsreader[full-text]"'
"""What to say where the libraries that fetch and extract are not installed."""


class Request(NamedTuple):
    """A page to fetch: its address, those of its AMP versions, best first, and within how long.

    ``robots`` says whether to keep to the robots.txt of each host, and ``allows_private`` whether
    addresses in private networks may be asked.
    """

    address: str
    amp: tuple[str, ...] = ()
    robots: bool = False
    allows_private: bool = False
    seconds: float = 20.0


class Outcome(NamedTuple):
    """What became of a request: the text of a page as clean HTML, or one sentence of trouble.

    ``url`` is where the text came from in the end. ``retry_after`` are the seconds that the host
    wants to be left alone for, ``pause`` those it wants between two requests.
    """

    url: str = ""
    title: str = ""
    html: str = ""
    words: int = 0
    trouble: str = ""
    retry_after: float | None = None
    pause: float | None = None


def outcome_of(data: Any) -> Outcome:
    """The outcome that *data* from JSON stands for, every text of it made safe.

    Raises:
        ValueError: when it is not what the program may say.
    """
    from newsreader.text.sanitize import clean_block, clean_line

    try:
        found = Outcome(**data)
        return Outcome(
            clean_line(found.url),
            clean_line(found.title),
            clean_block(found.html),
            int(found.words),
            clean_line(found.trouble),
            _seconds(found.retry_after),
            _seconds(found.pause),
        )
    except (TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None


def _seconds(value: Any) -> float | None:
    return None if value is None else max(0.0, float(value))
