"""What is asked of the program that fetches pages, and what it answers."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_BASE_64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")

MISSING = 'Full text needs more packages. To install them: pip install "newsreader[full-text]"'
"""What to say where the libraries that fetch and extract are not installed."""
MISSING_IMAGES = 'Images need more packages. To install them: pip install "newsreader[images]"'
"""What to say where those that fetch and decode images are not."""


class Request(NamedTuple):
    """A page to fetch: its address, those of its AMP versions, best first, and within how long.

    With ``image``, an image is fetched instead, and made to have no more pixels than that in its
    width or height. ``robots`` says whether to keep to the robots.txt of each host, and
    ``allows_private`` whether addresses in private networks may be asked.
    """

    address: str
    amp: tuple[str, ...] = ()
    robots: bool = False
    allows_private: bool = False
    seconds: float = 20.0
    image: int = 0

    @property
    def noun(self) -> str:
        """What it is that is fetched."""
        return "image" if self.image else "page"


class Outcome(NamedTuple):
    """What became of a request: the text of a page as clean HTML, or one sentence of trouble.

    Of an image it is a PNG in base 64, with the width and height that the image itself has.

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
    image: str = ""
    width: int = 0
    height: int = 0


def outcome_of(data: Any) -> Outcome:
    """The outcome that *data* from JSON stands for, every text of it made safe.

    Raises:
        ValueError: when it is not what the program may say.
    """
    from newsreader.text.sanitize import clean_block, clean_line

    try:
        found = Outcome(**data)
        if not is_base_64(found.image):
            raise ValueError("The image is not in base 64.")
        return Outcome(
            clean_line(found.url),
            clean_line(found.title),
            clean_block(found.html),
            int(found.words),
            clean_line(found.trouble),
            _seconds(found.retry_after),
            _seconds(found.pause),
            found.image,
            int(found.width),
            int(found.height),
        )
    except (TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None


def _seconds(value: Any) -> float | None:
    return None if value is None else max(0.0, float(value))


def is_base_64(text: str) -> bool:
    """Whether *text* has nothing but what stands for bytes in base 64."""
    return _BASE_64.fullmatch(text) is not None
