"""Fetching many pages without bothering anybody: each host in its turn, and not too often."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, NamedTuple, TypeVar

from newsreader.fetching.asking import Outcome

Job = TypeVar("Job")

HOSTS_AT_ONCE = 4
PAUSE = 1.0
"""Seconds between two requests to one host."""
LONGEST_WAIT = 60.0
"""Seconds that a host may ask to wait for; of one that asks for more nothing else is wanted."""


class Done(NamedTuple, Generic[Job]):
    """A job and what became of it."""

    job: Job
    outcome: Outcome


def fetch_politely(
    jobs: Iterable[tuple[str, Job]],
    hire: Callable[[], Callable[[Job], Outcome]],
    wait: Callable[[Event, float], bool] = Event.wait,
) -> Generator[Done[Job], None, None]:
    """Do *jobs*, each with its host: several hosts at once, but each host one page at a time.

    *hire* gives what one thread fetches with. *wait* waits for so many seconds or until the event;
    closing the iterator ends what has not begun.
    """
    by_host: dict[str, list[Job]] = {}
    for host, job in jobs:
        by_host.setdefault(host, []).append(job)
    hosts: SimpleQueue[list[Job]] = SimpleQueue()
    for queue in by_host.values():
        hosts.put(queue)
    done: SimpleQueue[Done[Job]] = SimpleQueue()
    over = Event()

    def work() -> None:
        fetch = hire()
        while not over.is_set():
            try:
                queue = hosts.get_nowait()
            except Empty:
                return
            _see_to(queue, fetch, done, over, wait)

    for _ in range(min(HOSTS_AT_ONCE, len(by_host))):
        Thread(target=work, name="pages", daemon=True).start()
    try:
        for _ in range(sum(map(len, by_host.values()))):
            yield done.get()
    finally:
        over.set()


def _see_to(
    jobs: Sequence[Job],
    fetch: Callable[[Job], Outcome],
    done: SimpleQueue[Done[Job]],
    over: Event,
    wait: Callable[[Event, float], bool],
) -> None:
    """Do the jobs of one host, each after a pause."""
    pause, refusal = PAUSE, ""
    for number, job in enumerate(jobs):
        if refusal:
            done.put(Done(job, Outcome(trouble=refusal)))
            continue
        if number and wait(over, pause):
            return
        outcome = _tried(fetch, job)
        if outcome.retry_after is not None and outcome.retry_after <= LONGEST_WAIT:
            if wait(over, max(pause, outcome.retry_after)):
                return
            outcome = _tried(fetch, job)
        if outcome.retry_after is not None:
            refusal = outcome.trouble
        pause = max(PAUSE, outcome.pause or 0.0)
        done.put(Done(job, outcome))


def _tried(fetch: Callable[[Job], Outcome], job: Job) -> Outcome:
    try:
        return fetch(job)
    except Exception as error:  # noqa: BLE001 - each job is waited for, and others are to come
        return Outcome(trouble=f"The page could not be fetched: {error!r}")
