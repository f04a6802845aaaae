"""When changes are told that were kept back, and together with which."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from newsreader.sources.settling import EVERYTHING, LONGEST, MANY, QUIET, Changed, Settling


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def told(*paths: str) -> Changed:
    return Changed(frozenset(map(Path, paths)))


def begin() -> tuple[Settling, Clock]:
    clock = Clock()
    return Settling(clock), clock


def test_a_change_is_told_once_when_it_is_quiet() -> None:
    settling, clock = begin()
    settling.add("a.md")
    clock.now += QUIET / 2
    settling.add("a.md")
    clock.now += QUIET * 0.9
    assert settling
    assert settling.take() is None
    clock.now += QUIET * 0.2
    assert settling.take() == told("a.md")
    assert not settling
    assert settling.take() is None


def test_a_file_that_always_changes_is_told_again_and_again_and_keeps_no_other_back() -> None:
    settling, clock = begin()
    settling.add("quiet.md")
    times = []
    for _ in range(100):
        settling.add("busy.md")
        clock.now += QUIET / 2
        changed = settling.take()
        if changed is not None:
            times.append(clock.now)
            assert Path("busy.md") in changed.paths
            assert (Path("quiet.md") in changed.paths) == (len(times) == 1)
    assert times[0] - 1000 <= LONGEST + QUIET
    assert all(later - sooner <= LONGEST + QUIET for sooner, later in pairwise(times))
    assert len(times) <= 100 * QUIET / 2 / LONGEST


def test_what_was_not_quiet_waits_for_its_own_turn() -> None:
    settling, clock = begin()
    settling.add("old.md")
    clock.now += LONGEST
    settling.add("new.md")
    assert settling.take() == told("old.md")
    clock.now += QUIET
    assert settling.take() == told("new.md")


def test_a_folder_stands_for_what_is_below_it() -> None:
    settling, clock = begin()
    settling.add("d/before.md")
    settling.add("d", is_folder=True)
    settling.add("d/after.md")
    settling.add("d/e", is_folder=True)
    settling.add("dd.md")
    clock.now += QUIET
    assert settling.take() == told("d", "dd.md")


def test_very_many_changes_are_everything() -> None:
    settling, clock = begin()
    for number in range(MANY + 1):
        settling.add(f"{number}.md")
    settling.add("more.md")
    assert settling.take() is None
    clock.now += QUIET
    assert settling.take() == EVERYTHING
    assert not settling


def test_everything_waits_in_proportion_to_a_rescan() -> None:
    settling, clock = begin()
    settling.rescan = 1.0
    settling.add_everything()
    while clock.now < 1000 + LONGEST * 2:
        clock.now += QUIET / 2
        settling.add("busy.md")
        assert settling.take() is None
    while settling.take() is None:
        clock.now += QUIET / 2
        settling.add("busy.md")
        assert clock.now < 1004


NAMES = st.sampled_from(["a.md", "d", "d/b.md", "d/e", "d/e/c.md", "f/b.md", "f"])


@given(st.lists(st.tuples(NAMES, st.booleans(), st.floats(0, 0.3)), max_size=40))
def test_nothing_is_lost_and_nothing_waits_long(changes: list[tuple[str, bool, float]]) -> None:
    settling, clock = begin()
    waiting: dict[Path, float] = {}

    def take() -> None:
        changed = settling.take()
        for path in changed.paths if changed else ():
            for covered in [each for each in waiting if each.is_relative_to(path)]:
                del waiting[covered]
        assert all(clock.now - since < 2 * LONGEST for since in waiting.values())

    for name, is_folder, pause in changes:
        settling.add(name, is_folder)
        waiting.setdefault(Path(name), clock.now)
        for _ in range(10):
            clock.now += pause / 10
            take()
    clock.now += QUIET
    take()
    assert not waiting
    assert not settling
