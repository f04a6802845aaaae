"""What is told of changes on a real disk."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from errno import ENOSPC
from pathlib import Path
from random import Random
from threading import Condition, Event

import pytest

from newsreader.sources import other_watches, watched_roots
from newsreader.sources import watch as watch_module
from newsreader.sources.folder import Found, find
from newsreader.sources.inotify import Inotify
from newsreader.sources.other_watches import OtherWatches
from newsreader.sources.watch import Changed, Watch

LONG = 20.0
"""Seconds that no test takes unless it fails."""

NAMES = ("a", "b", "c", "d.md", "e.md", ".h", "g~")

LINUX = pytest.mark.skipif(not Inotify.is_here(), reason="there is no inotify")


class Told:
    """Collects what is told, and waits until it is enough."""

    def __init__(self) -> None:
        self.calls: list[Changed] = []
        self._changed = Condition()

    def __call__(self, changed: Changed) -> None:
        with self._changed:
            self.calls.append(changed)
            self._changed.notify_all()

    @property
    def paths(self) -> set[Path]:
        return {path for call in self.calls for path in call.paths}

    @property
    def everything(self) -> bool:
        return any(call.everything for call in self.calls)

    def covers(self, *paths: Path) -> bool:
        """Whether each was told, or a folder that it is below, or everything."""
        told = self.paths
        return self.everything or all(not told.isdisjoint((path, *path.parents)) for path in paths)

    def wait(self, is_enough: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(is_enough, LONG), self.calls

    def wait_for(self, *paths: Path) -> None:
        self.wait(lambda: self.covers(*paths))

    def forget(self) -> None:
        with self._changed:
            self.calls.clear()


Begin = Callable[..., tuple[Watch, Told]]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts watches, waits until they watch, and stops them in the end."""
    watches = []

    def begin_watch(*roots: Path) -> tuple[Watch, Told]:
        told = Told()
        watch = Watch(roots, told).start()
        watches.append(watch)
        assert watch.wait_until_ready(LONG)
        return watch, told

    yield begin_watch
    for watch in watches:
        watch.stop()
        watch.join(LONG)


