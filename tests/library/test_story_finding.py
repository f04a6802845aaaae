"""Stories are found on a thread, which ends as soon as nobody wants to know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from newsreader.library.library import Library
from newsreader.library.story_finding import StoryFinder
from newsreader.model import Issue


def test_stories_are_found_when_it_is_quiet(seeds: Path) -> None:
    library, told = Library([seeds]), Event()
    library.load()
    finder = StoryFinder(library, told.set, quiet=0.01).start()
    finder.wake()
    assert told.wait(10)
    assert library.knows_stories
    finder.stop()
    assert finder.wait(10)


def test_stories_that_a_question_had_found_are_told_as_well(seeds: Path) -> None:
    library, told = Library([seeds]), Event()
    library.load()
    assert library.know_stories()
    finder = StoryFinder(library, told.set, quiet=0).start()
    finder.wake()
    assert told.wait(10)
    finder.stop()
    assert finder.wait(10)


class _Endless(Library):
    """One in which the search for stories never ends by itself."""

    began = Event()

    def know_stories(self, wait: Callable[[], None] = lambda: None) -> bool:
        self.began.set()
        while True:
            wait()


def test_a_search_ends_when_it_is_stopped(seeds: Path) -> None:
    told: list[bool] = []
    library = _Endless([seeds])
    finder = StoryFinder(library, lambda: told.append(True), quiet=0).start()
    finder.wake()
    assert library.began.wait(10)
    finder.stop()
    assert finder.wait(10)
    assert not told


class _Broken(Library):
    reported = Event()

    def report(self, issue: Issue) -> None:
        super().report(issue)
        self.reported.set()

    def know_stories(self, wait: Callable[[], None] = lambda: None) -> bool:
        raise ValueError("no\x1b[31m")


def test_what_goes_wrong_is_a_problem_and_no_end(seeds: Path) -> None:
    library = _Broken([seeds])
    finder = StoryFinder(library, lambda: None, quiet=0).start()
    finder.wake()
    assert library.reported.wait(10)
    assert "\x1b" not in str(library.issues[-1])
    finder.stop()
    assert finder.wait(10)
