"""Runs the app on a folder and prints, as JSON, what it did that it should not do."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

FOLDER = os.path.realpath(sys.argv[1])
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN = (
    *("subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "os.kill"),
    *("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostby"),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
    *(
        "os.chmod",
        "os.chown",
        "os.utime",
        "shutil.",
        "webbrowser.",
        "urllib.",
        "ftplib.",
        "smtplib.",
    ),
)
done: list[tuple[str, str]] = []
opened: list[tuple[str, int]] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, str | bytes):
            opened.append((os.fsdecode(path), flags))
    elif event.startswith(FORBIDDEN):
        done.append((event, repr(arguments)[:200]))


sys.addaudithook(watch)


def reached(path: str, flags: int) -> str:
    """The file that opening *path* opens, which may be a link unless *flags* forbid it."""
    if flags & os.O_NOFOLLOW:
        folder, name = os.path.split(path)
        return f"{os.path.realpath(folder)}/{name}"
    return os.path.realpath(path)


async def drive() -> int:
    from newsreader.library.library import Library
    from newsreader.ui.app import NewsreaderApp

    library = Library([Path(FOLDER)])
    app = NewsreaderApp(library)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        main = app.screen
        main.reading.wait()  # type: ignore[attr-defined]
        await pilot.pause()
        for keys in KEYS:
            await pilot.press(*keys.split())
        await app.workers.wait_for_complete()
        await pilot.pause()
    return len(library.snapshot)


KEYS = (
    *("j o y", "j o", "enter ] enter o escape", "exclamation_mark escape", "f j enter x escape"),
    *("slash u s e r enter o", "C S j enter", "slash s c r i p t enter o 1", "C r j"),
    *("question_mark t escape", "colon o escape", "T D G o"),
)


def main() -> None:
    import asyncio
    import sysconfig

    from newsreader.config.paths import config_file

    count = asyncio.run(drive())
    folders = (
        *(FOLDER, str(Path(__file__).parents[2] / "newsreader"), sys.prefix, sys.base_prefix),
        *(sysconfig.get_path("stdlib"), "/usr/share/zoneinfo", "/usr/lib/locale", "/proc/self"),
        *("/lib/terminfo", "/usr/share/terminfo", "/etc/terminfo"),
    )
    clock = os.path.realpath("/etc/localtime")
    files = ("/dev/null", "/dev/tty", "/dev/urandom", "/etc/localtime", clock, str(config_file()))
    allowed = tuple(f"{os.path.realpath(folder)}/" for folder in folders)
    real = [(reached(path, flags), flags) for path, flags in opened]
    outside = [path for path, _ in real if path not in files and not path.startswith(allowed)]
    written = [path for path, flags in real if flags & WRITING and path != "/dev/null"]
    inside = {path for path, _ in real if path.startswith(f"{FOLDER}/")}
    report = {"done": done, "outside": outside, "written": written}
    print(json.dumps({**report, "inside": len(inside), "articles": count}))


if __name__ == "__main__":
    main()