@pytest.fixture(params=["own", "watchfiles"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the system watches with; on Linux, both are tried."""
    if request.param == "watchfiles":
        monkeypatch.setattr(watch_module, "_watches", OtherWatches)
        monkeypatch.setattr(other_watches, "_LOOK", 0.05)
    elif not Inotify.is_here():
        pytest.skip("there is no inotify")
    return str(request.param)


def save_by_rename(path: Path) -> None:
    temporary = path.with_name(f".{path.name}.swp")
    temporary.write_text("new")
    temporary.replace(path)


def save_by_truncating(path: Path) -> None:
    path.write_text("new")


def save_in_parts(path: Path) -> None:
    for part in ("one", "two", "three"):
        with path.open("a") as file:
            file.write(part)


def save_by_moving_away(path: Path) -> None:
    path.rename(path.with_name(path.name + "~"))
    path.write_text("new")


SAVES = [save_by_rename, save_by_truncating, save_in_parts, save_by_moving_away]


@pytest.mark.parametrize("save", SAVES)
def test_a_save_is_told_once(tmp_path: Path, begin: Begin, save: Callable[[Path], None]) -> None:
    path, last = tmp_path / "a.md", tmp_path / "z.md"
    path.write_text("old")
    watch, told = begin(tmp_path)
    save(path)
    told.wait_for(path)
    last.write_text("the end")
    told.wait_for(last)
    assert [call.paths for call in told.calls] == [{path}, {last}]
    assert not watch.is_polling
    assert not watch.problem


@pytest.mark.usefixtures("system")
def test_files_and_folders_come_and_go(tmp_path: Path, begin: Begin) -> None:
    (tmp_path / "d").mkdir()
    _, told = begin(tmp_path)
    new = tmp_path / "d" / "new.md"
    new.write_text("x")
    told.wait_for(new)
    told.forget()
    new.unlink()
    told.wait_for(new)
    told.forget()
    deep = tmp_path / "e" / "f" / "deep.txt"
    deep.parent.mkdir(parents=True)
    told.wait_for(deep.parent)
    told.forget()
    deep.write_text("x")
    told.wait_for(deep)
    told.forget()
    shutil.rmtree(tmp_path / "e")
    told.wait_for(deep)


@LINUX
def test_a_folder_is_moved_in_renamed_and_moved_out(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, begin: Begin
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "d"
    (outside / "e").mkdir(parents=True)
    (outside / "e" / "a.md").write_text("x")
    _, told = begin(tmp_path)
    inside, renamed = tmp_path / "d", tmp_path / "r"
    outside.rename(inside)
    told.wait_for(inside)
    told.forget()
    (inside / "e" / "a.md").write_text("y")
    told.wait_for(inside / "e" / "a.md")
    told.forget()
    inside.rename(renamed)
    told.wait_for(inside, renamed)
    told.forget()
    (renamed / "e" / "a.md").write_text("z")
    told.wait_for(renamed / "e" / "a.md")
    told.forget()
    renamed.rename(outside)
    told.wait_for(renamed)


@LINUX
def test_folders_change_places(tmp_path: Path, begin: Begin) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.md").write_text(name)
    _, told = begin(tmp_path)
    (tmp_path / "a").rename(tmp_path / "c")
    (tmp_path / "b").rename(tmp_path / "a")
    (tmp_path / "c").rename(tmp_path / "b")
    told.wait_for(tmp_path / "a", tmp_path / "b")
    told.forget()
    (tmp_path / "a" / "b.md").write_text("new")
    (tmp_path / "b" / "a.md").write_text("new")
    told.wait(lambda: told.paths == {tmp_path / "a" / "b.md", tmp_path / "b" / "a.md"})


@LINUX
def test_what_was_moved_out_is_watched_no_longer(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, begin: Begin
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "d"
    inside, last = tmp_path / "d", tmp_path / "z.md"
    inside.mkdir()
    _, told = begin(tmp_path)
    inside.rename(outside)
    told.wait_for(inside)
    told.forget()
    (outside / "a.md").write_text("x")
    last.write_text("the end")
    told.wait_for(last)
    assert told.paths == {last}


@pytest.mark.usefixtures("system")
def test_what_is_passed_over_is_not_told(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, begin: Begin
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (tmp_path / ".git").mkdir()
    (tmp_path / "link").symlink_to(outside)
    _, told = begin(tmp_path)
    for name in (".a.md", "a.md~", "#a.md#", "a.md.tmp", ".git/a.md", "a.png", "link/a.md"):
        (tmp_path / name).write_text("x")
    last = tmp_path / "z.md"
    last.write_text("the end")
    told.wait_for(last)
    assert told.paths == {last}


@LINUX
def test_a_folder_is_told_by_the_path_that_is_found(tmp_path: Path, begin: Begin) -> None:
    real, link = tmp_path / "real", tmp_path / "a link"
    real.mkdir()
    link.symlink_to(real)
    _, told = begin(tmp_path)
    (real / "a.md").write_text("x")
    told.wait_for(link / "a.md")
    told.forget()
    link.unlink()
    told.wait(lambda: told.everything)
    told.forget()
    (real / "a.md").write_text("y")
    told.wait(lambda: told.paths == {real / "a.md"})
    told.forget()
    link.symlink_to(real)
    told.wait(lambda: told.everything)
    told.forget()
    (real / "a.md").write_text("z")
    told.wait(lambda: told.paths == {link / "a.md"})


def do_something(random: Random, root: Path, outside: Path) -> None:
    """Changes files and folders at random; what cannot be done is left."""
    folders = sorted(Path(each) for each, _, _ in os.walk(root))
    one, other = (random.choice(folders) / random.choice(NAMES) for _ in range(2))
    away = outside / str(random.random())
    action = random.randrange(10)
    with suppress(OSError):
        if action == 0:
            (one / "x" / "y").mkdir(parents=True)
            (one / "x" / "y" / "a.md").write_text("x")
        elif action <= 5:
            one.write_text(str(random.random()))
        elif action == 6:
            shutil.rmtree(one)
        elif action == 7:
            one.rename(other)
        elif action == 8:
            one.rename(away)
            other.rename(one)
            away.rename(other)
        else:
            one.rename(away)
            random.choice(sorted(outside.iterdir())).rename(one)


def articles(root: Path) -> dict[Path, tuple[int, int, int]]:
    """What is found below *root*, and what changes when it changes."""
    paths = [each.path for each in find(root) if isinstance(each, Found)]
    statuses = [path.stat() for path in paths]
    return {
        path: (status.st_ino, status.st_mtime_ns, status.st_size)
        for path, status in zip(paths, statuses, strict=True)
    }


@LINUX
def test_whatever_changes_is_told(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, begin: Begin
) -> None:
    random = Random(8)
    outside = tmp_path_factory.mktemp("outside")
    _, told = begin(tmp_path)
    before = articles(tmp_path)
    different = 0
    for _ in range(6):
        told.forget()
        for _ in range(random.randrange(1, 40)):
            do_something(random, tmp_path, outside)
        last = tmp_path / "last.md"
        last.write_text(str(random.random()))
        told.wait_for(last)
        after = articles(tmp_path)
        changed = [p for p in {*before, *after} if before.get(p) != after.get(p)]
        assert told.covers(*changed)
        different += len(changed)
        before = after
    assert different > 20


@LINUX
def test_names_that_are_no_text_are_told(tmp_path: Path, begin: Begin) -> None:
    _, told = begin(tmp_path)
    path = tmp_path / os.fsdecode(b"\xff\xfe\n.md")
    path.write_text("x")
    told.wait_for(path)


def test_thousands_of_files_are_a_few_calls(tmp_path: Path, begin: Begin) -> None:
    _, told = begin(tmp_path)
    folder, last = tmp_path / "d", tmp_path / "z.md"
    paths = [folder / f"{number}.md" for number in range(3_000)]
    folder.mkdir()
    for path in paths:
        path.write_text("x")
    told.wait_for(*paths)
    last.write_text("1")
    told.wait_for(last)
    assert len(told.calls) <= 10
    told.forget()
    shutil.rmtree(folder)
    told.wait_for(*paths)
    last.write_text("2")
    told.wait_for(last)
    assert len(told.calls) <= 10


@LINUX
def test_a_change_that_the_queue_lost_is_everything(
    tmp_path: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue overflows for real while the thread is kept from reading it."""
    size = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if size > 50_000:
        pytest.skip("the queue of this system is too long")
    watch, told = begin(tmp_path)
    telling, done = Event(), Event()
    tell = told.__call__

    def tell_slowly(changed: Changed) -> None:
        tell(changed)
        telling.set()
        done.wait(LONG)

    monkeypatch.setattr(watch, "_told", tell_slowly)
    (tmp_path / "first.md").write_text("x")
    assert telling.wait(LONG)
    names = [tmp_path / "a.md", tmp_path / "b.md"]
    for path in names:
        path.write_text("x")
    for number in range(size // 2 + 1):
        # Two by turns, as the queue folds what is the same.
        os.utime(names[0], (number, number))
        os.utime(names[1], (number, number))
    new = tmp_path / "new"
    new.mkdir()
    done.set()
    told.wait(lambda: told.everything)
    told.forget()
    (new / "a.md").write_text("x")
    told.wait(lambda: told.paths == {new / "a.md"})


@pytest.fixture
def looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_roots, "_CHECK_MISSING", 0.05)


@pytest.mark.usefixtures("system", "looking_often")
def test_a_root_vanishes_and_returns(tmp_path: Path, begin: Begin) -> None:
    root = tmp_path / "deep" / "root"
    _, told = begin(root)
    root.mkdir(parents=True)
    told.wait_for(root)
    told.forget()
    shutil.rmtree(root.parent)
    told.wait_for(root)
    told.forget()
    root.mkdir(parents=True)
    told.wait_for(root)
    told.forget()
    (root / "a.md").write_text("x")
    told.wait_for(root / "a.md")


@LINUX
@pytest.mark.usefixtures("looking_often")
def test_a_root_is_replaced_at_once(tmp_path: Path, begin: Begin) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    _, told = begin(root)
    root.rmdir()
    root.mkdir()
    told.wait_for(root)
    told.forget()
    (root / "a.md").write_text("x")
    told.wait_for(root / "a.md")
    told.forget()
    root.rename(tmp_path / "away")
    other.rename(root)
    told.wait_for(root)
    told.forget()
    (root / "b.md").write_text("x")
    told.wait_for(root / "b.md")
    (tmp_path / "away" / "a.md").write_text("y")
    (root / "c.md").write_text("x")
    told.wait_for(root / "c.md")
    assert root / "a.md" not in told.paths


@LINUX
def test_a_linked_file_changes_with_what_it_leads_to(tmp_path: Path, begin: Begin) -> None:
    path, old, new = tmp_path / "d" / "a.md", tmp_path / "old.md", tmp_path / "new.md"
    path.parent.mkdir()
    path.write_text("x")
    old.symlink_to(path)
    _, told = begin(tmp_path)
    new.symlink_to(path)
    told.wait_for(new)
    told.forget()
    path.write_text("y")
    told.wait(lambda: told.paths == {path, old, new})


@LINUX
@pytest.mark.parametrize("save", SAVES)
def test_a_file_named_outright(tmp_path: Path, begin: Begin, save: Callable[[Path], None]) -> None:
    path, link = tmp_path / "README", tmp_path / "other" / "link"
    path.write_text("old")
    link.parent.mkdir()
    link.symlink_to(path)
    _, told = begin(path, link)
    for _ in range(2):
        save(path)
        told.wait_for(path, link)
        assert told.paths == {path, link}
        told.forget()


def test_relative_roots_are_told_as_they_were_given(
    tmp_path: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d").mkdir()
    _, told = begin(Path())
    Path("a.md").write_text("x")
    Path("d/b.md").write_text("x")
    told.wait_for(Path("a.md"), Path("d/b.md"))
    assert told.paths == {Path("a.md"), Path("d/b.md")}


def test_a_callback_that_raises_is_called_again(tmp_path: Path) -> None:
    told = Told()

    def tell(changed: Changed) -> None:
        told(changed)
        if len(told.calls) == 1:
            raise RuntimeError("no room")

    watch = Watch([tmp_path], tell).start()
    assert watch.wait_until_ready(LONG)
    (tmp_path / "a.md").write_text("x")
    told.wait_for(tmp_path / "a.md")
    (tmp_path / "b.md").write_text("x")
    told.wait_for(tmp_path / "b.md")
    watch.stop()
    watch.join(LONG)
    assert not watch.problem


def no_more(*_: object) -> int:
    raise OSError(ENOSPC, "No space left on device")


def missing(*_: object) -> OtherWatches:
    raise ImportError("No module named watchfiles", name="watchfiles")


@pytest.fixture
def fast_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "_POLL", 0.05)


@LINUX
def test_without_watches_everything_is_looked_at_from_time_to_time(
    tmp_path: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inotify, "add", no_more)
    watch, told = begin(tmp_path)
    assert watch.is_polling
    sentence = "Changes are looked for every {} seconds: the system allows no more watches."
    assert watch.problem == sentence.format(5)
    watch.rescanned(1.5)
    assert watch.problem == sentence.format(15)
    assert not told.calls


@pytest.mark.usefixtures("fast_poll")
def test_polling_goes_on(tmp_path: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "_watches", missing)
    watch, told = begin(tmp_path)
    told.wait(lambda: len(told.calls) >= 3)
    assert told.calls[0] == Changed(frozenset(), everything=True)
    assert "watchfiles is not installed" in watch.problem


@LINUX
def test_the_limit_is_reached_later(
    tmp_path: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, told = begin(tmp_path)
    monkeypatch.setattr(Inotify, "add", no_more)
    (tmp_path / "new").mkdir()
    told.wait(lambda: told.everything)
    assert watch.is_polling


def test_polling_on_demand(tmp_path: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    watch, _ = begin(tmp_path)
    assert watch.is_polling
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "false")
    watch, _ = begin(tmp_path)
    assert not watch.is_polling


def test_nothing_is_told_after_the_end(tmp_path: Path, begin: Begin) -> None:
    watch, told = begin(tmp_path)
    (tmp_path / "a.md").write_text("x")
    watch.stop()
    calls = list(told.calls)
    (tmp_path / "b.md").write_text("x")
    assert watch.join(LONG)
    watch.stop()
    assert told.calls == calls


def test_it_may_be_stopped_by_whom_it_tells_and_before_it_begins(tmp_path: Path) -> None:
    stopped = Event()

    def tell(_: Changed) -> None:
        watch.stop()
        stopped.set()

    watch = Watch([tmp_path], tell).start()
    assert watch.wait_until_ready(LONG)
    (tmp_path / "a.md").write_text("x")
    assert stopped.wait(LONG)
    assert watch.join(LONG)
    Watch([tmp_path], tell).stop()


def test_stopping_does_not_wait_for_a_long_callback(tmp_path: Path) -> None:
    calls: list[Changed] = []
    telling, done = Event(), Event()

    def tell(changed: Changed) -> None:
        calls.append(changed)
        telling.set()
        done.wait(LONG)

    watch = Watch([tmp_path], tell).start()
    assert watch.wait_until_ready(LONG)
    (tmp_path / "a.md").write_text("x")
    assert telling.wait(LONG)
    (tmp_path / "b.md").write_text("x")
    watch.stop()
    assert not watch.join(0)
    done.set()
    assert watch.join(LONG)
    assert len(calls) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the figures are in /proc")
def test_nothing_stays_open(tmp_path: Path) -> None:
    open_files = Path("/proc/self/fd")
    before = len(list(open_files.iterdir()))
    for _ in range(5):
        watch = Watch([tmp_path], Told()).start()
        assert watch.wait_until_ready(LONG)
        watch.stop()
        assert watch.join(LONG)
        Watch([tmp_path], Told()).stop()
    assert len(list(open_files.iterdir())) <= before
