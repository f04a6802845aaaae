"""Reading many files with the help of other processes.

The workers are plain programs with pipes for standard input and output (see
:mod:`newsreader.sources.crew_worker`), never forks of this one, which may have threads. Whatever
becomes of them, each file is read once, in its turn; when there are none, it is read here.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from newsreader.model import Issue, Severity
from newsreader.model.row import Row
from newsreader.sources.crew_worker import LENGTH_BYTES, packed
from newsreader.sources.reading import FileStatus
from newsreader.sources.row_reading import RowReading, read_row
from newsreader.text.sanitize import clean_line

FEW: Final = 500
"""Files up to which no process is worth its start."""
BATCH: Final = 100
"""Files in a batch."""
_AT_ONCE: Final = 2
"""Tasks that a worker has, so that it need not wait for the next one."""
_AHEAD: Final = 4
"""Batches for each worker that may be begun before the first of them is given out."""
_DEATHS_OF_A_FILE: Final = 2
_MOST_DEATHS: Final = 20
"""Workers that are replaced. When more die, something else than the files is wrong."""
_PIPE_BYTES: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024
_SCRIPT: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from newsreader.sources.crew_worker import main; main()"
)


_READ: Final = 1
"""As ``selectors.EVENT_READ``, which a start has no need of."""


class FileToRead(NamedTuple):
    """A file, with the folder or file that was opened to find it and its path to show."""

    path: str
    source: str = ""
    name: str = ""


class Batch(NamedTuple):
    """Some files, and in the same order what became of each."""

    files: tuple[FileToRead, ...]
    readings: tuple[RowReading, ...]


def read_rows(files: Iterable[FileToRead], processes: int) -> Generator[Batch, None, None]:
    """Read *files* in their order with as many *processes* beside this one, unless they are few.

    Until the first of those is ready files are read here. Not many more are begun than were asked
    for. Closing the iterator ends the processes.
    """
    coming = iter(files)
    first = list(islice(coming, FEW))
    every = chain(first, coming)
    if processes < 1 or len(first) < FEW:
        while some := tuple(islice(every, BATCH)):
            yield Batch(some, tuple(map(_read_here, some)))
        return
    crew = _Crew(every, processes)
    try:
        yield from crew.work()
    finally:
        crew.close()


def _read_here(file: FileToRead) -> RowReading:
    return read_row(file.path, source=file.source, name=file.name)


class _Task:
    """Files of a batch for one worker, from *start* on.

    ``deaths`` counts the workers that died of a file which they had alone; it is None as long as
    none did of the batch.
    """

    def __init__(self, batch: _Filling, start: int, files: tuple[FileToRead, ...]) -> None:
        self.batch = batch
        self.start = start
        self.files = files
        self.deaths: int | None = None

    def finish(self, readings: list[RowReading]) -> None:
        for place, reading in enumerate(readings, self.start):
            self.batch.readings[place] = reading

    def after_death(self) -> list[_Task]:
        """What is to be done after a worker died of it: each file is tried alone, twice.

        Once would not prove that it was the file: someone may have ended all workers.
        """
        if self.deaths is None:
            alone = [
                _Task(self.batch, place, (file,))
                for place, file in enumerate(self.files, self.start)
            ]
            for task in alone:
                task.deaths = 0
            return alone
        self.deaths += 1
        if self.deaths < _DEATHS_OF_A_FILE:
            return [self]
        self.finish([_deadly(self.files[0])])
        return []


class _Filling:
    """A batch that is being read."""

    def __init__(self, files: tuple[FileToRead, ...]) -> None:
        self.files = files
        self.readings: dict[int, RowReading] = {}

    @property
    def is_full(self) -> bool:
        return len(self.readings) == len(self.files)

    def batch(self) -> Batch:
        return Batch(self.files, tuple(self.readings[place] for place in range(len(self.files))))


class _Worker:
    """A process that reads. ``tasks`` are those it was given and has not answered, in order."""

    def __init__(self) -> None:
        self.tasks: deque[_Task] = deque()
        self.is_ready = False
        import subprocess

        flags = ["-I", "-S", "-B", "-X", f"utf8={sys.flags.utf8_mode}"]
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, *flags, "-c", _SCRIPT, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._output, False)
        _widen(self._output)
        self._received = bytearray()

    def fileno(self) -> int:
        """Where its answers come from."""
        return self._output

    @property
    def may_have_more(self) -> bool:
        """Whether another task can be given. One of which a worker died is done alone."""
        is_alone = any(task.deaths is not None for task in self.tasks)
        return self.is_ready and len(self.tasks) < _AT_ONCE and not is_alone

    def give(self, task: _Task) -> None:
        """Have it do *task*. Never waits for long: its input is always being read."""
        self.tasks.append(task)
        request = list(map(tuple, task.files))
        data = memoryview(packed(request))
        with suppress(OSError):  # it is dead, which shows where its answers come from
            while data:
                data = data[os.write(self._input, data) :]

    def receive(self) -> bool:
        """Take the answers that are there; False when it is dead, or talks nonsense."""
        with suppress(BlockingIOError):
            while data := os.read(self._output, _CHUNK):
                self._received += data
            return False
        try:
            for message in self._messages():
                self._take(message)
        except (EOFError, ValueError, TypeError, LookupError):
            return False
        return True

    def _messages(self) -> Iterator[list[Any]]:
        while len(self._received) >= LENGTH_BYTES:
            end = LENGTH_BYTES + int.from_bytes(self._received[:LENGTH_BYTES])
            if len(self._received) < end:
                return
            message = marshal.loads(memoryview(self._received)[LENGTH_BYTES:end])  # noqa: S302
            del self._received[:end]
            yield message

    def _take(self, message: list[Any]) -> None:
        if self.is_ready:
            self.tasks[0].finish([_reading_of(*each) for each in message])
            self.tasks.popleft()
        self.is_ready = True

    def end(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class _Crew:
    """Workers, and the files that they read."""

    def __init__(self, files: Iterator[FileToRead], processes: int) -> None:
        self._files = files
        self._most_begun = _AHEAD * processes
        self._begun: deque[_Filling] = deque()
        self._again: deque[_Task] = deque()
        self._deaths = 0
        self._workers: list[_Worker] = []
        from selectors import DefaultSelector

        self._selector = DefaultSelector()
        for _ in range(processes):
            self._hire()

    def _hire(self) -> None:
        with suppress(OSError):
            worker = _Worker()
            self._workers.append(worker)
            self._selector.register(worker, _READ, worker)

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._selector.close()

    def work(self) -> Iterator[Batch]:
        """Every batch in its turn."""
        while True:
            self._look(0)
            self._hand_out()
            if self._begun and self._begun[0].is_full:
                yield self._begun.popleft().batch()
            elif self._is_helped:
                if not self._begun:
                    return
                self._look(None)
            elif (task := self._next_task()) is not None:
                task.finish([_read_here(file) for file in task.files])
            else:
                return

    @property
    def _is_helped(self) -> bool:
        """Whether to wait for a worker: also for one that is to try what another died of."""
        is_ready = any(worker.is_ready for worker in self._workers)
        return is_ready or bool(self._again and self._workers)

    def _hand_out(self) -> None:
        """Give tasks to the workers that can have more."""
        for worker in self._workers:
            while worker.may_have_more:
                if self._again and worker.tasks:
                    break
                task = self._next_task()
                if task is None:
                    return
                worker.give(task)

    def _next_task(self) -> _Task | None:
        if self._again:
            return self._again.popleft()
        if len(self._begun) >= self._most_begun:
            return None
        files = tuple(islice(self._files, BATCH))
        if not files:
            return None
        self._begun.append(_Filling(files))
        return _Task(self._begun[-1], 0, files)

    def _look(self, seconds: float | None) -> None:
        """See to the answers that are there, or to the first that comes within *seconds*."""
        if not self._workers:
            return
        for key, _ in self._selector.select(seconds):
            worker: _Worker = key.data
            if not worker.receive():
                self._bury(worker)

    def _bury(self, worker: _Worker) -> None:
        """Give the tasks of a dead worker to others. It died of the first of them, if of any."""
        self._selector.unregister(worker)
        self._workers.remove(worker)
        worker.end()
        again = [*worker.tasks]
        if again:
            again[:1] = again[0].after_death()
        self._again.extendleft(reversed(again))
        self._deaths += 1
        if worker.is_ready and self._deaths <= _MOST_DEATHS:
            self._hire()


def _deadly(file: FileToRead) -> RowReading:
    shown = clean_line(file.name or file.path)
    return RowReading(None, (Issue(shown, "reading it ended the program that read it, twice"),))


def _reading_of(row: Any, issues: Any, status: Any) -> RowReading:
    told = tuple(
        Issue(path, reason, Severity(severity), line, column)
        for path, reason, severity, line, column in issues
    )
    return RowReading(row and Row._make(row), told, status and FileStatus(*status))


def _widen(pipe: int) -> None:
    """Let a pipe hold a whole answer, where the system can, so that no worker waits for us."""
    import fcntl

    size = getattr(fcntl, "F_SETPIPE_SZ", None)
    if size is not None:
        with suppress(OSError):
            fcntl.fcntl(pipe, size, _PIPE_BYTES)
