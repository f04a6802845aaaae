"""Reading many files with the help of other processes, whatever becomes of those."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from newsreader.sources import crew
from newsreader.sources.crew import BATCH, FEW, Batch, FileToRead, read_rows
from newsreader.sources.row_reading import RowReading, read_row

COUNT = FEW + 3 * BATCH + 7


@pytest.fixture
def files(tmp_path: Path) -> list[FileToRead]:
    """More than a few files, some of them odd, missing or no files at all."""
    found = []
    for number in range(COUNT):
        path = tmp_path / f"{number}.md"
        if number % 100 == 7:
            path.write_text("---\ntitle: [odd\n---\n")
        elif number % 100 == 8:
            path.mkdir()
        elif number % 100 != 9:
            path.write_text(f"---\ntitle: Über {number}\nquality: {number}\n---\nBody\n")
        found.append(FileToRead(str(path), str(tmp_path), f"here/{number}.md"))
    return found


def expected(files: list[FileToRead]) -> list[RowReading]:
    return [read_row(path, source=source, name=name) for path, source, name in files]


def assert_all_read(batches: list[Batch], files: list[FileToRead]) -> None:
    assert [file for batch in batches for file in batch.files] == files
    assert [reading for batch in batches for reading in batch.readings] == expected(files)


def workers() -> list[int]:
    """The processes that this one has started and not yet seen the end of."""
    found = Path("/proc/self/task").glob("*/children")
    return [int(number) for each in found for number in each.read_text().split()]


def is_running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def read_until_helped(reading: Iterator[Batch]) -> list[Batch]:
    """The batches until the workers do the work: long after the first of them is ready."""
    return [next(reading), next(reading)]


@pytest.mark.parametrize("processes", [0, 1, 2, 3])
def test_every_file_is_read_in_its_turn(files: list[FileToRead], processes: int) -> None:
    before = workers()
    assert_all_read(list(read_rows(iter(files), processes)), files)
    assert workers() == before


def test_the_status_is_that_of_the_file(files: list[FileToRead]) -> None:
    reading = next(iter(read_rows(files[:1], 2))).readings[0]
    status = Path(files[0].path).stat()
    assert reading.status == (status.st_size, status.st_mtime_ns, status.st_ino)


def test_a_few_files_need_no_process(
    files: list[FileToRead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_Worker", None)
    assert_all_read(list(read_rows(files[: FEW - 1], 2)), files[: FEW - 1])
    assert list(read_rows([], 2)) == []


def test_without_workers_everything_is_read_here(
    files: list[FileToRead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert_all_read(list(read_rows(files, 2)), files)


@pytest.mark.parametrize(
    "script",
    [
        "",
        "import time; time.sleep(60)",
        "print('nonsense')",
        "import os, time; os.write(1, b'\\0\\0\\0\\1?'); time.sleep(60)",
    ],
)
def test_with_useless_workers_everything_is_read_here(
    files: list[FileToRead], monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(crew, "_SCRIPT", script)
    assert_all_read(list(read_rows(files, 2)), files)


def test_only_what_is_soon_needed_is_begun(files: list[FileToRead]) -> None:
    taken = 0

    def coming() -> Iterator[FileToRead]:
        nonlocal taken
        for _ in range(20):
            for file in files:
                taken += 1
                yield file

    reading = read_rows(coming(), 2)
    for given in range(1, 20):
        next(reading)
        assert taken <= FEW + (given + 8) * BATCH
    reading.close()


@pytest.mark.parametrize("which", ["one", "all"])
def test_nothing_is_lost_when_workers_are_killed(files: list[FileToRead], which: str) -> None:
    many = files * 4
    reading = read_rows(many, 2)
    batches = []
    for number, batch in enumerate(reading):
        batches.append(batch)
        time.sleep(0.1 if number < 4 else 0)
        if number == 4:
            for worker in workers()[: None if which == "all" else 1]:
                os.kill(worker, signal.SIGKILL)
    assert_all_read(batches, many)
    assert workers() == []


DEADLY = """
import os, sys
sys.path[:] = sys.argv[1:]
from newsreader.sources import crew_worker
read = crew_worker.read_row
def deadly(path, **named):
    if os.path.basename(path) in ("250.md", "703.md"):
        os.kill(os.getpid(), 9)
    return read(path, **named)
crew_worker.read_row = deadly
crew_worker.main()
"""


def test_a_file_that_is_deadly_twice_is_an_issue(
    files: list[FileToRead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_SCRIPT", DEADLY)
    many = files * 4
    readings: list[RowReading] = []
    for batch in read_rows(many, 2):
        readings += batch.readings
        if len(readings) < FEW:  # until the workers are there
            time.sleep(0.2)
    assert len(readings) == len(many)
    odd = [
        (file.name, reading.issues[0].reason)
        for file, reading, usual in zip(many, readings, expected(files) * 4, strict=True)
        if reading != usual
    ]
    assert odd
    assert {name for name, _ in odd} <= {"here/250.md", "here/703.md"}
    assert {reason for _, reason in odd} == {"reading it ended the program that read it, twice"}


def test_closing_it_early_ends_the_workers(files: list[FileToRead]) -> None:
    reading = read_rows(files * 10, 2)
    read_until_helped(reading)
    found = workers()
    assert len(found) == 2
    reading.close()
    assert not any(map(is_running, found))


PARENT = """
import sys, time
from pathlib import Path
from newsreader.sources.crew import FileToRead, read_rows
if __name__ == "__main__":
    files = [FileToRead(str(path)) for path in sorted(Path(sys.argv[1]).glob("*.md"))] * 5
    reading = read_rows(files, 2)
    for _ in range(5):
        next(reading)
        time.sleep(0.05)
    print("\\n".join(each.read_text() for each in Path("/proc/self/task").glob("*/children")))
    sys.stdout.flush()
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_workers_end_with_their_parent(files: list[FileToRead], number: signal.Signals) -> None:
    folder = str(Path(files[0].path).parent)
    command = [sys.executable, "-c", PARENT, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout is not None
        found = [int(number) for number in parent.stdout.readline().split()]
        assert len(found) == 2
        assert all(map(is_running, found))
        parent.send_signal(number)
        parent.wait()
    for _ in range(200):
        if not any(map(is_running, found)):
            break
        time.sleep(0.01)
    assert not any(map(is_running, found))


def test_a_worker_imports_only_what_reading_needs() -> None:
    script = "import sys, newsreader.sources.crew_worker\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{script}"],
        capture_output=True,
        text=True,
        check=True,
    )
    banned = {"textual", "rich", "yaml", "frontmatter", "lark", "asyncio", "subprocess", "sqlite3"}
    assert not banned & set(done.stdout.split())
