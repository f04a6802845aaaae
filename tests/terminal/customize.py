"""Becomes the app's ``sitecustomize``: tells at its end, as JSON, what the process did.

With ``REPORT`` in the environment, that file holds what the last net caught, what was done that
a reader has no reason to do, and every path that was opened or listed. It is judged elsewhere, so
that the app is hardly slowed down.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
from typing import Any

FORBIDDEN = (
    *("subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "os.kill"),
    *("pty.", "os.startfile", "webbrowser.", "socket.connect", "socket.bind", "socket.sendto"),
    *("socket.sendmsg", "socket.getaddrinfo", "socket.gethostby", "socket.getnameinfo"),
    *("urllib.", "ftplib.", "smtplib.", "http.", "imaplib.", "poplib.", "sqlite3."),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
    *("os.chmod", "os.chown", "os.chflags", "os.lockf", "os.utime", "os.setxattr", "os.chdir"),
    *("shutil.", "tempfile.", "pickle."),
)
LISTING = ("os.listdir", "os.scandir")
TOLD = "REPORT"


def install(report: str) -> None:
    """Watch all that is audited from now on, and write *report* at the end."""
    # Dictionaries without values: in order, without what comes again, and quick.
    done: dict[tuple[str, str], None] = {}
    opened: dict[tuple[str, int], None] = {}
    listed: dict[str, None] = {}

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, str | bytes):
                opened[os.fsdecode(path), flags] = None
        elif event in LISTING:
            path = arguments[0]
            if not isinstance(path, int):
                listed[os.fsdecode(path) if path else "."] = None
        elif event.startswith(FORBIDDEN):
            done[event, repr(arguments)[:200]] = None

    def tell() -> None:
        net = sys.modules.get("newsreader.ui.net")
        told = {
            "dropped": net.Net.dropped if net is not None else None,
            "done": list(done),
            "opened": list(opened),
            "listed": list(listed),
        }
        with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(told, file)

    atexit.register(tell)
    sys.addaudithook(watch)


if os.environ.get(TOLD):
    install(os.environ[TOLD])
