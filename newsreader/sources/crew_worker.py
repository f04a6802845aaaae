"""The program that reads files for another: what a worker of :mod:`newsreader.sources.crew` runs.

It speaks over its standard input and output, in messages of :mod:`marshal` behind their length in
four bytes: first an empty one, when it is ready; then for each list of files the list of what
became of them. It ends when its input does.
"""

from __future__ import annotations

import _thread
import gc
import marshal
import os
import signal
import sys
from queue import SimpleQueue
from typing import Any, Final

from newsreader.sources.row_reading import read_row

LENGTH_BYTES: Final = 4
_CHUNK: Final = 64 * 1024


def main() -> None:
    """Answer until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Most of what is made here is texts: looking for cycles among them is a tenth of the time.
    gc.set_threshold(100_000)
    output = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    requests: SimpleQueue[list[tuple[str, str, str]]] = SimpleQueue()
    _thread.start_new_thread(_receive, (requests,))
    _send(output, [])
    while True:
        _send(output, [_answer(*each) for each in requests.get()])


def packed(message: Any) -> bytes:
    """*message* behind its length."""
    data = marshal.dumps(message)
    return len(data).to_bytes(LENGTH_BYTES) + data


def _receive(requests: SimpleQueue[list[tuple[str, str, str]]]) -> None:
    """Put in *requests* what comes; end the program, whatever it is at, when nothing more can."""
    try:
        while True:
            length = int.from_bytes(_read(LENGTH_BYTES))
            requests.put(marshal.loads(_read(length)))  # noqa: S302 - of our own
    finally:
        os._exit(0)


def _read(length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = os.read(0, min(length - len(data), _CHUNK))
        if not more:
            sys.exit()
        data += more
    return data


def _send(output: int, message: list[Any]) -> None:
    data = memoryview(packed(message))
    try:
        while data:
            data = data[os.write(output, data) :]
    except OSError:
        os._exit(0)


def _answer(path: str, source: str, name: str) -> tuple[Any, ...]:
    row, issues, status = read_row(path, source=source, name=name)
    told = tuple((*issue[:2], issue.severity.value, *issue[3:]) for issue in issues)
    return row and tuple(row), told, status and tuple(status)
