"""Giving back memory that is only needed while a question is answered."""

from contextlib import suppress
from functools import cache

_ARENA_MAX = -8
"""What glibc calls the option."""


@cache
def share_memory() -> None:
    """Have all threads that are to come share one heap: :func:`give_back` empties no other whole.

    That is an option of glibc's allocator, which others do not have.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Let the system have what was freed, which glibc's allocator keeps for a next time."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
