"""What hosts ask of programs that fetch many pages: their robots.txt, fetched once each."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from newsreader.fetching.charsets import to_text
from newsreader.fetching.net import AGENT, PAGE, FetchError, Net
from newsreader.text.urls import host_of

_MOST_BYTES = 500_000
_LONGEST_PAUSE = 30.0


class Robots:
    """The rules of hosts, as far as they were asked for."""

    def __init__(self, net: Net) -> None:
        self._net = net
        self._known: dict[str, RobotFileParser] = {}

    def check(self, url: str) -> float | None:
        """The seconds that the host wants between two requests, if it says so.

        Raises:
            FetchError: when the host does not want *url* to be fetched by programs.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self._known.get(origin)
        if rules is None:
            rules = self._known[origin] = self._fetch(origin)
        if not rules.can_fetch(AGENT, url):
            raise FetchError(
                f"{host_of(url)} does not want programs to fetch the page (robots.txt)."
            )
        delay = rules.crawl_delay(AGENT)
        return None if delay is None else min(float(delay), _LONGEST_PAUSE)

    def _fetch(self, origin: str) -> RobotFileParser:
        rules = RobotFileParser()
        response = self._net.get(f"{origin}/robots.txt", wanted=PAGE._replace(most=_MOST_BYTES))
        if response.status == 200:
            rules.parse(to_text(response.body, response.charset).splitlines())
        elif response.status >= 500 or response.status == 429:
            raise FetchError(
                f"{host_of(origin)} could not say what programs may fetch ({response.status}).",
                response.retry_after,
            )
        else:
            rules.parse([])
        return rules
