"""Many pages: each host in its turn, with pauses, and no more than it wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from site_pages import STORY, Site, page, running_site, says

from newsreader.fetching.asking import Outcome, Request
from newsreader.fetching.helper import Helper
from newsreader.fetching.polite import PAUSE, Done, fetch_politely

Answers = dict[str, list[Outcome]]
BUSY = "busy"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def run(jobs: list[str], answers: Answers | None = None) -> tuple[list[Done[str]], list[float]]:
    """What became of jobs that are called host/number, and all waits."""
    waits: list[float] = []

    def wait(_: Event, seconds: float) -> bool:
        waits.append(seconds)
        return False

    def hire() -> Callable[[str], Outcome]:
        def fetch(job: str) -> Outcome:
            waiting = (answers or {}).get(job)
            return waiting.pop(0) if waiting else Outcome(url=job)

        return fetch

    done = fetch_politely(((job.partition("/")[0], job) for job in jobs), hire, wait)
    return list(done), waits


def test_every_job_is_done_and_a_host_has_its_pause() -> None:
    jobs = [f"{host}/{number}" for number in range(3) for host in "abcdef"]
    done, waits = run(jobs)
    assert sorted(each.job for each in done) == sorted(jobs)
    for host in "abcdef":
        assert [each.job for each in done if each.job[0] == host] == [
            f"{host}/{n}" for n in range(3)
        ]
    assert waits == [PAUSE] * 12


def test_a_job_that_fails_as_none_should_is_waited_for_no_longer() -> None:
    def fetch(job: str) -> Outcome:
        return Outcome(url=job) if job == "b" else Outcome(url=str(1 / 0))

    done = fetch_politely([("x", "a"), ("x", "b")], lambda: fetch, lambda *_: False)
    assert [bool(each.outcome.trouble) for each in done] == [True, False]


def test_a_host_says_how_often_it_may_be_asked() -> None:
    _, waits = run(["a/0", "a/1"], {"a/0": [Outcome(url="x", pause=7.0)]})
    assert waits == [7.0]


def test_a_busy_host_is_waited_for_once() -> None:
    busy = Outcome(trouble=BUSY, retry_after=5.0)
    done, waits = run(["a/0", "a/1"], {"a/0": [busy]})
    assert [each.outcome.trouble for each in done] == ["", ""]
    assert waits == [5.0, PAUSE]


@pytest.mark.parametrize(("seconds", "asked"), [(3600.0, 1), (5.0, 2)])
def test_a_host_that_stays_busy_is_left_alone(seconds: float, asked: int) -> None:
    answers = {"a/0": [Outcome(trouble=BUSY, retry_after=seconds)] * 9, "a/1": [Outcome()]}
    done, _ = run(["a/0", "a/1", "b/0"], answers)
    troubles = {each.job: each.outcome.trouble for each in done}
    assert troubles == {"a/0": BUSY, "a/1": BUSY, "b/0": ""}
    assert (len(answers["a/0"]), len(answers["a/1"])) == (9 - asked, 1)


def test_what_robots_txt_says_is_kept_to(site: Site) -> None:
    site.pages["/robots.txt"] = says(
        "User-agent: *\nDisallow: /private\nCrawl-delay: 3\n", kind="text/plain"
    )
    site.pages["/private"] = says(page(*STORY))
    helper = Helper()
    try:

        def fetch(path: str, *, robots: bool = True) -> Outcome:
            return helper.fetch(Request(site.url(path), (), robots, allows_private=True))

        found = fetch("/story")
        assert (found.trouble, found.pause) == ("", 3.0)
        assert "robots.txt" in fetch("/private").trouble
        assert site.asked == ["/robots.txt", "/story"]
        assert fetch("/private", robots=False).trouble == ""
        site.pages["/busy"] = says("", 429, Retry_After="120")
        assert fetch("/busy").retry_after == 120
    finally:
        helper.close()
