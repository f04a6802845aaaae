"""Giving back memory that is only needed while a question is answered."""

from contextlib import suppress
from functools import cache

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""What glibc calls its options."""
_LARGE = 4 * 1024 * 1024
"""Bytes. For less the system would take a notable part of a key to give and to take."""


@cache
def keep_little() -> None:
    """Have what is large returned as soon as it is freed, and the threads to come share one heap.

    :func:`give_back` empties no other heap whole. These are options of glibc's allocator, which
    others do not have.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        allocator = ctypes.CDLL(None)
        allocator.mallopt(_MMAP_THRESHOLD, _LARGE)
        allocator.mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Let the system have what was freed, which glibc's allocator keeps for a next time."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
