"""A web site on this machine, with pages of many kinds."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORY = [
    f"In the {word} week the ferry crossed the strait with mail, bread and eleven passengers, "
    f"who told the harbour master of {word} things that they had seen on the other shore."
    for word in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
]


def page(*paragraphs: str, title: str = "The ferry", head: str = "") -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer>Imprint</footer></body></html>"
    )


class Handler(BaseHTTPRequestHandler):
    """Answers as the site says."""

    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.hosts.append(self.headers["Host"])
        path = self.path.partition("?")[0]
        with suppress(OSError):  # The client may have had enough.
            self.server.pages.get(path, missing)(self)

    def answer(
        self, body: str | bytes, status: int = 200, kind: str = "text/html", **headers: str
    ) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


Answer = Callable[[Handler], None]


def missing(handler: Handler) -> None:
    handler.answer("gone", 404)


def says(body: str | bytes, status: int = 200, kind: str = "text/html", **headers: str) -> Answer:
    return lambda handler: handler.answer(body, status, kind, **headers)


def leads_to(target: str) -> Answer:
    return says("", 302, Location=target)


def slowly(handler: Handler) -> None:
    """A header that never ends."""
    handler.send_response(200)
    handler.flush_headers()
    while not handler.server.is_over.wait(0.05):
        handler.wfile.write(b"X-More: yes\r\n")


def large(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(160):
        handler.wfile.write(b"<p>more</p>" * 6_000)


BOMB = gzip.compress(bytes(50_000_000), 6)
DOUBLE_BOMB = zlib.compress(BOMB)


class Site(ThreadingHTTPServer):
    """What is at each path; ``asked`` are the paths that were asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.is_over = threading.Event()
        self.asked: list[str] = []
        self.hosts: list[str] = []
        self.pages: dict[str, Answer] = {"/story": says(page(*STORY))}

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def running_site() -> Iterator[Site]:
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.is_over.set()
            site.shutdown()
            thread.join()
