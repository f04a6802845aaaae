"""The program that fetches pages for another: what a :mod:`newsreader.fetching.helper` runs.

It reads requests from its standard input and writes an outcome for each to its standard output,
as lines of JSON. It ends when its input does. Whatever a page does to it, it has only so much
memory and time, and writes no file.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from newsreader.fetching.asking import MISSING, MISSING_IMAGES, Outcome, Request

if TYPE_CHECKING:
    from newsreader.fetching.net import Net, Response
    from newsreader.fetching.robots import Robots

_MEMORY = 750_000_000
"""Bytes of address space: four times what a page of 3 MB takes."""
_CPU_SECONDS = 15
_FIRST_SHARE = 0.6
"""Of the time that there is, how much the page itself may take before AMP has its turn."""


def main() -> None:
    """Answer until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit(resource.RLIMIT_AS, _MEMORY)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    for line in sys.stdin.buffer:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + _CPU_SECONDS)
        outcome = _answer(Request(**json.loads(line)))
        output.write(json.dumps(outcome._asdict()) + "\n")
        output.flush()


def _limit(kind: int, most: int) -> None:
    with suppress(OSError, ValueError):  # not every system has every limit
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _answer(request: Request) -> Outcome:
    try:
        return _fetch_image(request) if request.image else _Fetching(request).run()
    except ImportError:
        return Outcome(trouble=MISSING_IMAGES if request.image else MISSING)
    except MemoryError:
        os._exit(1)  # the next page begins with all the memory there is
    except Exception as error:  # noqa: BLE001 - a library fails as it likes, and another page may do
        return Outcome(trouble=f"The {request.noun} could not be read: {error!r}"[:300])


def _fetch_image(request: Request) -> Outcome:
    from newsreader.fetching.decoding import decoded
    from newsreader.fetching.net import IMAGE, FetchError, Net

    try:
        with _within(request.seconds):
            net = Net(allows_private=request.allows_private)
            response = net.get(request.address, wanted=IMAGE)
            _complain(response, "image")
            png, width, height = decoded(response.body, request.image)
            return Outcome(response.url, image=png, width=width, height=height)
    except TimeoutError:
        return Outcome(trouble="The image did not come in time.")
    except FetchError as error:
        return Outcome(trouble=str(error))


class _Fetching:
    """One request being done."""

    nets: dict[bool, tuple[Net, Robots]] = {}  # noqa: RUF012 - shared by all on purpose

    def __init__(self, request: Request) -> None:
        from newsreader.fetching.net import Net
        from newsreader.fetching.robots import Robots

        self._request = request
        self._end = monotonic() + request.seconds
        if request.allows_private not in self.nets:
            net = Net(allows_private=request.allows_private)
            self.nets[request.allows_private] = net, Robots(net)
        self._net, self._robots = self.nets[request.allows_private]
        self._amp = request.amp
        self._pause: float | None = None

    def run(self) -> Outcome:
        """The page, else its AMP version, else what was wrong with the page."""
        from newsreader.fetching.net import FetchError

        first: Outcome | None = None
        waiting = [self._request.address]
        tried: set[str] = set()
        while waiting and self._end > monotonic():
            address = waiting.pop(0)
            tried.add(address)
            share = _FIRST_SHARE if first is None else 1.0
            try:
                with _within(share * (self._end - monotonic())):
                    found = self._read(address)
                    return found._replace(pause=self._pause)
            except TimeoutError:
                trouble = Outcome(trouble="The page did not come in time.")
            except FetchError as error:
                trouble = Outcome(trouble=str(error), retry_after=error.retry_after)
            if first is None:
                first = trouble._replace(pause=self._pause)
                if trouble.retry_after is not None:
                    break
                waiting = [each for each in dict.fromkeys(self._amp) if each and each not in tried]
        return first or Outcome(trouble="The page did not come in time.")

    def _read(self, address: str) -> Outcome:
        from newsreader.fetching.charsets import to_text
        from newsreader.fetching.extract import amp_of, refresh_of, text_of

        response = self._get(address)
        page = to_text(response.body, response.charset)
        target = refresh_of(page, response.url)
        if target and target not in (address, response.url):
            response = self._get(target)
            page = to_text(response.body, response.charset)
        self._amp = (*self._amp[:1], amp_of(page, response.url), *self._amp[1:])
        title, text, words = text_of(page, response.url, address)
        return Outcome(response.url, title, text, words)

    def _get(self, address: str) -> Response:
        response = self._net.get(address, self._may)
        _complain(response, "page")
        return response

    def _may(self, address: str) -> None:
        if self._request.robots:
            self._pause = self._robots.check(address) or self._pause


def _complain(response: Response, noun: str) -> None:
    """Say what is wrong with an answer that is no page, or no image.

    Raises:
        FetchError: when it is none.
    """
    from newsreader.fetching.net import FetchError
    from newsreader.text.urls import host_of

    status, host = response.status, host_of(response.url)
    if status in (404, 410):
        raise FetchError(f"The {noun} is gone ({status}).")
    if status == 402:
        raise FetchError(f"The {noun} is for subscribers (402).")
    if status in (401, 403, 451):
        raise FetchError(f"{host} does not show the {noun} to us ({status}).")
    if status in (429, 503):
        wait = response.retry_after
        raise FetchError(f"{host} asks to be left alone for a while ({status}).", wait or 0.0)
    if status != 200:
        raise FetchError(f"{host} has trouble of its own ({status}).")
    kind = response.kind or "unknown"
    if noun == "image" and not kind.startswith("image/"):
        raise FetchError(f"The address leads to a file ({kind}), not to an image.")
    if noun == "page" and not _is_page(response):
        raise FetchError(f"The address leads to a file ({kind}), not to a page.")


def _is_page(response: Response) -> bool:
    kind = response.kind
    if kind in ("", "text/plain"):
        return response.body.lstrip()[:1] == b"<"
    return kind in ("text/html", "application/xhtml+xml")


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise TimeoutError when it takes longer, whatever Python is waiting for."""

    def ring(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def command(path: Sequence[str]) -> list[str]:
    """The argument vector that runs this program with modules from *path*."""
    script = (
        "import sys; sys.path[:] = sys.argv[1:]\n"
        "from newsreader.fetching.worker import main; main()"
    )
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8=1", "-c", script, *path]
